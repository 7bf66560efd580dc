package voting

import "slices"

// Answer is what a sheet says on one matter. The choice of a void answer is not looked at.
type Answer struct {
	Choice Choice
	Void   bool
}

// reading is an answer read against the options of its matter, so that adding it up needs no name any more.
type reading struct {
	class   VoterClass // ClassVoted or ClassVoid; empty where the sheet has no answer to the matter
	abstain bool       // explicitly, or by a blank; never for approval_each, where marks stand per option
	follow  bool       // 从众
	yes, no []int      // places in OptionNames
}

// read takes an answer apart. An over-vote is void, a blank is what was announced for blanks.
func (a Answer) read(m Matter, p Policies) (reading, error) {
	if !a.Void {
		if err := a.Choice.readable(m, p); err != nil {
			return reading{}, err
		}
	}
	if a.IsVoid(m, p) {
		return reading{class: ClassVoid}, nil
	}
	r := reading{class: ClassVoted}
	switch names := m.OptionNames(); {
	case m.Method == ApprovalEach:
		for i, name := range names {
			switch a.Choice.Each[name] {
			case Yes:
				r.yes = append(r.yes, i)
			case No:
				r.no = append(r.no, i)
			}
		}
	case len(a.Choice.Names) > 0:
		for _, name := range a.Choice.distinctNames() {
			r.yes = append(r.yes, slices.Index(names, name))
		}
	case a.Choice.Mark == FollowMajority:
		r.follow = true
	case a.Choice.Mark == Abstain || a.Choice.Mark == "":
		r.abstain = true
	default:
		r.yes = []int{slices.Index(names, string(a.Choice.Mark))}
	}
	if slices.Contains(r.yes, -1) { // only of a matter that Validate refuses
		return reading{}, refuse(CodeUnknownName, "choice")
	}
	return r, nil
}

// IsVoid tells whether the answer counts as void: found void on paper, an over-vote, or a blank where blanks were
// announced to be void.
func (a Answer) IsVoid(m Matter, p Policies) bool {
	return a.Void || m.tooMany(a.Choice.distinctNames()) || (a.Choice.Blank() && p.Blank == BlankVoid)
}
