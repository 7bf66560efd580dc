package models

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// Meeting is a 业主大会会议 with its agenda. Instants are Unix ms, 0 where not reached.
type Meeting struct {
	ID, CommunityID string
	State           lifecycle.MeetingState
	MeetingTerms
	Pack           rules.Pack // the snapshot taken at the notice; the pack in force at OpensAt before it
	NoticeHash     string     // hex SHA-256 of everything announced; empty before the notice
	CreatedAt      int64
	NoticedAt      int64
	OpenedAt       int64
	ClosedAt       int64
	TalliedAt      int64
	PreliminaryAt  int64
	ObjectionUntil int64
	PublishedAt    int64
	Reason         string // why it was withdrawn or annulled
	EndedAt        int64  // when that was; 0 in an Overview
	RunOffOf       string // the earlier meeting whose result led to this further vote; empty for any other
	Matters        []Matter
	Attachments    []Attachment
}

// MeetingTerms is what a convener decides about a meeting while it is a draft.
type MeetingTerms struct {
	Title         string
	Extraordinary bool // 临时会议, not 定期会议
	ConvenerKind  lifecycle.ConvenerKind
	ConvenerName  string
	Contact       string // who answers questions, and the objection channel
	Place         string // where paper ballots are taken and counted
	RosterID      string
	OpensAt       int64
	ClosesAt      int64
	ObjectionDays int64  // days the preliminary count is displayed
	DeliveryTimes string // when and how the sheets are handed out
	Policies      voting.Policies
	SilenceRule   *voting.SilenceConditions // on what a silence policy rests; nil with the default

	SealKept SealKeeping // who keeps the key of the ballots until the count; empty is KeptByServer

	Repeats string // the annulled meeting that this one runs again; empty for none

	Platform string                 // the city's voting platform whose result is imported; empty for none
	Conflict voting.ChannelConflict // what counts of a voter who answered there and here; empty without a platform
}

// MeetingKind tells a regular meeting (定期会议) from an extraordinary one (临时会议). Whether it is the first of all is a
// parameter of the count.
type MeetingKind string

// The kinds.
const (
	RegularMeeting       MeetingKind = "regular"
	ExtraordinaryMeeting MeetingKind = "extraordinary"
)

// MeetingKinds lists both kinds, as the schema does.
var MeetingKinds = []MeetingKind{RegularMeeting, ExtraordinaryMeeting}

type meetingRow struct {
	CommunityID    string
	ID             string
	RosterID       string
	State          lifecycle.MeetingState
	Title          string
	ConvenerKind   lifecycle.ConvenerKind
	ConvenerName   string
	Contact        string
	Place          string
	OpensAt        int64
	ClosesAt       int64
	ObjectionDays  int64
	DeliveryTimes  string
	SilenceRule    string
	Policies       string
	Pack           string
	NoticeHash     string
	SealPublic     []byte
	SealPrivate    []byte
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	CreatedBy      string
	NoticedAt      *int64
	OpenedAt       *int64
	ClosedAt       *int64
	TalliedAt      *int64
	PreliminaryAt  *int64
	ObjectionUntil *int64
	PublishedAt    *int64
	Reason         string
	Kind           MeetingKind
	RunOffOf       *string
	Repeats        *string
	SealKept       SealKeeping
	ActsLogged     bool

	AfterwardsLogged bool

	Platform string
	Conflict voting.ChannelConflict `gorm:"column:channel_conflict"`
}

func (meetingRow) TableName() string { return "meeting" }

// CreateMeeting starts a draft. Refusals: required, bad_value, window_invalid, silence_first_meeting,
// silence_rule_missing, platform_barred, too_long, unknown_roster, not_annulled, street_not_convener (no order of the street was left
// unfollowed).
func (s *Store) CreateMeeting(ctx context.Context, by Actor, communityID string, terms MeetingTerms) (Meeting, error) {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return Meeting{}, err
	}
	row := meetingRow{CommunityID: communityID, ID: newID(), State: lifecycle.MeetingDraft, CreatedBy: by.ID, ActsLogged: true, AfterwardsLogged: true}
	if err := row.set(community.Place, &terms); err != nil {
		return Meeting{}, err
	}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row.CreatedAt = now
		if err := cmp.Or(mayConvene(tx, communityID, row.ConvenerKind), mayRepeat(tx, row)); err != nil {
			return err
		}
		if err := knownRoster(tx, communityID, terms.RosterID); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("create meeting: %w", err)
		}
		return record(tx, now, by, communityID, "meeting_drafted", "meeting", row.ID, nil)
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, communityID, row.ID)
}

