package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// takeCards has the seal cards of a draft taken and tried, where it needs them.
func (w *town) takeCards(p *quarter, meeting models.Meeting) {
	w.t.Helper()
	if meeting.SealKept != models.KeptByHolders {
		return
	}
	w.cards = map[models.Role]string{}
	for _, role := range models.SealHolders {
		text, err := w.store.TakeSealCard(w.ctx(), w.staff[role].Actor(), p.ID, meeting.ID, false)
		w.must(err)
		w.must(w.store.TrySealCard(w.ctx(), w.staff[role].Actor(), p.ID, meeting.ID, text))
		w.cards[role] = text
	}
}

// openWith types the card of a role in, over HTTP.
func (w *town) openWith(role models.Role) {
	w.t.Helper()
	answer := w.signIn(role).post(staffMeetingURL(w.own.meeting)+"/seal/open", url.Values{"code": {w.cards[role]}})
	if answer.status != http.StatusSeeOther {
		w.t.Fatalf("the card of the %s: %d %s", role, answer.status, answer.body)
	}
}

// sealTown is a town with a draft whose key three people are to hold.
func sealTown(t *testing.T) (w *town, address string) {
	w = newTown(t)
	list, err := w.store.ImportRoster(w.ctx(), w.own.convener, w.own.ID, models.RosterFile{Name: "名册.xlsx", SHA256: "00", Roster: homes()})
	w.must(err)
	w.must(w.store.PublishRoster(w.ctx(), w.own.convener, w.own.ID, list.ID, w.displayed()))
	w.now.Add(1)
	w.must(w.store.FreezeRoster(w.ctx(), w.own.street, w.own.ID, list.ID))
	w.own.roster = list
	w.announce = func(terms *models.MeetingTerms) { terms.SealKept = models.KeptByHolders }
	w.own.meeting = w.draft(&w.own)
	return w, staffMeetingURL(w.own.meeting)
}

var printedGroup = regexp.MustCompile(`<b class="mono">([0-9A-Z]{4})</b>`)

// cardOn reads the card that a page shows.
func cardOn(t *testing.T, answer page) string {
	t.Helper()
	var groups []string
	for _, found := range printedGroup.FindAllStringSubmatch(answer.body, -1) {
		groups = append(groups, found[1])
	}
	if answer.status != http.StatusOK || len(groups) != 10 || answer.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d, %q, %q", answer.status, answer.header.Get("Cache-Control"), groups)
	}
	return strings.Join(groups, " ")
}

// TestThreeHoldersGoFromTheDraftToTheCountOnPages: every step over HTTP as people take it, without scripts.
func TestThreeHoldersGoFromTheDraftToTheCountOnPages(t *testing.T) {
	w, address := sealTown(t)
	desks, cards := map[models.Role]*browser{}, map[models.Role]string{}
	for _, role := range models.SealHolders {
		desks[role] = w.signIn(role)
	}
	convener, officer := desks[models.RoleConvener], desks[models.RoleStreet]
	convener.get(address).says(t, "the draft", http.StatusOK, sentence("seal_cards_missing"), `href="`+address+`/seal"`, "由召集人、街道、计票人三方保管钥匙")
	officer.get("/staff").says(t, "the street's work", http.StatusOK, "等您领取并试用开票卡", address+"/seal")
	convener.post(address+"/notice", url.Values{}).says(t, "the notice", http.StatusConflict, sentence("seal_cards_missing"))
	for role, desk := range desks {
		desk.get(address+"/seal").says(t, "the cards", http.StatusOK, web.SealNextTake, "只显示这一次", "只能宣布作废、重新表决")
		desk.post(address+"/seal/try", url.Values{"code": {"1"}}).says(t, "a card too early", http.StatusConflict, sentence("seal_card_missing"))
		cards[role] = cardOn(t, desk.post(address+"/seal/card", url.Values{}))
		w.printsCard(desk, address, role, cards[role])
		slip := strings.Replace(cards[role], cards[role][15:19], "****", 1)
		desk.post(address+"/seal/try", url.Values{"code": {slip}}).says(t, "a slip", http.StatusUnprocessableEntity, sentence("card_mistyped"), "第 4 组不对", cards[role][:14])
		if answer := desk.post(address+"/seal/try", url.Values{"code": {strings.ToLower(cards[role])}}); answer.status != http.StatusSeeOther || answer.location() != address+"/seal?done=seal_tried" {
			t.Fatalf("a right card: %d %s", answer.status, answer.body)
		}
		desk.post(address+"/seal/card", url.Values{}).says(t, "a second card by the way", http.StatusConflict, sentence("seal_card_tried"))
	}
	if body := officer.get(address + "/seal").body; strings.Contains(body, cards[models.RoleStreet][:9]) {
		t.Error("a card is shown again")
	}
	if answer := convener.post(address+"/notice", url.Values{"confirmed": {"yes"}}); answer.status != http.StatusSeeOther {
		t.Fatalf("the notice: %d %s", answer.status, answer.body)
	}
	officer.post(address+"/seal/open", url.Values{"code": {cards[models.RoleStreet]}}).says(t, "before the close", http.StatusConflict, sentence("seal_too_early"))
	w.browser().get(noticeURL(w.own.meeting.ID)).says(t, "the public notice", http.StatusOK, "由召集人、街道、计票人三方保管钥匙", "丢失两张")
	w.voteAndClose()
	for role := range desks {
		desks[role] = w.signIn(role)
	}
	w.twoCards(address, desks, cards)
}

