package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/web"
)

// TestTheWatchListIsTheAuthoritiesOwn: a street puts its community on it, sees it everywhere, and nobody else does.
func TestTheWatchListIsTheAuthoritiesOwn(t *testing.T) {
	w := newTown(t)
	street, district := w.signIn(models.RoleStreet), w.signIn(models.RoleDistrict)
	page, secret := communityWatchURL(w.own.ID), "信访集中，每周走访"
	form := url.Values{"reasons": {"dispute", "funds"}, "body": {secret}, "basis": {"样例街〔2026〕3号"}, "until": {"2026-12-31"}}
	for field, values := range map[string][]string{"reasons": nil, "body": {" "}, "until": {"2020-01-01"}} {
		bad := url.Values{"reasons": {"dispute"}, "body": {"一"}}
		if values == nil {
			bad.Del(field)
		} else {
			bad[field] = values
		}
		if answer := street.post(page, bad); answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, `role="alert"`) {
			t.Errorf("%s %q: %d", field, values, answer.status)
		}
	}
	if put := street.post(page, form); put.location() != page+"?done=watch_listed" {
		t.Fatalf("put: %d %s", put.status, put.body)
	}
	if twice := street.post(page, form); twice.status != http.StatusConflict {
		t.Errorf("a double click: %d", twice.status)
	}
	for name, b := range map[string]*browser{"street": street, "district": district} {
		for _, path := range []string{watchURL, page} {
			b.get(path).says(t, name+" "+path, http.StatusOK, secret, "矛盾突出、信访集中、维修资金、公共收益有争议", "2026年12月31日")
		}
		b.get(staffCommunityURL(w.own.ID)).says(t, name, http.StatusOK, "在重点关注名单上")
	}
	street.get("/staff/filings").says(t, "the work list", http.StatusOK, secret)
	district.get(districtURL).says(t, "the district", http.StatusOK, secret)
	for _, role := range []models.Role{models.RoleConvener, models.RoleTeller} {
		b := w.signIn(role)
		if answer := b.get(page); answer.status != http.StatusForbidden {
			t.Errorf("%s reads it: %d", role, answer.status)
		}
		b.get(staffCommunityURL(w.own.ID)).hides(t, string(role), secret, "重点关注")
	}
	w.browser().get(boardURL(w.own.ID)).hides(t, "the board", secret, "重点关注")
	if answer := street.get(communityWatchURL(w.foreign.ID)); answer.status != http.StatusNotFound {
		t.Errorf("a foreign community: %d", answer.status)
	}
	before := decode[watchListJSON](t, street.get("/api/v1/watch?at="+calendar.DayText(w.now.Load()-aDay)))
	now := decode[watchListJSON](t, street.get("/api/v1/watch"))
	if len(before.Communities) != 0 || len(now.Communities) != 1 || now.Communities[0].Community != w.own.ID {
		t.Errorf("the day before %+v, now %+v", before, now)
	}
	if answer := street.get(watchURL + "?at=" + calendar.DayText(w.now.Load()+aDay)); answer.status != http.StatusUnprocessableEntity {
		t.Errorf("a day ahead: %d", answer.status)
	}
	sheets, err := workbook.ReadBytes([]byte(district.get(districtURL+"/return.xlsx").body), "月报.xlsx")
	w.must(err)
	if rows := sheets[3].Rows; len(rows) != 2 || rows[1].Cells[1] != w.own.Name || rows[1].Cells[3] != secret {
		t.Errorf("the sheet of the return is %+v", rows)
	}
	if off := district.post(page+"/remove", url.Values{"reason": {"已经化解。"}}); off.location() != page+"?done=watch_removed" {
		t.Errorf("off: %d %s", off.status, off.body)
	}
	if again := district.json(http.MethodPost, "/api/v1/communities/"+w.own.ID+"/watch/remove", `{"reason":"再点一次"}`); again.code(t) != "not_watched" {
		t.Errorf("off twice: %d %s", again.status, again.body)
	}
}

// TestASuggestionNamesItsFactsAndIsPutAside: an order to convene that nobody followed.
func TestASuggestionNamesItsFactsAndIsPutAside(t *testing.T) {
	w := newTown(t)
	w.must(w.store.OrderMeeting(t.Context(), w.own.street, w.own.ID, models.WantedConvening{Kind: "regular", Ground: "duty", ConvenerKind: "committee", Basis: "一", Body: "一",
		Limit: calendar.DayText(w.now.Load() + aDay)}))
	w.wait(3 * aDay)
	street, page := w.signIn(models.RoleStreet), communityWatchURL(w.own.ID)
	street.get(page).says(t, "the page", http.StatusOK, "责令召开会议逾期没有召开", "第 1 号责令召开", staffCommunityURL(w.own.ID)+"/convenings")
	street.get("/staff/filings").says(t, "the work list", http.StatusOK, "系统提示 1 项情况", "名单上没有小区")
	stands := decode[watchedJSON](t, street.get("/api/v1/communities/"+w.own.ID+"/watch"))
	if len(stands.Suggested) != 1 || stands.On {
		t.Fatalf("%+v", stands)
	}
	aside := url.Values{"flag": {"convening_unanswered"}, "facts": {stands.Suggested[0].Key}, "reason": {""}}
	if answer := street.post(page+"/dismiss", aside); answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, "为什么不列入") {
		t.Errorf("without a reason: %d", answer.status)
	}
	aside.Set("reason", "会议已经在筹备。")
	if answer := street.post(page+"/dismiss", aside); answer.location() != page+"?done=watch_dismissed" {
		t.Errorf("dismiss: %d %s", answer.status, answer.body)
	}
	if answer := street.post(page+"/dismiss", aside); answer.status != http.StatusConflict {
		t.Errorf("twice: %d", answer.status)
	}
	street.get(page).says(t, "the page", http.StatusOK, "会议已经在筹备。", "看过不列入")
	if list := decode[watchListJSON](t, street.get("/api/v1/watch")); len(list.Communities) != 0 {
		t.Errorf("still suggested: %+v", list)
	}
	if word := web.WatchReason("convening_unanswered"); word == "convening_unanswered" {
		t.Error("the flag has no word")
	}
}
