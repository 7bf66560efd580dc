package models

import (
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// FrozenPowers is the clause on what is not decided while the committee of a community is being renewed, from the forming of
// the renewal group to the election of the next one; nil outside of that time, and where the place has no such rule.
func FrozenPowers(list []Committee, law rules.Procedure) *rules.Listing {
	renewing := slices.ContainsFunc(list, func(c Committee) bool { return c.State == lifecycle.CommitteeRenewal })
	elected := slices.ContainsFunc(list, func(c Committee) bool { return c.State == lifecycle.CommitteeElected })
	if !renewing || elected {
		return nil
	}
	return law.FrozenPowers
}

// frozenPowers is [FrozenPowers] of a community now.
func frozenPowers(db *gorm.DB, communityID string, law rules.Procedure) (*rules.Listing, error) {
	if law.FrozenPowers == nil {
		return nil, nil
	}
	list, err := committees(db.Where("community_id = ?", communityID))
	return FrozenPowers(list, law), err
}

// notFrozen refuses a meeting by which the committee itself would have a firm hired or dismissed during its renewal. What
// only the words of a matter tell is a doubt that is confirmed before the notice. Refusal: powers_frozen.
func notFrozen(db *gorm.DB, meeting Meeting) error {
	frozen, err := frozenPowers(db, meeting.CommunityID, meeting.Pack.Procedure)
	if err != nil || frozen == nil || meeting.ConvenerKind != lifecycle.Committee || !slices.Contains(frozen.Values, rules.FrozenFirm) {
		return err
	}
	about := func(m Matter) bool { return m.Rule.Item == voting.FirmItem && m.Rule.Kind != voting.Consult }
	if slices.ContainsFunc(meeting.Matters, about) {
		return refuse("powers_frozen")
	}
	return nil
}