// printsCard has the card that was shown printed, for its holder and nobody else.
func (w *town) printsCard(desk *browser, address string, role models.Role, text string) {
	t := w.t
	t.Helper()
	printed := desk.post(address+"/seal/print", url.Values{"code": {text}})
	if printed.status != http.StatusOK || printed.header.Get("Content-Type") != "application/pdf" || printed.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("the card of the %s: %d %s", role, printed.status, printed.body)
	}
	pages, err := papertest.Read([]byte(printed.body))
	w.must(err)
	if code, err := pages[0].QR(); err != nil || len(pages) != 1 || strings.ReplaceAll(code, "-", " ") != text {
		t.Errorf("the code of the %s reads %q, %v", role, code, err)
	}
	if body := pages[0].Text(); !strings.Contains(body, web.SealRole(string(role))) || !strings.Contains(body, "不要拍照") || !strings.Contains(body, address+"/seal") {
		t.Errorf("the card of the %s says %s", role, body)
	}
	desk.post(address+"/seal/print", url.Values{"code": {text[:40]}}).says(t, "a slip", http.StatusUnprocessableEntity, sentence("card_mistyped"))
	for _, other := range models.SealHolders {
		if other != role {
			w.signIn(other).post(address+"/seal/print", url.Values{"code": {text}}).says(t, "another's card", http.StatusUnprocessableEntity, sentence("seal_card_role"))
		}
	}
}

// voteAndClose casts five ballots and lets the meeting close.
func (w *town) voteAndClose() {
	w.t.Helper()
	sheets, err := w.store.Sheets(w.ctx(), w.own.ID, w.own.meeting.ID)
	w.must(err)
	w.wait(20 * aDay)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes, voting.Yes, voting.Abstain} {
		w.cast(sheets[i], mark)
	}
	w.wait(10*aDay + models.CloseGrace)
}

func (w *town) twoCards(address string, desks map[models.Role]*browser, cards map[models.Role]string) {
	t := w.t
	convener, officer, teller := desks[models.RoleConvener], desks[models.RoleStreet], desks[models.RoleTeller]
	teller.get(address).says(t, "the closed meeting", http.StatusOK, sentence("seal_by_holders"), `href="`+address+`/seal"`)
	teller.post(address+"/count", url.Values{}).says(t, "a count without cards", http.StatusConflict, sentence("seal_by_holders"))
	officer.get("/staff").says(t, "the street's work", http.StatusOK, "已截止，等您录入开票卡")
	if answer := officer.post(address+"/seal/open", url.Values{"code": {cards[models.RoleStreet]}}); answer.location() != address+"/seal?done=seal_entered" {
		t.Fatalf("the first card: %d %s", answer.status, answer.body)
	}
	if again := officer.post(address+"/seal/open", url.Values{"code": {cards[models.RoleStreet]}}); again.location() != address+"/seal?done=seal_entered" {
		t.Fatalf("the first card twice: %d %s", again.status, again.body)
	}
	if body := officer.get("/staff").body; strings.Contains(body, "等您录入开票卡") {
		t.Error("the street is still asked for its card")
	}
	teller.get(address+"/seal").says(t, "after the first card", http.StatusOK, web.SealNextSecond, "录入并开票")
	teller.post(address+"/seal/open", url.Values{"code": {cards[models.RoleStreet]}}).says(t, "another's card", http.StatusUnprocessableEntity, sentence("seal_card_role"))
	if answer := teller.post(address+"/seal/open", url.Values{"code": {cards[models.RoleTeller]}}); answer.location() != address+"/count?done=meeting_counted" {
		t.Fatalf("the second card: %d %s", answer.status, answer.body)
	}
	convener.get(address+"/count").says(t, "the count", http.StatusOK, "计票")
	convener.get(address).says(t, "the record", http.StatusOK, "录入第一张开票卡", "录入第二张开票卡，打开票箱")
	meeting, err := w.store.Meeting(w.ctx(), w.own.ID, w.own.meeting.ID)
	w.must(err)
	if meeting.State != lifecycle.MeetingTallied {
		t.Errorf("the meeting is %s", meeting.State)
	}
	for _, text := range cards {
		if strings.Contains(w.log.String(), text[:9]) || strings.Contains(w.log.String(), strings.ReplaceAll(text, " ", "-")[:9]) {
			t.Error("the log holds a card")
		}
	}
}

