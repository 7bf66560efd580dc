package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Basis is where a clause comes from: the article that sets it, or nothing but a default that the notice
// announces because no law speaks.
type Basis struct {
	Announced bool    `yaml:"announced" json:"announced,omitempty"`
	Source    *Source `yaml:"source" json:"source,omitempty"`
	Note      string  `yaml:"note" json:"note,omitempty"`   // our own words
	Quote     string  `yaml:"quote" json:"quote,omitempty"` // the words of the text
}

func (b *Basis) basis() *Basis { return b }

func (b *Basis) checkBasis() error {
	switch {
	case b.Announced == (b.Source != nil):
		return errors.New("needs either a source or announced: true")
	case b.Source != nil:
		return b.Source.check()
	}
	return nil
}

// clause is one rule of a procedure.
type clause interface {
	basis() *Basis
	checkBasis() error
	checkValue(words []Word) error
}

// Word is one of the values that a clause may name; the list of each parameter stands in the table of
// parameters.
type Word string

// The words, by the clause that uses them.
const (
	CitySystemOnly   Word = "city_system_only"  // evote: the authority's platform alone; then paper, and its result imported
	RecognisedSystem Word = "recognised_system" // evote: the city's or a recognised platform
	RealNameAny      Word = "real_name_any"     // evote: any system that establishes who votes
	Permitted        Word = "permitted"         // evote: allowed, and the text names no system
	NotProvided      Word = "not_provided"      // evote: not among the forms of the text

	OnRequest     Word = "on_request"       // paper: electronic by default
	AtTheSameTime Word = "at_the_same_time" // paper: online and offline together, counted together

	ByAdoptedRules     Word = "by_adopted_rules"     // silence: only by rules adopted before
	InterimCovenantToo Word = "interim_covenant_too" // silence: the interim covenant may carry the rule as well

	Excluded Word = "excluded" // parking: its area does not count; firm_staff_proxy: they may not be proxies
	ByRules  Word = "by_rules" // parking: the rules of procedure decide

	AnnouncedOnly Word = "announced_only" // agenda: nothing else may be voted on

	HeadsThenArea  Word = "heads_then_area"  // rank
	Revote         Word = "revote"           // tie
	FurtherVote    Word = "further_vote"     // shortfall
	OverHalfStands Word = "over_half_stands" // shortfall: more than half of the seats, and the minimum, already stand
	PassedByVotes  Word = "passed_by_votes"  // alternates_order: those who reached the majorities, by votes

	Counted Word = "counted" // void ballots take part

	TermAndOneYear Word = "term_and_one_year" // retention: the term, a year after knowledge, and until suits end

	NoDelegation  Word = "none"             // delegation of the assembly's matters to the committee
	OverHalfOfAll Word = "over_half_of_all" // committee_decision
	HalfOfAll     Word = "half_of_all"      // committee_decision: exactly half is enough (半数以上)

	BelowHalf           Word = "below_half"             // re_election: of all members
	BelowHalfOrSmallest Word = "below_half_or_smallest" // re_election: or fewer than the smallest committee

	NewCommittee Word = "new_committee" // handover_from: the next committee was elected
	RenewalGroup Word = "renewal_group" // handover_from: the renewal group was formed

	HousingOffice Word = "housing_office" // handover_to: of the place (房管机构)

	FrozenFirm  Word = "firm"  // frozen_powers: hiring and dismissing
	FrozenFees  Word = "fees"  // frozen_powers: of the firm
	FrozenWorks Word = "works" // frozen_powers: repairs, renewals and conversions of weight

	AfterOrder     Word = "after_order"     // street_convenes: once an order with a time limit was not followed
	AskedByOwners  Word = "asked_by_owners" // street_convenes: the same, and owners ask for it
	WithoutAnOrder Word = "without_order"   // street_convenes: at once

	StreetOffice       Word = "street"
	DistrictAuthority  Word = "district"
	ResidentsCommittee Word = "residents_committee"

	MeetingRecord    Word = "meeting_record" // papers of a filing, the usual ones
	AssemblyDecision Word = "assembly_decision"
	AssemblyRules    Word = "assembly_rules"
	Covenant         Word = "covenant"
	CommitteeMembers Word = "committee_members"
	CommitteeMinutes Word = "committee_minutes" // and further ones
	FundCovenant     Word = "fund_covenant"
	Promises         Word = "promises"
	TrainingRecords  Word = "training_records"
	SignedReport     Word = "signed_report"
	WorkRules        Word = "work_rules"
	DivisionOfWork   Word = "division_of_work"
	Contacts         Word = "contacts"

	ByDeliveredArea      Word = "area" // eligibility: what the delivered share is a share of
	ByDeliveredFloorArea Word = "floor_area"
	ByDeliveredHeads     Word = "heads"
	ByDelivered          Word = "delivered" // as the text measures it
)

