package web

import (
	"net/url"
	"slices"
	"strconv"

	"gongjue/voting"
)

// MatterField is the form field of a matter: motion and consult carry a mark in it (yes, no, abstain,
// follow_majority), pick carries the positions marked ("0", "1" …) or one of abstain, follow_majority.
// Where every option is marked on its own, the field of option i is [OptionField].
func MatterField(id string) string { return "m." + id }

// OptionField is the form field of the option at a position, 0 being the first on the ballot.
func OptionField(id string, position int) string {
	return MatterField(id) + "." + strconv.Itoa(position)
}

// BallotFields are the form fields that carry a choice; [ReadChoice] is the way back.
func BallotFields(id string, m voting.Matter, c voting.Choice) []Field {
	fields := []Field{}
	if c.Mark != "" {
		fields = append(fields, Field{MatterField(id), string(c.Mark)})
	}
	for i, name := range m.Options {
		if mark := c.Each[name]; mark != "" {
			fields = append(fields, Field{OptionField(id, i), string(mark)})
		}
	}
	for i, name := range m.Options {
		if slices.Contains(c.Names, name) {
			fields = append(fields, Field{MatterField(id), strconv.Itoa(i)})
		}
	}
	return fields
}

// ReadChoice reads the choice of one matter from a posted form. Nothing marked is a blank choice. ok is
// false where the form cannot have come from the page: an unknown mark or position, or a mark beside names.
// Whether the choice is lawful (too many names, a mark not announced) is not decided here.
func ReadChoice(form url.Values, id string, m voting.Matter) (c voting.Choice, ok bool) {
	if m.Method == voting.ApprovalEach && isListed(m) {
		return readEach(form, id, m)
	}
	for _, value := range form[MatterField(id)] {
		if isMark(value) && c.Blank() {
			c.Mark = voting.Mark(value)
			continue
		}
		position, err := strconv.Atoi(value)
		if err != nil || position < 0 || position >= len(m.Options) || c.Mark != "" {
			return voting.Choice{}, false
		}
		if slices.Contains(c.Names, m.Options[position]) {
			return voting.Choice{}, false
		}
		c.Names = append(c.Names, m.Options[position])
	}
	if isListed(m) && (c.Mark == voting.Yes || c.Mark == voting.No) {
		return voting.Choice{}, false
	}
	return c, true
}

func readEach(form url.Values, id string, m voting.Matter) (c voting.Choice, ok bool) {
	for i, name := range m.Options {
		value := form.Get(OptionField(id, i))
		if value == "" {
			continue
		}
		if !isMark(value) {
			return voting.Choice{}, false
		}
		if c.Each == nil {
			c.Each = map[string]voting.Mark{}
		}
		c.Each[name] = voting.Mark(value)
	}
	return c, true
}

// isListed tells whether a matter has a list of options on the ballot.
func isListed(m voting.Matter) bool { return !m.YesNo() }

// isRanked tells whether the options of a matter compete for places.
func isRanked(m voting.Matter) bool { return m.Kind == voting.Election || m.Kind == voting.Selection }

func isMark(value string) bool {
	switch voting.Mark(value) {
	case voting.Yes, voting.No, voting.Abstain, voting.FollowMajority:
		return true
	}
	return false
}
