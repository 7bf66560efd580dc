package models

import (
	"context"

	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// OwnHome is what an owner who proved who they are sees of their own home on a roster. The phone alone was proved, and a
// phone can be in wrong hands: numbers of documents stay masked, and of the others there is no more than a mask.
type OwnHome struct {
	Roster     PublicRoster
	Lines      []DisplayLine // every unit of the voter
	Name       string        // the owner's own, in full
	IDKind     roster.IDKind
	IDNumber   string // masked
	Phone      string // the one that was proved
	Others     []HomePerson
	Objections []RosterObjection // about these units, and those that the owner raised
	MayObject  bool
}

// OwnHome reads the home behind a session. Refusals: session_expired (a correction or a new version took the voter off
// the roster), not_found.
func (s *Store) OwnHome(ctx context.Context, session RosterSession) (OwnHome, error) {
	list, err := s.PublicRoster(ctx, session.Roster)
	if err != nil {
		return OwnHome{}, err
	}
	home := OwnHome{Roster: list, MayObject: list.State == lifecycle.RosterPublished && s.clock() <= list.ObjectionUntil}
	if home.Lines, _, err = s.DisplayLines(ctx, list, LineQuery{VoterID: session.Voter}); err != nil {
		return OwnHome{}, err
	}
	owners, err := ownersOfVoter(s.read(ctx), list.Community.ID, session.Voter)
	if err != nil {
		return OwnHome{}, err
	}
	proved := false
	for _, owner := range owners {
		clear, err := s.ownerInClear(owner)
		if err != nil {
			return OwnHome{}, err
		}
		if owner.ID == session.Owner {
			proved = true
			home.Name, home.IDKind, home.IDNumber, home.Phone = clear.Name, clear.IDKind, roster.MaskID(clear.IDNumber), clear.Phone
			continue
		}
		home.Others = append(home.Others, HomePerson{OwnerID: owner.ID, Name: roster.MaskName(clear.Name), Phone: roster.MaskPhone(clear.Phone)})
	}
	if !proved || len(home.Lines) == 0 {
		return OwnHome{}, refuse("session_expired")
	}
	home.Objections, err = s.objectionsAt(ctx, list, session, home.Lines)
	return home, err
}

// objectionsAt lists the objections about a home. What others wrote about it, and where they are told, is left out.
func (s *Store) objectionsAt(ctx context.Context, list PublicRoster, session RosterSession, lines []DisplayLine) ([]RosterObjection, error) {
	units := make([]string, len(lines))
	for i, line := range lines {
		units[i] = line.UnitID
	}
	found, err := s.rosterObjections(s.read(ctx).Where("community_id = ? AND roster_id = ? AND (owner_id = ? OR unit_id IN ?)",
		list.Community.ID, list.ID, session.Owner, units))
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Own = found[i].ownerID == session.Owner; !found[i].Own {
			found[i].Text, found[i].Wanted, found[i].Phone, found[i].Files = "", "", "", nil
		}
	}
	return found, nil
}
