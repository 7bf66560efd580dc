package web

import "gongjue/voting/lint"

// Finding is a doubt about a draft: what may go wrong, under which article, and how it is mended.
type Finding struct {
	Tone   string // error, warning or ok, as colours go
	Word   string
	Matter int // number on the agenda; 0 = the meeting
	Text   string
	Law    string
	Mend   string
}

// severities are how findings are shown; a hint is nothing to worry about.
var severities = map[lint.Severity]struct{ tone, word string }{
	lint.Error: {CheckError, "应当改正"}, lint.Warning: {CheckWarning, "容易引起争议"}, lint.Hint: {CheckOK, "提示"},
}

// Findings are the doubts about a draft in the words of a page.
func Findings(list []lint.Finding) []Finding {
	found := make([]Finding, len(list))
	for i, f := range list {
		look := severities[f.Severity]
		found[i] = Finding{Tone: look.tone, Word: look.word, Matter: f.Matter, Text: f.Sentence, Law: f.Article, Mend: f.Mend}
	}
	return found
}

// ConfirmFindings is what a convener confirms who issues a notice although a finding is an error.
const ConfirmFindings = "标有“应当改正”的提醒，我已经逐条核对，仍然按现在的内容发布。这次确认会记录在案。"
