package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Supervision is one public entry of what an authority did about the decisions of a meeting, or what was reported to it.
// Entries are only ever added, and each is a leaf of the meeting's log.
type Supervision struct {
	bundle.Supervision
	ID          string
	CommunityID string
	MeetingID   string
	LeafIndex   int64
}

// WantedSupervision is what an entry says. Texts are public: they name no owner.
type WantedSupervision struct {
	Kind       lifecycle.SupervisionKind
	Matters    []int64 // positions on the agenda; none for all that stand
	Breached   string
	Basis      string
	Body       string
	Limit      string // date; of an order
	Court      string
	CaseNumber string
	JudgedOn   string // date
}

type supervisionRow struct {
	CommunityID string
	MeetingID   string
	ID          string
	Number      int64
	Kind        lifecycle.SupervisionKind
	Settles     int64
	Authority   lifecycle.Actor
	Name        string
	Matters     string
	Breached    string
	Basis       string
	Body        string
	LimitAt     int64
	Court       string
	CaseNumber  string
	JudgedOn    string
	LeafIndex   int64
	At          int64
	MadeBy      string
}

func (supervisionRow) TableName() string { return "supervision" }

// supervisionEvents are the steps of the meeting that entries are.
var supervisionEvents = map[lifecycle.SupervisionKind]lifecycle.Event{
	lifecycle.CorrectionOrdered: lifecycle.EventOrderCorrection, lifecycle.CorrectionReported: lifecycle.EventReport,
	lifecycle.Rectified: lifecycle.EventCorrect, lifecycle.Revoked: lifecycle.EventRevoke, lifecycle.CourtRevoked: lifecycle.EventRevoke,
}

// Supervise adds an entry: an order to correct (责令限期改正), the convener's report, that it was mended, a revocation, or a
// court's. Where everything that was decided is revoked the meeting is, and its certificate falls; the count stays as it is.
// Refusals: not_found, illegal_step, not_supervisor (the place's law names another authority), required, bad_value (field:
// matters, limit, judged_on), limit_not_over.
func (s *Store) Supervise(ctx context.Context, by Actor, communityID, meetingID string, wanted WantedSupervision) (Supervision, error) {
	event, known := supervisionEvents[wanted.Kind]
	if !known {
		return Supervision{}, refuseField("bad_value", "kind")
	}
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return Supervision{}, err
	}
	var row supervisionRow
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		log, err := openLog(tx, communityID, meetingID)
		if err != nil {
			return orNotFound(err)
		}
		locked, err := lockMeeting(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		if _, illegal := lifecycle.Meetings.Next(locked.State, event, lifecycle.Actor(by.Role)); illegal != nil {
			return asRefusal(illegal)
		}
		meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, meetingID))
		if err != nil {
			return err
		}
		if err := maySupervise(community, meeting, wanted.Kind, by); err != nil {
			return err
		}
		before, err := supervisionOf(tx, communityID, meetingID)
		if err != nil {
			return err
		}
		row = supervisionRow{CommunityID: communityID, MeetingID: meetingID, ID: newID(), Kind: wanted.Kind, Authority: lifecycle.Actor(by.Role),
			Name: supervisorName(community, meeting, by), At: now, MadeBy: by.ID}
		if err := row.say(wanted, meeting, before); err != nil {
			return err
		}
		if err := s.keepSupervision(tx, log, &row, by); err != nil {
			return err
		}
		return s.followSupervision(tx, locked, meeting, before, row, event, by)
	})
	if err != nil {
		return Supervision{}, err
	}
	return row.view()
}

// maySupervise holds orders and revocations to the authority that the law of the place names. A meeting that was noticed
// before packs named one is held to today's pack for its time.
func maySupervise(community Community, meeting Meeting, kind lifecycle.SupervisionKind, by Actor) error {
	if kind == lifecycle.CorrectionReported || kind == lifecycle.CourtRevoked {
		return nil
	}
	procedure := meeting.Pack.Procedure
	if procedure.Supervision == nil {
		pack, err := rules.At(community.Place, meeting.OpensAt)
		if err != nil {
			return fmt.Errorf("find the rules of a place: %w", err)
		}
		procedure = pack.Procedure
	}
	if !procedure.Supervises(rules.Word(by.Role)) {
		return refuse("not_supervisor")
	}
	return nil
}

func supervisorName(community Community, meeting Meeting, by Actor) string {
	switch Role(by.Role) {
	case RoleDistrict:
		return community.DistrictName
	case RoleConvener:
		return meeting.ConvenerName
	}
	return community.StreetName
}

