package web

import (
	"strings"
	"testing"

	"gongjue/voting"
)

func sampleDelivery() map[string]Page {
	shell := staffShell("送达登记", "teller")
	numbers := DeliveryNumbers{867, 640, 2, 31, 194}
	fields := DeliveryFields{Mode: "in_hand", Result: "delivered", DeliveredAt: sampleNow.Local(), Relation: "family", Proof: "存根 17 号"}
	lines := []DeliveryLine{{"3号楼 1单元 101", "/d/1", "refused", "in_hand", sampleNow, "见证人记录 3 号"}, {"3号楼 1单元 102", "/d/2", "undeliverable", "public_notice", sampleNow, ""}}
	desk := DeliveryDesk{Shell: shell, Form: sampleForm("serial", "building"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", Closes: sampleCloses,
		Silence: SilenceWords(voting.Policies{Silence: voting.JoinMajority}), Matters: true, Buildings: []string{"1号楼", "2号楼"}, Serial: "K7QF", Building: "1号楼",
		Round: DeliveryRound{Form: sampleForm("building", "proof"), Building: "2号楼", Stair: "1单元", DeliveryFields: fields}, Numbers: numbers, Ballots: 240, Coarse: true,
		Parts:      []DeliveryPart{{"1号楼", DeliveryNumbers{120, 100, 1, 4, 15}}, {"", DeliveryNumbers{1, 0, 0, 0, 1}}},
		Exceptions: lines, Missing: []DeliveryLine{{UnitLabel: "1号楼 2单元 301", URL: "/d/3"}}}
	counted := desk
	counted.Form, counted.Refusal, counted.Coarse, counted.Missing = Form{}, "投票已经截止。", false, nil
	counted.Classes = []MatterClasses{{1, fundTitle, sampleClasses()}}
	entry := DeliveryEntry{Shell: shell, Form: sampleForm("mode", "result", "delivered_at", "relation", "proof"), Community: "共决示范花园", Meeting: sampleCard.Title, DeskURL: "/d",
		Units: []string{"3号楼 1单元 101"}, Owners: []string{"陈**"}, Replaces: "r1", DeliveryFields: fields,
		History: []DeliveryRecord{{"mailbox", "delivered", sampleNow, "none", "照片 12", "示例计票人", sampleNow, true}, {"in_hand", "undeliverable", sampleOpens, "none", "", "", sampleOpens, false}}}
	fresh := entry
	fresh.Form, fresh.Replaces, fresh.DeliveryFields, fresh.History = Form{Action: "/d/1"}, "", DeliveryFields{}, nil
	closed := entry
	closed.Refusal = "投票已经截止。"
	return map[string]Page{"delivery": desk, "delivery-counted": counted, "deliveryentry": entry, "deliveryentry-new": fresh, "deliveryentry-closed": closed}
}

var silenceRule = &voting.SilenceConditions{Document: "业主大会议事规则（2024年3月2日通过）", Clause: "第二十一条"}

func TestEverySilencePolicyIsWarnedOfWithItsClause(t *testing.T) {
	for _, policy := range voting.Silences {
		p := voting.Policies{Silence: policy}
		warning := SilenceWarning(p, silenceRule)
		if quiet := policy == voting.NotParticipating; quiet != (warning == "") || quiet != (SilenceSource(p, silenceRule) == "") {
			t.Errorf("%s warns %q", policy, warning)
		}
		if warning != "" && (!strings.Contains(warning, "《业主大会议事规则（2024年3月2日通过）》第二十一条") || !strings.Contains(warning, "拒收、无法送达")) {
			t.Errorf("%s: %s", policy, warning)
		}
		p.FirstMeeting = true
		if SilenceWarning(p, silenceRule) != "" || SilenceSource(p, silenceRule) != "" {
			t.Errorf("%s is announced at a first meeting", policy)
		}
		lines := Announced{Policies: p, SilenceRule: silenceRule}.Parameters()
		if lines[0].Value != policies["silence"][0].name || !strings.Contains(lines[0].Meaning, "首次") {
			t.Errorf("a first meeting announces %+v", lines[0])
		}
	}
}

func TestAResultWithSilencePrintsBothReadingsAndTheSixClasses(t *testing.T) {
	html := rendered(t, samples(t)["result"])
	for _, want := range []string{"计入</th>", "不计入</th>", "《业主大会议事规则（2024年3月2日通过）》第二十一条", "这一项有 251 人、30,000.00 ㎡", "571 人", "320 人", "751 人",
		"有送达凭证的表决票：740 人、89,000.00 ㎡", "已送达未表决", "拒收表决票", "2 人（面积可能对应到具体房屋，不公布）", "未发放表决票"} {
		if !strings.Contains(html, want) {
			t.Errorf("the result lacks %q", want)
		}
	}
	if strings.Contains(html, "184.00") {
		t.Error("the area of two homes stands on the page")
	}
	for name, want := range map[voting.Silence]string{voting.JoinMajority: "其中已送达未投、按规则计入上面选项的", voting.SilenceAbstains: "已送达未投", voting.NotParticipating: "废票",
		voting.JoinMajorityIfOverHalfOfAll: "废票"} {
		counts := voting.Counts{Total: everybody, Voted: weight(500, 6_000_000), SilentDelivered: weight(251, 3_000_000), Options: yesNo(weight(340, 4_200_000), weight(160, 1_800_000))}
		rows := resultRows(ResultMatter{Matter: motion, Outcome: decidedBy(t, voting.Policies{Silence: name}, motion, counts)}, voting.Threshold{})
		if got := rows[len(rows)-1].Name; got != want {
			t.Errorf("%s: the table ends with %s, want %s", name, got, want)
		}
	}
	same := sampleResults(t)[0]
	same.Silence, same.SilenceSource = voting.SilenceAbstains, "《规则》第一条"
	if v := resultView(same); v.Readings != nil || !strings.Contains(v.SilenceNote, "结果相同") {
		t.Errorf("nobody silent: %q, %v", v.SilenceNote, v.Readings)
	}
}

// Only where the law of the place says so may the interim covenant be named, and the notice then says by what law.
func TestTheInterimCovenantIsOfferedOnlyWhereTheLawTakesIt(t *testing.T) {
	form := samples(t)["meetingform"].(MeetingForm)
	const box = `name="silence_interim"`
	if page := rendered(t, form); strings.Contains(page, box) || !strings.Contains(page, "一律不计入。") {
		t.Error("the interim covenant is offered where no law takes it")
	}
	form.InterimLaw = "聊城市物业管理条例第16条"
	if page := rendered(t, form); !strings.Contains(page, box) || !strings.Contains(page, "可以按"+form.InterimLaw+"选后面三种") {
		t.Error("the interim covenant is not offered, or not by its article")
	}
	p := voting.Policies{FirstMeeting: true, InterimCovenant: true, Silence: voting.JoinMajority}
	rule := &voting.SilenceConditions{Document: "临时管理规约", Clause: "第三十条", InterimCovenant: true, Law: form.InterimLaw}
	if text := SilenceWarning(p, rule); !strings.HasPrefix(text, "根据《临时管理规约》第三十条（依"+form.InterimLaw+"，") {
		t.Error(text)
	}
	if check := SilenceCheck(p, rule, ""); strings.Contains(check.Text, "一律不计入") {
		t.Error(check.Text)
	}
	if lines := (Announced{Policies: p, SilenceRule: rule}).lines(); strings.Contains(lines[0].Meaning, "一律不计入") {
		t.Error(lines[0].Meaning)
	}
}
