package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/models/vault"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

// AnswerRosterObjection gives the reasoned answer to an objection. Upheld, it carries the correction out in the same
// step; the objector is told through the outbox. Refusals: not_found, illegal_step (answered already, or the roster is
// not on display), required, bad_value, and those of a correction.
func (s *Store) AnswerRosterObjection(ctx context.Context, by Actor, communityID, rosterID, id string, verdict Verdict, answer string, wanted Correction) error {
	answer = strings.TrimSpace(answer)
	if !slices.Contains(Verdicts, verdict) {
		return refuseField("bad_value", "outcome")
	}
	if answer == "" {
		return refuseField("required", "answer")
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		state, err := s.loadRoster(tx, communityID, rosterID)
		if err != nil {
			return err
		}
		row, next, err := answerable(tx, by, state.list, id)
		if err != nil {
			return err
		}
		details := map[string]any{"number": row.Number, "verdict": verdict}
		if verdict == Upheld {
			change, err := s.follow(tx, now, by, state, row, wanted)
			if err != nil {
				return err
			}
			details["correction"], details["heads"], details["area_cm2"] = change.Number, change.HeadsAfter, change.AreaAfter
		}
		err = moved(tx.Table("roster_objection").Where("community_id = ? AND id = ? AND state = ?", communityID, id, row.State).
			Updates(map[string]any{"state": next, "verdict": verdict, "answer": answer, "answered_at": now, "answered_by": by.ID}))
		if err != nil {
			return fmt.Errorf("answer an objection: %w", err)
		}
		if err := s.tellObjector(tx, now, row); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "roster_objection_answered", "roster", rosterID, details)
	})
}

// answerable finds an objection that may be answered now.
func answerable(tx *gorm.DB, by Actor, list rosterRow, id string) (rosterObjectionRow, lifecycle.ObjectionState, error) {
	var row rosterObjectionRow
	err := tx.Clauses(forUpdate).Where("community_id = ? AND roster_id = ? AND id = ?", list.CommunityID, list.ID, id).Take(&row).Error
	if err != nil {
		return row, "", orNotFound(err)
	}
	next, illegal := lifecycle.Objections.Next(row.State, lifecycle.EventAnswer, lifecycle.Actor(by.Role))
	if illegal != nil {
		return row, "", asRefusal(illegal)
	}
	if list.State != lifecycle.RosterPublished {
		return row, "", refuse("illegal_step")
	}
	return row, next, nil
}

// follow carries out the correction that an upheld objection asks for, on the unit that it is about and no other.
func (s *Store) follow(tx *gorm.DB, now int64, by Actor, state *rosterState, objection rosterObjectionRow, wanted Correction) (changeRow, error) {
	wanted.UnitID = objection.UnitID
	change, err := s.correct(tx, state, wanted)
	if err != nil {
		return change, err
	}
	change.ObjectionID = objection.ID
	if err := keepChange(tx, now, by, state.list, &change); err != nil {
		return change, err
	}
	return change, record(tx, now, by, objection.CommunityID, "roster_corrected", "roster", objection.RosterID,
		map[string]any{"correction": change.Number, "objection": objection.Number, "what": change.What})
}

// objectionsSettledOn refuses while an objection to the roster is open.
func objectionsSettledOn(tx *gorm.DB, communityID, rosterID string) error {
	var n int64
	err := tx.Table("roster_objection").Where("community_id = ? AND roster_id = ? AND state = ?", communityID, rosterID, lifecycle.ObjectionOpen).
		Count(&n).Error
	if err != nil {
		return fmt.Errorf("look for open objections: %w", err)
	}
	if n > 0 {
		return refuse("roster_objections_open")
	}
	return nil
}

// RosterObjections lists the objections to a roster by number, with what was written and how to reach the objector:
// for the convener and the street.
func (s *Store) RosterObjections(ctx context.Context, communityID, rosterID string) ([]RosterObjection, error) {
	return s.rosterObjections(s.read(ctx).Where("community_id = ? AND roster_id = ?", communityID, rosterID))
}

// RosterObjection reads one objection with what the roster says now and who holds the unit, for whoever answers it.
// Refusal: not_found.
func (s *Store) RosterObjection(ctx context.Context, communityID, rosterID, id string) (RosterObjection, error) {
	objection, err := s.rosterObjection(ctx, communityID, rosterID, id)
	if err != nil || objection.UnitID == "" {
		return objection, err
	}
	list, err := s.Roster(ctx, communityID, rosterID)
	if err != nil {
		return objection, err
	}
	var unit unitRow
	if err := s.read(ctx).Where("community_id = ? AND id = ?", communityID, objection.UnitID).Take(&unit).Error; err != nil {
		return objection, fmt.Errorf("find the unit of an objection: %w", err)
	}
	line, people, err := s.lineOf(ctx, list, communityID, unit)
	objection.Unit, objection.People = &line, people
	return objection, err
}