// say fills an entry with what it says and the order that it answers.
func (r *supervisionRow) say(wanted WantedSupervision, meeting Meeting, before []Supervision) error {
	if err := r.words(wanted); err != nil {
		return err
	}
	order := openOrder(before)
	if order != nil && r.Kind != lifecycle.CourtRevoked {
		r.Settles, wanted.Matters = order.Number, order.Matters
	}
	if r.Kind == lifecycle.Revoked && order != nil && r.At <= order.LimitAt && !reported(before, order.Number) {
		return refuse("limit_not_over")
	}
	return r.about(wanted.Matters, meeting, before)
}

// words fills an entry with its texts and its limit, as its kind needs them.
func (r *supervisionRow) words(wanted WantedSupervision) error {
	r.Body, r.Breached, r.Basis = strings.TrimSpace(wanted.Body), strings.TrimSpace(wanted.Breached), strings.TrimSpace(wanted.Basis)
	r.Court, r.CaseNumber, r.JudgedOn = strings.TrimSpace(wanted.Court), strings.TrimSpace(wanted.CaseNumber), strings.TrimSpace(wanted.JudgedOn)
	needs := map[lifecycle.SupervisionKind][]string{
		lifecycle.CorrectionOrdered: {"breached", "basis", "body"}, lifecycle.Revoked: {"breached", "basis", "body"},
		lifecycle.CourtRevoked: {"court", "case_number", "judged_on", "body"}, lifecycle.CorrectionReported: {"body"}, lifecycle.Rectified: {"body"},
	}[r.Kind]
	texts := map[string]string{"breached": r.Breached, "basis": r.Basis, "body": r.Body, "court": r.Court, "case_number": r.CaseNumber, "judged_on": r.JudgedOn}
	for _, field := range needs {
		if texts[field] == "" {
			return refuseField("required", field)
		}
	}
	if _, err := time.Parse(time.DateOnly, r.JudgedOn); r.Kind == lifecycle.CourtRevoked && err != nil {
		return refuseField("bad_value", "judged_on")
	}
	if r.Kind == lifecycle.CorrectionOrdered {
		day, err := calendar.ParseForm(strings.TrimSpace(wanted.Limit) + "T00:00")
		if err != nil || day <= r.At {
			return refuseField("bad_value", "limit")
		}
		r.LimitAt = calendar.EndOfDay(day, 0)
	}
	return nil
}

// about checks the matters: on the agenda, each once, and not revoked before.
func (r *supervisionRow) about(matters []int64, meeting Meeting, before []Supervision) error {
	standing := StandingMatters(meeting, before)
	texts := make([]string, len(matters))
	for i, position := range matters {
		if !slices.Contains(standing, position) || slices.Contains(matters[:i], position) {
			return refuseField("bad_value", "matters")
		}
		texts[i] = strconv.FormatInt(position, 10)
	}
	r.Matters = strings.Join(texts, ",")
	return nil
}

// openOrder is the order that nothing has settled yet, nil without one.
func openOrder(list []Supervision) *Supervision {
	var open *Supervision
	for i, entry := range list {
		switch entry.Kind {
		case lifecycle.CorrectionOrdered:
			open = &list[i]
		case lifecycle.Rectified, lifecycle.Revoked, lifecycle.CourtRevoked:
			open = nil
		}
	}
	return open
}

func reported(list []Supervision, order int64) bool {
	return slices.ContainsFunc(list, func(e Supervision) bool {
		return e.Kind == lifecycle.CorrectionReported && e.Settles == order
	})
}

// StandingMatters are the positions on a meeting's agenda whose decisions nobody revoked.
func StandingMatters(meeting Meeting, list []Supervision) (positions []int64) {
	for _, matter := range meeting.Matters {
		revoked := slices.ContainsFunc(list, func(e Supervision) bool {
			return e.Kind.Revokes() && (len(e.Matters) == 0 || slices.Contains(e.Matters, matter.Position))
		})
		if !revoked {
			positions = append(positions, matter.Position)
		}
	}
	return positions
}

