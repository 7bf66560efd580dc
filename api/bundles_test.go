package api

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/bundle"
)

// entries are the names of the files in an answer that is a zip.
func (p page) entries(t *testing.T) []string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader([]byte(p.body)), int64(len(p.body)))
	if p.status != http.StatusOK || p.header.Get("Content-Type") != "application/zip" || err != nil {
		t.Fatalf("%d %s: %v", p.status, p.header.Get("Content-Type"), err)
	}
	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
	}
	return names
}

func TestAnyoneMayHaveThePublicRecordAfterTheFinalResult(t *testing.T) {
	w := votingTown(t)
	for _, sheet := range w.own.sheets[:5] {
		w.cast(sheet, voting.Yes)
	}
	page, record := "/m/"+w.own.meeting.ID+"/result", "/m/"+w.own.meeting.ID+"/bundle.zip"
	api := "/api/v1/public/meetings/" + w.own.meeting.ID + "/bundle"
	anyone := w.browser()
	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	w.must(w.store.DisplayPreliminary(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	if answer := anyone.get(api); answer.code(t) != "result_not_ready" {
		t.Errorf("while objections run: %d %s", answer.status, answer.body)
	}
	if strings.Contains(anyone.get(page).body, record) {
		t.Error("the preliminary page offers the record of a final result")
	}
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(t.Context(), w.own.convener, w.own.ID, w.own.meeting.ID))
	anyone.get(page).says(t, "the final result", http.StatusOK, `href="`+record+`"`, "不联网重新核对")
	names := anyone.get(record).entries(t)
	if !slices.Contains(names, bundle.FileResult) || slices.Contains(names, bundle.FileVoted) || slices.Contains(names, bundle.FileBook) {
		t.Errorf("the public record holds %v", names)
	}
	if anyone.get(record).body != anyone.get(api).body {
		t.Error("page and API hand out different bytes")
	}
	before := anyone.get(record).body
	if _, err := w.store.HandOutBundle(t.Context(), w.own.street, w.own.ID, w.own.meeting.ID, bundle.Tellers); err != nil {
		t.Fatal(err)
	}
	if anyone.get(record).body == before {
		t.Error("the record is the one from before the log grew")
	}
}

func TestACopyThatIsNotPublicIsHandedOutAtTheDesk(t *testing.T) {
	w := lived(t)
	count := staffMeetingURL(w.own.meeting) + "/count"
	for role, tiers := range map[models.Role][]bundle.Tier{models.RoleConvener: {bundle.Owners}, models.RoleTeller: {bundle.Owners, bundle.Tellers},
		models.RoleStreet: {bundle.Owners, bundle.Tellers}} {
		b := w.signIn(role)
		desk := b.get(count)
		for tier, name := range map[bundle.Tier]string{bundle.Owners: "下载业主查阅件", bundle.Tellers: "下载完整核对件"} {
			may := slices.Contains(tiers, tier)
			if strings.Contains(desk.body, name) != may {
				t.Errorf("the desk of %s offers %s: %v", role, name, !may)
			}
			answer := b.post(staffMeetingURL(w.own.meeting)+"/bundle", url.Values{"tier": {string(tier)}})
			if !may {
				answer.says(t, string(role), http.StatusForbidden, sentence("forbidden"))
				continue
			}
			if names := answer.entries(t); slices.Contains(names, bundle.FileBook) != (tier == bundle.Tellers) || !slices.Contains(names, bundle.FileVoted) {
				t.Errorf("%s gets %v", role, names)
			}
			if again := b.json(http.MethodPost, apiURL(staffMeetingURL(w.own.meeting))+"/bundle", `{"tier":"`+string(tier)+`"}`); len(again.entries(t)) < 10 {
				t.Errorf("over the API %s gets %v", role, again.entries(t))
			}
		}
	}
	w.signIn(models.RoleStreet).get(staffMeetingURL(w.own.meeting)).says(t, "the trail", http.StatusOK, "下载查阅件或完整核对件")
}
