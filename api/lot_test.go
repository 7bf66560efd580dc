package api

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// lastSeat is a town that displays an election of two members: 候选人甲 leads, and two are equal for the last seat. One
// of the names is what a terminal would take for a command.
func lastSeat(t *testing.T) *town {
	t.Helper()
	election := models.Matter{Title: "选举业主委员会", Body: "应选二人。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach,
		Options: []string{"候选人甲", "候选人乙", oddName}, Seats: 2, Alternates: 1, MinMembers: 2, TieWay: voting.TieByLot}}
	return displayedAs(t, []models.Matter{election}, 5, func(voter int, matters []models.Matter) string {
		each := map[string]voting.Mark{"候选人甲": voting.Yes, "候选人乙": voting.Yes, oddName: voting.Yes}
		if voter == 4 {
			each["候选人乙"], each[oddName] = voting.No, voting.No
		}
		return eachOf(t, matters[0], each)
	})
}

const oddName = `丙'; echo %s "$HOME" \n`

// orderOf is the order of a lot by nothing but SHA-256.
func orderOf(seed, matterID string, names ...string) (order []string, hashes map[string]string) {
	hashes = map[string]string{}
	for _, name := range names {
		sum := sha256.Sum256([]byte("gongjue.lot/v1\n" + seed + "\n" + matterID + "\n" + name))
		hashes[name] = hex.EncodeToString(sum[:])
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(hashes[a], hashes[b]) })
	return names, hashes
}

const drawnNumber = "038617"

// journey is the lot of a meeting on its way.
type journey struct {
	*town
	staffURL, resultURL, due  string
	convener, teller, officer *browser
}

func newJourney(t *testing.T) journey {
	w := lastSeat(t)
	return journey{w, staffMeetingURL(w.own.meeting), resultURL(w.own.meeting.ID), web.Instant(w.now.Load() + 7*aDay).Local(),
		w.signIn(models.RoleConvener), w.signIn(models.RoleTeller), w.signIn(models.RoleStreet)}
}

func (j journey) announce(b *browser, pairs ...string) page {
	j.t.Helper()
	address := j.staffURL + "/lot/announcements"
	return b.post(address, b.get(j.staffURL+"/lot").form(j.t, address).with(j.t, append([]string{"due", j.due, "manner", "当众摸球六次"}, pairs...)...))
}

// later goes to the announced time and a little on; sessions have ended meanwhile.
func (j *journey) later() {
	j.t.Helper()
	j.wait(7*aDay + 10*aMinute)
	j.convener, j.teller, j.officer = j.signIn(models.RoleConvener), j.signIn(models.RoleTeller), j.signIn(models.RoleStreet)
}

func TestATieForTheLastSeatGoesFromItsAnnouncementToTheFinalResult(t *testing.T) {
	j := newJourney(t)
	j.announced(t)
	j.later()
	j.recordedOnce(t)
	j.confirmedOnce(t)
	j.published(t)
}