// keepSupervision numbers an entry, puts it on the log and stores it.
func (s *Store) keepSupervision(tx *gorm.DB, log *logWriter, row *supervisionRow, by Actor) error {
	err := tx.Table("supervision").Where("community_id = ?", row.CommunityID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
	if err != nil {
		return fmt.Errorf("number an entry of supervision: %w", err)
	}
	row.At = log.at(row.At)
	entry, err := row.view()
	if err != nil {
		return err
	}
	hash, err := entry.Hash()
	if err != nil {
		return fmt.Errorf("encode an entry of supervision: %w", err)
	}
	if row.LeafIndex, err = log.add(row.At, s.keys.Pseudonym(row.MeetingID, by.ID), ledger.Supervise{Act: row.Kind, Document: hash}); err != nil {
		return err
	}
	if err := log.flush(tx); err != nil {
		return err
	}
	if err := s.checkpoint(tx, log, row.At); err != nil {
		return err
	}
	if err := tx.Create(row).Error; err != nil {
		return fmt.Errorf("keep an entry of supervision: %w", raced(err))
	}
	return record(tx, row.At, by, row.CommunityID, "supervision_"+string(row.Kind), "meeting", row.MeetingID, map[string]int64{"number": row.Number})
}

// followSupervision moves the meeting. What is revoked in part leaves the rest in force.
func (s *Store) followSupervision(tx *gorm.DB, locked meetingRow, meeting Meeting, before []Supervision, row supervisionRow, event lifecycle.Event, by Actor) error {
	entry, err := row.view()
	if err != nil {
		return err
	}
	if event == lifecycle.EventRevoke && len(StandingMatters(meeting, append(slices.Clone(before), entry))) > 0 {
		event = lifecycle.EventRevokePart
	}
	next, illegal := lifecycle.Meetings.Next(locked.State, event, lifecycle.Actor(by.Role))
	if illegal != nil {
		return asRefusal(illegal)
	}
	if entry.Kind.Revokes() {
		if err := revokeElected(tx, row.At, meeting, entry.Matters, row.Body); err != nil {
			return err
		}
	}
	if slices.Contains(toldToAll, row.Kind) {
		if err := tellAll(tx, row.At, Supervised, row.CommunityID, row.MeetingID, row.ID); err != nil {
			return err
		}
	}
	if next == lifecycle.MeetingRevoked {
		if err := withdrawFilings(tx, row.At, by, row.CommunityID, row.MeetingID, row.Body); err != nil {
			return err
		}
	}
	if next == locked.State {
		return nil
	}
	return setMeeting(tx, locked, next, map[string]any{})
}

func (r supervisionRow) view() (Supervision, error) {
	view := Supervision{ID: r.ID, CommunityID: r.CommunityID, MeetingID: r.MeetingID, LeafIndex: r.LeafIndex,
		Supervision: bundle.Supervision{Number: r.Number, Kind: r.Kind, Settles: r.Settles, Authority: r.Authority, Name: r.Name, Breached: r.Breached,
			Basis: r.Basis, Body: r.Body, LimitAt: r.LimitAt, Court: r.Court, CaseNumber: r.CaseNumber, JudgedOn: r.JudgedOn, At: r.At}}
	if r.Matters != "" {
		if err := json.Unmarshal([]byte("["+r.Matters+"]"), &view.Matters); err != nil {
			return view, fmt.Errorf("read the matters of an entry: %w", err)
		}
	}
	return view, nil
}

// SupervisionOf lists the entries about a meeting, the oldest first; anybody may read them.
func (s *Store) SupervisionOf(ctx context.Context, communityID, meetingID string) ([]Supervision, error) {
	return supervisionOf(s.read(ctx), communityID, meetingID)
}

func supervisionOf(db *gorm.DB, communityID, meetingID string) ([]Supervision, error) {
	return supervisions(db.Where("community_id = ? AND meeting_id = ?", communityID, meetingID).Order("number"))
}

// SupervisionIn lists the entries of a community, the newest first.
func (s *Store) SupervisionIn(ctx context.Context, communityID string) ([]Supervision, error) {
	return supervisions(s.read(ctx).Where("community_id = ?", communityID).Order("number DESC"))
}

// PublicSupervision reads one entry. Refusal: not_found.
func (s *Store) PublicSupervision(ctx context.Context, id string) (Supervision, error) {
	var row supervisionRow
	if err := s.read(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return Supervision{}, orNotFound(err)
	}
	return row.view()
}

func supervisions(query *gorm.DB) ([]Supervision, error) {
	var rows []supervisionRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list entries of supervision: %w", err)
	}
	list, failures := make([]Supervision, len(rows)), []error(nil)
	for i, row := range rows {
		var err error
		list[i], err = row.view()
		failures = append(failures, err)
	}
	return list, errors.Join(failures...)
}
