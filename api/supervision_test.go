package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
)

func TestAnOrderIsMadeOnAPageAndReadByEverybody(t *testing.T) {
	w := publishedTown(t)
	convener, street, district := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet), w.signIn(models.RoleDistrict)
	desk := staffMeetingURL(w.own.meeting) + "/supervision"
	if page := street.get(staffMeetingURL(w.own.meeting)); !strings.Contains(page.body, `href="`+desk+`"`) {
		t.Error("the meeting's page does not lead to the desk")
	}
	if page := convener.get(desk); strings.Contains(page.body, `action="`+desk+`"`) {
		t.Error("the convener may make an entry where nothing was ordered")
	}
	if page := w.signIn(models.RoleTeller).post(desk, url.Values{}); page.status != http.StatusForbidden {
		t.Errorf("a teller makes an entry: %d", page.status)
	}
	order := url.Values{"kind": {"correction_ordered"}, "matters": {"1"}, "breached": {"《物业管理条例》第14条"}, "basis": {"物业管理条例第19条第2款"}, "body": {"请改正。"}, "limit": {"2026-02-01"}}
	if late := street.post(desk, order); late.status != http.StatusUnprocessableEntity || !strings.Contains(late.body, "请改正。") || !strings.Contains(late.body, " checked>") {
		t.Errorf("a limit that is over: %d", late.status)
	}
	order.Set("limit", "2026-12-01")
	if made := district.post(desk, order); made.location() != desk+"?done=supervised" {
		t.Fatalf("ordered: %d %s", made.status, made.body)
	}
	list := decode[supervisionsJSON](t, convener.get(apiURL(desk)))
	if len(list.Entries) != 1 || list.Entries[0].Authority != "district" {
		t.Fatalf("%+v", list)
	}
	notice := supervisionURL(list.Entries[0].ID)
	for _, path := range []string{boardURL(w.own.ID), "/m/" + w.own.meeting.ID + "/result"} {
		if !strings.Contains(w.browser().get(path).body, notice) {
			t.Errorf("%s does not lead to the notice", path)
		}
	}
	if page := w.browser().get(notice); page.status != http.StatusOK || !strings.Contains(page.body, "样例区物业主管部门") || !strings.Contains(page.body, "请改正。") {
		t.Errorf("the notice: %d", page.status)
	}
	if twice := street.post(desk, order); twice.status != http.StatusConflict {
		t.Errorf("ordered twice: %d", twice.status)
	}
	if report := convener.post(desk, url.Values{"kind": {"correction_reported"}, "body": {"已经改正。"}}); report.location() != desk+"?done=supervised" {
		t.Errorf("reported: %d %s", report.status, report.body)
	}
	if gone := w.browser().get("/o/00000000-0000-7000-8000-000000000000"); gone.status != http.StatusNotFound {
		t.Errorf("an unknown notice: %d", gone.status)
	}
}
