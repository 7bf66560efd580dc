package api

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/stage"
	"gongjue/web"
)

// TestTheDistrictAsksForAnyDay looks at a vote from before its notice to its close, and at a day that has not come.
func TestTheDistrictAsksForAnyDay(t *testing.T) {
	w := votingTown(t)
	b := w.signIn(models.RoleDistrict)
	figures := func(day int64) districtJSON {
		t.Helper()
		return decode[districtJSON](t, b.get("/api/v1/district?at="+calendar.DayText(day)))
	}
	notice := calendar.StartOfDay(w.own.meeting.NoticedAt)
	for day, want := range map[int64]stage.Stage{notice: stage.Preparing, notice + aDay: stage.Preparing,
		calendar.StartOfDay(w.own.meeting.OpensAt) - aDay: stage.Preparing, calendar.StartOfDay(w.own.meeting.OpensAt): stage.Voting} {
		d := figures(day)
		if len(d.Communities) != 1 || d.Communities[0].ID != w.own.ID || d.Communities[0].Stage != want || d.Total.Communities != 1 || len(d.Streets) != 1 {
			t.Errorf("%s: %+v, want %s", calendar.DayText(day), d.Communities, want)
		}
	}
	if before := figures(notice - aDay); before.Total.Communities != 0 || before.At != notice-1 {
		t.Errorf("the day before: %+v", before.Total)
	}
	for _, bad := range []string{"2026-13-01", "yesterday", calendar.DayText(w.now.Load() + aDay)} {
		if answer := b.get("/api/v1/district?at=" + url.QueryEscape(bad)); answer.code(t) != "bad_value" {
			t.Errorf("%s: %d %s", bad, answer.status, answer.body)
		}
	}
	if today := figures(w.now.Load()); today.At != w.now.Load() {
		t.Errorf("today is told as of %s", calendar.Format(today.At))
	}
	page := b.get(districtURL + "?at=" + calendar.DayText(notice))
	page.says(t, "the page", http.StatusOK, "样例区", w.own.StreetName, "筹备中", `role="img"`)
	page.hides(t, "the page", w.foreign.Name, w.foreign.StreetName)
	street := b.get(districtURL + "?street=" + w.own.StreetID)
	street.says(t, "the street", http.StatusOK, w.own.Name, "正在表决", staffCommunityURL(w.own.ID))
	if foreign := b.get(districtURL + "?street=" + w.foreign.StreetID); foreign.status != http.StatusNotFound {
		t.Errorf("a street of another district: %d", foreign.status)
	}
}

// TestTargetsAreSetOnceADayAndWithdrawn also counts how many communities are missing.
func TestTargetsAreSetOnceADayAndWithdrawn(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleDistrict)
	form := url.Values{"name": {"第一年"}, "due": {"2026-12-31"}, "percent": {"50"}}
	if set := b.post(districtURL+"/targets", form); set.location() != districtURL+"?done=target_set" {
		t.Fatalf("set: %d %s", set.status, set.body)
	}
	if twice := b.post(districtURL+"/targets", form); twice.status != http.StatusConflict || !strings.Contains(twice.body, sentence("target_exists")) || !strings.Contains(twice.body, `value="第一年"`) {
		t.Errorf("twice: %d", twice.status)
	}
	for field, value := range map[string]string{"name": " ", "due": "2026-02-30", "percent": "101"} {
		bad := url.Values{"name": {"第一年"}, "due": {"2027-12-31"}, "percent": {"50"}}
		bad.Set(field, value)
		if answer := b.post(districtURL+"/targets", bad); answer.status != http.StatusUnprocessableEntity {
			t.Errorf("%s %q: %d", field, value, answer.status)
		}
	}
	d := decode[districtJSON](t, b.get("/api/v1/district"))
	if len(d.Targets) != 1 || d.Targets[0].Needed != 1 || d.Targets[0].Short != 1 || d.Targets[0].DueAt != calendar.Date(2027, 1, 1)-1 || d.Targets[0].MeasuredAt != d.At {
		t.Fatalf("targets %+v", d.Targets)
	}
	b.get(districtURL).says(t, "the page", http.StatusOK, "第一年", "还差 1 个小区", "目标 50%")
	foreign := w.account("foreign-district", models.RoleDistrict, w.foreign.DistrictID)
	withdraw := "/api/v1/district/targets/" + d.Targets[0].ID + "/withdraw"
	other := w.signInAs(foreign.Login)
	if answer := other.json(http.MethodPost, withdraw, ""); answer.status != http.StatusNotFound {
		t.Errorf("another district withdraws it: %d", answer.status)
	}
	if theirs := decode[districtJSON](t, other.get("/api/v1/district")); len(theirs.Targets) != 0 || len(theirs.Communities) != 1 || theirs.Communities[0].ID != w.foreign.ID {
		t.Errorf("another district sees %+v", theirs)
	}
	if answer := b.json(http.MethodPost, withdraw, ""); answer.status != http.StatusNoContent {
		t.Errorf("withdraw: %d %s", answer.status, answer.body)
	}
	if answer := b.json(http.MethodPost, withdraw, ""); answer.status != http.StatusNotFound {
		t.Errorf("withdraw twice: %d", answer.status)
	}
}

