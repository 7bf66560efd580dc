package api

import (
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// stepJSON is one comparison: printed (heads, or m²) and exact (heads, or cm²).
type stepJSON struct {
	What        voting.StepKind  `json:"what"`
	Option      string           `json:"option,omitempty"`
	Dimension   voting.Dimension `json:"dimension"`
	Part        string           `json:"part"`
	Whole       string           `json:"whole"`
	Share       string           `json:"share"` // percent of the whole, two decimals; printed, never decided on
	Margin      string           `json:"margin"`
	PartExact   int64            `json:"part_exact"`
	WholeExact  int64            `json:"whole_exact"`
	MarginExact int64            `json:"margin_exact"` // 0 is just met
	OfTotal     bool             `json:"of_total"`
	Threshold   thresholdJSON    `json:"threshold"`
	Met         bool             `json:"met"`
	Law         string           `json:"law,omitempty"`
	Sentence    string           `json:"sentence"`
}

type thresholdJSON struct {
	Num    int64 `json:"num"`
	Den    int64 `json:"den"`
	Strict bool  `json:"strict"`
}

func stepsOf(steps []voting.Step) []stepJSON {
	list := make([]stepJSON, len(steps))
	for i, s := range steps {
		list[i] = stepJSON{What: s.What, Option: s.Option, Dimension: s.Dimension, Part: measure(s.Dimension, s.Part),
			Whole: measure(s.Dimension, s.Whole), Share: s.Share(), Margin: measure(s.Dimension, s.Margin), PartExact: s.Part,
			WholeExact: s.Whole, MarginExact: s.Margin, OfTotal: s.OfTotal, Threshold: thresholdJSON(s.Threshold), Met: s.Met,
			Law: s.Law, Sentence: explain.StepSentence(s)}
	}
	return list
}

type countedJSON struct {
	Total           weightJSON   `json:"total"`
	Participants    weightJSON   `json:"participants"`
	Voted           weightJSON   `json:"voted"`
	Void            weightJSON   `json:"void"`
	SilentDelivered weightJSON   `json:"silent_delivered"`
	Abstain         weightJSON   `json:"abstain"`
	Options         []optionJSON `json:"options"`
}

// optionJSON are the votes of one option; why says what kept it from a place.
type optionJSON struct {
	Name    string           `json:"name"`
	Votes   weightJSON       `json:"votes"`
	Against *weightJSON      `json:"against,omitempty"` // where every option is marked on its own
	Why     voting.Shortness `json:"why,omitempty"`
}

func countedOf(m voting.Matter, o voting.Outcome) countedJSON {
	c := o.Counted
	counted := countedJSON{Total: weightOf(c.Total), Participants: weightOf(c.Participants), Voted: weightOf(c.Voted), Void: weightOf(c.Void),
		SilentDelivered: weightOf(c.SilentDelivered), Abstain: weightOf(c.Abstain), Options: []optionJSON{}}
	for _, name := range m.OptionNames() {
		option := optionJSON{Name: name, Votes: weightOf(c.Options[name]), Why: o.NotElected[name] + o.NotSelected[name]}
		if no, marked := c.Against[name]; marked {
			against := weightOf(no)
			option.Against = &against
		}
		counted.Options = append(counted.Options, option)
	}
	return counted
}

type outcomeJSON struct {
	Result         voting.Result         `json:"result"`
	Reason         voting.Reason         `json:"reason,omitempty"`
	Verdict        string                `json:"verdict"` // in Chinese, as the notice prints it
	Binding        bool                  `json:"binding"`
	Counted        countedJSON           `json:"counted"`
	Steps          []stepJSON            `json:"steps"`
	Elected        []string              `json:"elected,omitempty"`
	Alternates     []string              `json:"alternates,omitempty"`
	AlternatesTied []string              `json:"alternates_tied,omitempty"`
	TiePending     []string              `json:"tie_pending,omitempty"`
	OpenSeats      int                   `json:"open_seats,omitempty"`
	Committee      voting.CommitteeState `json:"committee,omitempty"`
	Groups         []voting.GroupOutcome `json:"groups,omitempty"`
	Selected       string                `json:"selected,omitempty"`
	RunOff         []string              `json:"run_off,omitempty"`
	TieWay         voting.TieWay         `json:"tie_way,omitempty"` // lot: the tie in the lists waits for it
	Lots           []drawnJSON           `json:"lots,omitempty"`    // by which ties were settled
	Variants       []variantJSON         `json:"variants,omitempty"`
}

// variantJSON is the outcome under another reading.
type variantJSON struct {
	Name    string      `json:"name"`
	Outcome outcomeJSON `json:"outcome"`
}

func outcomeOf(m voting.Matter, o voting.Outcome) outcomeJSON {
	outcome := outcomeJSON{Result: o.Result, Reason: o.Reason, Verdict: explain.Verdict(m, o), Binding: o.Binding, Counted: countedOf(m, o),
		Steps: stepsOf(o.Steps), Elected: o.Elected, Alternates: o.Alternates, AlternatesTied: o.AlternatesTied, TiePending: o.TiePending,
		OpenSeats: o.OpenSeats, Committee: o.Committee, Groups: o.Groups, Selected: o.Selected, RunOff: o.RunOff, TieWay: o.TieWay, Lots: drawnOf(o.Lots)}
	for _, name := range voting.VariantNames {
		if other, there := o.Variants[name]; there {
			outcome.Variants = append(outcome.Variants, variantJSON{Name: name, Outcome: outcomeOf(m, other)})
		}
	}
	return outcome
}

type decidedJSON struct {
	MatterID string        `json:"matter_id"`
	Position int64         `json:"position"`
	Title    string        `json:"title"`
	Rule     voting.Matter `json:"rule"`
	Outcome  outcomeJSON   `json:"outcome"`
	Effect   voting.Effect `json:"effect,omitempty"` // of a matter that depends on another
	Needed   string        `json:"needed,omitempty"` // in Chinese: what would have changed the outcome

	Delivery *deliveryCountJSON `json:"delivery,omitempty"`   // where a register of deliveries was kept
	Robust   *robustnessJSON    `json:"robustness,omitempty"` // while objections about ballots are open
}

// robustnessJSON tells what the ballots under open objections could change; where it is not known which ballots they are,
// the largest areas are assumed. It changes with the objections and is no part of the stored result.
type robustnessJSON struct {
	Disputed int64           `json:"disputed_ballots"`
	Stands   bool            `json:"stands"`
	Exact    bool            `json:"exact"`
	Could    []voting.Result `json:"could"`
	Unsafe   []string        `json:"unsafe,omitempty"`
	Sentence string          `json:"sentence"` // in Chinese, as the page prints it
}

func robustnessOf(m models.MatterResult, r voting.Robustness) *robustnessJSON {
	answer := &robustnessJSON{Disputed: r.Disputed.Ballots, Stands: r.Stands, Exact: r.Exact, Could: r.Could, Unsafe: r.Unsafe,
		Sentence: explain.Robust(m.Rule, r, explain.Names{Title: m.Title})}
	if answer.Could == nil {
		answer.Could = []voting.Result{}
	}
	return answer
}

// deliveryCountJSON tells what became of the sheets of everybody in the scope.
type deliveryCountJSON struct {
	DeliveredHeads int64       `json:"delivered_heads"` // with proof, those included who voted
	Classes        []classJSON `json:"classes"`
}

// decidedOf are the matters of a count; robust is as models.Store.Robustness gives it, nil for a record.
func decidedOf(list []models.MatterResult, robust map[string]voting.Robustness) []decidedJSON {
	decided, effects := make([]decidedJSON, len(list)), models.Effects(list)
	for i, m := range list {
		decided[i] = decidedJSON{MatterID: m.MatterID, Position: m.Position, Title: m.Title, Rule: m.Rule, Outcome: outcomeOf(m.Rule, m.Outcome),
			Needed: explain.Needed(m.Rule, m.Outcome)}
		if m.Rule.LinkedTo > 0 {
			decided[i].Effect = effects[i]
		}
		if r, disputed := robust[m.MatterID]; disputed {
			decided[i].Robust = robustnessOf(m, r)
		}
		if m.Delivery != nil {
			decided[i].Delivery = &deliveryCountJSON{DeliveredHeads: m.Delivery.Delivered.Heads, Classes: classesOf(*m.Delivery)}
		}
	}
	return decided
}

type resultJSON struct {
	Stage   models.ResultStage `json:"stage"`
	At      int64              `json:"made_at"`
	SHA256  string             `json:"sha256"`
	Ballots int64              `json:"ballots"`
	Matters []decidedJSON      `json:"matters"`
}

func resultOf(result models.Result, robust map[string]voting.Robustness) resultJSON {
	return resultJSON{Stage: result.Stage, At: result.At, SHA256: result.SHA256, Ballots: result.Ballots, Matters: decidedOf(result.Matters, robust)}
}

type filingJSON struct {
	ID           string                `json:"id"`
	CommunityID  string                `json:"community_id"`
	MeetingID    string                `json:"meeting_id"`
	Version      int64                 `json:"version"`
	Kind         lifecycle.FilingKind  `json:"kind"`
	State        lifecycle.FilingState `json:"state"`
	Certifier    rules.Word            `json:"certifier"`
	Note         string                `json:"note,omitempty"` // the convener's
	Record       filingRecordJSON      `json:"record"`
	RecordSHA256 string                `json:"record_sha256"`
	SubmittedAt  int64                 `json:"submitted_at"`
	ReceivedAt   int64                 `json:"received_at,omitempty"`
	DueAt        int64                 `json:"due_at,omitempty"`
	Clock        *models.FilingClock   `json:"clock,omitempty"`
	DecidedAt    int64                 `json:"decided_at,omitempty"`
	Reasons      string                `json:"reasons,omitempty"`
	Ground       string                `json:"ground,omitempty"`
	Defects      []models.FilingDefect `json:"defects,omitempty"`
	EndedAt      int64                 `json:"ended_at,omitempty"`
	EndedReason  string                `json:"ended_reason,omitempty"`
	ReplacedBy   string                `json:"replaced_by,omitempty"`

	Particulars models.FilingParticulars `json:"particulars"`
	Checks      []models.FilingCheck     `json:"checks"`
	Number      string                   `json:"number,omitempty"`
	CheckCode   string                   `json:"check_code,omitempty"`
}

// filingRecordJSON is what was handed in, fixed at that moment.
type filingRecordJSON struct {
	Community     string                 `json:"community"`
	Street        string                 `json:"street"`
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
	Total         weightJSON             `json:"total"`
	ResultSHA256  string                 `json:"result_sha256"`
	Ballots       int64                  `json:"ballots"`
	Matters       []decidedJSON          `json:"matters"`
	Checkpoint    string                 `json:"checkpoint"`
	Objections    int64                  `json:"objections"`
	Amendments    int64                  `json:"roster_amendments,omitempty"` // of the roster after the notice, for later meetings
	Files         []models.FilingFile    `json:"files"`
	PackageSHA256 string                 `json:"package_sha256,omitempty"` // of the zip that was handed in
}

func filingOf(f models.Filing) filingJSON {
	r := f.Record
	record := filingRecordJSON{Community: r.Community, Street: r.Street, Title: r.Title, ConvenerKind: r.ConvenerKind, ConvenerName: r.ConvenerName,
		NoticedAt: r.NoticedAt, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt, PublishedAt: r.PublishedAt, NoticeHash: r.NoticeHash,
		RosterVersion: r.RosterVersion, RosterRoot: r.RosterRoot, Total: weightOf(r.Total), ResultSHA256: r.ResultSHA256, Ballots: r.Ballots,
		Matters: decidedOf(r.Matters, nil), Checkpoint: r.Checkpoint, Objections: r.Objections, Amendments: r.Amendments, Files: r.Files, PackageSHA256: r.Package}
	if record.Files == nil {
		record.Files = []models.FilingFile{}
	}
	checks := f.Checks
	if checks == nil {
		checks = []models.FilingCheck{}
	}
	answer := filingJSON{ID: f.ID, CommunityID: f.CommunityID, MeetingID: f.MeetingID, Version: f.Version, Kind: f.Kind, State: f.State, Note: f.Remark,
		Certifier: f.Certifier, ReceivedAt: f.ReceivedAt, DueAt: f.DueAt, Ground: string(f.Ground), Defects: f.Defects, EndedAt: f.EndedAt,
		EndedReason: f.EndedReason, ReplacedBy: f.ReplacedBy, Particulars: f.Particulars,
		Record: record, RecordSHA256: f.RecordSHA256, SubmittedAt: f.SubmittedAt, DecidedAt: f.DecidedAt, Reasons: f.Reasons,
		Checks: checks, Number: f.Number, CheckCode: f.CheckCode}
	if f.Clock.Days > 0 {
		answer.Clock = &f.Clock
	}
	return answer
}
