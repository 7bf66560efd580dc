package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// ObjectionText is what an owner objects to in a count.
type ObjectionText struct {
	Subject   ObjectionSubject
	MatterID  string // AboutMatter; of AboutCandidate only where two matters have a candidate of that name
	Candidate string // AboutCandidate: name of the option
	Text      string
	Files     []SentFile // what proves it
}

// mostObjections bounds the objections of one voter to one count, those withdrawn included, so that nobody floods the
// desk or fills the disk.
const mostObjections = 10

// OwnObjections are what an owner who proved who they are sees of the objections of their home to a count.
type OwnObjections struct {
	Meeting    Meeting
	Places     []string // of the voter's units
	List       []Objection
	MayObject  bool
	AnswerDays int64 // within how many days an answer was promised; 0 = nothing was
}

// ObjectToCount takes an objection of an owner who proved who they are, while the preliminary count is open to them.
// Refusals: not_found (also a voter of another roster), illegal_step, objection_late, bad_value, required,
// objection_exists (the same of this home is open), objections_full, and those of files.
func (s *Store) ObjectToCount(ctx context.Context, by RecordReader, said ObjectionText) (Objection, error) {
	said.Text = strings.TrimSpace(said.Text)
	files, err := checkObjection(&said)
	if err != nil {
		return Objection{}, err
	}
	meeting, err := s.PublicMeeting(ctx, by.Meeting)
	if err != nil {
		return Objection{}, err
	}
	if err := said.name(meeting); err != nil {
		return Objection{}, err
	}
	row := objectionRow{ID: newID(), Subject: said.Subject, MatterID: said.MatterID, Candidate: said.Candidate, Source: FromOwner, VoterID: by.Voter, OwnerID: by.Owner}
	actor := Actor{Role: string(lifecycle.Owner), ID: by.Owner}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, held, err := objectionable(tx, meeting.CommunityID, meeting.ID, now)
		if err != nil {
			return err
		}
		places, phone, err := s.objectorOf(tx, meeting, by)
		if err != nil {
			return err
		}
		if err := notRepeated(tx, meeting, row); err != nil {
			return err
		}
		row.RaisedBy, row.Contact = strings.Join(places, "；"), []byte(phone)
		if err := s.keepObjection(tx, log, now, actor, held, &row, said.Text); err != nil {
			return err
		}
		return s.keepEvidence(tx, now, actor, row.CommunityID, row.ID, files)
	})
	if err != nil {
		return Objection{}, err
	}
	objection, err := s.objection(ctx, meeting.CommunityID, row.ID)
	objection.Own = true
	return objection, err
}

// checkObjection checks what needs no meeting, and gives the rows of the files.
func checkObjection(said *ObjectionText) ([]evidenceRow, error) {
	switch {
	case !slices.Contains(ObjectionSubjects, said.Subject):
		return nil, refuseField("bad_value", "subject")
	case said.Text == "":
		return nil, refuseField("required", "text")
	case said.Subject == AboutMatter && said.MatterID == "":
		return nil, refuseField("required", "matter")
	case said.Subject == AboutCandidate && said.Candidate == "":
		return nil, refuseField("required", "candidate")
	}
	if said.Subject != AboutCandidate {
		said.Candidate = ""
		if said.Subject != AboutMatter {
			said.MatterID = ""
		}
	}
	return checkedEvidence(said.Files)
}

// name finds the matter that is meant. Refusals: bad_value at matter or candidate.
func (t *ObjectionText) name(meeting Meeting) error {
	field := map[ObjectionSubject]string{AboutMatter: "matter", AboutCandidate: "candidate"}[t.Subject]
	if field == "" {
		return nil
	}
	var meant []string
	for _, matter := range meeting.Matters {
		if (t.MatterID == "" || t.MatterID == matter.ID) && (t.Candidate == "" || slices.Contains(matter.Rule.Options, t.Candidate)) {
			meant = append(meant, matter.ID)
		}
	}
	if len(meant) != 1 {
		return refuseField("bad_value", field)
	}
	t.MatterID = meant[0]
	return nil
}

// objectorOf finds the places of a voter of the meeting's roster and the phone of the owner. Refusals: not_found,
// session_expired (the owner is not on the roster any more).
func (s *Store) objectorOf(tx *gorm.DB, meeting Meeting, by RecordReader) (places []string, phone string, err error) {
	if places, err = placesOf(tx, meeting, by.Voter); err != nil {
		return nil, "", err
	}
	var owner ownerRow
	err = tx.Where("community_id = ? AND roster_id = ? AND id = ?", meeting.CommunityID, meeting.RosterID, by.Owner).Take(&owner).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, "", refuse("session_expired")
	}
	if err != nil {
		return nil, "", fmt.Errorf("find the objector: %w", err)
	}
	phone, err = s.phone(owner)
	return places, phone, err
}