// TestTheMonthlyReturnIsToldAsOfThe25th reads the workbook back: on the 26th it is still that of the 25th.
func TestTheMonthlyReturnIsToldAsOfThe25th(t *testing.T) {
	w := newTown(t)
	late := w.community("样例区", "=乙街道", "=小区")
	read := func(b *browser, query string) (returned, missed [][]string) {
		t.Helper()
		answer := b.get(districtURL + "/return.xlsx" + query)
		if answer.status != http.StatusOK || !strings.Contains(answer.header.Get("Content-Disposition"), "xlsx") {
			t.Fatalf("%s: %d %s", query, answer.status, answer.body)
		}
		sheets, err := workbook.ReadBytes([]byte(answer.body), "月报.xlsx")
		w.must(err)
		if len(sheets) != 6 || sheets[1].Name != web.SheetTargets || sheets[3].Name != web.SheetWatch || sheets[4].Name != web.SheetPolls || sheets[0].Name != web.SheetReturn || len(sheets[0].Formulas) != 0 {
			t.Fatalf("%d sheets", len(sheets))
		}
		for _, row := range sheets[0].Rows {
			returned = append(returned, row.Cells)
		}
		for _, row := range sheets[2].Rows {
			missed = append(missed, row.Cells)
		}
		return returned, missed
	}
	b := w.signIn(models.RoleDistrict)
	rows, _ := read(b, "")
	if len(rows) < 5 || rows[1][0] != late.StreetName || rows[1][1] != "1" || rows[3][0] != web.ReturnTotal || rows[3][1] != "2" || rows[3][4] != "0.00%" {
		t.Errorf("the return is %q", rows)
	}
	w.wait(24 * aDay) // 26 March
	w.community("样例区", "丙街道", "后来的小区")
	b = w.signIn(models.RoleDistrict)
	if rows, _ := read(b, "?month=2026-03"); rows[3][0] != web.ReturnTotal || rows[3][1] != "2" || !strings.Contains(fmt.Sprint(rows), "2026年3月25日 23时59分") {
		t.Errorf("on the 26th: %q", rows)
	}
	if rows, _ := read(b, "?month=2026-02"); rows[1][0] != web.ReturnTotal || rows[1][1] != "0" {
		t.Errorf("of a month with nothing: %q", rows)
	}
	for _, bad := range []string{"2026-04", "2026-3", "x"} {
		if answer := b.get(districtURL + "/return.xlsx?month=" + bad); answer.status != http.StatusUnprocessableEntity || bytes.HasPrefix([]byte(answer.body), []byte("PK")) {
			t.Errorf("%s: %d", bad, answer.status)
		}
	}
}
