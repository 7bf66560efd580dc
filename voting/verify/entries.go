package verify

import (
	"crypto/sha256"
	"slices"
)

// The types of leaves that hold published entries about the time after the count.
const (
	objectionAct = "objection"
	sampleAct    = "sample"
)

// checkEntries: what became of objections and of the street's samples is published entry by entry, as the log holds it, and
// the numbers of objections follow from it where the notice promised that the log tells of them.
func (r *run) checkEntries(standing []byte) {
	b := r.book
	published, err := parse(standing)
	if err != nil {
		b.fail(checkCertificate, say("%s 不合格式", "%s is not in its form", fileStanding))
		return
	}
	entries, _ := at(published, "entries").([]any)
	next := 0
	var told tale
	for i, l := range r.leaves {
		if l.kind != objectionAct && l.kind != sampleAct {
			continue
		}
		if next >= len(entries) || sha256.Sum256(write(nil, entries[next])) != l.sum || at(entries[next], "type") != l.kind || at(entries[next], "act") != l.act {
			b.fail(checkCertificate, say("第 %d 条：异议或者抽样回访的内容与公布的不符", "leaf %d: an objection or a sample is not as published", i))
			return
		}
		if !told.goesOn(entries[next]) {
			b.fail(checkCertificate, say("第 %d 条：异议或者抽样回访的先后次序不对", "leaf %d: an objection or a sample out of its order", i))
			return
		}
		next++
	}
	if next != len(entries) {
		b.fail(checkCertificate, say("公布的异议或者抽样回访不在投票记录里", "a published objection or sample is not in the log"))
		return
	}
	if slices.Contains(r.notice.logged, objectionAct) {
		if place, wanted, found := differ("objections", told.sums(), at(published, "objections")); place != "" {
			b.fail(checkCertificate, say("%s 公布的是 %s，按投票记录是 %s", "%s was published as %s and is %s by the log", place, found, wanted))
		}
	}
}

// tale is how far objections and samples have come: each begins once and ends once.
type tale struct {
	objections, rounds map[int64]string // by number: the last act
}

func (t *tale) goesOn(entry any) bool {
	act, _ := at(entry, "act").(string)
	if at(entry, "type") == objectionAct {
		return step(&t.objections, at(entry, "number"), act, map[string]string{"recorded": "", "withdrawn": "recorded", "upheld": "recorded", "dismissed": "recorded"})
	}
	return step(&t.rounds, at(entry, "round"), act, map[string]string{"announced": "", "drawn": "announced", "ended": "drawn", "withdrawn": "announced"})
}

// step follows one number; after tells which act each must follow. Numbers begin with 1 and have no gap.
func step(last *map[int64]string, number any, act string, after map[string]string) bool {
	n, whole := number.(int64)
	before, known := after[act]
	if !whole || !known || (*last)[n] != before || before == "" && n != int64(len(*last))+1 {
		return false
	}
	if *last == nil {
		*last = map[int64]string{}
	}
	(*last)[n] = act
	return true
}

// sums are the numbers of objections, as they are published.
func (t *tale) sums() any {
	sums := map[string]int64{}
	for _, act := range t.objections {
		sums[act]++
	}
	return object{"open": sums["recorded"], "upheld": sums["upheld"], "dismissed": sums["dismissed"], "withdrawn": sums["withdrawn"]}
}
