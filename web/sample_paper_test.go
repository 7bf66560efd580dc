package web

import (
	"net/url"
	"slices"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/web/messages"
)

func samplePaper() map[string]Page {
	matters := []PaperMatter{
		{BallotMatter: BallotMatter{ID: "m1", Number: 1, Title: fundTitle, Matter: motion, Choice: voting.Choice{Mark: voting.Yes}}},
		{BallotMatter: BallotMatter{ID: "m2", Number: 2, Title: "选举第一届业主委员会委员", Matter: committee, Choice: voting.Choice{Each: map[string]voting.Mark{"示例甲": voting.Yes, "示例乙": voting.No}}}},
		{BallotMatter: BallotMatter{ID: "m3", Number: 3, Title: "选聘物业服务企业", Matter: firms, Choice: voting.Choice{Names: firms.Options[:1]}}, Reading: ReadMarked},
		{BallotMatter: BallotMatter{ID: "m4", Number: 4, Title: "增选委员", Matter: picked}, Reading: ReadBlank},
		{BallotMatter: BallotMatter{ID: "m5", Number: 5, Title: "3号楼加装电梯", Matter: building}, Reading: ReadVoid},
	}
	shell := staffShell("录入纸质表决票", "teller")
	desk := PaperDesk{Shell: shell, Form: sampleForm("serial"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", Closes: sampleCloses,
		Buildings: []string{"1号楼", "2号楼"}, Serial: "K7QF", Coarse: true, Issued: 867, Online: 540, Paper: 61, Waiting: 1, Disputed: 2, Duplicate: 3,
		Open: []OpenSheet{{"3号楼 1单元 101", false, sampleNow, "", "/p/1/withdraw"}, {"3号楼 1单元 102", true, sampleNow, "/p/2", "/p/2/withdraw"}, {"3号楼 1单元 201", false, sampleNow, "/p/3", ""}}}
	closed := desk
	closed.Form, closed.Late, closed.Coarse, closed.Outstanding, closed.Open = Form{}, true, false, 260, nil
	counted := closed
	counted.Refusal = "这次会议已经计票，不能再录入纸质表决票。"
	entry := PaperEntry{Shell: shell, Form: sampleForm("m.m1", "checked", "in_box", "void"), Community: "共决示范花园", Meeting: sampleCard.Title, DeskURL: "/p",
		Units: []string{"3号楼 1单元 101", "车库 B-017"}, Owners: []string{"陈**", "李**"}, Matters: matters, FollowMajor: true, Late: true, Void: "UNSIGNED", Checked: true}
	fresh := entry
	fresh.Form, fresh.Late, fresh.Void, fresh.Checked = Form{Action: "/p/1"}, false, "", false
	mine := fresh
	mine.WithdrawURL = "/p/1/withdraw"
	return map[string]Page{"paper": desk, "paper-closed": closed, "paper-counted": counted, "paperentry": entry, "paperentry-open": fresh, "paperentry-mine": mine}
}

func TestAMarkOnPaperIsReadWithHowItIsToBeTaken(t *testing.T) {
	field, reading := MatterField("m"), ReadingField("m")
	for name, c := range map[string]struct {
		matter voting.Matter
		form   url.Values
		names  int
		mark   voting.Mark
		void   ledger.VoidReason
		code   string
	}{
		"a mark":                       {motion, url.Values{field: {"yes"}, reading: {ReadMarked}}, 0, voting.Yes, "", ""},
		"nothing, and nobody said so":  {motion, url.Values{reading: {ReadMarked}}, 0, "", "", "choice_missing"},
		"a blank":                      {motion, url.Values{reading: {ReadBlank}}, 0, "", "", ""},
		"a blank after a slip":         {motion, url.Values{field: {"yes"}, reading: {ReadBlank}}, 0, "", "", ""},
		"a void answer":                {motion, url.Values{field: {"yes"}, reading: {ReadVoid}}, 0, "", ledger.VoidUnreadable, ""},
		"more firms than one":          {firms, url.Values{field: {"0", "2"}, reading: {ReadMarked}}, 2, "", "", ""},
		"a firm and an abstention":     {firms, url.Values{field: {"0", "abstain"}, reading: {ReadMarked}}, 0, "", "", "choice_invalid"},
		"a reading that nobody offers": {motion, url.Values{field: {"yes"}, reading: {"perhaps"}}, 0, voting.Yes, "", "choice_invalid"},
		"no reading":                   {motion, url.Values{field: {"yes"}}, 0, voting.Yes, "", "choice_invalid"},
	} {
		mark, _, code := ReadMark(c.form, "m", c.matter)
		if code != c.code {
			t.Errorf("%s: code %q, want %q", name, code, c.code)
		}
		if code == "" && (len(mark.Names) != c.names || mark.Mark != c.mark || mark.Void != c.void) {
			t.Errorf("%s: read %+v", name, mark)
		}
	}
}

func TestEveryVoidReasonOfTheLedgerHasWords(t *testing.T) {
	for _, reason := range ledger.VoidReasons {
		if !slices.ContainsFunc(VoidReasons, func(o Option) bool { return o.Value == string(reason) && o.Text != "" }) {
			t.Errorf("%s has no words", reason)
		}
	}
	if len(VoidReasons) != len(ledger.VoidReasons)+1 {
		t.Errorf("%d reasons, the ledger has %d", len(VoidReasons), len(ledger.VoidReasons))
	}
	for _, code := range []string{"paper_choice_missing", "paper_choice_invalid", "paper_unchecked"} {
		if _, known := messages.Text(code); !known {
			t.Errorf("%s has no sentence", code)
		}
	}
}
