package api

import (
	"strconv"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// The JSON forms that public, resident and staff routes share. Moments are Unix milliseconds and called
// …_at; 0 is left out where it means "not yet". Areas stand twice: as exact square metres and as whole cm².

type weightJSON struct {
	Heads   int64       `json:"heads"`
	Area    string      `json:"area"` // m²
	AreaCM2 voting.Area `json:"area_cm2"`
}

func weightOf(w voting.Weight) weightJSON {
	return weightJSON{Heads: w.Heads, Area: w.Area.String(), AreaCM2: w.Area}
}

type communityJSON struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	District string `json:"district"`
	Street   string `json:"street"`
}

func communityOf(community models.Community) communityJSON {
	return communityJSON{ID: community.ID, Name: community.Name, District: community.DistrictName, Street: community.StreetName}
}

type rosterJSON struct {
	ID             string                `json:"id"`
	Version        int64                 `json:"version"`
	State          lifecycle.RosterState `json:"state"`
	Units          int64                 `json:"units"`
	Total          weightJSON            `json:"total"`
	ParkingArea    bool                  `json:"parking_area"`  // parking counts by area
	ParkingHeads   bool                  `json:"parking_heads"` // and by heads
	Root           string                `json:"root,omitempty"`
	PublishedAt    int64                 `json:"published_at,omitempty"`
	ObjectionUntil int64                 `json:"objection_until_at,omitempty"`
	FrozenAt       int64                 `json:"frozen_at,omitempty"`
}

func rosterOf(list models.Roster) rosterJSON {
	return rosterJSON{ID: list.ID, Version: list.Version, State: list.State, Units: list.Units, Total: weightOf(list.Weight),
		ParkingArea: list.Parking.ParkingCountsArea, ParkingHeads: list.Parking.ParkingCountsHeads, Root: list.Root,
		PublishedAt: list.PublishedAt, ObjectionUntil: list.ObjectionUntil, FrozenAt: list.FrozenAt}
}

type policiesJSON struct {
	Silence          voting.Silence   `json:"silence"`
	FirstMeeting     bool             `json:"first_meeting"`
	InterimCovenant  bool             `json:"interim_covenant"`
	VoidParticipates *bool            `json:"void_participates"`
	FollowMajority   bool             `json:"follow_majority"`
	Blank            voting.Blank     `json:"blank"`
	Rank             voting.Rank      `json:"rank"`
	RunOff           bool             `json:"run_off"`
	Shortfall        voting.Shortfall `json:"shortfall"`
}

// silenceRuleJSON is the rule behind a silence policy, as the convener states it.
type silenceRuleJSON struct {
	Document        string `json:"document"`
	Clause          string `json:"clause"`
	CoversElections bool   `json:"covers_elections"`
	InterimCovenant bool   `json:"interim_covenant"`
}

func silenceRuleOf(rule *voting.SilenceConditions) *silenceRuleJSON {
	if rule == nil {
		return nil
	}
	return &silenceRuleJSON{Document: rule.Document, Clause: rule.Clause, CoversElections: rule.CoversElections, InterimCovenant: rule.InterimCovenant}
}

type meetingJSON struct {
	ID             string                 `json:"id"`
	CommunityID    string                 `json:"community_id"`
	State          lifecycle.MeetingState `json:"state"`
	Title          string                 `json:"title"`
	Extraordinary  bool                   `json:"extraordinary"` // 临时会议
	ConvenerKind   lifecycle.ConvenerKind `json:"convener_kind"`
	ConvenerName   string                 `json:"convener_name"`
	Contact        string                 `json:"contact"`
	Place          string                 `json:"place"`
	RosterID       string                 `json:"roster_id"`
	OpensAt        int64                  `json:"opens_at"`
	ClosesAt       int64                  `json:"closes_at"`
	ObjectionDays  int64                  `json:"objection_days"`
	DeliveryTimes  string                 `json:"delivery_times,omitempty"` // when and how the sheets are handed out
	Platform       string                 `json:"platform,omitempty"`       // the city's, whose result is imported
	Conflict       voting.ChannelConflict `json:"channel_conflict,omitempty"`
	SealKept       models.SealKeeping     `json:"seal_kept"`     // who keeps the key of the ballots until the count
	OnlineBarred   bool                   `json:"online_barred"` // no electronic vote may be cast on this system here
	Policies       policiesJSON           `json:"policies"`
	SilenceRule    *silenceRuleJSON       `json:"silence_rule,omitempty"`
	Pack           string                 `json:"pack"` // id of the rule pack
	NoticeHash     string                 `json:"notice_hash,omitempty"`
	NoticedAt      int64                  `json:"noticed_at,omitempty"`
	OpenedAt       int64                  `json:"opened_at,omitempty"`
	ClosedAt       int64                  `json:"closed_at,omitempty"`
	TalliedAt      int64                  `json:"tallied_at,omitempty"`
	PreliminaryAt  int64                  `json:"preliminary_at,omitempty"`
	ObjectionUntil int64                  `json:"objection_until_at,omitempty"`
	PublishedAt    int64                  `json:"published_at,omitempty"`
	Reason         string                 `json:"reason,omitempty"`
	EndedAt        int64                  `json:"ended_at,omitempty"`   // withdrawn or annulled
	RunOffOf       string                 `json:"run_off_of,omitempty"` // id of the earlier meeting that led to this further vote
	Repeats        string                 `json:"repeats,omitempty"`    // id of the annulled meeting that this one runs again
	Matters        []matterJSON           `json:"matters"`
	Attachments    []attachmentJSON       `json:"attachments"`
}

