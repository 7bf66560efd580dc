package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/models"
)

// withRoom lets the town take files as large as the product does.
func (w *town) withRoom() {
	w.t.Helper()
	handler, err := New(w.store, Config{PublicURL: "https://vote.example", MaxBody: 64 << 10, MaxUpload: 20 << 20, Version: "test"}, w.logger())
	w.must(err)
	w.server = httptest.NewServer(handler)
	w.t.Cleanup(w.server.Close)
}

// TestHostileFilesAreAnsweredWithWhatToDo sends every file of the corpus as a convener would. What is read all the
// same has no unit that counts: it waits on the desk, and nothing can be made of it.
func TestHostileFilesAreAnsweredWithWhatToDo(t *testing.T) {
	w := newTown(t)
	w.withRoom()
	b := w.signIn(models.RoleConvener)
	path := "/staff/communities/" + w.own.ID + "/rosters/intakes"
	for _, file := range workbooktest.Files() {
		t.Run(file.Name, func(t *testing.T) {
			data := file.Make(t)
			answer := b.upload(path, file.Upload, data, "parking_area", "yes", "parking_heads", "no")
			status, code := http.StatusUnprocessableEntity, string(file.Code)
			switch {
			case int64(len(data)) > 20<<20-10<<10:
				status, code = http.StatusRequestEntityTooLarge, "body_too_big"
			case len(data) == 0:
				code = "file_empty"
			case file.Code == "" && answer.status == http.StatusSeeOther:
				onDesk(t, b, answer.location())
				return
			case file.Code == "":
				code = "roster_wrong_kind"
			case file.Code == workbook.FileTooBig:
				status = http.StatusRequestEntityTooLarge
			}
			answer.says(t, file.Name, status, sentence(code))
		})
	}
	if list, err := w.store.Rosters(w.ctx(), w.own.ID); err != nil || len(list) != 0 {
		t.Errorf("%d rosters came of it, %v", len(list), err)
	}
	if text := w.log.String(); strings.Contains(text, "request failed") || strings.Contains(text, "panic") {
		t.Errorf("the service failed: %s", text[max(0, len(text)-2000):])
	}
}

// onDesk checks that a file of which no row can be used shows its doubts, and makes no roster.
func onDesk(t *testing.T, b *browser, address string) {
	t.Helper()
	b.get(address).says(t, "the desk", http.StatusOK, "<h1>")
	file := b.onDesk(address)
	made := b.json(http.MethodPost, apiOf(address)+"/import", `{"revision":1}`)
	if made.status < http.StatusBadRequest || made.status >= http.StatusInternalServerError {
		t.Errorf("a roster of %d units: %d %s", file.Units, made.status, made.body)
	}
}