// announced: everybody learns who is tied and when the lot is drawn.
func (j *journey) announced(t *testing.T) {
	anyone := j.browser()
	anyone.get(j.resultURL).says(t, "before the announcement", http.StatusOK, "2 人票数完全相同，还有 1 个席位。", "抽签的时间和地点还没有公布", "谁都不能单独定结果")
	anyone.get(boardURL(j.own.ID)).says(t, "the board", http.StatusOK, "</span> 待公开抽签</span> 选举业主委员会")
	root := decode[publicResultJSON](t, anyone.get("/api/v1/public/meetings/"+j.own.meeting.ID+"/result")).LogClose.Root
	for name, b := range map[string]*browser{"convener": j.convener, "teller": j.teller, "street": j.officer} {
		b.get(j.staffURL+"/count").says(t, name+" at the count", http.StatusOK, "有并列，由公开抽签决定先后", root, "办理公开抽签")
		b.get(j.staffURL+"/lot").says(t, name+" at the lot", http.StatusOK, root, "请召集人公布抽签的时间和地点。", "候选人乙、"+htmlOf(oddName)+"，2 人票数完全相同，还有 1 个席位。")
	}
	anyone.get(noticeURL(j.own.meeting.ID)).says(t, "the notice after the close", http.StatusOK, root)
	j.teller.get(j.staffURL+"/lot").hides(t, "the teller", "/lot/announcements")
	soon := j.announce(j.convener, "due", web.Instant(j.now.Load()+aDay+aMinute).Local())
	soon.says(t, "while objections run", http.StatusUnprocessableEntity, sentence("lot_too_early"), `href="#f-announce-due"`, "当众摸球六次")
	if said := j.announce(j.convener); said.location() != j.staffURL+"/lot?done=lot_announced" {
		t.Fatalf("announced: %d %s", said.status, said.body)
	}
	again := `{"due":"` + j.due + `","place":"物业楼一层投票箱","manner":"当众摸球六次","digits":6}`
	twice := j.convener.json(http.MethodPost, apiURL(j.staffURL)+"/lot/announcements", again)
	if got := decode[lotJSON](t, twice); twice.status != http.StatusOK || len(got.Announcements) != 1 {
		t.Errorf("a double click: %s", twice.body)
	}
	anyone.get(j.resultURL).says(t, "after the announcement", http.StatusOK, "抽签时间：", "地点：物业楼一层投票箱", "办法：当众摸球六次，号码 6 位")
	record := `{"number":"` + drawnNumber + `","drawn_at":"` + j.due + `","witnesses":"业主五名"}`
	if early := j.teller.json(http.MethodPost, apiURL(j.staffURL)+"/lot/draws", record); early.code(t) != "lot_not_yet" || early.status != http.StatusConflict {
		t.Errorf("before its time: %s", early.body)
	}
}

// recordedOnce: one entry is no draw, and nobody reads it.
func (j *journey) recordedOnce(t *testing.T) {
	j.convener.get(j.staffURL).says(t, "the meeting", http.StatusOK, sentence("lot_due"))
	if early := j.convener.post(j.staffURL+"/publish", nil); early.status != http.StatusConflict {
		t.Errorf("published without the lot: %d", early.status)
	}
	address := j.staffURL + "/lot/draws"
	form := j.convener.get(j.staffURL+"/lot").form(t, address)
	wrong := j.convener.post(address, form.with(t, "number", "38617", "drawn_at", j.due, "witnesses", "业主五名"))
	wrong.says(t, "five digits", http.StatusUnprocessableEntity, sentence("lot_number_invalid"), `value="38617"`, "业主五名")
	fields := form.with(t, "number", " ０３８６１７", "drawn_at", j.due, "witnesses", "街道一名、业主五名")
	for range 2 { // a double click
		if recorded := j.convener.post(address, fields); recorded.location() != j.staffURL+"/lot?done=lot_recorded" {
			t.Fatalf("recorded: %d %s", recorded.status, recorded.body)
		}
	}
	for name, shown := range map[string]page{"the street": j.officer.get(j.staffURL + "/lot"), "the convener": j.convener.get(j.staffURL + "/lot"),
		"the API": j.officer.get(apiURL(j.staffURL) + "/lot"), "anybody": j.browser().get(j.resultURL), "the meeting": j.officer.get(j.staffURL)} {
		shown.hides(t, name, drawnNumber, "０３８６１７")
	}
	j.browser().get(j.resultURL).says(t, "one entry", http.StatusOK, "号码已由一人录入")
	j.waitsFor(t, true)
	if same := j.convener.json(http.MethodPost, apiURL(j.staffURL)+"/lot/confirm", `{"number":"`+drawnNumber+`"}`); same.code(t) != "lot_same_role" {
		t.Errorf("confirmed by the convener: %s", same.body)
	}
	if other := j.teller.json(http.MethodPost, apiURL(j.staffURL)+"/lot/draws", `{"number":"111111","drawn_at":"`+j.due+`","witnesses":"业主"}`); other.code(t) != "lot_waiting" {
		t.Errorf("a second number: %s", other.body)
	}
}

// waitsFor: everybody who may confirm the number finds it among what waits for them, and the one who recorded it does not.
func (j *journey) waitsFor(t *testing.T, waits bool) {
	t.Helper()
	work, link := htmlOf(web.WorkLot(j.own.Name, j.own.meeting.Title)), `href="`+j.staffURL+`/lot"`
	consoles := map[string]page{"the street": j.officer.get("/staff"), "the street's filings": j.officer.get("/staff/filings"), "the teller": j.teller.get("/staff")}
	for name, console := range consoles {
		if waits {
			console.says(t, name, http.StatusOK, work, link)
		} else {
			console.hides(t, name, work)
		}
	}
	j.convener.get("/staff").hides(t, "the convener", work)
}

