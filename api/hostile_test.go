package api

import (
	"database/sql"
	"net/http"
	"net/http/httptest"
	"slices"
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

// stored counts the rows of every table of the town's database.
func (w *town) stored() map[string]int64 {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.file+"?mode=ro")
	w.must(err)
	defer func() { _ = db.Close() }() // it was only read
	names, err := db.QueryContext(w.ctx(), "SELECT name FROM sqlite_master WHERE type = 'table'")
	w.must(err)
	counts := map[string]int64{}
	for names.Next() {
		var name string
		w.must(names.Scan(&name))
		counts[name] = 0
	}
	w.must(names.Err())
	for name := range counts {
		var rows int64
		w.must(db.QueryRowContext(w.ctx(), `SELECT COUNT(*) FROM "`+name+`"`).Scan(&rows))
		counts[name] = rows
	}
	return counts
}

// added are the tables that have more rows, or fewer, than before.
func (w *town) added(before map[string]int64) []string {
	var changed []string
	for name, rows := range w.stored() {
		if rows != before[name] {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed
}

// TestHostileFilesAreAnsweredWithWhatToDo sends every file of the corpus as a convener would. Nothing of a refused one
// is stored in any table. What is read all the same has no unit that counts: it waits on the desk, closed under the
// field key, and nothing can be made of it.
func TestHostileFilesAreAnsweredWithWhatToDo(t *testing.T) {
	w := newTown(t)
	w.withRoom()
	b := w.signIn(models.RoleConvener)
	path := "/staff/communities/" + w.own.ID + "/rosters/intakes"
	for _, file := range workbooktest.Files() {
		t.Run(file.Name, func(t *testing.T) {
			data := file.Make(t)
			before := w.stored()
			answer := b.upload(path, file.Upload, data, "parking_area", "yes", "parking_heads", "no")
			status, code := http.StatusUnprocessableEntity, string(file.Code)
			switch {
			case int64(len(data)) > 20<<20-10<<10:
				status, code = http.StatusRequestEntityTooLarge, "body_too_big"
			case len(data) == 0:
				code = "file_empty"
			case file.Code == "" && answer.status == http.StatusSeeOther:
				onDesk(t, b, answer.location())
				if changed := w.added(before); !slices.Equal(changed, []string{"audit", "roster_intake"}) {
					t.Errorf("stored in %v", changed)
				}
				return
			case file.Code == "":
				code = "roster_wrong_kind"
			case file.Code == workbook.FileTooBig:
				status = http.StatusRequestEntityTooLarge
			}
			answer.says(t, file.Name, status, sentence(code))
			if changed := w.added(before); changed != nil {
				t.Errorf("stored in %v", changed)
			}
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
