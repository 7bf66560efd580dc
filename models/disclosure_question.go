package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// DisclosureQuestion is what an owner asks about a disclosure. Everybody reads it, without name and home.
type DisclosureQuestion struct {
	ID           string
	DisclosureID string
	Number       int64  // 1-based in the community
	Line         int64  // of the disclosure; 0 for the whole
	Item         string // of the line
	Body         string
	AskedAt      int64 // Unix ms, as below
	DueAt        int64
	Answer       string
	AnsweredAt   int64 // 0 without an answer
	Hidden       []DisclosureHiding
	Own          bool // of whoever asks for the list
}

// Waits tells whether it is still to be answered.
func (q DisclosureQuestion) Waits() bool { return q.AnsweredAt == 0 && q.Hiding(HiddenQuestion) == nil }

// Hiding is how a part came to be hidden; nil where it is not.
func (q DisclosureQuestion) Hiding(part HiddenPart) *DisclosureHiding {
	for i := range q.Hidden {
		if q.Hidden[i].Part == part {
			return &q.Hidden[i]
		}
	}
	return nil
}

// HiddenPart is what the street hides because it holds personal data.
type HiddenPart string

// The parts.
const (
	HiddenQuestion HiddenPart = "question"
	HiddenAnswer   HiddenPart = "answer"
)

// HiddenParts lists both.
var HiddenParts = []HiddenPart{HiddenQuestion, HiddenAnswer}

// DisclosureHiding says that the street hid a part, and why. That it did so stays public, the text does not.
type DisclosureHiding struct {
	Part   HiddenPart
	Reason string
	At     int64 // Unix ms
}

type questionRow struct {
	CommunityID  string
	ID           string
	DisclosureID string
	Number       int64
	Line         int64
	Body         string
	RosterID     string
	VoterID      string
	OwnerID      string
	AskedAt      int64
	DueAt        int64
}

func (questionRow) TableName() string { return "disclosure_question" }

type answerRow struct {
	CommunityID string
	QuestionID  string
	Body        string
	At          int64
	MadeBy      string
}

func (answerRow) TableName() string { return "disclosure_answer" }

type hidingRow struct {
	CommunityID string
	QuestionID  string
	Part        HiddenPart
	Reason      string
	At          int64
	MadeBy      string
}

func (hidingRow) TableName() string { return "disclosure_hiding" }

// The limits of questions: characters, and of one owner about one disclosure.
const (
	longestQuestion = 500
	longestAnswer   = 1000
	mostQuestions   = 20
)

