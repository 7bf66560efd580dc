package e2e

import (
	"hash/fnv"
	"strings"
	"sync"
	"testing"

	"gongjue/e2e/pgtest"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
)

const rosterFile = "../testdata/rosters/roster-standard.xlsx"

// TestTheMainJob goes over HTTP from the property firm's spreadsheet to the street's certificate: 956 units,
// four kinds of decision, more than 700 ballots, with attempts to tamper on the way.
func TestTheMainJob(t *testing.T) {
	pgtest.Both(t, func(t *testing.T, url string) {
		w := newTown(t, url, false)
		convener, street := w.staff(models.RoleConvener), w.staff(models.RoleStreet)
		m := &mainJob{town: w, convener: convener, street: street, teller: w.staff(models.RoleTeller)}
		m.freezeRoster()
		m.draftAndNotice()
		m.vote()
		m.closeAndCount()
		m.publish()
		m.file()
		m.verify()
		m.certificateHolds()
		m.supervise()
		w.logIsClean(m.sheets)
	})
}

type mainJob struct {
	*town
	convener, street, teller *person
	roster, meeting          string
	matters                  []matterJSON
	sheets                   []models.Sheet
	cast                     map[string]map[string]voting.Choice // what the test voted, by voter
	receipt                  string                              // a voter's receipt file
	certificate              string                              // check code
}

// matterJSON is what the test reads of a matter.
type matterJSON struct {
	ID   string        `json:"id"`
	Rule voting.Matter `json:"rule"`
}

func (m *mainJob) base() string { return "/api/v1/communities/" + m.community.ID }

func (m *mainJob) at(parts ...string) string {
	return strings.Join(append([]string{m.base(), "meetings", m.meeting}, parts...), "/")
}

func (m *mainJob) freezeRoster() {
	var imported struct {
		ID    string `json:"id"`
		Units int64  `json:"units"`
		Total struct {
			Heads   int64 `json:"heads"`
			AreaCM2 int64 `json:"area_cm2"`
		} `json:"total"`
	}
	fields := map[string]string{"parking_area": "yes", "parking_heads": "yes"}
	m.convener.upload(m.base()+"/rosters", "life_test.go", fields, nil, 422)
	m.convener.upload(m.base()+"/rosters", rosterFile, fields, &imported, done)
	if imported.Units != 956 || imported.Total.Heads != 867 || imported.Total.AreaCM2 != 1_100_162_700 {
		m.t.Fatalf("imported %+v", imported)
	}
	m.roster = imported.ID
	m.street.refused("POST", m.base()+"/rosters/"+m.roster+"/freeze", struct{}{}, 409, "illegal_step")
	m.convener.do("POST", m.base()+"/rosters/"+m.roster+"/publish", map[string]any{"objection_days": 15, "answer_days": 7, "contact": "业委会办公室"}, nil, done)
	m.wait(16 * day)
	m.street.do("POST", m.base()+"/rosters/"+m.roster+"/freeze", struct{}{}, nil, done)
}

func (m *mainJob) draftAndNotice() {
	draft := map[string]any{"title": "样例花园业主大会定期会议", "convener_kind": "committee", "convener_name": "样例花园业主委员会",
		"roster": m.roster, "opens": calendar.FormText(m.clock() + 10*day), "closes": calendar.FormText(m.clock() + 30*day),
		"place": "物业服务中心", "contact": "业委会办公室", "objection_days": 5, "void_participates": true}
	var made struct {
		ID string `json:"id"`
	}
	m.convener.refused("POST", m.base()+"/meetings", map[string]any{"title": "x", "colour": "red"}, 400, "unknown_field")
	m.convener.do("POST", m.base()+"/meetings", draft, &made, done)
	m.meeting = made.ID
	m.convener.refused("POST", m.at("notice"), struct{}{}, 422, "matter_needed")
	for _, matter := range agenda {
		m.convener.do("POST", m.at("matters"), matter, nil, done)
	}
	m.convener.refused("POST", m.at("notice"), struct{}{}, 422, "notice_too_short")
	draft["opens"], draft["closes"] = calendar.FormText(m.clock()+16*day), calendar.FormText(m.clock()+30*day)
	m.convener.do("PUT", m.at(), draft, nil, done)
	m.teller.refused("POST", m.at("notice"), struct{}{}, 403, "forbidden")
	m.convener.do("POST", m.at("notice"), struct{}{}, nil, done)
	m.convener.refused("POST", m.at("matters"), agenda[0], 409, "illegal_step")
	var meeting struct {
		Matters []matterJSON `json:"matters"`
	}
	m.convener.do("GET", m.at(), nil, &meeting, done)
	m.matters = meeting.Matters
	pdf := m.convener.do("GET", strings.Replace(m.at("sheets"), "/api/v1", "/staff", 1), nil, nil, done)
	if !strings.HasPrefix(pdf, "%PDF") && !strings.HasPrefix(pdf, "PK") {
		m.t.Error("the sheets are no document")
	}
	var err error
	m.sheets, err = m.store.Sheets(m.t.Context(), m.community.ID, m.meeting)
	m.must(err)
}

var agenda = []map[string]any{
	{"kind": "motion", "item": 8, "title": "利用外墙经营广告", "text": "收入归全体业主。"},
	{"kind": "election", "item": 3, "title": "选举业主委员会", "text": "应选五人。", "method": "approval_each", "seats": 5, "alternates": 1,
		"options": []string{"候选人甲", "候选人乙", "候选人丙", "候选人丁", "候选人戊", "候选人己", "候选人庚"}},
	{"kind": "selection", "item": 4, "title": "选聘物业服务企业", "text": "三选一。", "method": "pick", "options": []string{"样例一公司", "样例二公司", "样例三公司"}},
	{"kind": "motion", "item": 5, "title": "使用9号楼维修资金", "text": "更换9号楼水泵。", "scope": []string{"9号楼"}},
}

