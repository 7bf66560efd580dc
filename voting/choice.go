package voting

import (
	"bytes"
	"encoding/json"
	"slices"
)

// MostNames is how many different names one ballot by pick may mark; 0 for every other matter.
// A selection by pick always allows one.
func (m Matter) MostNames() int {
	switch {
	case m.Method != Pick:
		return 0
	case m.OneName():
		return 1
	case len(m.SeatGroups) > 0:
		most := 0
		for _, group := range m.SeatGroups {
			most += min(group.mostNames(), len(group.Options))
		}
		return most
	case m.MaxChoices > 0:
		return m.MaxChoices
	}
	return m.Seats
}

// Marks lists the marks that the ballot of the matter offers, in printed order; for approval_each they
// stand beside every option. 从众 is offered only where announced, and only where the law of counting knows
// what to do with it: a motion, or a selection by pick.
func (m Matter) Marks(p Policies) []Mark {
	var marks []Mark
	if m.Method == Pick {
		marks = []Mark{Abstain}
	} else {
		marks = []Mark{Yes, No, Abstain}
	}
	if p.FollowMajority && (m.Kind == Motion || (m.Kind == Selection && m.Method == Pick)) {
		marks = append(marks, FollowMajority)
	}
	return marks
}

// Check tells whether the choice may be put on a ballot of the matter. A blank may: what it means was
// announced. It refuses with a *[Refusal]: unknown_name, too_many_names, mark_not_offered, or bad_value
// for an answer in the form of another kind of matter.
func (c Choice) Check(m Matter, p Policies) error {
	if err := c.readable(m, p); err != nil {
		return err
	}
	if m.tooMany(c.distinctNames()) {
		return refuse(CodeTooManyNames, "choice.names")
	}
	return nil
}

// readable is Check without the over-vote, which on paper makes a ballot void instead of unreadable.
func (c Choice) readable(m Matter, p Policies) *Refusal {
	if c.Mark != "" {
		switch {
		case m.Method == ApprovalEach || len(c.Names) > 0 || len(c.Each) > 0:
			return refuse(CodeBadValue, "choice.mark")
		case !slices.Contains(m.Marks(p), c.Mark):
			return refuse(CodeMarkNotOffered, "choice.mark")
		}
	}
	if len(c.Names) > 0 && (m.Method != Pick || len(c.Each) > 0) {
		return refuse(CodeBadValue, "choice.names")
	}
	if len(c.Each) > 0 && m.Method != ApprovalEach {
		return refuse(CodeBadValue, "choice.each")
	}
	for _, name := range c.Names {
		if !slices.Contains(m.Options, name) {
			return refuse(CodeUnknownName, "choice.names")
		}
	}
	for name := range c.Each {
		if !slices.Contains(m.Options, name) {
			return refuse(CodeUnknownName, "choice.each")
		}
	}
	for _, mark := range c.Each {
		if !slices.Contains(m.Marks(p), mark) {
			return refuse(CodeMarkNotOffered, "choice.each")
		}
	}
	return nil
}

// distinctNames are the marked names, each once, sorted: the order of marking says nothing.
func (c Choice) distinctNames() []string {
	names := slices.Clone(c.Names)
	slices.Sort(names)
	return slices.Compact(names)
}

// Canonical is the one JSON text of the choice, fit for hashing: keys and names in byte order, a name
// marked twice stands once, empty parts are left out, and nothing is escaped for HTML.
func (c Choice) Canonical() []byte {
	form := struct {
		Each  map[string]Mark `json:"each,omitempty"`
		Mark  Mark            `json:"mark,omitempty"`
		Names []string        `json:"names,omitempty"`
	}{c.Each, c.Mark, c.distinctNames()}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(form) // maps and strings into memory: neither can fail
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}