// Clause is a number of days, calendar days unless the name of the parameter says working days.
type Clause struct {
	Days  int `yaml:"days" json:"days"`
	Basis `yaml:",inline"`
}

func (c *Clause) checkValue([]Word) error { return within("days", c.Days, mostDays) }

// Choice is one of the words of its parameter.
type Choice struct {
	Value Word `yaml:"value" json:"value"`
	Basis `yaml:",inline"`
}

func (c *Choice) checkValue(words []Word) error { return known(c.Value, words) }

// Listing is some of the words of its parameter. Required are those of them that the text itself names as part of a filing:
// nothing is handed in without them. The others are asked for, and whoever files without them is warned.
type Listing struct {
	Values   []Word `yaml:"values" json:"values"`
	Required []Word `yaml:"required" json:"required,omitempty"`
	Basis    `yaml:",inline"`
}

func (c *Listing) has(word Word) bool { return slices.Contains(c.Values, word) }

func (c *Listing) needs(word Word) bool { return slices.Contains(c.Required, word) }

func (c *Listing) checkValue(words []Word) error {
	if len(c.Values) == 0 {
		return errors.New("values are missing")
	}
	for i, value := range c.Values {
		if slices.Contains(c.Values[:i], value) {
			return fmt.Errorf("%q twice", value)
		}
		if err := known(value, words); err != nil {
			return err
		}
	}
	for _, value := range c.Required {
		if err := known(value, c.Values); err != nil {
			return fmt.Errorf("required: %w", err)
		}
	}
	return nil
}

// Number is a count or a number of months.
type Number struct {
	Number int `yaml:"number" json:"number"`
	Basis  `yaml:",inline"`
}

func (c *Number) checkValue([]Word) error { return within("number", c.Number, 100) }

// Range is a smallest and a largest number; Max 0 means without end.
type Range struct {
	Min   int `yaml:"min" json:"min"`
	Max   int `yaml:"max" json:"max,omitempty"`
	Basis `yaml:",inline"`
}

func (c *Range) checkValue([]Word) error { return span(c.Min, c.Max) }

// Share is a fraction up to one that includes its own number: 百分之二十以上, 不超过二分之一.
type Share struct {
	Num   int64 `yaml:"num" json:"num"`
	Den   int64 `yaml:"den" json:"den"`
	Basis `yaml:",inline"`
}

func (c *Share) checkValue([]Word) error { return fraction(c.Num, c.Den) }

// ProxyCap is the most owners whom one agent may stand for, or that the rules of procedure may set it.
type ProxyCap struct {
	Most    int  `yaml:"most" json:"most,omitempty"`
	ByRules bool `yaml:"by_rules" json:"by_rules,omitempty"`
	Basis   `yaml:",inline"`
}

func (c *ProxyCap) checkValue([]Word) error {
	if c.ByRules == (c.Most > 0) || c.Most < 0 || c.Most > 100 {
		return errors.New("needs either most or by_rules")
	}
	return nil
}

// Eligibility are the conditions of the first meeting; one of them is enough.
type Eligibility struct {
	AnyOf []Delivered `yaml:"any_of" json:"any_of"`
	Basis `yaml:",inline"`
}

// Delivered is a share handed over to owners, its own number included, or years since the first hand-over,
// or both together.
type Delivered struct {
	Measure Word  `yaml:"measure" json:"measure,omitempty"`
	Num     int64 `yaml:"num" json:"num,omitempty"`
	Den     int64 `yaml:"den" json:"den,omitempty"`
	Years   int   `yaml:"years" json:"years,omitempty"`
}