// placesOf are the places of a voter's units. Refusal: not_found, for a voter of another roster.
func placesOf(db *gorm.DB, meeting Meeting, voterID string) ([]string, error) {
	var units []unitRow
	if err := ofMeetingsRoster(db, meeting).Where("voter_id = ?", voterID).Order("position").Find(&units).Error; err != nil {
		return nil, fmt.Errorf("find the units of a voter: %w", err)
	}
	if len(units) == 0 {
		return nil, refuse("not_found")
	}
	places := make([]string, len(units))
	for i, unit := range units {
		places[i] = unit.place()
	}
	return places, nil
}

// notRepeated refuses a second click, and whoever objects without end. The meeting is locked meanwhile.
func notRepeated(tx *gorm.DB, meeting Meeting, row objectionRow) error {
	var raised []objectionRow
	err := tx.Where("community_id = ? AND meeting_id = ? AND voter_id = ?", meeting.CommunityID, meeting.ID, row.VoterID).Find(&raised).Error
	if err != nil {
		return fmt.Errorf("look for objections of the home: %w", err)
	}
	for _, one := range raised {
		if one.State == lifecycle.ObjectionOpen && one.Subject == row.Subject && one.MatterID == row.MatterID && one.Candidate == row.Candidate {
			return refuseField("objection_exists", "subject")
		}
	}
	if len(raised) >= mostObjections {
		return refuse("objections_full")
	}
	return nil
}

// OwnObjections lists the objections of a voter to a count. What a co-owner wrote is left out. Refusals: not_found,
// session_expired.
func (s *Store) OwnObjections(ctx context.Context, by RecordReader) (OwnObjections, error) {
	meeting, err := s.PublicMeeting(ctx, by.Meeting)
	if err != nil {
		return OwnObjections{}, err
	}
	own := OwnObjections{Meeting: meeting, MayObject: meeting.State == lifecycle.MeetingPreliminary && s.clock() <= meeting.ObjectionUntil}
	db := s.read(ctx)
	if own.Places, _, err = s.objectorOf(db, meeting, by); err != nil {
		return OwnObjections{}, err
	}
	list, err := s.Roster(ctx, meeting.CommunityID, meeting.RosterID)
	if err != nil {
		return OwnObjections{}, err
	}
	own.AnswerDays = list.AnswerDays
	own.List, err = s.objections(db.Where("community_id = ? AND meeting_id = ? AND voter_id = ?", meeting.CommunityID, meeting.ID, by.Voter))
	for i := range own.List {
		if own.List[i].Own = own.List[i].ownerID == by.Owner; !own.List[i].Own {
			own.List[i].Body, own.List[i].Phone, own.List[i].Files = "", "", nil
			continue
		}
		own.List[i].hash(meeting.ID)
	}
	return own, err
}

// hash works out what the public record holds of the text and of the answer.
func (o *Objection) hash(meetingID string) {
	o.TextHash = ledger.ObjectionText(meetingID, o.ID, o.Body).String()
	if o.Answer != "" {
		o.AnswerHash = ledger.ObjectionText(meetingID, o.ID, o.Answer).String()
	}
}

// WithdrawObjection takes an objection to a count back: only whoever raised it online can. Refusals: not_found,
// illegal_step.
func (s *Store) WithdrawObjection(ctx context.Context, by RecordReader, id string) error {
	meeting, err := s.PublicMeeting(ctx, by.Meeting)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, meeting.CommunityID, meeting.ID)
		if err != nil {
			return orNotFound(err)
		}
		var row objectionRow
		err = tx.Clauses(forUpdate).Where("meeting_id = ? AND voter_id = ? AND owner_id = ? AND id = ?", by.Meeting, by.Voter, by.Owner, id).Take(&row).Error
		if err != nil {
			return orNotFound(err)
		}
		next, illegal := lifecycle.Objections.Next(row.State, lifecycle.EventWithdraw, lifecycle.Owner)
		if illegal != nil {
			return asRefusal(illegal)
		}
		err = tx.Table("objection").Where("community_id = ? AND id = ?", row.CommunityID, row.ID).Update("state", next).Error
		if err != nil {
			return fmt.Errorf("withdraw an objection: %w", err)
		}
		actor := Actor{Role: string(lifecycle.Owner), ID: by.Owner}
		if err := s.tellOfObjection(tx, log, now, actor, row, ledger.ObjectionWithdrawn, ""); err != nil {
			return err
		}
		return record(tx, now, actor, row.CommunityID, "objection_withdrawn", "meeting", row.MeetingID,
			map[string]int64{"number": row.Number})
	})
}
