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

// lapsedWord is what is said of a matter whose condition is not met: the votes stand and lead to nothing, so that no
// list may show them as a decision.
const lapsedWord = "前提没有成立"

// lotWord is what a list says of a matter whose tie waits for a lot.
const lotWord = "待公开抽签"

// Look gives look and short word of an outcome in a list.
func (v Verdict) Look() verdictLook {
	if v.Lapsed {
		return verdictLook{Tone: "open", Symbol: "–", Word: lapsedWord}
	}
	look := verdictLine(v.Kind, v.Result)
	if v.ByLot && v.Result == voting.RunOffDue { // no further vote is due
		look.Word = lotWord
	}
	return look
}

// CertifiedWord is what a certificate says of a matter: a street certifies no decision that came to nothing, and no
// committee of an even number without saying so.
func CertifiedWord(m voting.Matter, o voting.Outcome, effect voting.Effect) string {
	word := explain.Verdict(m, o)
	if effect == voting.Lapsed {
		return word + "（" + lapsedWord + "，不产生效力）"
	}
	even := (m.Sitting+len(o.Elected))%2 == 0
	if o.Committee == voting.EvenNumber || (o.Committee == voting.Constituted && even) {
		return word + "；" + explain.Committee(m, o)
	}
	return word
}

// verdictOf gives look and full word of an outcome.
func verdictOf(m voting.Matter, o voting.Outcome) verdictLook {
	look := verdictLine(m.Kind, o.Result)
	look.Word = explain.Verdict(m, o)
	return look
}
