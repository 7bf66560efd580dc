package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gongjue/models"
	"gongjue/voting"
)

// MeetingCount is one meeting of a community of some size, counted from the database as the product does it.
type MeetingCount struct {
	Database string   `json:"database"`
	Voters   int      `json:"voters"`
	Ballots  int      `json:"ballots"`
	Matters  int      `json:"matters"`
	Close    CountRun `json:"close"`    // the count after the close: opens every sealed ballot, checks the whole log, stores
	Final    CountRun `json:"final"`    // the final count, from the opened ballots that were stored
	TallyMS  float64  `json:"tally_ms"` // of the final count: reading the voters and the opened ballots, adding up, deciding
	SQLMS    float64  `json:"sql_ms"`   // the same figures added up by the database from the same rows
	SameSQL  bool     `json:"same_as_sql"`
}

// CountRun is how long a count took, as a whole and step by step.
type CountRun struct {
	WallMS      float64                      `json:"wall_ms"`
	ProcessorMS float64                      `json:"processor_ms"` // of this process
	StepsMS     map[models.CountStep]float64 `json:"steps_ms"`
}

// heldMeeting builds a meeting, lets nine of ten vote, and closes it. The caller closes the store.
func heldMeeting(ctx context.Context, place database, voters int, progress func(string)) (a *assembly, ballots int, err error) {
	progress(fmt.Sprintf("%s：建立 %d 名投票权人的会议", place.name, voters))
	if a, err = openAssembly(ctx, place, voters, meetingAgenda); err != nil {
		return nil, 0, err
	}
	progress(place.name + "：投票")
	if ballots, err = a.vote(ctx, scattered); err == nil {
		err = a.tickAt(ctx, a.meeting.ClosesAt+models.CloseGrace)
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("vote: %w", err), a.store.Close())
	}
	return a, ballots, nil
}

// countMeeting counts a meeting twice.
func countMeeting(ctx context.Context, place database, voters int, progress func(string)) (m MeetingCount, err error) {
	m = MeetingCount{Database: place.name, Voters: voters, Matters: len(meetingAgenda)}
	a, ballots, err := heldMeeting(ctx, place, voters, progress)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, a.store.Close()) }()
	m.Ballots = ballots
	progress(place.name + "：计票")
	id := a.community.ID
	m.Close, err = a.steps.run(func() error { return a.store.Count(ctx, a.by[models.RoleTeller], id, a.meeting.ID) })
	if err != nil {
		return m, fmt.Errorf("count: %w", err)
	}
	if err := a.store.DisplayPreliminary(ctx, a.by[models.RoleConvener], id, a.meeting.ID); err != nil {
		return m, err
	}
	a.now.Add(10 * day)
	m.Final, err = a.steps.run(func() error { return a.store.PublishFinal(ctx, a.by[models.RoleConvener], id, a.meeting.ID) })
	if err != nil {
		return m, fmt.Errorf("count for good: %w", err)
	}
	for _, step := range []models.CountStep{models.StepRead, models.StepAdd, models.StepDecide} {
		m.TallyMS = rounded(m.TallyMS + m.Final.StepsMS[step])
	}
	return m, m.compare(ctx, a, place)
}

// compare holds the stored result to what the database adds up.
func (m *MeetingCount) compare(ctx context.Context, a *assembly, place database) error {
	results, err := a.store.Results(ctx, a.community.ID, a.meeting.ID)
	if err != nil {
		return err
	}
	db, err := place.open()
	if err != nil {
		return err
	}
	m.SameSQL = true
	took, err := timed(func() error {
		for _, matter := range results[len(results)-1].Matters {
			sums, err := sumAnswers(ctx, db, place.name, a.meeting.ID, matter)
			if err != nil {
				return err
			}
			m.SameSQL = m.SameSQL && sameAnswers(matter, sums)
		}
		return nil
	})
	m.SQLMS = rounded(took)
	return errors.Join(err, db.Close())
}

// meetingAgenda holds the usual matters of a meeting.
var meetingAgenda = []models.Matter{
	{Title: "修改议事规则", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}},
	{Title: "使用维修资金", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 5}},
	{Title: "选举业主委员会", Body: "样例。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, Alternates: 1, MinMembers: 5,
		Options: []string{"候选人甲", "候选人乙", "候选人丙", "候选人丁", "候选人戊", "候选人己", "候选人庚"}}},
	{Title: "选聘物业服务企业", Body: "样例。", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick, Options: []string{"样例物业一", "样例物业二", "样例物业三"}}},
	{Title: "利用外墙经营广告", Body: "样例。", Rule: voting.Matter{Kind: voting.Motion, Item: 8}},
}

// scatteredMarks: half agree.
var scatteredMarks = []voting.Mark{voting.Yes, voting.Yes, voting.No, voting.Abstain}

// scattered fills in every matter and every candidate by itself, so that hardly two sheets are alike: the hardest case.
func scattered(i int, matters []models.Matter) map[string]voting.Choice {
	choices := make(map[string]voting.Choice, len(matters))
	for k, matter := range matters {
		drawn := scatter(uint64(i)<<8 + uint64(k))
		switch matter.Rule.Method {
		case voting.ApprovalEach:
			each := make(map[string]voting.Mark, len(matter.Rule.Options))
			for j, name := range matter.Rule.Options {
				each[name] = scatteredMarks[drawn>>(2*j)%4]
			}
			choices[matter.ID] = voting.Choice{Each: each}
		case voting.Pick:
			choices[matter.ID] = voting.Choice{Names: []string{matter.Rule.Options[drawn%uint64(len(matter.Rule.Options))]}}
		default:
			choices[matter.ID] = voting.Choice{Mark: scatteredMarks[drawn%4]}
		}
	}
	return choices
}

// scatter mixes a number's bits (the finaliser of SplitMix64), so that every run draws the same.
func scatter(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// stepClock times the steps of a count as the store tells of them.
type stepClock struct {
	steps   map[models.CountStep]float64
	current models.CountStep
	since   time.Time
}

// begin ends the step before.
func (c *stepClock) begin(step models.CountStep) {
	now := time.Now()
	if c.current != "" {
		c.steps[c.current] += milliseconds(now.Sub(c.since))
	}
	c.current, c.since = step, now
}

func (c *stepClock) run(count func() error) (CountRun, error) {
	c.steps, c.current = map[models.CountStep]float64{}, ""
	used := processorTime()
	took, err := timed(count)
	c.begin("")
	for step, ms := range c.steps {
		c.steps[step] = rounded(ms)
	}
	return CountRun{WallMS: rounded(took), ProcessorMS: rounded(milliseconds(processorTime() - used)), StepsMS: c.steps}, err
}
