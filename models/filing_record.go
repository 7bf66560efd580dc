package models

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// FilingRecord is what was handed in, fixed at that moment.
type FilingRecord struct {
	Community     string                 `json:"community"`
	Street        string                 `json:"street"`
	District      string                 `json:"district,omitempty"`
	Title         string                 `json:"title"`
	ConvenerKind  lifecycle.ConvenerKind `json:"convener_kind"`
	ConvenerName  string                 `json:"convener_name"`
	NoticedAt     int64                  `json:"noticed_at"`
	OpensAt       int64                  `json:"opens_at"`
	ClosesAt      int64                  `json:"closes_at"`
	PublishedAt   int64                  `json:"published_at"`
	NoticeHash    string                 `json:"notice_hash"`
	RosterVersion int64                  `json:"roster_version"`
	RosterRoot    string                 `json:"roster_root"`
	Total         voting.Weight          `json:"total"`
	ResultSHA256  string                 `json:"result_sha256"`
	Ballots       int64                  `json:"ballots"`
	Matters       []MatterResult         `json:"matters"`
	Checkpoint    string                 `json:"checkpoint"` // signed note over the whole log
	Objections    int64                  `json:"objections"`
	Amendments    int64                  `json:"roster_amendments,omitempty"` // of the roster after the notice, for later meetings
	Files         []FilingFile           `json:"files"`
	Package       string                 `json:"package_sha256,omitempty"` // of the zip that was handed in; empty in a basis
}

// FilingFile names an attachment of the record by its content.
type FilingFile struct {
	ID       string          `json:"id"`
	Stage    AttachmentStage `json:"stage"`
	Document rules.Word      `json:"document,omitempty"` // of the papers that the place asks for
	Name     string          `json:"name"`
	SHA256   string          `json:"sha256"`
}

// filingRecord gathers what is handed in, and where each document stands that the place asks for.
func filingRecord(tx *gorm.DB, community Community, meetingID string) (FilingRecord, []FilingPaper, error) {
	meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", community.ID, meetingID))
	if err != nil {
		return FilingRecord{}, nil, err
	}
	var list rosterRow
	if err := tx.Where("community_id = ? AND id = ?", community.ID, meeting.RosterID).Take(&list).Error; err != nil {
		return FilingRecord{}, nil, fmt.Errorf("read the roster: %w", err)
	}
	results, err := resultsOf(tx, community.ID, meetingID)
	if err != nil {
		return FilingRecord{}, nil, err
	}
	at := slices.IndexFunc(results, func(r Result) bool { return r.Stage == FinalResult })
	if at < 0 {
		return FilingRecord{}, nil, refuse("result_not_ready")
	}
	final := results[at]
	head, err := newestCheckpoint(tx, community.ID, meetingID)
	if err != nil {
		return FilingRecord{}, nil, err
	}
	filed := FilingRecord{Community: community.Name, Street: community.StreetName, District: community.DistrictName, Title: meeting.Title, ConvenerKind: meeting.ConvenerKind,
		ConvenerName: meeting.ConvenerName, NoticedAt: meeting.NoticedAt, OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt,
		PublishedAt: meeting.PublishedAt, NoticeHash: meeting.NoticeHash, RosterVersion: list.Version, RosterRoot: list.Root,
		Total: voting.Weight{Heads: list.Heads, Area: list.AreaCM2}, ResultSHA256: final.SHA256, Ballots: final.Ballots,
		Matters: final.Matters, Checkpoint: head.Note}
	if err := tx.Table("objection").Where("community_id = ? AND meeting_id = ?", community.ID, meetingID).Count(&filed.Objections).Error; err != nil {
		return FilingRecord{}, nil, fmt.Errorf("count objections: %w", err)
	}
	since, err := amendedSince(tx, community.ID, meeting.RosterID)
	if err != nil {
		return FilingRecord{}, nil, err
	}
	filed.Amendments = int64(len(since))
	for _, file := range meeting.Attachments {
		filed.Files = append(filed.Files, FilingFile{ID: file.ID, Stage: file.Stage, Document: file.Document, Name: file.Name, SHA256: file.SHA256})
	}
	return filed, meeting.FilingPapers(final), nil
}