// AskDisclosure takes a question of an owner who proved who they are; line 0 asks about the whole. Refusals: not_found (also
// of another community), disclosure_replaced, bad_value (line), required, too_long, reason_names_person, question_exists,
// questions_limited, questions_full, session_expired.
func (s *Store) AskDisclosure(ctx context.Context, by RosterSession, id string, line int64, body string) (DisclosureQuestion, error) {
	body = cleanText(body)
	if err := publicTexts(publicText{"body", body, longestQuestion, true}); err != nil {
		return DisclosureQuestion{}, err
	}
	list, err := s.PublicRoster(ctx, by.Roster)
	if err != nil {
		return DisclosureQuestion{}, err
	}
	community := list.Community
	if err := s.stillOwner(ctx, community.ID, by); err != nil {
		return DisclosureQuestion{}, err
	}
	row := questionRow{CommunityID: community.ID, ID: newID(), DisclosureID: id, Line: line, Body: body, RosterID: by.Roster, VoterID: by.Voter, OwnerID: by.Owner}
	err = s.tx(ctx, func(tx *gorm.DB, now int64) error {
		if err := askable(tx, row); err != nil {
			return err
		}
		within, err := s.countAll(tx, now, []counted{{limitQuestionsHour, by.Owner}, {limitQuestionsDay, by.Owner}})
		if err != nil {
			return err
		}
		if !within {
			return refuse("questions_limited")
		}
		pack, err := rules.At(community.Place, now)
		if err != nil {
			return fmt.Errorf("find the rules of a question: %w", err)
		}
		row.AskedAt, row.DueAt = now, calendar.Deadline(now, pack.Procedure.AnswerWithin())
		err = tx.Table("disclosure_question").Where("community_id = ?", community.ID).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error
		if err != nil {
			return fmt.Errorf("number a question: %w", err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep a question: %w", raced(err))
		}
		actor := Actor{Role: string(lifecycle.Owner), ID: by.Owner}
		return record(tx, now, actor, community.ID, "disclosure_asked", "disclosure", id, map[string]any{"number": row.Number, "line": line})
	})
	if err != nil {
		return DisclosureQuestion{}, err
	}
	view := row.view()
	view.Own = true
	return view, nil
}

// stillOwner tells whether the owner behind a session still stands on the roster. Refusal: session_expired.
func (s *Store) stillOwner(ctx context.Context, communityID string, by RosterSession) error {
	owners, err := ownersOfVoter(s.read(ctx), communityID, by.Voter)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(owners, func(o ownerRow) bool { return o.ID == by.Owner }) {
		return refuse("session_expired")
	}
	return nil
}

// askable refuses what asks about nothing, a second click, and whoever asks without end.
func askable(tx *gorm.DB, row questionRow) error {
	var about disclosureRow
	if err := tx.Select("id", "lines").Where("community_id = ? AND id = ?", row.CommunityID, row.DisclosureID).Take(&about).Error; err != nil {
		return orNotFound(err)
	}
	if row.Line < 0 || row.Line > about.Lines {
		return refuseField("bad_value", "line")
	}
	var newer int64
	if err := tx.Table("disclosure").Where("community_id = ? AND replaces_id = ?", row.CommunityID, row.DisclosureID).Count(&newer).Error; err != nil {
		return fmt.Errorf("look for a newer disclosure: %w", err)
	}
	if newer > 0 {
		return refuse("disclosure_replaced")
	}
	var asked []questionRow
	err := tx.Where("community_id = ? AND disclosure_id = ? AND owner_id = ?", row.CommunityID, row.DisclosureID, row.OwnerID).Find(&asked).Error
	if err != nil {
		return fmt.Errorf("look for questions of an owner: %w", err)
	}
	for _, one := range asked {
		if one.Line == row.Line && one.Body == row.Body {
			return refuseField("question_exists", "body")
		}
	}
	if len(asked) >= mostQuestions {
		return refuse("questions_full")
	}
	return nil
}

// AnswerQuestion answers once and for everybody. Refusals: illegal_step, not_found, required, too_long, reason_names_person,
// question_answered, question_hidden.
func (s *Store) AnswerQuestion(ctx context.Context, by Actor, communityID, id, body string) error {
	if Role(by.Role) != RoleConvener {
		return refuse("illegal_step")
	}
	body = cleanText(body)
	if err := publicTexts(publicText{"body", body, longestAnswer, true}); err != nil {
		return err
	}
	return s.onQuestion(ctx, communityID, id, func(tx *gorm.DB, now int64, q DisclosureQuestion) error {
		switch {
		case q.AnsweredAt != 0:
			return refuse("question_answered")
		case !q.Waits():
			return refuse("question_hidden")
		}
		if err := tx.Create(&answerRow{CommunityID: communityID, QuestionID: id, Body: body, At: now, MadeBy: by.ID}).Error; err != nil {
			return fmt.Errorf("answer a question: %w", raced(err))
		}
		return record(tx, now, by, communityID, "disclosure_answered", "disclosure", q.DisclosureID, map[string]any{"number": q.Number})
	})
}

// HideQuestion hides a question, or its answer, that holds personal data; that and why stays public. Refusals: illegal_step
// (another role, no such part, hidden already), not_found, bad_value, required, too_long, reason_names_person.
func (s *Store) HideQuestion(ctx context.Context, by Actor, communityID, id string, part HiddenPart, reason string) error {
	if Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	reason = strings.TrimSpace(reason)
	if err := publicTexts(publicText{"reason", reason, 200, true}); err != nil {
		return err
	}
	if !slices.Contains(HiddenParts, part) {
		return refuseField("bad_value", "part")
	}
	return s.onQuestion(ctx, communityID, id, func(tx *gorm.DB, now int64, q DisclosureQuestion) error {
		if q.Hiding(part) != nil || part == HiddenAnswer && q.AnsweredAt == 0 {
			return refuse("illegal_step")
		}
		if err := tx.Create(&hidingRow{CommunityID: communityID, QuestionID: id, Part: part, Reason: reason, At: now, MadeBy: by.ID}).Error; err != nil {
			return fmt.Errorf("hide a question: %w", raced(err))
		}
		return record(tx, now, by, communityID, "disclosure_hidden", "disclosure", q.DisclosureID, map[string]any{"number": q.Number, "part": part, "reason": reason})
	})
}

func (s *Store) onQuestion(ctx context.Context, communityID, id string, step func(tx *gorm.DB, now int64, q DisclosureQuestion) error) error {
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		list, err := questions(tx.Where("community_id = ? AND id = ?", communityID, id), tx, communityID, "")
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return refuse("not_found")
		}
		return step(tx, now, list[0])
	})
}

