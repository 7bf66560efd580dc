package rules

import "slices"

// paper is one of the documents that a filing may need, and when it does.
type paper struct {
	meaning
	due func(Filed) bool
}

// Filed is what a meeting decided, as far as it settles which documents its filing needs.
type Filed struct {
	Elected  bool // at least one seat of a committee was filled
	Rules    bool // rules of procedure were adopted or changed
	Covenant bool // the covenant was adopted or changed
}

func always(Filed) bool { return true }

func afterElection(f Filed) bool { return f.Elected }

// usualPapers are those of 274号第33条 as 条例第16条 wants them filed; furtherPapers are what some places ask for
// beside them.
var (
	usualPapers = []paper{
		{meaning{MeetingRecord, "业主大会会议记录"}, always}, {meaning{AssemblyDecision, "业主大会会议决定"}, always},
		{meaning{AssemblyRules, "业主大会议事规则"}, func(f Filed) bool { return f.Elected || f.Rules }},
		{meaning{Covenant, "管理规约"}, func(f Filed) bool { return f.Elected || f.Covenant }},
		{meaning{CommitteeMembers, "业主委员会委员名单和基本情况"}, afterElection},
	}
	furtherPapers = []paper{
		{meaning{CommitteeMinutes, "业主委员会首次会议记录和决定"}, afterElection}, {meaning{FundCovenant, "专项维修资金管理规约"}, afterElection},
		{meaning{Promises, "委员书面承诺"}, afterElection}, {meaning{TrainingRecords, "委员培训记录"}, afterElection},
		{meaning{SignedReport, "负责人签字的报告"}, always}, {meaning{WorkRules, "业主委员会工作规则"}, afterElection},
		{meaning{DivisionOfWork, "委员分工"}, afterElection}, {meaning{Contacts, "联系方式"}, afterElection},
	}
)

func meaningsOf(papers []paper) []meaning {
	list := make([]meaning, len(papers))
	for i, p := range papers {
		list[i] = p.meaning
	}
	return list
}

// FilingPaper is a document that a place asks for with a filing.
type FilingPaper struct {
	Document Word
	Name     string
	Source   *Source
	Must     bool // nothing is handed in without it
}

// FilingPapers are the documents that the filing of such a meeting needs, the usual ones first. A pack that was stored
// before it named the usual ones has those of the national pack it was counted under.
func (p Pack) FilingPapers(filed Filed) []FilingPaper {
	usual := p.Procedure.FilingUsual
	if national, err := For(p.nationalID()); usual == nil && err == nil {
		usual = national.Procedure.FilingUsual
	}
	return append(due(usual, usualPapers, filed), due(p.Procedure.FilingDocuments, furtherPapers, filed)...)
}

func due(asked *Listing, known []paper, filed Filed) []FilingPaper {
	if asked == nil {
		return nil
	}
	var list []FilingPaper
	for _, p := range known {
		if asked.has(p.word) && p.due(filed) {
			list = append(list, FilingPaper{Document: p.word, Name: p.text, Source: asked.Source, Must: asked.needs(p.word)})
		}
	}
	return list
}

// FilingDocuments lists every document that any place asks for, the usual ones first.
func FilingDocuments() []Word {
	var list []Word
	for _, p := range slices.Concat(usualPapers, furtherPapers) {
		list = append(list, p.word)
	}
	return list
}

// PaperName names a document of a filing; empty for a word that is none.
func PaperName(document Word) string {
	for _, p := range slices.Concat(usualPapers, furtherPapers) {
		if p.word == document {
			return p.text
		}
	}
	return ""
}