// UpdateMeeting changes a draft. Refusals: those of CreateMeeting, not_found, illegal_step (no draft any more).
func (s *Store) UpdateMeeting(ctx context.Context, by Actor, communityID, id string, terms MeetingTerms) error {
	community, err := s.Community(ctx, communityID)
	if err != nil {
		return err
	}
	return s.onDraft(ctx, communityID, id, func(tx *gorm.DB, now int64, row meetingRow) error {
		if err := row.set(community.Place, &terms); err != nil {
			return err
		}
		if err := cmp.Or(mayConvene(tx, communityID, row.ConvenerKind), mayRepeat(tx, row), knownRoster(tx, communityID, terms.RosterID)); err != nil {
			return err
		}
		err := moved(tx.Model(&meetingRow{}).Where("community_id = ? AND id = ? AND state = ?", communityID, id, lifecycle.MeetingDraft).
			Select("roster_id", "title", "convener_kind", "convener_name", "contact", "place", "opens_at", "closes_at",
				"objection_days", "delivery_times", "silence_rule", "policies", "pack", "kind", "platform", "channel_conflict", "seal_kept", "repeats").Updates(&row))
		if err != nil {
			return fmt.Errorf("change meeting: %w", err)
		}
		if err := dropSealCards(tx, row); err != nil {
			return err
		}
		return record(tx, now, by, communityID, "meeting_changed", "meeting", id, nil)
	})
}

// onDraft runs do on a meeting that is still a draft, in one transaction that holds its row.
// Refusals: not_found, illegal_step.
func (s *Store) onDraft(ctx context.Context, communityID, id string, do func(tx *gorm.DB, now int64, row meetingRow) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row, err := lockMeeting(tx, communityID, id)
		if err != nil {
			return err
		}
		if row.State != lifecycle.MeetingDraft {
			return refuse("illegal_step")
		}
		return do(tx, now, row)
	})
}

// lockMeeting reads the meeting's row and keeps it from changing until the transaction ends.
func lockMeeting(tx *gorm.DB, communityID, id string) (meetingRow, error) {
	var row meetingRow
	err := tx.Clauses(forUpdate).Where("community_id = ? AND id = ?", communityID, id).Take(&row).Error
	return row, orNotFound(err)
}

// set checks terms and lays them into the row. The window is only put in order here; whether the notice
// is early enough is decided when it is issued.
func (r *meetingRow) set(place string, terms *MeetingTerms) error {
	for _, text := range []*string{&terms.Title, &terms.ConvenerName, &terms.Contact, &terms.Place, &terms.DeliveryTimes} {
		*text = strings.TrimSpace(*text)
	}
	required := []struct{ field, value string }{{"title", terms.Title}, {"convener_name", terms.ConvenerName},
		{"contact", terms.Contact}, {"roster", terms.RosterID}}
	for _, r := range required {
		if r.value == "" {
			return refuseField("required", r.field)
		}
	}
	switch {
	case !slices.Contains(lifecycle.ConvenerKinds, terms.ConvenerKind):
		return refuseField("bad_value", "convener_kind")
	case terms.OpensAt <= 0 || terms.ClosesAt <= terms.OpensAt:
		return refuseField("window_invalid", "closes")
	case terms.ObjectionDays < 0 || terms.ObjectionDays > 60:
		return refuseField("bad_value", "objection_days")
	case terms.Extraordinary && terms.Policies.FirstMeeting:
		return refuseField("bad_value", "extraordinary")
	case terms.Policies.Validate() != nil:
		return asRefusal(terms.Policies.Validate())
	case terms.Policies.VoidParticipates == nil:
		return refuseField("parameter_missing", "void_participates")
	}
	pack, err := rules.At(place, terms.OpensAt)
	if err != nil {
		return fmt.Errorf("choose the rule pack: %w", err)
	}
	if err := terms.settleSilence(pack); err != nil {
		return err
	}
	policies, err := json.Marshal(terms.Policies)
	if err != nil {
		return fmt.Errorf("encode policies: %w", err)
	}
	silence, err := terms.silenceText()
	if err != nil {
		return err
	}
	if err := cmp.Or(terms.settlePlatform(pack), terms.settleSeal()); err != nil {
		return err
	}
	encoded, err := json.Marshal(pack)
	if err != nil {
		return fmt.Errorf("encode the rule pack: %w", err)
	}
	r.Title, r.ConvenerKind, r.ConvenerName, r.Contact, r.Place = terms.Title, terms.ConvenerKind, terms.ConvenerName, terms.Contact, terms.Place
	r.RosterID, r.OpensAt, r.ClosesAt, r.ObjectionDays = terms.RosterID, terms.OpensAt, terms.ClosesAt, terms.ObjectionDays
	r.DeliveryTimes, r.SilenceRule = terms.DeliveryTimes, silence
	r.Policies, r.Pack = string(policies), string(encoded)
	r.Platform, r.Conflict, r.SealKept = terms.Platform, terms.Conflict, terms.SealKept
	r.Repeats, r.Kind = terms.repeats(), RegularMeeting
	if terms.Extraordinary {
		r.Kind = ExtraordinaryMeeting
	}
	return nil
}