// confirmedOnce: the second person types it again, and then it is final.
func (j *journey) confirmedOnce(t *testing.T) {
	address := j.staffURL + "/lot/confirm"
	form := j.officer.get(j.staffURL+"/lot").form(t, address)
	wrong := j.officer.post(address, form.with(t, "number", "038671"))
	wrong.says(t, "another number", http.StatusUnprocessableEntity, sentence("lot_differs"), `href="#f-confirm-number"`)
	wrong.hides(t, "another number", "抽签的先后", drawnNumber)
	for range 2 {
		if confirmed := j.officer.post(address, form.with(t, "number", drawnNumber)); confirmed.location() != j.staffURL+"/lot?done=lot_drawn" {
			t.Fatalf("confirmed: %d %s", confirmed.status, confirmed.body)
		}
	}
	for path, sent := range map[string]string{"draws": `{"number":"111111","drawn_at":"` + j.due + `","witnesses":"业主"}`, "confirm": `{"number":"111111"}`,
		"announcements": `{"due":"2026-12-01T09:00","place":"别处","manner":"再抽","digits":6,"reason":"再抽"}`, "withdraw": ""} {
		if again := j.officer.json(http.MethodPost, apiURL(j.staffURL)+"/lot/"+path, sent); again.code(t) != "lot_final" {
			t.Errorf("%s after the draw: %s", path, again.body)
		}
	}
	j.waitsFor(t, false)
	public := decode[publicResultJSON](t, j.browser().get("/api/v1/public/meetings/"+j.own.meeting.ID+"/result"))
	if got := public.Result.Matters[0].Outcome; len(got.TiePending) != 2 || len(got.Lots) != 0 || public.Lot.Due || public.Lot.Drawn.Differed != 1 {
		t.Errorf("before the publication: %+v %+v", got, public.Lot)
	}
}

// published: the final result is the order that SHA-256 gives, and says how to get it.
func (j *journey) published(t *testing.T) {
	if done := j.convener.post(j.staffURL+"/publish", nil); done.status != http.StatusSeeOther {
		t.Fatalf("published: %d %s", done.status, done.body)
	}
	public := decode[publicResultJSON](t, j.browser().get("/api/v1/public/meetings/"+j.own.meeting.ID+"/result"))
	seed := public.LogClose.Root + "/" + drawnNumber
	order, hashes := orderOf(seed, public.Result.Matters[0].MatterID, "候选人乙", oddName)
	outcome := public.Result.Matters[0].Outcome
	if outcome.Result != voting.Passed || !slices.Equal(outcome.Elected, []string{"候选人甲", order[0]}) || !slices.Equal(outcome.Alternates, order[1:]) ||
		len(outcome.Lots) != 1 || outcome.Lots[0].Seed != seed {
		t.Errorf("want %v elected after 候选人甲, got %+v", order, outcome)
	}
	page := j.browser().get(j.resultURL)
	page.says(t, "the public result", http.StatusOK, "抽签结果", drawnNumber, seed, "街道一名、业主五名", "第二人录入时有 1 次与第一次不一致")
	for _, place := range outcome.Lots[0].Order {
		page.says(t, "the public result", http.StatusOK, hashes[place.Name], htmlOf(place.Command))
		if sum := sha256.Sum256([]byte(place.Text)); place.Hash != hashes[place.Name] || hex.EncodeToString(sum[:]) != place.Hash {
			t.Errorf("%s has the text %q and the hash %s", place.Name, place.Text, place.Hash)
		}
		runsTo(t, place.Command, place.Hash)
	}
	if pdf := j.browser().get(resultPDFURL(j.own.meeting.ID)); pdf.status != http.StatusOK || !strings.HasPrefix(pdf.body, "%PDF-") {
		t.Errorf("the printed result: %d", pdf.status)
	}
	j.convener.get(j.staffURL+"/lot").hides(t, "after the publication", "<form method=\"post\" action=\""+j.staffURL)
}