func (c *Eligibility) checkValue(words []Word) error {
	if len(c.AnyOf) == 0 {
		return errors.New("any_of is missing")
	}
	for i, test := range c.AnyOf {
		if test.Measure == "" && test.Num == 0 && test.Den == 0 && test.Years > 0 && test.Years <= 10 {
			continue
		}
		if err := errors.Join(known(test.Measure, words), fraction(test.Num, test.Den)); err != nil || test.Years < 0 || test.Years > 10 {
			return fmt.Errorf("any_of[%d]: neither a share nor years", i)
		}
	}
	return nil
}

// Committee is the size of a 业主委员会; Max 0 means that the text sets none.
type Committee struct {
	Min   int             `yaml:"min" json:"min"`
	Max   int             `yaml:"max" json:"max,omitempty"`
	Odd   bool            `yaml:"odd" json:"odd,omitempty"`
	Small *SmallCommunity `yaml:"small" json:"small,omitempty"`
	Basis `yaml:",inline"`
}

// SmallCommunity is the committee that is enough for few households, or for little floor area in whole m².
type SmallCommunity struct {
	Members    int `yaml:"members" json:"members"`
	Households int `yaml:"households" json:"households,omitempty"` // up to
	AreaM2     int `yaml:"area_m2" json:"area_m2,omitempty"`       // up to
}

func (c *Committee) checkValue([]Word) error {
	if small := c.Small; small != nil && (small.Members < 1 || small.Members >= c.Min || (small.Households > 0) == (small.AreaM2 > 0)) {
		return errors.New("small: fewer members, and either households or area_m2")
	}
	return span(c.Min, c.Max)
}

// InterimBody is the 物业管理委员会: who sits on it, how long, how its list is displayed, and how it decides.
type InterimBody struct {
	Min                int  `yaml:"min" json:"min"`
	Max                int  `yaml:"max" json:"max,omitempty"`
	Odd                bool `yaml:"odd" json:"odd,omitempty"`
	OwnersHalf         bool `yaml:"owners_half" json:"owners_half,omitempty"` // owners are at least one half
	Chair              Word `yaml:"chair" json:"chair,omitempty"`             // whose delegate
	TermYears          int  `yaml:"term_years" json:"term_years,omitempty"`   // at most
	DisplayDays        int  `yaml:"display_days" json:"display_days,omitempty"`
	DisplayWorkingDays int  `yaml:"display_working_days" json:"display_working_days,omitempty"` // of what it decides
	SignedConsent      bool `yaml:"signed_consent" json:"signed_consent,omitempty"`             // only who signed for a decision counts, more than half of all members
	OwnersPresent      bool `yaml:"owners_present" json:"owners_present,omitempty"`             // more than half of the owners among them are at its meetings
	Basis              `yaml:",inline"`
}

func (c *InterimBody) checkValue(words []Word) error {
	for _, number := range []int{c.TermYears, c.DisplayDays, c.DisplayWorkingDays} {
		if number < 0 || number > mostDays {
			return errors.New("term or display out of range")
		}
	}
	if c.Chair != "" {
		if err := known(c.Chair, words); err != nil {
			return err
		}
	}
	return span(c.Min, c.Max)
}

// check holds a provision to one sentence with its article.
func (p Provision) check() error {
	if strings.TrimSpace(p.Text) == "" {
		return errors.New("text is missing")
	}
	return p.Source.check()
}

func known(value Word, words []Word) error {
	if !slices.Contains(words, value) {
		return fmt.Errorf("%q is none of %v", value, words)
	}
	return nil
}

func within(name string, number, most int) error {
	if number < 1 || number > most {
		return fmt.Errorf("%s %d is not from 1 to %d", name, number, most)
	}
	return nil
}

func span(low, high int) error {
	if low < 0 || high < 0 || low > mostDays || high > mostDays || (low == 0 && high == 0) || (high > 0 && high < low) {
		return errors.New("min and max are no range")
	}
	return nil
}

func fraction(num, den int64) error {
	if num < 1 || num > den || den > 100 {
		return errors.New("not a fraction up to one")
	}
	return nil
}
