package models

import (
	"slices"
	"strings"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// longestPlatform is the most characters of a platform's name.
const longestPlatform = 60

// settlePlatform puts the announced platform in order: with one, the rule for voters who answer twice is never left open.
// Refusals: platform_barred, too_long, bad_value.
func (t *MeetingTerms) settlePlatform(pack rules.Pack) error {
	if t.Platform = strings.TrimSpace(t.Platform); t.Platform == "" {
		t.Conflict = ""
		return nil
	}
	if t.Conflict == "" {
		t.Conflict = voting.FirstValid
	}
	switch {
	case platformBarred(pack):
		return refuseField("platform_barred", "platform")
	case len([]rune(t.Platform)) > longestPlatform:
		return refuseField("too_long", "platform")
	case !slices.Contains(voting.ChannelConflicts, t.Conflict):
		return refuseField("bad_value", "channel_conflict")
	}
	return nil
}

// platformBarred tells whether the place's text has no electronic form of voting at all: then there is none whose result
// could be imported either.
func platformBarred(pack rules.Pack) bool {
	rule := pack.Procedure.EVote
	return rule != nil && rule.Value == rules.NotProvided
}