// vote lets every household that can be reached by phone vote through its QR and code, side by side.
func (m *mainJob) vote() {
	early := m.person()
	early.refused("POST", "/api/v1/locators/"+m.sheets[0].Token+"/codes", map[string]string{"phone": m.sheets[0].VoterID}, 409, "meeting_not_started")
	m.wait(16 * day)
	m.cast = map[string]map[string]voting.Choice{}
	type asked struct {
		sheet    models.Sheet
		resident *person
		request  string
	}
	var asking []asked
	for i, sheet := range m.sheets {
		if i%11 == 0 {
			continue // stays away
		}
		resident := m.person()
		if request := m.askForCode(resident, sheet); request != "" {
			asking = append(asking, asked{sheet, resident, request})
		}
	}
	m.deliver(m.t.Context())
	var wait sync.WaitGroup
	var mu sync.Mutex
	lanes := make(chan struct{}, 8)
	for _, a := range asking {
		lanes <- struct{}{}
		wait.Go(func() {
			defer func() { <-lanes }()
			choices := m.castBallot(a.resident, a.sheet, a.request)
			receipt := a.resident.do("GET", "/vote/receipt.txt", nil, nil, done)
			mu.Lock()
			defer mu.Unlock()
			m.cast[a.sheet.VoterID], m.receipt = choices, receipt
		})
	}
	wait.Wait()
	if len(m.cast) < 700 {
		m.t.Fatalf("only %d ballots", len(m.cast))
	}
	m.nothingLeaks()
}

// askForCode scans the QR and asks for a code. Empty: nobody of the home has a phone on the roster.
func (m *mainJob) askForCode(resident *person, sheet models.Sheet) string {
	var home struct {
		Phones []struct {
			Phone string `json:"phone"`
		} `json:"phones"`
	}
	resident.do("GET", "/api/v1/locators/"+sheet.Token, nil, &home, done)
	if len(home.Phones) == 0 {
		return ""
	}
	var sent struct {
		Request string `json:"request"`
	}
	resident.do("POST", "/api/v1/locators/"+sheet.Token+"/codes", map[string]string{"phone": home.Phones[0].Phone}, &sent, done)
	return sent.Request
}

func (m *mainJob) castBallot(resident *person, sheet models.Sheet, request string) map[string]voting.Choice {
	if draw(sheet.Label, "mistyped") < 5 {
		resident.refused("POST", "/api/v1/resident-session", map[string]string{"request": request, "code": "abcdef"}, 422, "code_wrong")
	}
	resident.do("POST", "/api/v1/resident-session", map[string]string{"request": request, "code": m.code(request)}, nil, done)
	choices := map[string]voting.Choice{}
	for _, matter := range sheet.Matters {
		choices[matter.ID] = choose(sheet.Label, matter)
	}
	body := map[string]any{"choices": choices}
	key := "e2e-" + sheet.VoterID
	var first, again struct {
		Code     string `json:"code"`
		Replayed bool   `json:"replayed"`
	}
	resident.do("POST", "/api/v1/ballots", body, &first, done, "Idempotency-Key", key)
	if draw(sheet.Label, "replay") < 5 {
		resident.do("POST", "/api/v1/ballots", body, &again, done, "Idempotency-Key", key)
		if again.Code != first.Code || !again.Replayed {
			m.t.Errorf("a replay got %+v after %+v", again, first)
		}
		resident.refused("POST", "/api/v1/ballots", body, 409, "already_voted", "Idempotency-Key", key+"-2")
	}
	return choices
}

// nothingLeaks looks for a figure per option in everything that can be asked while the vote is open.
func (m *mainJob) nothingLeaks() {
	for _, path := range []string{"/", "/b/" + m.community.ID, "/m/" + m.meeting, "/m/" + m.meeting + "/result", "/metrics",
		"/api/v1/public/meetings/" + m.meeting} {
		answer, err := m.person().client.Get(m.server.URL + path)
		m.must(err)
		text := readAll(m.t, answer)
		for _, word := range []string{"占参与", `"votes"`, `"outcome"`} {
			if strings.Contains(text, word) {
				m.t.Errorf("%s says %q while the vote is open", path, word)
			}
		}
	}
	m.person().refused("GET", "/api/v1/public/meetings/"+m.meeting+"/result", nil, 409, "result_not_ready")
	m.convener.refused("POST", m.at("count"), struct{}{}, 409, "illegal_step")
}

func draw(label, purpose string) int {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(label + "\x00" + purpose)) // a hash never fails to take bytes
	return int(hash.Sum32() >> 8 % 100)
}

// choose fills in a household's ballot by its fixed draw.
func choose(label string, matter models.Matter) voting.Choice {
	drawn := draw(label, matter.Title)
	mark := func(drawn, likes int) voting.Mark {
		switch {
		case drawn < likes:
			return voting.Yes
		case drawn < 95:
			return voting.No
		}
		return voting.Abstain
	}
	switch matter.Rule.Method {
	case voting.ApprovalEach:
		each := map[string]voting.Mark{}
		for i, name := range matter.Rule.Options {
			each[name] = mark(draw(label, name), 85-6*i)
		}
		return voting.Choice{Each: each}
	case voting.Pick:
		switch {
		case drawn < 62:
			return voting.Choice{Names: matter.Rule.Options[:1]}
		case drawn < 95:
			return voting.Choice{Names: matter.Rule.Options[1:2]}
		}
		return voting.Choice{Mark: voting.Abstain}
	}
	return voting.Choice{Mark: mark(drawn, 80)}
}
