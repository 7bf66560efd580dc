// Package disclosure reckons what a committee discloses to the owners of a community: the common revenue that is theirs
// (民法典第282条), what the maintenance fund took in and was used for (民法典第281条), and what the committee spent. Totals and
// closing balances are computed here and typed nowhere. It publishes, it keeps no accounts.
package disclosure

import (
	"slices"

	"gongjue/voting"
)

// Section is one of the tables of a disclosure.
type Section string

// The sections. Expenses are paid out of the common revenue; the fund has an account of its own.
const (
	Revenue Section = "revenue"
	Expense Section = "expense"
	FundIn  Section = "fund_in"
	FundUse Section = "fund_use"
)

// Sections lists every section in the order of a page.
var Sections = []Section{Revenue, Expense, FundIn, FundUse}

// Bounds of a disclosure: lines of all sections together, and months of its period.
const (
	MostLines  = 10_000
	MostMonths = 24
)

// The codes of this package, beside those of voting.
const (
	CodeOverflow      voting.Code = "amount_too_big"
	CodeNegative      voting.Code = "amount_negative" // without being marked as money that came back
	CodeNothing       voting.Code = "amount_zero"
	CodeUndeclared    voting.Code = "section_empty"     // a section without lines, and nobody said that there is nothing
	CodeDeclared      voting.Code = "section_not_empty" // said to hold nothing, and it has lines
	CodeOpening       voting.Code = "opening_differs"   // from the last closing balance, without a reason
	CodeTooManyLines  voting.Code = "too_many_lines"
	CodeNoOpening     voting.Code = "opening_missing"
	CodePeriod        voting.Code = "period_invalid"
	CodePeriodNotOver voting.Code = "period_not_over"
)

// Codes lists every code of this package.
var Codes = []voting.Code{CodeOverflow, CodeNegative, CodeNothing, CodeUndeclared, CodeDeclared, CodeOpening, CodeTooManyLines, CodeNoOpening, CodePeriod, CodePeriodNotOver,
	CodeUnknownHeader, CodeUnknownSection, CodeUnknownBasis, CodeUnknownAmount, CodeUnknownMark, CodeHoldsNumber, CodeTooLong, CodeRequired}

// Amount is one line as it is reckoned. Money that came back is marked, and its amount is below zero; every other is above.
type Amount struct {
	Section  Section
	Fen      voting.Money
	Returned bool
}

// Check holds a line to its mark. Refusals: bad_value (section), amount_zero, amount_negative.
func (a Amount) Check() *voting.Refusal {
	switch {
	case !slices.Contains(Sections, a.Section):
		return &voting.Refusal{Code: voting.CodeBadValue, Field: "section"}
	case a.Fen == 0:
		return &voting.Refusal{Code: CodeNothing, Field: "amount"}
	case a.Fen < 0 && !a.Returned:
		return &voting.Refusal{Code: CodeNegative, Field: "amount"}
	case a.Fen > 0 && a.Returned:
		return &voting.Refusal{Code: voting.CodeBadValue, Field: "returned"}
	}
	return nil
}

// Balances are the two accounts at one moment.
type Balances struct {
	Common voting.Money // the common revenue
	Fund   voting.Money // the maintenance fund
}

// Sums are the totals of the sections.
type Sums struct {
	Revenue, Expense, FundIn, FundUse voting.Money
}

// Of is the total of one section.
func (s Sums) Of(section Section) voting.Money {
	switch section {
	case Revenue:
		return s.Revenue
	case Expense:
		return s.Expense
	case FundIn:
		return s.FundIn
	}
	return s.FundUse
}

// Add takes in one line. Refusals: those of [Amount.Check], amount_too_big.
func (s *Sums) Add(line Amount) *voting.Refusal {
	if refusal := line.Check(); refusal != nil {
		return refusal
	}
	sum := map[Section]*voting.Money{Revenue: &s.Revenue, Expense: &s.Expense, FundIn: &s.FundIn, FundUse: &s.FundUse}[line.Section]
	total, ok := plus(*sum, line.Fen)
	if !ok {
		return tooBig("amount")
	}
	*sum = total
	return nil
}

// Closing gives the balances at the end of a period. Refusal: amount_too_big.
func (s Sums) Closing(opening Balances) (Balances, *voting.Refusal) {
	common, one := plus(opening.Common, s.Revenue)
	common, two := plus(common, -s.Expense)
	fund, three := plus(opening.Fund, s.FundIn)
	fund, four := plus(fund, -s.FundUse)
	if !one || !two || !three || !four {
		return Balances{}, tooBig("opening")
	}
	return Balances{Common: common, Fund: fund}, nil
}

func tooBig(field string) *voting.Refusal { return &voting.Refusal{Code: CodeOverflow, Field: field} }

// most bounds every sum to what is read and printed exactly anywhere, a spreadsheet included: fifteen digits.
const most = 999_999_999_999_999

func plus(a, b voting.Money) (voting.Money, bool) {
	if a > most || a < -most || b > most || b < -most {
		return 0, false
	}
	sum := a + b
	return sum, sum <= most && sum >= -most
}

// Statement is what is about to be published.
type Statement struct {
	Period  Period
	Opening *Balances // nil where nobody said it
	Before  *Balances // closing balances that were published last; nil for the first disclosure
	Reason  string    // why the opening is not what was published last
	Nothing []Section // that were said to hold nothing
	Lines   map[Section]int
	Sums    Sums
}

// Closed is a statement that can be published.
type Closed struct {
	Closing Balances
	Differs bool // the opening is not what was published last, for the reason that is stated
}

// Close reckons the closing balances, or says everything that stands in the way.
func (s Statement) Close(now int64) (Closed, []*voting.Refusal) {
	var closed Closed
	var found []*voting.Refusal
	add := func(r *voting.Refusal) {
		if r != nil {
			found = append(found, r)
		}
	}
	add(s.Period.Check())
	if s.Period.To >= now {
		add(&voting.Refusal{Code: CodePeriodNotOver, Field: "to"})
	}
	if s.Opening == nil {
		add(&voting.Refusal{Code: CodeNoOpening, Field: "common_opening"})
	} else {
		var refusal *voting.Refusal
		closed.Closing, refusal = s.Sums.Closing(*s.Opening)
		add(refusal)
		if closed.Differs = s.Before != nil && *s.Before != *s.Opening; closed.Differs && s.Reason == "" {
			add(&voting.Refusal{Code: CodeOpening, Field: "opening_reason"})
		}
	}
	lines := 0
	for _, section := range Sections {
		lines += s.Lines[section]
		said := slices.Contains(s.Nothing, section)
		switch {
		case s.Lines[section] == 0 && !said:
			add(&voting.Refusal{Code: CodeUndeclared, Field: string(section)})
		case s.Lines[section] > 0 && said:
			add(&voting.Refusal{Code: CodeDeclared, Field: string(section)})
		}
	}
	if lines > MostLines {
		add(&voting.Refusal{Code: CodeTooManyLines, Field: "lines"})
	}
	return closed, found
}
