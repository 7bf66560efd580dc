package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gongjue/voting/disclosure"
	"gongjue/voting/rules"
)

// DisclosureDay is by when every year the year before is disclosed, as the street set it for a community.
type DisclosureDay struct {
	Month, Day int // 0 for none
	Ground     string
	At         int64 // Unix ms; 0 where nothing was ever set
}

type dayRow struct {
	CommunityID string
	Number      int64
	Month       int
	Day         int
	Ground      string
	At          int64
	MadeBy      string
}

func (dayRow) TableName() string { return "disclosure_day" }

// DisclosureRule is when a community discloses, with the clause of its place; nil where that is silent.
type DisclosureRule struct {
	disclosure.Rule
	Clause  *rules.Number
	Display *rules.Clause // how long it stays up at least
	Answer  int           // days in which a question is answered
	Day     DisclosureDay
}

// disclosureNotice is how long before its last moment work lists ask for a disclosure: two months in ms.
const disclosureNotice = 61 * day

// DisclosureRuleOf reads the rule of a community.
func (s *Store) DisclosureRuleOf(ctx context.Context, community Community) (DisclosureRule, error) {
	pack, err := rules.At(community.Place, s.clock())
	if err != nil {
		return DisclosureRule{}, fmt.Errorf("find the rules of a disclosure: %w", err)
	}
	var rows []dayRow
	if err := s.read(ctx).Where("community_id = ?", community.ID).Order("number DESC").Limit(1).Find(&rows).Error; err != nil {
		return DisclosureRule{}, fmt.Errorf("find the day of a disclosure: %w", err)
	}
	rule := DisclosureRule{Rule: ruleOf(pack.Procedure), Clause: pack.Procedure.DisclosureMonths, Display: pack.Procedure.DisclosureDays, Answer: pack.Procedure.AnswerWithin()}
	if len(rows) > 0 {
		rule.Month, rule.Rule.Day, rule.Since = rows[0].Month, rows[0].Day, rows[0].At
		rule.Day = DisclosureDay{Month: rows[0].Month, Day: rows[0].Day, Ground: rows[0].Ground, At: rows[0].At}
	}
	return rule, nil
}

func ruleOf(p rules.Procedure) (rule disclosure.Rule) {
	if p.DisclosureMonths != nil {
		rule.Months = p.DisclosureMonths.Number
	}
	return rule
}

// SetDisclosureDay sets by when every year the year before is disclosed; month 0 sets none. Refusals: illegal_step (another
// role), bad_value (month), required (ground), too_long, reason_names_person, day_unchanged.
func (s *Store) SetDisclosureDay(ctx context.Context, by Actor, communityID string, wanted DisclosureDay) error {
	if Role(by.Role) != RoleStreet {
		return refuse("illegal_step")
	}
	if (wanted.Month != 0 || wanted.Day != 0) && !disclosure.EveryYear(wanted.Month, wanted.Day) {
		return refuseField("bad_value", "month")
	}
	ground := strings.TrimSpace(wanted.Ground)
	if err := publicTexts(publicText{"ground", ground, 200, true}); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *gorm.DB, now int64) error {
		var last dayRow
		err := tx.Where("community_id = ?", communityID).Order("number DESC").Take(&last).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return fmt.Errorf("find the day of a disclosure: %w", err)
		}
		if last.Month == wanted.Month && last.Day == wanted.Day {
			return refuse("day_unchanged")
		}
		row := dayRow{CommunityID: communityID, Number: last.Number + 1, Month: wanted.Month, Day: wanted.Day, Ground: ground, At: now, MadeBy: by.ID}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("set the day of a disclosure: %w", raced(err))
		}
		return record(tx, now, by, communityID, "disclosure_day_set", "community", communityID, map[string]any{"month": row.Month, "day": row.Day, "ground": ground})
	})
}

// disclosing is what tells whether a community owes a disclosure at some moment.
type disclosing struct {
	began, serving int64 // since when it has a body; bodies in office
	rule           disclosure.Rule
	published      []disclosure.Published
}

