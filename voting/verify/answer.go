package verify

import "slices"

// answer is what one ballot says on one matter, and what that counts for.
type answer struct {
	raw      []byte // as it was committed to
	reason   string // why those who read the sheet found it void; empty if they did not
	void     bool   // it counts as void (废票)
	abstains bool   // as a whole; marked option by option nothing does
	follows  bool   // 从众
	yes, no  []int  // options that it is for and against, by their place
}

// written are the parts of an answer as they stand on the ballot.
type written struct {
	reason, mark string
	names        []string
	each         []member // option → mark, as text
}

func (r *record) written(raw []byte) (w written, ok bool) {
	r.reset(raw)
	w.mark, w.names = r.perhaps("mark", "yes", "no", "abstain", "follow_majority"), r.texts("names")
	if slices.ContainsFunc(r.members, func(m member) bool { return string(m.key) == "void" }) {
		w.reason = r.text("void")
		return w, w.reason != "" && len(r.members) == 1 && r.close() == nil
	}
	if list := r.maybe("each"); list != nil {
		var err error
		if w.each, err = members(list, nil); err != nil {
			return w, false
		}
	}
	once := slices.IsSorted(w.names) && len(slices.Compact(slices.Clone(w.names))) == len(w.names)
	return w, r.close() == nil && once
}

// understand reads an answer; false where the ballot of the matter lets nobody answer so.
func (m matter) understand(r *record, p policies, raw []byte) (*answer, bool) {
	w, ok := r.written(raw)
	a := &answer{raw: raw, reason: w.reason}
	if !ok || !m.offered(p, w) {
		return a, false
	}
	blank := w.reason == "" && w.mark == "" && len(w.names) == 0 && len(w.each) == 0
	a.void = w.reason != "" || m.tooMany(w.names) || blank && p.blankVoid
	a.follows = w.mark == "follow_majority"
	a.abstains = m.method != each && (blank || w.mark == "abstain")
	for _, name := range w.names {
		a.yes = append(a.yes, slices.Index(m.options, name))
	}
	for _, one := range w.each {
		option := slices.Index(m.options, string(one.key))
		switch string(one.raw) {
		case `"yes"`:
			a.yes = append(a.yes, option)
		case `"no"`:
			a.no = append(a.no, option)
		}
	}
	if w.mark == "yes" || w.mark == "no" {
		a.yes = []int{slices.Index(yesNo, w.mark)} // what is counted for the option no
	}
	return a, true
}

// offered tells whether the ballot of a matter lets anybody answer so. Too many names are an answer that can be
// put on paper; what it counts for is another question.
func (m matter) offered(p policies, w written) bool {
	used := 0
	for _, part := range []bool{w.mark != "", len(w.names) > 0, len(w.each) > 0} {
		if part {
			used++
		}
	}
	follow := w.mark == "follow_majority"
	switch {
	case w.reason != "":
		return true
	case used > 1 || follow && !(p.follow && (m.kind == motion || m.kind == selection && m.method == pick)):
		return false
	case len(w.names) > 0:
		return m.method == pick && !slices.ContainsFunc(w.names, func(name string) bool { return !slices.Contains(m.options, name) })
	case len(w.each) > 0:
		return m.method == each && !slices.ContainsFunc(w.each, func(one member) bool {
			return !slices.Contains(m.options, string(one.key)) || !slices.Contains([]string{`"yes"`, `"no"`, `"abstain"`}, string(one.raw))
		})
	case m.method == each:
		return w.mark == ""
	case m.method == pick:
		return w.mark == "" || w.mark == "abstain" || follow
	}
	return true
}

// tooMany tells whether more names are marked than the ballot allows: in all, or of one group of seats.
func (m matter) tooMany(names []string) bool {
	if m.method != pick {
		return false
	}
	if m.kind == selection || m.graded() {
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
