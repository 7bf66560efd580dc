package disclosure_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
	"gongjue/voting/roster"
)

func year(n int) disclosure.Period {
	return disclosure.Period{From: calendar.Date(n, 1, 1), To: calendar.EndOfDay(calendar.Date(n, 12, 31), 0)}
}

// full is a statement that can be published on the first moment after its year.
func full() disclosure.Statement {
	s := disclosure.Statement{Period: year(2025), Opening: &disclosure.Balances{Common: 1_000, Fund: 50_000}, Nothing: []disclosure.Section{disclosure.FundIn},
		Lines: map[disclosure.Section]int{disclosure.Revenue: 2, disclosure.Expense: 1, disclosure.FundUse: 1}}
	s.Sums = disclosure.Sums{Revenue: 9_000, Expense: 2_500, FundUse: 20_000}
	return s
}

func codes(found []*voting.Refusal) (list []string) {
	for _, r := range found {
		list = append(list, string(r.Code)+" "+r.Field)
	}
	return list
}

func TestClosingBalancesAreReckonedAndWhatIsInTheWayIsSaid(t *testing.T) {
	after := year(2025).To + 1
	closed, found := full().Close(after)
	if found != nil || closed.Differs || closed.Closing != (disclosure.Balances{Common: 7_500, Fund: 30_000}) {
		t.Fatalf("closed %+v, %v", closed, codes(found))
	}
	same := disclosure.Balances{Common: 1_000, Fund: 50_000}
	for name, c := range map[string]struct {
		spoil func(*disclosure.Statement)
		want  []string
	}{
		"an opening as it was published last":            {func(s *disclosure.Statement) { s.Before = &same }, nil},
		"one fen apart in the common revenue":            {func(s *disclosure.Statement) { s.Before = &disclosure.Balances{Common: 999, Fund: 50_000} }, []string{"opening_differs opening_reason"}},
		"one fen apart in the fund":                      {func(s *disclosure.Statement) { s.Before = &disclosure.Balances{Common: 1_000, Fund: 50_001} }, []string{"opening_differs opening_reason"}},
		"apart for a reason":                             {func(s *disclosure.Statement) { s.Before, s.Reason = &disclosure.Balances{}, "审计调整" }, nil},
		"no opening":                                     {func(s *disclosure.Statement) { s.Opening = nil }, []string{"opening_missing common_opening"}},
		"an empty section that nobody said was empty":    {func(s *disclosure.Statement) { s.Nothing = nil }, []string{"section_empty fund_in"}},
		"a section that was said to be empty and is not": {func(s *disclosure.Statement) { s.Nothing = append(s.Nothing, disclosure.Revenue) }, []string{"section_not_empty revenue"}},
		"a period that ends today":                       {func(s *disclosure.Statement) { s.Period.To = calendar.EndOfDay(after, 0) }, []string{"period_not_over to"}},
		"a day too much":                                 {func(s *disclosure.Statement) { s.Period.From = calendar.Date(2023, 12, 31) }, []string{"period_invalid to"}},
		"two years":                                      {func(s *disclosure.Statement) { s.Period.From = calendar.Date(2024, 1, 1) }, nil},
		"a period that ends before it begins":            {func(s *disclosure.Statement) { s.Period.To = s.Period.From - 1 }, []string{"period_invalid to"}},
		"as many lines as fit":                           {func(s *disclosure.Statement) { s.Lines[disclosure.Revenue] = disclosure.MostLines - 2 }, nil},
		"one line more":                                  {func(s *disclosure.Statement) { s.Lines[disclosure.Revenue] = disclosure.MostLines - 1 }, []string{"too_many_lines lines"}},
		"a balance beyond what is printed exactly":       {func(s *disclosure.Statement) { s.Opening.Common = 999_999_999_999_999 }, []string{"amount_too_big opening"}},
	} {
		s := full()
		c.spoil(&s)
		if _, found := s.Close(after); !slices.Equal(codes(found), c.want) {
			t.Errorf("%s: %v, want %v", name, codes(found), c.want)
		}
	}
	s := full()
	s.Before, s.Reason = &disclosure.Balances{}, "审计调整"
	if closed, _ := s.Close(after); !closed.Differs {
		t.Error("an opening with a reason is not marked")
	}
}

