package verify

import (
	"slices"
	"strings"
)

// pile is every head of a matter's scope, put where it belongs.
type pile struct {
	total     weight // everybody in the scope
	voted     weight // valid answers, abstentions and 从众 included
	void      weight
	silent    weight   // delivered with proof, and no answer
	abstained weight   // of answers that name one thing; marked option by option there is none as a whole
	following weight   // 从众
	yes       []weight // by option: real votes for it
	no        []weight // by option, where each is marked by itself: real votes against it
}

// The two options of a motion and of a poll.
var yesNo = []string{"yes", "no"}

// names are the options under which the votes of a matter are added up.
func (m matter) names() []string {
	if m.kind == motion || m.kind == consult {
		return yesNo
	}
	return m.options
}

// inside tells whether a place lies in the scope of a matter: it is one of its places, or below one.
func (m matter) inside(place string) bool {
	for _, part := range m.scope {
		if place == part || strings.HasPrefix(place, part+"/") {
			return true
		}
	}
	return len(m.scope) == 0
}

// weigh gives every head its weight in the scope of a matter, at the slot of its head group: one head for whoever
// holds at least one counting unit inside, and the counting areas inside.
func (m matter) weigh(units []unit) []weight {
	weights := make([]weight, len(units))
	for _, u := range units {
		if !m.inside(u.place) {
			continue
		}
		if u.countsArea {
			weights[u.group].area += u.area
		}
		if u.countsHead {
			weights[u.group].heads = 1
		}
	}
	return weights
}

// answer is what one ballot says on one matter.
type answer struct {
	void  bool // found void by those who read the sheet
	mark  string
	names []string // each once
	each  []member // option → mark, as text
}

func readAnswer(raw []byte) (answer, bool) {
	r := open(raw)
	if r.maybe("void") != nil {
		r.asked--
		reason := r.text("void")
		return answer{void: true}, reason != "" && r.close() == nil
	}
	a := answer{mark: r.perhaps("mark", "yes", "no", "abstain", "follow_majority"), names: r.texts("names")}
	if list := r.maybe("each"); list != nil {
		var err error
		if a.each, err = members(list, nil); err != nil {
			return a, false
		}
	}
	return a, r.close() == nil && slices.IsSorted(a.names) && len(slices.Compact(slices.Clone(a.names))) == len(a.names)
}

func (a answer) blank() bool { return !a.void && a.mark == "" && len(a.names) == 0 && len(a.each) == 0 }

// offered tells whether the ballot of a matter lets anybody answer so. Too many names are an answer that can be
// put on paper; what it counts for is another question.
func (m matter) offered(p policies, a answer) bool {
	used := 0
	for _, part := range []bool{a.mark != "", len(a.names) > 0, len(a.each) > 0} {
		if part {
			used++
		}
	}
	follow := a.mark == "follow_majority"
	switch {
	case a.void:
		return true
	case used > 1 || follow && !(p.follow && (m.kind == motion || m.kind == selection && m.method == pick)):
		return false
	case len(a.names) > 0:
		return m.method == pick && !slices.ContainsFunc(a.names, func(name string) bool { return !slices.Contains(m.options, name) })
	case len(a.each) > 0:
		return m.method == each && !slices.ContainsFunc(a.each, func(one member) bool {
			return !slices.Contains(m.options, one.key) || !slices.Contains([]string{`"yes"`, `"no"`, `"abstain"`}, string(one.raw))
		})
	case m.method == each:
		return a.mark == ""
	case m.method == pick:
		return a.mark == "" || a.mark == "abstain" || follow
	}
	return true
}

// tooMany tells whether more names are marked than the ballot allows: in all, or of one group of seats.
func (m matter) tooMany(names []string) bool {
	if m.method != pick {
		return false
	}
	if m.kind == selection {
		return len(names) > 1
	}
	if len(m.groups) == 0 {
		return int64(len(names)) > either(m.maxChoices, m.seats)
	}
	return slices.ContainsFunc(m.groups, func(g group) bool {
		marked := int64(0)
		for _, name := range names {
			if slices.Contains(g.options, name) {
				marked++
			}
		}
		return marked > either(g.maxChoices, g.seats)
	})
}

func either(announced, otherwise int64) int64 {
	if announced > 0 {
		return announced
	}
	return otherwise
}

// isVoid tells whether an answer counts as void (废票).
func (m matter) isVoid(p policies, a answer) bool {
	return a.void || m.tooMany(a.names) || a.blank() && p.blankVoid
}

func (m matter) newPile() *pile {
	p := &pile{yes: make([]weight, len(m.names()))}
	if m.method == each {
		p.no = make([]weight, len(m.options))
	}
	return p
}

// put lays one answer on the pile.
func (t *pile) put(m matter, p policies, a answer, w weight) {
	if m.isVoid(p, a) {
		t.void = t.void.plus(w)
		return
	}
	t.voted = t.voted.plus(w)
	if m.method == each {
		for _, one := range a.each {
			at := slices.Index(m.options, one.key)
			switch string(one.raw) {
			case `"yes"`:
				t.yes[at] = t.yes[at].plus(w)
			case `"no"`:
				t.no[at] = t.no[at].plus(w)
			}
		}
		return
	}
	switch a.mark {
	case "yes", "no":
		at := slices.Index(yesNo, a.mark)
		t.yes[at] = t.yes[at].plus(w)
	case "follow_majority":
		t.following = t.following.plus(w)
	default:
		if len(a.names) == 0 {
			t.abstained = t.abstained.plus(w)
		}
	}
	for _, name := range a.names {
		at := slices.Index(m.options, name)
		t.yes[at] = t.yes[at].plus(w)
	}
}
