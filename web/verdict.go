package web

import (
	"gongjue/voting"
	"gongjue/voting/explain"
)

// verdictLook is how a result is shown: a word and a symbol beside the colour, which is never the only signal.
type verdictLook struct{ Tone, Symbol, Word string }

var looks = map[voting.Result]verdictLook{
	voting.Passed:       {Tone: "good", Symbol: "✓"},
	voting.Rejected:     {Tone: "bad", Symbol: "✕"},
	voting.NotFormed:    {Tone: "short", Symbol: "○"},
	voting.RunOffDue:    {Tone: "short", Symbol: "↻"},
	voting.Undetermined: {Tone: "open", Symbol: "？"},
}

// verdictLine gives look and short word of a result in a list. A consult poll neither passes nor fails, so it has
// no symbol of either.
func verdictLine(k voting.Kind, r voting.Result) verdictLook {
	if k == voting.Consult {
		return verdictLook{Tone: "open", Symbol: "i", Word: "仅供参考"}
	}
	look := looks[r]
	look.Word = explain.Result(r)
	return look
}

// lotWord is what a list says of a matter whose tie waits for a lot.
const lotWord = "待公开抽签"

// Look gives look and short word of an outcome in a list.
func (v Verdict) Look() verdictLook {
	if v.Lapsed {
		return verdictLook{Tone: "open", Symbol: "–", Word: explain.Lapsed}
	}
	look := verdictLine(v.Kind, v.Result)
	if v.ByLot && v.Result == voting.RunOffDue { // no further vote is due
		look.Word = lotWord
	}
	return look
}

// verdictOf gives look and full word of an outcome.
func verdictOf(m voting.Matter, o voting.Outcome) verdictLook {
	look := verdictLine(m.Kind, o.Result)
	look.Word = explain.Verdict(m, o)
	return look
}
