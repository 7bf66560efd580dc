package api

import (
	"gongjue/models"
	"gongjue/voting/stage"
)

type districtJSON struct {
	ID          string                  `json:"id"`
	Name        string                  `json:"name"`
	At          int64                   `json:"at"`
	Total       streetFiguresJSON       `json:"total"`
	Streets     []streetFiguresJSON     `json:"streets"`
	Months      []monthFiguresJSON      `json:"months"`
	Working     int64                   `json:"working"` // streets in which something is under way
	Targets     []targetFiguresJSON     `json:"targets"`
	Polls       []pollResultJSON        `json:"polls"`
	Missed      []missedJSON            `json:"missed"`
	MissedMore  bool                    `json:"missed_more"`
	Watch       []watchedJSON           `json:"watch"`
	Communities []standingCommunityJSON `json:"communities"`
}

type streetFiguresJSON struct {
	ID          string           `json:"id,omitempty"` // not of the total
	Name        string           `json:"name,omitempty"`
	Communities int64            `json:"communities"`
	Committees  int64            `json:"committees"`
	Interims    int64            `json:"interims"`
	Formed      int64            `json:"formed"`
	Frozen      int64            `json:"frozen"`
	Voted       int64            `json:"voted"`
	Served      int64            `json:"served"`
	Stages      []stageCountJSON `json:"stages"`

	Satisfaction []satisfactionJSON `json:"satisfaction"`
}

type stageCountJSON struct {
	Stage       stage.Stage `json:"stage"`
	Communities int64       `json:"communities"`
}

type monthFiguresJSON struct {
	At          int64 `json:"at"`
	Formed      int64 `json:"formed"`
	Communities int64 `json:"communities"`
}

type targetJSON struct {
	ID      string         `json:"id"`
	Measure models.Measure `json:"measure"`
	Source  string         `json:"source,omitempty"`
	Name    string         `json:"name"`
	DueAt   int64          `json:"due_at"`
	Num     int64          `json:"num"`
	Den     int64          `json:"den"`
}

type targetFiguresJSON struct {
	targetJSON
	MeasuredAt int64              `json:"measured_at"`
	Reached    int64              `json:"reached"`
	Of         int64              `json:"of"` // communities; streets where they are counted
	Needed     int64              `json:"needed"`
	Short      int64              `json:"short"`
	Streets    []streetTargetJSON `json:"streets"`
}

type streetTargetJSON struct {
	ID      string `json:"id"`
	Reached int64  `json:"reached"`
	Of      int64  `json:"of"`
	Needed  int64  `json:"needed"`
	Short   int64  `json:"short"`
}

type missedJSON struct {
	Kind      models.MissedKind `json:"kind"`
	Community string            `json:"community"` // id, as below
	Street    string            `json:"street"`
	Meeting   string            `json:"meeting,omitempty"`
	Roster    string            `json:"roster,omitempty"`
	Subject   string            `json:"subject,omitempty"`
	Title     string            `json:"title"`
	DueAt     int64             `json:"due_at"`
	Days      int               `json:"days,omitempty"`
	Article   string            `json:"article,omitempty"`
}

type standingCommunityJSON struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Street      string      `json:"street"` // id
	Stage       stage.Stage `json:"stage"`
	Body        stage.Body  `json:"body"`
	Meeting     string      `json:"meeting,omitempty"`
	TermEnds    int64       `json:"term_ends,omitempty"`
	RenewalFrom int64       `json:"renewal_from,omitempty"`
	FrozenAt    int64       `json:"frozen_at,omitempty"`
	VotedAt     int64       `json:"voted_at,omitempty"`

	ContractStage stage.ContractStage `json:"contract_stage,omitempty"`
	Firm          string              `json:"firm,omitempty"`
	ContractEnds  int64               `json:"contract_ends,omitempty"`
}

func getDistrict(c *call) error {
	d, err := c.figures()
	if err != nil {
		return err
	}
	answer := districtJSON{ID: d.ID, Name: d.Name, At: d.At, Total: streetFiguresOf(d.Total), MissedMore: d.MissedMore, Streets: []streetFiguresJSON{},
		Months: []monthFiguresJSON{}, Polls: pollResultsOf(d.Polls), Targets: []targetFiguresJSON{}, Missed: []missedJSON{}, Watch: watchedList(d.Watch), Communities: []standingCommunityJSON{}}
	answer.Working, _ = d.Working()
	for _, street := range d.Streets {
		answer.Streets = append(answer.Streets, streetFiguresOf(street))
	}
	for _, month := range d.Months {
		answer.Months = append(answer.Months, monthFiguresJSON(month))
	}
	for _, target := range d.Targets {
		answer.Targets = append(answer.Targets, targetFiguresOf(target))
	}
	for _, m := range d.Missed {
		answer.Missed = append(answer.Missed, missedJSON{Kind: m.Kind, Community: m.CommunityID, Street: m.StreetID, Meeting: m.MeetingID, Roster: m.RosterID,
			Subject: m.Subject, Title: m.Title, DueAt: m.DueAt, Days: m.Days, Article: m.Article})
	}
	for _, k := range d.Communities {
		answer.Communities = append(answer.Communities, standingCommunityJSON{ID: k.ID, Name: k.Name, Street: k.StreetID, Stage: k.Stage, Body: k.Body,
			Meeting: k.Meeting, TermEnds: k.TermEnds, RenewalFrom: k.RenewalFrom, FrozenAt: k.FrozenAt, VotedAt: k.VotedAt,
			ContractStage: k.Service.Stage, Firm: k.Service.Firm, ContractEnds: k.Service.Ends})
	}
	return c.sendJSON(done{body: answer})
}

func streetFiguresOf(f models.StreetFigures) streetFiguresJSON {
	answer := streetFiguresJSON{ID: f.ID, Name: f.Name, Communities: f.Communities, Committees: f.Committees, Interims: f.Interims, Formed: f.Formed(),
		Frozen: f.Frozen, Voted: f.Voted, Served: f.Served}
	for _, s := range stage.Stages {
		answer.Stages = append(answer.Stages, stageCountJSON{s, f.Stages[s]})
	}
	for _, s := range f.Satisfaction {
		answer.Satisfaction = append(answer.Satisfaction, satisfactionJSON{s.About, s.Communities, s.Half, weightOf(s.Asked), weightOf(s.Answered), weightOf(s.Satisfied)})
	}
	return answer
}

func targetOf(t models.Target) targetJSON {
	return targetJSON{ID: t.ID, Measure: t.Measure, Source: t.Source, Name: t.Name, DueAt: t.DueAt, Num: t.Num, Den: t.Den}
}

func targetFiguresOf(t models.TargetFigures) targetFiguresJSON {
	answer := targetFiguresJSON{targetJSON: targetOf(t.Target), MeasuredAt: t.MeasuredAt, Reached: t.Reached, Of: t.Of, Needed: t.Needed, Short: t.Short,
		Streets: []streetTargetJSON{}}
	for _, s := range t.Streets {
		answer.Streets = append(answer.Streets, streetTargetJSON{ID: s.ID, Reached: s.Reached, Of: s.Of, Needed: s.Needed, Short: s.Short})
	}
	return answer
}
