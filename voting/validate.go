package voting

import (
	"fmt"
	"slices"
)

// MaxNumber bounds seats, members and heads, so that no sum of this package can overflow.
const MaxNumber = 1_000_000

// DefaultMinMembers is the smallest committee where neither notice nor place says otherwise (建房〔2009〕274号第31条).
const DefaultMinMembers = 5

// Validate tells whether the matter is complete and consistent under the law of its pack. It refuses with
// a *[Refusal] of missing_field, bad_value or duplicate, naming the field.
func (m Matter) Validate(law Law) error {
	if !slices.Contains(Kinds, m.Kind) {
		return refuse(CodeBadValue, "kind")
	}
	for _, check := range []func(Law) error{m.checkItem, m.checkOptions, m.checkSeats, m.checkGroups, m.checkTies, m.checkPoll, m.checkFirm} {
		if err := check(law); err != nil {
			return err
		}
	}
	return distinct(m.Scope, "scope")
}

func (m Matter) checkItem(law Law) error {
	switch {
	case m.Kind == Consult && m.Item != 0:
		return refuse(CodeBadValue, "item")
	case m.Kind == Consult:
		return nil
	case m.Item == 0:
		return refuse(CodeMissingField, "item")
	case m.Item < 1 || m.Item > law.Items:
		return refuse(CodeBadValue, "item")
	case m.Kind == Election && m.Item != law.ElectionItem:
		return refuse(CodeBadValue, "item")
	}
	return nil
}

func (m Matter) checkOptions(Law) error {
	if m.YesNo() {
		if m.Method != "" {
			return refuse(CodeBadValue, "method")
		}
		if len(m.Options) > 0 {
			return refuse(CodeBadValue, "options")
		}
		return nil
	}
	switch {
	case m.Method == "":
		return refuse(CodeMissingField, "method")
	case !slices.Contains(Methods, m.Method):
		return refuse(CodeBadValue, "method")
	case m.Graded() && m.Method != Pick:
		return refuse(CodeBadValue, "method")
	case len(m.Options) == 0:
		return refuse(CodeMissingField, "options")
	}
	return distinct(m.Options, "options")
}

func (m Matter) checkSeats(Law) error {
	if m.Kind == Election && m.Seats == 0 {
		return refuse(CodeMissingField, "seats")
	}
	numbers := []struct {
		field string
		value int
		fits  bool
	}{
		{"seats", m.Seats, m.Kind == Election},
		{"max_choices", m.MaxChoices, m.Kind == Election && m.Method == Pick},
		{"alternates", m.Alternates, m.Kind == Election},
		{"sitting", m.Sitting, m.Kind == Election},
		{"min_members", m.MinMembers, m.Kind == Election},
	}
	for _, n := range numbers {
		if n.value < 0 || n.value > MaxNumber || (n.value > 0 && !n.fits) {
			return refuse(CodeBadValue, n.field)
		}
	}
	if m.Forming && m.Sitting == 0 {
		return refuse(CodeBadValue, "forming")
	}
	return nil
}

func (m Matter) checkPoll(Law) error {
	if m.Kind != Consult {
		if m.Poll != nil {
			return refuse(CodeBadValue, "poll")
		}
		return nil
	}
	if m.Poll == nil {
		return refuse(CodeMissingField, "poll")
	}
	if t := m.Poll.Threshold; t.Num < 1 || t.Num > t.Den || t.Den > 100 {
		return refuse(CodeBadValue, "poll.threshold")
	}
	if len(m.Poll.Dimensions) == 0 {
		return refuse(CodeMissingField, "poll.dimensions")
	}
	for i, dimension := range m.Poll.Dimensions {
		if !slices.Contains(Dimensions, dimension) {
			return refuse(CodeBadValue, fmt.Sprintf("poll.dimensions[%d]", i))
		}
	}
	if err := distinct(m.Poll.Dimensions, "poll.dimensions"); err != nil {
		return err
	}
	return m.checkGrades()
}

// distinct refuses an empty text and the second of two equal ones.
func distinct[T ~string](list []T, field string) error {
	seen := make(map[T]bool, len(list))
	for i, text := range list {
		at := fmt.Sprintf("%s[%d]", field, i)
		if text == "" {
			return refuse(CodeBadValue, at)
		}
		if seen[text] {
			return refuse(CodeDuplicate, at)
		}
		seen[text] = true
	}
	return nil
}

// Validate refuses a parameter outside its list as bad_value. The empty string is the default of each.
func (p Policies) Validate() error {
	switch {
	case p.Silence != "" && !slices.Contains(Silences, p.Silence):
		return refuse(CodeBadValue, "silence")
	case p.Blank != "" && !slices.Contains(Blanks, p.Blank):
		return refuse(CodeBadValue, "blank")
	case p.Rank != "" && !slices.Contains(Ranks, p.Rank):
		return refuse(CodeBadValue, "rank")
	case p.Shortfall != "" && !slices.Contains(Shortfalls, p.Shortfall):
		return refuse(CodeBadValue, "shortfall")
	}
	return nil
}

// SilenceIn is the silence rule in force for that kind of matter. At a first meeting no rule of the owners'
// own exists yet, unless the interim covenant may carry one (聊城市物业管理条例第16条), and a poll counts real answers only
// (domain §4, trap 7): both take the default.
func (p Policies) SilenceIn(kind Kind) Silence {
	if (p.FirstMeeting && !p.InterimCovenant) || kind == Consult || p.Silence == "" {
		return NotParticipating
	}
	return p.Silence
}