// disclosingIn reads that of some communities, as of a moment; within selects their ids, with its value.
func disclosingIn(db *gorm.DB, within string, value any, at int64) (map[string]*disclosing, error) {
	found := map[string]*disclosing{}
	err := eachRow(db.Raw("SELECT community_id, MIN(constituted_at), SUM(CASE WHEN ended_at IS NULL OR ended_at > ? THEN 1 ELSE 0 END) FROM committee "+
		"WHERE constituted_at <= ? AND community_id IN "+within+" GROUP BY community_id", at, at, value), func(rows *sql.Rows) error {
		var id string
		one := &disclosing{}
		err := rows.Scan(&id, &one.began, &one.serving)
		found[id] = one
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who discloses: %w", err)
	}
	err = eachRow(db.Raw("SELECT community_id, month, day, at FROM disclosure_day WHERE at <= ? AND community_id IN "+within+" ORDER BY number", at, value), func(rows *sql.Rows) error {
		var id string
		var rule disclosure.Rule
		err := rows.Scan(&id, &rule.Month, &rule.Day, &rule.Since)
		if one := found[id]; one != nil {
			one.rule = rule
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the days of disclosures: %w", err)
	}
	// The latest of each is enough: what is due asks for the one or for the other.
	err = eachRow(db.Raw("SELECT community_id, MAX(published_at), MAX(to_at) FROM disclosure WHERE published_at <= ? AND community_id IN "+within+" GROUP BY community_id", at, value), func(rows *sql.Rows) error {
		var id string
		var one disclosure.Published
		err := rows.Scan(&id, &one.At, &one.To)
		if body := found[id]; body != nil {
			body.published = append(body.published, one)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list when was disclosed: %w", err)
	}
	return found, nil
}

// open is what a community owes under the rules of its place; nil where it owes nothing.
func (d *disclosing) open(p rules.Procedure, at, notice int64) *disclosure.Due {
	if d.serving == 0 {
		return nil
	}
	rule := ruleOf(p)
	d.rule.Months = rule.Months
	return d.rule.Open(at, d.began, notice, d.published)
}

// procedureAt reads the rules of places at one moment, each place once.
func procedureAt(at int64) func(place string) (rules.Procedure, error) {
	known := map[string]rules.Procedure{}
	return func(place string) (rules.Procedure, error) {
		if p, read := known[place]; read {
			return p, nil
		}
		pack, err := rules.At(place, at)
		if err != nil {
			return rules.Procedure{}, fmt.Errorf("find the rules of %s: %w", place, err)
		}
		known[place] = pack.Procedure
		return pack.Procedure, nil
	}
}

// DisclosureWork is what waits about disclosures in a community.
type DisclosureWork struct {
	Due      *disclosure.Due
	Waiting  int64 // questions without an answer
	FirstDue int64 // of them; 0 without one
	Overdue  int64 // of them
}

// waitingQuestions are those that are neither answered nor hidden as of a moment: its three values are the moment.
const waitingQuestions = "FROM disclosure_question AS q WHERE q.asked_at <= ? " +
	"AND NOT EXISTS (SELECT 1 FROM disclosure_answer AS a WHERE a.community_id = q.community_id AND a.question_id = q.id AND a.at <= ?) " +
	"AND NOT EXISTS (SELECT 1 FROM disclosure_hiding AS h WHERE h.community_id = q.community_id AND h.question_id = q.id AND h.part = 'question' AND h.at <= ?) "

// addDisclosures adds what waits about the disclosures of some communities.
func addDisclosures(db *gorm.DB, bounds any, now int64, list []Overview, at map[string]int) error {
	owing, err := disclosingIn(db, "(?)", bounds, now)
	if err != nil {
		return err
	}
	procedure := procedureAt(now)
	for id, one := range owing {
		overview := &list[at[id]]
		rules, err := procedure(overview.Place)
		if err != nil {
			return err
		}
		overview.Disclosure.Due = one.open(rules, now, disclosureNotice)
	}
	err = eachRow(db.Raw("SELECT q.community_id, COUNT(*), MIN(q.due_at), SUM(CASE WHEN q.due_at < ? THEN 1 ELSE 0 END) "+waitingQuestions+"AND q.community_id IN (?) GROUP BY q.community_id",
		now, now, now, now, bounds), func(rows *sql.Rows) error {
		var id string
		var work DisclosureWork
		err := rows.Scan(&id, &work.Waiting, &work.FirstDue, &work.Overdue)
		work.Due = list[at[id]].Disclosure.Due
		list[at[id]].Disclosure = work
		return err
	})
	if err != nil {
		return fmt.Errorf("count questions that wait: %w", err)
	}
	return nil
}

// lateDisclosures are the disclosures and the answers that were due before the moment of the figures.
func (s *Store) lateDisclosures(ctx context.Context, h *districtHistory, d District) (list []Missed, err error) {
	owing, err := disclosingIn(s.read(ctx), h.within, h.id, d.At)
	if err != nil {
		return nil, err
	}
	procedure := procedureAt(d.At)
	for i, community := range h.communities {
		one := owing[community.ID]
		if one == nil {
			continue
		}
		rules, err := procedure(community.Place)
		if err != nil {
			return nil, err
		}
		due := one.open(rules, d.At, 0)
		if due == nil || !due.Late(d.At) {
			continue
		}
		missed := Missed{Kind: DisclosureLate, DueAt: due.By}
		if due.Months > 0 && rules.DisclosureMonths.Source != nil {
			missed.Article = rules.DisclosureMonths.Source.String()
		}
		list = append(list, h.of(missed, i))
	}
	query := s.read(ctx).Raw("SELECT q.community_id, q.id, q.number, q.due_at "+waitingQuestions+"AND q.due_at < ? AND q.community_id IN "+h.within+" ORDER BY q.due_at, q.id LIMIT ?",
		d.At, d.At, d.At, d.At, h.id, mostMissed+1)
	err = eachRow(query, func(rows *sql.Rows) error {
		var community string
		var number int64
		m := Missed{Kind: QuestionLate}
		if err := rows.Scan(&community, &m.Subject, &number, &m.DueAt); err != nil {
			return err
		}
		m.Title = fmt.Sprint(number)
		list = append(list, h.of(m, h.at[community]))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list overdue questions: %w", err)
	}
	return list, nil
}