func knownRoster(tx *gorm.DB, communityID, id string) error {
	var n int64
	if err := tx.Table("roster").Where("community_id = ? AND id = ?", communityID, id).Count(&n).Error; err != nil {
		return fmt.Errorf("find roster: %w", err)
	}
	if n == 0 {
		return refuseField("unknown_roster", "roster")
	}
	return nil
}

func (r meetingRow) view() (Meeting, error) {
	view := Meeting{ID: r.ID, CommunityID: r.CommunityID, State: r.State,
		MeetingTerms: MeetingTerms{Title: r.Title, ConvenerKind: r.ConvenerKind, ConvenerName: r.ConvenerName, Contact: r.Contact,
			Place: r.Place, RosterID: r.RosterID, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt, ObjectionDays: r.ObjectionDays,
			DeliveryTimes: r.DeliveryTimes, Extraordinary: r.Kind == ExtraordinaryMeeting, Platform: r.Platform, Conflict: r.Conflict, SealKept: r.SealKept, Repeats: deref(r.Repeats)},
		NoticeHash: r.NoticeHash, CreatedAt: r.CreatedAt, NoticedAt: deref(r.NoticedAt), OpenedAt: deref(r.OpenedAt),
		ClosedAt: deref(r.ClosedAt), TalliedAt: deref(r.TalliedAt), PreliminaryAt: deref(r.PreliminaryAt),
		ObjectionUntil: deref(r.ObjectionUntil), PublishedAt: deref(r.PublishedAt), Reason: r.Reason}
	if r.RunOffOf != nil {
		view.RunOffOf = *r.RunOffOf
	}
	if err := json.Unmarshal([]byte(r.Policies), &view.Policies); err != nil {
		return Meeting{}, fmt.Errorf("decode policies of meeting %s: %w", r.ID, err)
	}
	if r.SilenceRule != "" {
		if err := json.Unmarshal([]byte(r.SilenceRule), &view.SilenceRule); err != nil {
			return Meeting{}, fmt.Errorf("decode the silence rule of meeting %s: %w", r.ID, err)
		}
	}
	if err := json.Unmarshal([]byte(r.Pack), &view.Pack); err != nil {
		return Meeting{}, fmt.Errorf("decode pack of meeting %s: %w", r.ID, err)
	}
	return view, nil
}

// Meeting reads one meeting of a community with its agenda. Refusal: not_found.
func (s *Store) Meeting(ctx context.Context, communityID, id string) (Meeting, error) {
	return meetingView(s.read(ctx).Where("community_id = ? AND id = ?", communityID, id))
}

// PublicMeeting reads a meeting by its id alone, as its notice and QR name it. A meeting without a notice,
// also one withdrawn as a draft, is not_found.
func (s *Store) PublicMeeting(ctx context.Context, id string) (Meeting, error) {
	return meetingView(s.read(ctx).Where("id = ? AND noticed_at IS NOT NULL", id))
}

func meetingView(query *gorm.DB) (Meeting, error) {
	var row meetingRow
	if err := query.Session(&gorm.Session{}).Take(&row).Error; err != nil {
		return Meeting{}, orNotFound(err)
	}
	view, err := row.view()
	if err != nil {
		return Meeting{}, err
	}
	db := query.Session(&gorm.Session{NewDB: true})
	if view.Matters, err = mattersOf(db, row.CommunityID, row.ID); err != nil {
		return Meeting{}, err
	}
	if view.Attachments, err = attachmentsOf(db, row.CommunityID, row.ID); err != nil {
		return Meeting{}, err
	}
	views := []Meeting{view}
	err = addEnds(db, row.CommunityID, views)
	return views[0], err
}

// Meetings lists a community's meetings without their agendas, the newest first.
func (s *Store) Meetings(ctx context.Context, communityID string) ([]Meeting, error) {
	var rows []meetingRow
	if err := s.read(ctx).Where("community_id = ?", communityID).Order("created_at DESC, id DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list meetings: %w", err)
	}
	views := make([]Meeting, len(rows))
	for i, row := range rows {
		view, err := row.view()
		if err != nil {
			return nil, err
		}
		views[i] = view
	}
	return views, addEnds(s.read(ctx), communityID, views)
}