func TestALineIsHeldToItsMarkAndNoSumRunsOver(t *testing.T) {
	for name, c := range map[string]struct {
		line disclosure.Amount
		want string
	}{
		"one fen":                         {disclosure.Amount{Section: disclosure.Revenue, Fen: 1}, ""},
		"money that came back":            {disclosure.Amount{Section: disclosure.Expense, Fen: -1, Returned: true}, ""},
		"nothing":                         {disclosure.Amount{Section: disclosure.Revenue}, "amount_zero"},
		"nothing that came back":          {disclosure.Amount{Section: disclosure.Revenue, Returned: true}, "amount_zero"},
		"below zero without a mark":       {disclosure.Amount{Section: disclosure.FundUse, Fen: -1}, "amount_negative"},
		"above zero with the mark":        {disclosure.Amount{Section: disclosure.FundUse, Fen: 1, Returned: true}, "bad_value"},
		"no section":                      {disclosure.Amount{Fen: 1}, "bad_value"},
		"as much as fits":                 {disclosure.Amount{Section: disclosure.FundIn, Fen: 999_999_999_999_999}, ""},
		"one fen more":                    {disclosure.Amount{Section: disclosure.FundIn, Fen: 1_000_000_000_000_000}, "amount_too_big"},
		"more than a machine can count":   {disclosure.Amount{Section: disclosure.FundIn, Fen: math.MaxInt64}, "amount_too_big"},
		"as little as a machine can hold": {disclosure.Amount{Section: disclosure.FundIn, Fen: math.MinInt64, Returned: true}, "amount_too_big"},
	} {
		got := ""
		if refusal := new(disclosure.Sums).Add(c.line); refusal != nil {
			got = string(refusal.Code)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	var sums disclosure.Sums
	for _, section := range disclosure.Sections {
		for n, fen := range []voting.Money{700, -200} {
			if refusal := sums.Add(disclosure.Amount{Section: section, Fen: fen, Returned: n == 1}); refusal != nil {
				t.Fatal(refusal)
			}
		}
		if sums.Of(section) != 500 {
			t.Errorf("%s is %s", section, sums.Of(section))
		}
	}
}

var words = disclosure.Words{
	Headers:  map[disclosure.Column]string{"section": "表", "item": "项目", "place": "部位", "basis": "依据", "amount": "金额", "returned": "退回", "note": "说明"},
	Sections: map[disclosure.Section]string{disclosure.Revenue: "收入", disclosure.Expense: "支出", disclosure.FundIn: "资金增加", disclosure.FundUse: "资金使用"},
	Returned: []string{"是"}, Bases: map[string]disclosure.Basis{"应急1": {EmergencyID: "e1"}},
}

func sheet(rows ...[]string) []roster.Sheet {
	list := []roster.Row{{Number: 1, Cells: []string{"某小区 2025 年"}}, {Number: 2, Cells: []string{"表", "项目", "部位", "依据", "金额", "退回", "说明"}}}
	for i, cells := range rows {
		list = append(list, roster.Row{Number: i + 3, Cells: cells})
	}
	return []roster.Sheet{{Name: "说明", Rows: []roster.Row{{Number: 1, Cells: []string{"怎样填"}}}}, {Name: "明细", Rows: list}}
}

func TestAWorkbookIsReadWholeOrNotAtAll(t *testing.T) {
	lines, issues := disclosure.Read(sheet([]string{"收入", "电梯广告", "1号楼", "", "1,200.50"}, []string{"", " ", ""}, []string{"资金使用", "更换水泵", "", "应急1", "30000", "", "验收合格"},
		[]string{"支出", "退回押金", "", "", "80", "是"}, []string{"支出", "退回押金", "", "", "-80", "是"}), words)
	if issues != nil || len(lines) != 4 || lines[0].Fen != 120_050 || lines[1].Basis.EmergencyID != "e1" || lines[2].Fen != -8_000 || lines[3].Amount != lines[2].Amount {
		t.Fatalf("read %+v, %+v", lines, issues)
	}
	for name, c := range map[string]struct {
		row  []string
		want disclosure.Issue
	}{
		"a section of nobody's":        {[]string{"别的", "一", "", "", "1"}, disclosure.Issue{Row: 3, Column: "section", Code: "section_unknown"}},
		"no item":                      {[]string{"收入", "", "", "", "1"}, disclosure.Issue{Row: 3, Column: "item", Code: "required"}},
		"a phone":                      {[]string{"收入", "一", "", "", "1", "", "电话 19900001234"}, disclosure.Issue{Row: 3, Column: "note", Code: "reason_names_person"}},
		"an amount in words":           {[]string{"收入", "一", "", "", "一百"}, disclosure.Issue{Row: 3, Column: "amount", Code: "not_an_amount"}},
		"a third decimal":              {[]string{"收入", "一", "", "", "1.005"}, disclosure.Issue{Row: 3, Column: "amount", Code: "not_an_amount"}},
		"no amount":                    {[]string{"收入", "一"}, disclosure.Issue{Row: 3, Column: "amount", Code: "not_an_amount"}},
		"below zero without a mark":    {[]string{"收入", "一", "", "", "-1"}, disclosure.Issue{Row: 3, Column: "amount", Code: "amount_negative"}},
		"a mark that says nothing":     {[]string{"收入", "一", "", "", "1", "也许"}, disclosure.Issue{Row: 3, Column: "returned", Code: "returned_unknown"}},
		"a decision that nobody took":  {[]string{"资金使用", "一", "", "应急9", "1"}, disclosure.Issue{Row: 3, Column: "basis", Code: "basis_unknown"}},
		"a decision behind an expense": {[]string{"支出", "一", "", "应急1", "1"}, disclosure.Issue{Row: 3, Column: "basis", Code: "basis_unknown"}},
	} {
		if _, issues := disclosure.Read(sheet(c.row), words); len(issues) != 1 || issues[0] != c.want {
			t.Errorf("%s: %+v, want %+v", name, issues, c.want)
		}
	}
	missing := sheet()
	missing[1].Rows[1].Cells[3] = "凭什么"
	if _, issues := disclosure.Read(missing, words); len(issues) != 1 || issues[0] != (disclosure.Issue{Row: 2, Column: "basis", Code: "header_missing"}) {
		t.Errorf("a missing header: %+v", issues)
	}
	if _, issues := disclosure.Read(sheet()[:1], words); len(issues) != 1 || issues[0].Code != "header_missing" {
		t.Errorf("another workbook: %+v", issues)
	}
}

func TestALargeWorkbookIsBounded(t *testing.T) {
	rows := make([][]string, disclosure.MostLines)
	for i := range rows {
		rows[i] = []string{"收入", "车位 " + strconv.Itoa(i), "", "", "1"}
	}
	if lines, issues := disclosure.Read(sheet(rows...), words); len(lines) != disclosure.MostLines || issues != nil {
		t.Errorf("%d lines, %+v", len(lines), issues)
	}
	if _, issues := disclosure.Read(sheet(append(rows, rows[0])...), words); len(issues) != 1 || issues[0].Code != "too_many_lines" {
		t.Errorf("one more: %+v", issues)
	}
	for i := range rows {
		rows[i] = []string{"别的", "", "", "", ""}
	}
	if lines, issues := disclosure.Read(sheet(rows...), words); lines != nil || len(issues) != 100 {
		t.Errorf("%d issues of a sheet of another kind", len(issues))
	}
}

func TestWhatIsDueFollowsFromTheRule(t *testing.T) {
	half := disclosure.Rule{Months: 6}
	yearly := disclosure.Rule{Month: 4, Day: 30, Since: calendar.Date(2024, 6, 1)}
	began := calendar.Date(2023, 3, 1)
	end := func(y, m, d int) int64 { return calendar.EndOfDay(calendar.Date(y, m, d), 0) }
	notice := int64(61 * 86_400_000)
	of := func(at int64, to int64) []disclosure.Published { return []disclosure.Published{{At: at, To: to}} }
	for name, c := range map[string]struct {
		rule      disclosure.Rule
		at, began int64
		published []disclosure.Published
		by        int64 // 0: nothing waits
	}{
		"the half year before went without":                 {half, calendar.Date(2026, 2, 1), began, nil, end(2025, 12, 31)},
		"on the last moment of a half year":                 {half, end(2025, 12, 31), began, of(calendar.Date(2025, 3, 1), 0), end(2025, 12, 31)},
		"one ms later it is late":                           {half, end(2025, 12, 31) + 1, began, of(calendar.Date(2025, 3, 1), 0), end(2025, 12, 31)},
		"published on the first moment of the half year":    {half, calendar.Date(2025, 12, 1), began, of(calendar.Date(2025, 7, 1), 0), 0},
		"published one ms before it":                        {half, calendar.Date(2025, 12, 1), began, of(calendar.Date(2025, 7, 1)-1, 0), end(2025, 12, 31)},
		"published late mends it":                           {half, calendar.Date(2026, 2, 1), began, of(calendar.Date(2026, 1, 20), 0), 0},
		"a body of this half year owes nothing of the last": {half, calendar.Date(2026, 2, 1), calendar.Date(2025, 9, 1), nil, 0},
		"no rule":                                      {disclosure.Rule{}, calendar.Date(2026, 2, 1), began, nil, 0},
		"the street's day is over":                     {yearly, end(2026, 4, 30) + 1, began, of(calendar.Date(2025, 4, 1), end(2024, 12, 31)), end(2026, 4, 30)},
		"the street's day has come":                    {yearly, end(2026, 4, 30), began, of(calendar.Date(2025, 4, 1), end(2024, 12, 31)), end(2026, 4, 30)},
		"the year before is covered":                   {yearly, end(2026, 4, 30) + 1, began, of(calendar.Date(2026, 4, 1), end(2025, 12, 31)), 0},
		"all but its last day is covered":              {yearly, end(2026, 4, 30) + 1, began, of(calendar.Date(2026, 4, 1), end(2025, 12, 30)), end(2026, 4, 30)},
		"a day before the street spoke is not due":     {yearly, calendar.Date(2024, 7, 1), began, nil, 0},
		"a year that ended before there was a body":    {yearly, end(2026, 4, 30) + 1, calendar.Date(2026, 1, 1), nil, 0},
		"a body of the last day of the year":           {yearly, end(2026, 4, 30) + 1, calendar.Date(2025, 12, 31), nil, end(2026, 4, 30)},
		"two years went without: the newer one counts": {yearly, calendar.Date(2026, 9, 1), began, nil, end(2026, 4, 30)},
	} {
		due := c.rule.Open(c.at, c.began, notice, c.published)
		if due == nil != (c.by == 0) || due != nil && (due.By != c.by || due.Late(c.at) != (c.by < c.at)) {
			t.Errorf("%s: %+v, want %d", name, due, c.by)
		}
	}
}

func TestADayOfEveryYear(t *testing.T) {
	for day, want := range map[[2]int]bool{{4, 30}: true, {4, 31}: false, {2, 28}: true, {2, 29}: false, {12, 31}: true, {0, 1}: false, {13, 1}: false, {1, 0}: false, {1, 32}: false, {-1, 5}: false} {
		if got := disclosure.EveryYear(day[0], day[1]); got != want {
			t.Errorf("%v: %v", day, got)
		}
	}
	if !year(2025).Whole() || (disclosure.Period{From: year(2025).From, To: year(2025).To - 1}).Whole() {
		t.Error("a year is not told from another period")
	}
	if !year(2025).Overlaps(disclosure.Period{From: year(2025).To, To: year(2026).To}) || year(2025).Overlaps(year(2026)) {
		t.Error("neighbours overlap")
	}
}
