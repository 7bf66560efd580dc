package e2e

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongjue/models"
	"gongjue/voting"
)

// tally is the test's own count: heads and cm² of one option, added up from the spreadsheet itself.
type tally struct{ heads, area int64 }

// areas reads building/stair/room → cm² straight from the spreadsheet, with none of the product's code.
func areas(t *testing.T) map[string]int64 {
	t.Helper()
	file, err := excelize.OpenFile(rosterFile)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := file.GetRows(file.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var column map[string]int
	found := map[string]int64{}
	for _, row := range rows {
		if column == nil {
			column = header(row)
			continue
		}
		cell := func(name string) string {
			if i := column[name]; i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		var parts []string
		for _, name := range []string{"楼栋", "单元", "房号"} {
			if cell(name) != "" {
				parts = append(parts, cell(name))
			}
		}
		if cm2, isArea := squareCentimetres(cell("建筑面积(㎡)")); isArea {
			found[strings.Join(parts, "/")] = cm2
		}
	}
	return found
}

func header(row []string) map[string]int {
	column := map[string]int{}
	for i, name := range row {
		column[strings.TrimSpace(name)] = i
	}
	if _, isHeader := column["房号"]; isHeader {
		return column
	}
	return nil
}

func squareCentimetres(text string) (int64, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	cm2 := int64(0)
	for _, r := range whole + (fraction + "0000")[:4] {
		if r < '0' || r > '9' {
			return 0, false
		}
		cm2 = cm2*10 + int64(r-'0')
	}
	return cm2, text != ""
}

// expected counts one matter by hand: who voted at all, and for which option.
func (m *mainJob) expected(matter matterJSON, sizes map[string]int64) (total, voted tally, options map[string]tally) {
	options = map[string]tally{}
	for _, sheet := range m.sheets {
		weight := tally{}
		for _, unit := range sheet.Units {
			if len(matter.Rule.Scope) == 0 || strings.HasPrefix(unit.Place, matter.Rule.Scope[0]+"/") {
				weight.heads = 1
				weight.area += sizes[unit.Place]
			}
		}
		total.heads, total.area = total.heads+weight.heads, total.area+weight.area
		choice, cast := m.cast[sheet.VoterID][matter.ID]
		if !cast {
			continue
		}
		voted.heads, voted.area = voted.heads+weight.heads, voted.area+weight.area
		for _, option := range marked(choice) {
			sum := options[option]
			options[option] = tally{sum.heads + weight.heads, sum.area + weight.area}
		}
	}
	return total, voted, options
}

// marked are the options that a choice is for; a motion's marks stand for themselves.
func marked(choice voting.Choice) []string {
	var names []string
	for name, mark := range choice.Each {
		if mark == voting.Yes {
			names = append(names, name)
		}
	}
	names = append(names, choice.Names...)
	if choice.Mark == voting.Yes || choice.Mark == voting.No {
		names = append(names, string(choice.Mark))
	}
	return names
}

type weightJSON struct {
	Heads   int64 `json:"heads"`
	AreaCM2 int64 `json:"area_cm2"`
}

// resultJSON is what the test reads of a published result.
type resultJSON struct {
	Matters []struct {
		MatterID string `json:"matter_id"`
		Outcome  struct {
			Result   string   `json:"result"`
			Elected  []string `json:"elected"`
			Selected string   `json:"selected"`
			Counted  struct {
				Total   weightJSON `json:"total"`
				Voted   weightJSON `json:"voted"`
				Options []struct {
					Name  string     `json:"name"`
					Votes weightJSON `json:"votes"`
				} `json:"options"`
			} `json:"counted"`
		} `json:"outcome"`
	} `json:"matters"`
}

// publicResult asks for the result as anyone may.
func (m *mainJob) publicResult() resultJSON {
	m.t.Helper()
	var answer struct {
		Result resultJSON `json:"result"`
	}
	m.person().do("GET", "/api/v1/public/meetings/"+m.meeting+"/result", nil, &answer, done)
	return answer.Result
}

// closeAndCount lets the clock close the vote, tries to vote once more, and compares the count.
func (m *mainJob) closeAndCount() {
	m.wait(15 * day)
	var meeting struct {
		State string `json:"state"`
	}
	m.convener.do("GET", m.at(), nil, &meeting, done)
	if meeting.State != "closed" {
		m.t.Fatalf("after the deadline the meeting is %s", meeting.State)
	}
	late := m.person()
	late.refused("POST", "/api/v1/locators/"+m.sheets[0].Token+"/codes", map[string]string{"phone": m.sheets[0].VoterID}, 409, "meeting_closed")
	m.street.refused("POST", m.at("count"), struct{}{}, 403, "forbidden")
	m.teller.do("POST", m.at("count"), struct{}{}, nil, done)
	m.person().refused("GET", "/api/v1/public/meetings/"+m.meeting+"/result", nil, 409, "result_not_ready")
	m.convener.do("POST", m.at("display"), struct{}{}, nil, done)
	m.compare(m.publicResult())
}

func (m *mainJob) compare(result resultJSON) {
	m.t.Helper()
	sizes := areas(m.t)
	if len(sizes) != 956 || len(result.Matters) != len(m.matters) {
		m.t.Fatalf("%d places, %d matters", len(sizes), len(result.Matters))
	}
	for i, matter := range m.matters {
		got := result.Matters[i].Outcome
		total, voted, options := m.expected(matter, sizes)
		if got.Counted.Total != (weightJSON{total.heads, total.area}) || got.Counted.Voted != (weightJSON{voted.heads, voted.area}) {
			m.t.Errorf("matter %d: counted %+v of %+v, want %+v of %+v", i+1, got.Counted.Voted, got.Counted.Total, voted, total)
		}
		for _, option := range got.Counted.Options {
			if want := options[option.Name]; option.Votes != (weightJSON{want.heads, want.area}) {
				m.t.Errorf("matter %d, %s: got %+v, want %+v", i+1, option.Name, option.Votes, want)
			}
		}
		formed := 3*voted.heads >= 2*total.heads && 3*voted.area >= 2*total.area
		if want := wanted(matter, formed, voted, options); got.Result != want {
			m.t.Errorf("matter %d is %s, by hand %s", i+1, got.Result, want)
		}
	}
	if election := result.Matters[1].Outcome; election.Result == "passed" && len(election.Elected) != 5 {
		m.t.Errorf("elected %v", election.Elected)
	}
}

// wanted decides by hand what the law says to a matter.
func wanted(matter matterJSON, formed bool, voted tally, options map[string]tally) string {
	if !formed {
		return "not_formed"
	}
	enough := func(votes tally) bool {
		if matter.Rule.Item == 8 { // three quarters and more
			return 4*votes.heads >= 3*voted.heads && 4*votes.area >= 3*voted.area
		}
		return 2*votes.heads > voted.heads && 2*votes.area > voted.area
	}
	passing := 0
	for name, votes := range options {
		if name != "no" && enough(votes) {
			passing++
		}
	}
	switch {
	case matter.Rule.Kind == voting.Election && passing < matter.Rule.Seats:
		return "run_off_due"
	case passing > 0:
		return "passed"
	}
	return "rejected"
}

// publish waits out the objection days; the final result is the displayed one.
func (m *mainJob) publish() {
	m.convener.refused("POST", m.at("publish"), struct{}{}, 409, "objection_window_open")
	displayed := m.objected()
	m.convener.do("POST", m.at("publish"), struct{}{}, nil, done)
	m.stillDisplayed(displayed)
	m.compare(m.publicResult())
	for _, path := range []string{"/m/" + m.meeting + "/result.pdf", "/m/" + m.meeting + "/notice.pdf"} {
		if pdf := m.person().do("GET", path, nil, nil, done); !strings.HasPrefix(pdf, "%PDF") {
			m.t.Errorf("%s is no PDF", path)
		}
	}
}

// file hands in, is returned, hands in again and is certified; anyone finds the certificate by its code.
func (m *mainJob) file() {
	type filing struct {
		ID        string `json:"id"`
		State     string `json:"state"`
		CheckCode string `json:"check_code"`
		Version   int64  `json:"version"`
	}
	var first, second filing
	m.convener.refused("POST", m.at("filings"), map[string]string{}, 422, "filing_incomplete")
	m.signPapers()
	m.convener.do("POST", m.at("filings"), map[string]string{"note": "附会议记录"}, &first, done)
	m.convener.refused("POST", m.at("filings"), map[string]string{}, 409, "filing_open")
	m.convener.refused("POST", m.base()+"/filings/"+first.ID+"/certify", map[string]any{"checked": []string{}}, 403, "forbidden")
	m.street.refused("POST", m.base()+"/filings/"+first.ID+"/return", map[string]any{"reasons": []string{}}, 422, "reason_missing")
	m.street.do("POST", m.base()+"/filings/"+first.ID+"/return", map[string]any{"reasons": []string{"缺会议记录签名", "缺委员名单"}}, nil, done)
	m.convener.do("POST", m.at("filings"), map[string]string{"note": "已补正"}, &second, done)
	m.street.refused("POST", m.base()+"/filings/"+first.ID+"/certify", map[string]any{"checked": models.FilingChecks}, 409, "illegal_step")
	m.street.refused("POST", m.base()+"/filings/"+second.ID+"/certify", map[string]any{"checked": models.FilingChecks[:1]}, 422, "checks_missing")
	m.street.do("POST", m.base()+"/filings/"+second.ID+"/certify", map[string]any{"checked": models.FilingChecks}, nil, done)
	var certified filing
	m.convener.do("GET", m.base()+"/filings/"+second.ID, nil, &certified, done)
	if certified.State != "certified" || certified.Version != 2 || certified.CheckCode == "" {
		m.t.Fatalf("certified %+v", certified)
	}
	m.certificate = certified.CheckCode
	page := m.person().do("GET", "/certificates/"+certified.CheckCode, nil, nil, done)
	if !strings.Contains(page, certified.CheckCode) || !strings.Contains(page, "样例花园") {
		m.t.Error("the certificate's page does not show its code and community")
	}
}

// logIsClean looks for anything personal in what the server logged.
func (w *town) logIsClean(sheets []models.Sheet) {
	logged := w.log.String()
	if len(logged) < 1000 {
		w.t.Fatal("the server logged nothing")
	}
	for _, sheet := range sheets {
		for _, secret := range append([]string{sheet.Token, sheet.Serial}, sheet.Names...) {
			if len([]rune(secret)) > 1 && strings.Contains(logged, secret) {
				w.t.Fatal("the log holds a name, a token or a serial")
			}
		}
	}
	if strings.Contains(logged, password) || strings.Contains(logged, "1990000") {
		w.t.Fatal("the log holds a phone or a password")
	}
	codes := map[string]bool{}
	for _, code := range w.codes {
		codes[code] = true
	}
	// Durations and ids are numbers of their own; what is left must not be a code.
	rest := regexp.MustCompile(`"(took|request_id|time)":[^,}]*`).ReplaceAllString(logged, "")
	for _, number := range regexp.MustCompile(`\d{6,}`).FindAllString(rest, -1) {
		if codes[number] {
			w.t.Fatal("the log holds a code")
		}
	}
}

func readAll(t *testing.T, answer *http.Response) string {
	t.Helper()
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