func (s *Store) rosterObjection(ctx context.Context, communityID, rosterID, id string) (RosterObjection, error) {
	list, err := s.rosterObjections(s.read(ctx).Where("community_id = ? AND roster_id = ? AND id = ?", communityID, rosterID, id))
	if err != nil {
		return RosterObjection{}, err
	}
	if len(list) == 0 {
		return RosterObjection{}, refuse("not_found")
	}
	return list[0], nil
}

// rosterObjections reads the objections of a query on one roster, with their files and corrections.
func (s *Store) rosterObjections(query *gorm.DB) ([]RosterObjection, error) {
	var rows []rosterObjectionRow
	if err := query.Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list objections: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	db := query.Session(&gorm.Session{NewDB: true})
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	files, err := evidenceOf(db, rows[0].CommunityID, ids)
	if err != nil {
		return nil, err
	}
	changes, err := changesOf(db, rows[0].CommunityID, rows[0].RosterID)
	if err != nil {
		return nil, err
	}
	made := map[string]*RosterChange{}
	for i, change := range changes {
		made[change.ObjectionID] = &changes[i]
	}
	list := make([]RosterObjection, len(rows))
	for i, row := range rows {
		if list[i], err = s.objectionView(row); err != nil {
			return nil, err
		}
		list[i].Files, list[i].Change = files[row.ID], made[row.ID]
	}
	return list, nil
}

func (s *Store) objectionView(row rosterObjectionRow) (RosterObjection, error) {
	view := RosterObjection{ID: row.ID, RosterID: row.RosterID, Number: row.Number, State: row.State, Kind: row.Kind, UnitID: row.UnitID, Place: row.Place,
		Source: row.Source, CreatedAt: row.CreatedAt, DueAt: row.DueAt, Verdict: row.Verdict, Answer: row.Answer, AnsweredAt: deref(row.AnsweredAt), ownerID: row.OwnerID}
	phone, err := s.keys.DecryptField(row.at("contact"), row.Contact)
	if err != nil {
		return view, fmt.Errorf("decrypt a phone: %w", err)
	}
	text, err := s.keys.DecryptField(row.at("content"), row.Content)
	if err != nil {
		return view, fmt.Errorf("decrypt an objection: %w", err)
	}
	var content objectionContent
	if err := json.Unmarshal(text, &content); err != nil {
		return view, fmt.Errorf("decode an objection: %w", err)
	}
	view.Phone, view.Text, view.Wanted = roster.MaskPhone(string(phone)), content.Text, content.Wanted
	return view, nil
}

// objector is the phone to be told about an objection, and its number; no phone where it takes no message.
func (s *Store) objector(ctx context.Context, message outboxRow) (phone string, number int64, err error) {
	db := s.read(ctx).Where("community_id = ? AND id = ?", message.CommunityID, message.ObjectionID)
	if message.MeetingID != "" { // to a count
		var row objectionRow
		if err := db.Take(&row).Error; err != nil {
			return "", 0, fmt.Errorf("find the objection of a message: %w", err)
		}
		phone, err = s.mobileAt(row.at("contact"), row.Contact)
		return phone, row.Number, err
	}
	var row rosterObjectionRow
	if err := db.Take(&row).Error; err != nil {
		return "", 0, fmt.Errorf("find the objection of a message: %w", err)
	}
	phone, err = s.mobileAt(row.at("contact"), row.Contact)
	return phone, row.Number, err
}

// mobileAt is the phone that an objection holds, where it holds one that can get a message.
func (s *Store) mobileAt(at vault.Column, closed []byte) (string, error) {
	if closed == nil {
		return "", nil
	}
	text, err := s.keys.DecryptField(at, closed)
	if err != nil {
		return "", fmt.Errorf("decrypt a phone: %w", err)
	}
	if phone, mobile, _ := roster.ReadPhone(string(text)); mobile {
		return phone, nil
	}
	return "", nil
}

// tellObjector puts word of an answer into the outbox; whoever left a landline is called.
func (s *Store) tellObjector(tx *gorm.DB, now int64, row rosterObjectionRow) error {
	phone, err := s.mobileAt(row.at("contact"), row.Contact)
	if err != nil || phone == "" {
		return err
	}
	return enqueue(tx, now, outboxRow{CommunityID: row.CommunityID, Kind: ObjectionAnswered, ObjectionID: row.ID, Dedupe: "objection:" + row.ID})
}
