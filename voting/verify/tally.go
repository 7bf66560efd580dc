package verify

import (
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

// graded tells whether a poll has a scale, of which one grade is marked.
func (m matter) graded() bool { return m.kind == consult && len(m.options) > 0 }

// agreed are the votes that a comparison of the option at place i measures: of a scale, all that agree together.
func (m matter) agreed(yes []weight, i int) weight {
	if !m.graded() {
		return yes[i]
	}
	var sum weight
	for _, votes := range yes[:min(max(m.poll.favour, 0), int64(len(yes)))] {
		sum = sum.plus(votes)
	}
	return sum
}

// names are the options under which the votes of a matter are added up.
func (m matter) names() []string {
	if m.kind == motion || m.kind == consult && !m.graded() {
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

func (m matter) newPile() *pile {
	p := &pile{yes: make([]weight, len(m.names()))}
	if m.method == each {
		p.no = make([]weight, len(m.options))
	}
	return p
}

// put lays one answer on the pile.
func (t *pile) put(a *answer, w weight) {
	if a.void {
		t.void = t.void.plus(w)
		return
	}
	t.voted = t.voted.plus(w)
	switch {
	case a.follows:
		t.following = t.following.plus(w)
	case a.abstains:
		t.abstained = t.abstained.plus(w)
	}
	for _, option := range a.yes {
		t.yes[option] = t.yes[option].plus(w)
	}
	for _, option := range a.no {
		t.no[option] = t.no[option].plus(w)
	}
}