func TestThreeHoldersGoFromTheDraftToTheCertificateByJSON(t *testing.T) {
	w, _ := sealTown(t)
	address := "/api/v1/communities/" + w.own.ID + "/meetings/" + w.own.meeting.ID
	cards := map[models.Role]string{}
	for _, role := range models.SealHolders {
		desk := w.signIn(role)
		var taken sealCardTakenJSON
		answer := desk.json(http.MethodPost, address+"/seal/card", "")
		w.must(json.Unmarshal([]byte(answer.body), &taken))
		if answer.status != http.StatusCreated || taken.Role != role || len(taken.Code) != 49 {
			t.Fatalf("%d %s", answer.status, answer.body)
		}
		cards[role] = taken.Code
		if got := desk.json(http.MethodPost, address+"/seal/try", `{"code":"`+taken.Code+`"}`); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if got := desk.json(http.MethodPost, address+"/seal/card", "").code(t); got != "seal_card_tried" {
			t.Errorf("a second card: %s", got)
		}
		answer = desk.json(http.MethodPost, address+"/seal/card", `{"again":true}`)
		w.must(json.Unmarshal([]byte(answer.body), &taken))
		if got := desk.json(http.MethodPost, address+"/seal/try", `{"code":"`+cards[role]+`"}`).code(t); got != "seal_card_wrong" {
			t.Errorf("the card before: %s", got)
		}
		cards[role] = taken.Code
		w.must(w.store.TrySealCard(w.ctx(), w.staff[role].Actor(), w.own.ID, w.own.meeting.ID, taken.Code))
	}
	convener := w.signIn(models.RoleConvener)
	answer := convener.json(http.MethodPost, address+"/notice", `{"confirmed":true}`)
	if answer.status != http.StatusOK || !strings.Contains(answer.body, `"seal_kept":"holders"`) {
		t.Fatalf("%d %s", answer.status, answer.body)
	}
	w.voteAndClose()
	if got := w.signIn(models.RoleTeller).json(http.MethodPost, address+"/count", `{}`).code(t); got != "seal_by_holders" {
		t.Errorf("a count without cards: %s", got)
	}
	for i, role := range []models.Role{models.RoleTeller, models.RoleConvener} {
		var stands sealJSON
		answer := w.signIn(role).json(http.MethodPost, address+"/seal/open", `{"code":"`+cards[role]+`"}`)
		w.must(json.Unmarshal([]byte(answer.body), &stands))
		if want := []lifecycle.MeetingState{lifecycle.MeetingClosed, lifecycle.MeetingTallied}[i]; answer.status != http.StatusOK || stands.State != want {
			t.Fatalf("%s: %d %s", role, answer.status, answer.body)
		}
	}
	w.certifyCounted(address)
	body := w.signIn(models.RoleStreet).get(address + "/seal").body
	for _, text := range cards {
		if strings.Contains(body, text[:9]) {
			t.Error("a card is given again")
		}
	}
}

// certifyCounted takes a counted meeting on to its certificate.
func (w *town) certifyCounted(address string) {
	w.t.Helper()
	convener := w.signIn(models.RoleConvener)
	for _, act := range []string{"/display", "/publish"} {
		if answer := convener.json(http.MethodPost, address+act, `{}`); answer.status != http.StatusOK {
			w.t.Fatalf("%s: %d %s", act, answer.status, answer.body)
		}
		w.wait(6 * aDay) // the objection window
		convener = w.signIn(models.RoleConvener)
	}
	w.sign(&w.own)
	filing := decode[filingJSON](w.t, convener.json(http.MethodPost, address+"/filings", `{"note":"请予备案。"}`))
	issued := w.signIn(models.RoleStreet).json(http.MethodPost, "/api/v1/communities/"+w.own.ID+"/filings/"+filing.ID+"/certify",
		`{"checked":["notice_period","roster","majorities","objections","papers"]}`)
	if issued.status != http.StatusOK || !strings.Contains(issued.body, `"check_code"`) {
		w.t.Errorf("the certificate: %d %s", issued.status, issued.body)
	}
}

func TestAMeetingWhoseKeyTheServerKeepsHasNoCards(t *testing.T) {
	w := votingTown(t)
	address := "/api/v1/communities/" + w.own.ID + "/meetings/" + w.own.meeting.ID
	officer := w.signIn(models.RoleStreet)
	if got := officer.get(address + "/seal").code(t); got != "seal_by_server" {
		t.Errorf("the cards: %s", got)
	}
	if body := officer.get(staffMeetingURL(w.own.meeting)).body; strings.Contains(body, "/seal") {
		t.Error("the page leads to cards that there are not")
	}
}
