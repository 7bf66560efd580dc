package rules

import (
	"slices"
	"testing"
)

func documentsOf(papers []FilingPaper) []Word {
	var list []Word
	for _, paper := range papers {
		list = append(list, paper.Document)
	}
	return list
}

func TestEachPlaceAsksForItsOwnPapers(t *testing.T) {
	usual := []Word{MeetingRecord, AssemblyDecision, AssemblyRules, Covenant, CommitteeMembers}
	for _, c := range []struct {
		name, place string
		filed       Filed
		want        []Word
	}{
		{"an election where the place says nothing of its own", "四川省/成都市", Filed{Elected: true}, usual},
		{"no election: the decision alone", "四川省/成都市", Filed{}, []Word{MeetingRecord, AssemblyDecision}},
		{"rules adopted without an election", "四川省/成都市", Filed{Rules: true}, []Word{MeetingRecord, AssemblyDecision, AssemblyRules}},
		{"a covenant adopted without an election", "四川省/成都市", Filed{Covenant: true}, []Word{MeetingRecord, AssemblyDecision, Covenant}},
		{"an election in 上海", "上海市", Filed{Elected: true}, append(slices.Clone(usual), FundCovenant, Promises, TrainingRecords)},
		{"an election in 北京", "北京市", Filed{Elected: true}, append(slices.Clone(usual), CommitteeMinutes)},
		{"no election in 聊城: its report all the same", "山东省/聊城市", Filed{}, []Word{MeetingRecord, AssemblyDecision, SignedReport}},
	} {
		pack, err := At(c.place, 1_795_000_000_000)
		if err != nil {
			t.Fatal(err)
		}
		papers := pack.FilingPapers(c.filed)
		if got := documentsOf(papers); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		for _, paper := range papers {
			if paper.Name == "" || paper.Name != PaperName(paper.Document) || paper.Source == nil {
				t.Errorf("%s: %+v has no name or no article", c.name, paper)
			}
		}
	}
}

func TestAPackStoredWithoutTheListHasTheNationalOne(t *testing.T) {
	pack, err := At("上海市", 1_795_000_000_000)
	if err != nil {
		t.Fatal(err)
	}
	want := documentsOf(pack.FilingPapers(Filed{Elected: true}))
	pack.Procedure.FilingUsual = nil
	if got := documentsOf(pack.FilingPapers(Filed{Elected: true})); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWhatIsRequiredIsNamedAndIsOneOfTheValues(t *testing.T) {
	pack := Pack{Procedure: Procedure{FilingDocuments: &Listing{Values: []Word{Promises, WorkRules}, Required: []Word{Promises}}}}
	papers := pack.FilingPapers(Filed{Elected: true})
	if len(papers) != 2 || !papers[0].Must || papers[1].Must {
		t.Errorf("%+v", papers)
	}
	if line := pack.Lines()[0].Text; line != "除会议记录和决定、议事规则、管理规约、委员名单外，另需：委员书面承诺（必备）、业主委员会工作规则。" {
		t.Error(line)
	}
	words := []Word{Promises, WorkRules}
	if err := pack.Procedure.FilingDocuments.checkValue(words); err != nil {
		t.Error(err)
	}
	pack.Procedure.FilingDocuments.Required = []Word{Contacts}
	if err := pack.Procedure.FilingDocuments.checkValue(words); err == nil {
		t.Error("a paper is required that is not asked for")
	}
}