// meetingOf is a meeting as staff see it; a public answer leaves the files of the filing out (publicMeetingOf).
func meetingOf(meeting models.Meeting) meetingJSON {
	return meetingJSON{ID: meeting.ID, CommunityID: meeting.CommunityID, State: meeting.State, Title: meeting.Title,
		Extraordinary: meeting.Extraordinary, RunOffOf: meeting.RunOffOf, Repeats: meeting.Repeats,
		ConvenerKind: meeting.ConvenerKind, ConvenerName: meeting.ConvenerName, Contact: meeting.Contact, Place: meeting.Place,
		RosterID: meeting.RosterID, OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt, ObjectionDays: meeting.ObjectionDays,
		DeliveryTimes: meeting.DeliveryTimes, Platform: meeting.Platform, Conflict: meeting.Conflict, SealKept: meeting.SealKept, OnlineBarred: meeting.OnlineBarred(),
		Policies:    policiesJSON(meeting.Policies),
		SilenceRule: silenceRuleOf(meeting.SilenceRule), Pack: meeting.Pack.ID, NoticeHash: meeting.NoticeHash, NoticedAt: meeting.NoticedAt,
		OpenedAt: meeting.OpenedAt, ClosedAt: meeting.ClosedAt, TalliedAt: meeting.TalliedAt, PreliminaryAt: meeting.PreliminaryAt,
		ObjectionUntil: meeting.ObjectionUntil, PublishedAt: meeting.PublishedAt, Reason: meeting.Reason, EndedAt: meeting.EndedAt,
		Matters: mattersOf(meeting.Matters), Attachments: attachmentsOf(meeting.Attachments, models.AttachmentStages...)}
}

// publicMeetingOf is a meeting as anyone may see it.
func publicMeetingOf(meeting models.Meeting) meetingJSON {
	public := meetingOf(meeting)
	public.Attachments = attachmentsOf(meeting.Attachments, models.ForNotice)
	return public
}

type matterJSON struct {
	ID       string        `json:"id"`
	Position int64         `json:"position"`
	Title    string        `json:"title"`
	Text     string        `json:"text"`
	Rule     voting.Matter `json:"rule"`
	Base     *weightJSON   `json:"base,omitempty"` // everybody inside the scope
}

func matterOf(matter models.Matter) matterJSON {
	return matterJSON{ID: matter.ID, Position: matter.Position, Title: matter.Title, Text: matter.Body, Rule: matter.Rule}
}

func mattersOf(list []models.Matter) []matterJSON {
	matters := make([]matterJSON, len(list))
	for i, matter := range list {
		matters[i] = matterOf(matter)
	}
	return matters
}

type attachmentJSON struct {
	ID        string                 `json:"id"`
	Stage     models.AttachmentStage `json:"stage"`
	Name      string                 `json:"name"`
	MediaType string                 `json:"media_type"`
	Bytes     int64                  `json:"bytes"`
	SHA256    string                 `json:"sha256"`
	Document  rules.Word             `json:"document,omitempty"` // of those that the place asks for
}

func attachmentOf(file models.Attachment) attachmentJSON {
	return attachmentJSON{ID: file.ID, Stage: file.Stage, Name: file.Name, MediaType: file.MediaType, Bytes: file.Size, SHA256: file.SHA256, Document: file.Document}
}

func attachmentsOf(list []models.Attachment, stages ...models.AttachmentStage) []attachmentJSON {
	files := []attachmentJSON{}
	for _, file := range list {
		for _, stage := range stages {
			if file.Stage == stage {
				files = append(files, attachmentOf(file))
			}
		}
	}
	return files
}

type turnoutJSON struct {
	AtLeast weightJSON `json:"at_least"` // moves in steps of at least 20 ballots
	Total   weightJSON `json:"total"`
}

func turnoutOf(t *models.Turnout) *turnoutJSON {
	if t == nil {
		return nil
	}
	return &turnoutJSON{AtLeast: weightOf(t.Cast), Total: weightOf(t.Total)}
}

// measure prints a number of a dimension: heads as they are, areas in m².
func measure(d voting.Dimension, n int64) string {
	if d == voting.ByArea {
		return voting.Area(n).String()
	}
	return strconv.FormatInt(n, 10)
}