// runsTo runs a line in a shell, where there is one with that program.
func runsTo(t *testing.T, command, hash string) {
	t.Helper()
	if _, err := exec.LookPath("sha256sum"); err != nil {
		return
	}
	said, err := exec.Command("sh", "-c", command).Output()
	if err != nil || !strings.HasPrefix(string(said), hash+" ") {
		t.Errorf("%s says %q, %v", command, said, err)
	}
}

func htmlOf(text string) string {
	return strings.NewReplacer("&", "&amp;", "'", "&#39;", `"`, "&#34;", "<", "&lt;", ">", "&gt;").Replace(text)
}

func TestTheLotIsNobodyElses(t *testing.T) {
	j := newJourney(t)
	foreign := j.browser()
	foreign.post("/staff/login", map[string][]string{"user": {"foreign-convener"}, "password": {townPassword}, "next": {""}})
	sent := `{"due":"` + j.due + `","place":"物业楼","manner":"摸球","digits":6}`
	for name, c := range map[string]struct {
		b      *browser
		path   string
		status int
	}{
		"a foreign convener announces":  {foreign, "announcements", http.StatusNotFound},
		"a foreign convener confirms":   {foreign, "confirm", http.StatusNotFound},
		"a teller announces":            {j.teller, "announcements", http.StatusForbidden},
		"the district records":          {j.signIn(models.RoleDistrict), "draws", http.StatusForbidden},
		"an operator confirms":          {j.signIn(models.RoleOperator), "confirm", http.StatusForbidden},
		"somebody signed out withdraws": {j.browser(), "withdraw", http.StatusUnauthorized},
	} {
		if got := c.b.json(http.MethodPost, apiURL(j.staffURL)+"/lot/"+c.path, sent); got.status != c.status {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	// Another community's address with this meeting is no way in either.
	elsewhere := strings.Replace(apiURL(j.staffURL), j.own.ID, j.foreign.ID, 1) + "/lot/announcements"
	if got := foreign.json(http.MethodPost, elsewhere, sent); got.code(t) != "not_found" {
		t.Errorf("from another community: %s", got.body)
	}
	if public := decode[publicResultJSON](t, j.browser().get("/api/v1/public/meetings/"+j.own.meeting.ID+"/result")); len(public.Lot.Announcements) != 0 {
		t.Errorf("announced all the same: %+v", public.Lot)
	}
}

func TestAMistypedNumberIsTakenBackInSight(t *testing.T) {
	j := newJourney(t)
	j.announce(j.officer)
	moved := j.announce(j.convener, "due", web.Instant(j.now.Load()+8*aDay).Local())
	moved.says(t, "put off without a reason", http.StatusUnprocessableEntity, `href="#f-announce-reason"`)
	j.later()
	j.convener.get(j.staffURL+"/lot").hides(t, "once its time has come", "改期")
	fields := j.teller.get(j.staffURL+"/lot").form(t, j.staffURL+"/lot/draws").with(t, "number", "111111", "drawn_at", j.due, "witnesses", "业主五名")
	j.teller.post(j.staffURL+"/lot/draws", fields)
	j.convener.get(j.staffURL+"/lot").hides(t, "the convener", "/lot/withdraw")
	if back := j.teller.post(j.staffURL+"/lot/withdraw", j.teller.get(j.staffURL+"/lot").form(t, j.staffURL+"/lot/withdraw").fields); back.location() != j.staffURL+"/lot?done=lot_withdrawn" {
		t.Fatalf("withdrawn: %d %s", back.status, back.body)
	}
	j.browser().get(j.resultURL).hides(t, "a withdrawn number before the draw", "111111", "号码已由一人录入")
	fields.Set("number", drawnNumber)
	j.teller.post(j.staffURL+"/lot/draws", fields)
	j.convener.post(j.staffURL+"/lot/confirm", map[string][]string{"number": {drawnNumber}})
	j.browser().get(j.resultURL).says(t, "after the draw", http.StatusOK, "此前撤回的录入：111111", drawnNumber)
	log := decode[auditJSON](t, j.officer.get(apiURL(j.staffURL)+"/audit")).Entries
	var words []string
	for _, entry := range log[len(log)-5:] {
		words = append(words, entry.What)
	}
	if want := "公布抽签的时间和地点 录入抽签号码 撤回抽签号码的录入 录入抽签号码 抽签完成"; strings.Join(words, " ") != want {
		t.Errorf("on record: %q", words)
	}
}