// DisclosureQuestions are those of a community, or of one of its disclosures, the newest first; what was hidden is left out.
// owner: marks whose of them are theirs; empty for nobody.
func (s *Store) DisclosureQuestions(ctx context.Context, communityID, disclosureID, owner string) ([]DisclosureQuestion, error) {
	query := s.read(ctx).Where("community_id = ?", communityID)
	if disclosureID != "" {
		query = query.Where("disclosure_id = ?", disclosureID)
	}
	list, err := questions(query, s.read(ctx), communityID, owner)
	for i := range list {
		if list[i].Hiding(HiddenQuestion) != nil {
			list[i].Body = ""
		}
		if list[i].Hiding(HiddenAnswer) != nil {
			list[i].Answer = ""
		}
	}
	return list, err
}

func questions(query, db *gorm.DB, communityID, owner string) ([]DisclosureQuestion, error) {
	var rows []questionRow
	if err := query.Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var answers []answerRow
	if err := db.Where("community_id = ?", communityID).Find(&answers).Error; err != nil {
		return nil, fmt.Errorf("list answers: %w", err)
	}
	var hidings []hidingRow
	if err := db.Where("community_id = ?", communityID).Order("at").Find(&hidings).Error; err != nil {
		return nil, fmt.Errorf("list what was hidden: %w", err)
	}
	list, at := make([]DisclosureQuestion, len(rows)), map[string]int{}
	for i, row := range rows {
		list[i], at[row.ID] = row.view(), i
		list[i].Own = owner != "" && row.OwnerID == owner
	}
	for _, answer := range answers {
		if i, asked := at[answer.QuestionID]; asked {
			list[i].Answer, list[i].AnsweredAt = answer.Body, answer.At
		}
	}
	for _, hiding := range hidings {
		if i, asked := at[hiding.QuestionID]; asked {
			list[i].Hidden = append(list[i].Hidden, DisclosureHiding{Part: hiding.Part, Reason: hiding.Reason, At: hiding.At})
		}
	}
	return list, addItems(db, communityID, list)
}

// addItems names the lines that are asked about.
func addItems(db *gorm.DB, communityID string, list []DisclosureQuestion) error {
	type place struct {
		DisclosureID string
		Number       int64
	}
	var ids []string
	var numbers []int64
	for _, q := range list {
		if q.Line > 0 {
			ids, numbers = append(ids, q.DisclosureID), append(numbers, q.Line)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	slices.Sort(numbers)
	var rows []publishedLineRow
	err := db.Select("disclosure_id", "number", "item").Where("community_id = ? AND disclosure_id IN ? AND number IN ?", communityID, slices.Compact(ids), slices.Compact(numbers)).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("name the lines of questions: %w", err)
	}
	items := map[place]string{}
	for _, row := range rows {
		items[place{row.DisclosureID, row.Row.Number}] = row.Row.Item
	}
	for i, q := range list {
		list[i].Item = items[place{q.DisclosureID, q.Line}]
	}
	return nil
}

func (r questionRow) view() DisclosureQuestion {
	return DisclosureQuestion{ID: r.ID, DisclosureID: r.DisclosureID, Number: r.Number, Line: r.Line, Body: r.Body, AskedAt: r.AskedAt, DueAt: r.DueAt}
}

// cleanText is a text that somebody typed for everybody: without what does not print, blanks around it, and more than one
// empty line in a row.
func cleanText(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r != '\n' && (r < ' ' || r == 0x7f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff) {
			return -1
		}
		return r
	}, text)
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return strings.TrimSpace(text)
}
