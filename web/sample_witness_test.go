package web

import (
	"strings"
	"testing"
)

func sampleWitnessing() Witnessing {
	return Witnessing{Heads: []LogMark{{HeadOpening, 1, sampleRoot, "1/8f3a-91c2-77d0-04be", sampleOpens, true}, {HeadClose, 905, sampleRoot, "905/8f3a-91c2-77d0-04be", sampleCloses, true},
		{HeadResult, 906, sampleRoot, "906/8f3a-91c2-77d0-04be", sampleNow, false}, {HeadNewest, 906, sampleRoot, "906/8f3a-91c2-77d0-04be", sampleNow, false}},
		Sights: []Sight{{"street.example", "0421-458e-4d3b-c85c", 905, sampleCloses}, {"backup.example", "9921-458e-4d3b-c85c", 0, 0}}, Result: true, Due: true}
}

func sampleWitness() map[string]Page {
	w := sampleWitnessing()
	seen, waived, none := w, w, Witnessing{Heads: w.Heads, Result: true}
	seen.ResultSeen, seen.Due = true, false
	waived.Waived, waived.WaivedAt, waived.Due = "见证电脑损坏，来不及修复。", sampleNow, false
	public := LogPage{Shell: publicShell(TitleLog), Community: "共决示范花园", CommunityURL: "/b/1", Meeting: "临时会议", NoticeURL: "/m/1", ResultURL: "/m/1/result", State: "published",
		Origin: "gongjue.example/m/1", LogKey: "gongjue.example/m/1+7dbbf3d1+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs", Witnessing: seen}
	known, unknown, early := public, public, public
	known.Printed, known.Known, known.Witnessing = "905/8f3a-91c2-77d0-04be", true, waived
	unknown.Printed, unknown.Witnessing = "905/0000-91c2-77d0-04be", none
	early.Witnessing, early.ResultURL, early.State = Witnessing{}, "", "noticed"
	desk := WitnessDesk{Shell: staffShell(TitleWitness, "street"), Meeting: "临时会议", MeetingURL: "/m", State: "tallied", Street: true, Witnessing: w,
		ServerURL: "https://gongjue.example", KeysURL: "/staff/witness", OfferURL: "/o", HandIn: &WitnessHandIn{sampleForm("note"), "签过名的内容"}, Waive: &WitnessWaiver{sampleForm("reason"), "电脑损坏"}}
	without := desk
	without.Witnessing, without.OfferURL, without.HandIn, without.Waive = none, "", nil, nil
	convener := WitnessDesk{Shell: staffShell(TitleWitness, "convener"), Meeting: "临时会议", MeetingURL: "/m", State: "tallied", Witnessing: waived, ServerURL: "https://gongjue.example"}
	keys := WitnessKeys{Shell: staffShell(TitleWitnessKeys, "street"), Propose: &WitnessPropose{sampleForm("proof"), "登记文字"}, List: []WitnessKeyLine{
		{Name: "street.example", Street: "样例街道", State: "in_force", Fingerprint: "0421-458e-4d3b-c85c", ProposedAt: sampleOpens, ProposedBy: "街道 钱某", ConfirmedAt: sampleNow, ConfirmedBy: "区县 孙某", End: "/end"},
		{Name: "new.example", Street: "样例街道", State: "proposed", ProposedAt: sampleNow, ProposedBy: "街道 钱某", Confirm: &WitnessConfirm{sampleForm("fingerprint"), "k1", "8f3a"}, End: "/end"},
		{Name: "old.example", Street: "样例街道", State: "ended", Fingerprint: "1121-458e-4d3b-c85c", ProposedAt: sampleOpens, ProposedBy: "街道 钱某", EndedAt: sampleNow, EndedBy: "街道 钱某"}}}
	district := keys
	district.Shell, district.Propose, district.District = staffShell(TitleWitnessKeys, "district"), nil, true
	return map[string]Page{"log": public, "log-known": known, "log-unknown": unknown, "log-early": early, "witness": desk, "witness-none": without, "witness-convener": convener,
		"witnesskeys": keys, "witnesskeys-district": district, "witnesskeys-empty": WitnessKeys{Shell: staffShell(TitleWitnessKeys, "street"), Propose: &WitnessPropose{Form: sampleForm()}}}
}

func TestAResultSaysWhetherTheStreetSawIt(t *testing.T) {
	w := sampleWitnessing()
	for want, w := range map[string]Witnessing{"": {Sights: w.Sights}, "没有街道见证": {Result: true}, "街道还没有见证": w,
		"已用自己的密钥见证": {Sights: w.Sights, Result: true, ResultSeen: true, Waived: "x"}, "原因：电脑损坏": {Sights: w.Sights, Result: true, Waived: "电脑损坏"}} {
		if got := w.Sentence(); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}
