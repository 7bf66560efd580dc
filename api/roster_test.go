package api

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/lifecycle"
)

const sampleRoster = "../testdata/rosters/roster-standard.xlsx"

// upload sends a form with a file. An empty name is a file field in which nothing was chosen, as browsers send it.
func (b *browser) upload(path, name string, content []byte, pairs ...string) page {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.w.must(form.WriteField(pairs[i], pairs[i+1]))
	}
	part, err := form.CreateFormFile("file", name)
	b.w.must(err)
	_, err = part.Write(content)
	b.w.must(err)
	b.w.must(form.Close())
	return b.send(http.MethodPost, path, form.FormDataContentType(), &body)
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decode[T any](t *testing.T, p page) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(p.body), &value); err != nil {
		t.Fatalf("%d %s: %v", p.status, p.body, err)
	}
	return value
}

func TestARosterComesInOverPagesAndIsFrozenByTheStreet(t *testing.T) {
	w := newTown(t)
	convener, street := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	base := "/staff/communities/" + w.own.ID + "/rosters"
	if form := convener.get(base+"/new").form(t, base+"/intakes"); !form.names["file"] || !form.names["parking_area"] || !form.names["parking_heads"] {
		t.Fatalf("the upload form has %v", form.names)
	}
	onDesk := convener.upload(base+"/intakes", "业主名册.xlsx", read(t, sampleRoster), "parking_area", "yes", "parking_heads", "no")
	if onDesk.status != http.StatusSeeOther {
		t.Fatalf("upload: %d %s", onDesk.status, onDesk.body)
	}
	answer := convener.post(onDesk.location()+"/import", convener.get(onDesk.location()).form(t, onDesk.location()+"/import").fields)
	if answer.status != http.StatusSeeOther || !strings.HasSuffix(answer.location(), "?done=roster_imported") {
		t.Fatalf("import: %d %s %s", answer.status, answer.location(), answer.body)
	}
	address, _, _ := strings.Cut(answer.location(), "?")
	shown := convener.get(answer.location())
	for _, want := range []string{"956", "业主名册.xlsx", "已入册"} {
		if !strings.Contains(shown.body, want) {
			t.Errorf("the roster's page lacks %s", want)
		}
	}
	publish := shown.form(t, address+"/publish")
	if empty := convener.post(address+"/publish", publish.fields); empty.status != http.StatusUnprocessableEntity || !strings.Contains(empty.body, `href="#f-contact"`) {
		t.Errorf("put on display without a contact: %d", empty.status)
	}
	publish.fields.Set("contact", "业委会办公室 0000-0000000")
	if moved := street.post(address+"/publish", publish.fields); moved.status != http.StatusForbidden {
		t.Errorf("the street publishes: %d", moved.status)
	}
	if moved := convener.post(address+"/publish", publish.fields); moved.status != http.StatusSeeOther {
		t.Fatalf("publish: %d %s", moved.status, moved.body)
	}
	if console := street.get("/staff"); !strings.Contains(console.body, `href="`+address+`"`) {
		t.Error("the street's console does not lead to the roster that waits for it")
	}
	freeze := street.get(address).form(t, address+"/freeze")
	if early := street.post(address+"/freeze", freeze.fields); early.status == http.StatusSeeOther || !strings.Contains(early.body, sentence("roster_display_open")) {
		t.Errorf("frozen while owners may object: %d", early.status)
	}
	w.wait(8 * aDay)
	street, convener = w.signIn(models.RoleStreet), w.signIn(models.RoleConvener)
	if moved := street.post(address+"/freeze", freeze.fields); moved.status != http.StatusSeeOther {
		t.Fatalf("freeze: %d %s", moved.status, moved.body)
	}
	again := street.post(address+"/freeze", freeze.fields)
	if again.status != http.StatusConflict {
		t.Errorf("freezing twice: %d", again.status)
	}
	list := decode[rosterDetailJSON](t, convener.get("/api/v1"+strings.TrimPrefix(address, "/staff")))
	if list.State != lifecycle.RosterFrozen || list.Units != 956 || len(list.Root) != 64 || list.ParkingArea != true || list.ParkingHeads {
		t.Errorf("the frozen roster is %+v", list.rosterJSON)
	}
}

// display is the body that puts a draft on display.
func display(days, answer string) string {
	return `{"objection_days":` + days + `,"answer_days":` + answer + `,"contact":"业委会办公室"}`
}

func TestARosterComesInOverTheAPI(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	base := "/api/v1/communities/" + w.own.ID + "/rosters"
	answer := b.upload(base, "roster-messy.xlsx", read(t, "../testdata/rosters/roster-messy.xlsx"), "parking_area", "yes", "parking_heads", "yes",
		"confirm_warnings", "已与物业核对")
	if answer.status != http.StatusCreated {
		t.Fatalf("import: %d %s", answer.status, answer.body)
	}
	list := decode[rosterDetailJSON](t, answer)
	if list.Version != 1 || list.Errors == 0 || list.Errors+list.Warnings != len(list.Issues) {
		t.Errorf("the draft is %+v", list)
	}
	if page := w.signIn(models.RoleConvener).get(rosterURL(w.own.ID, list.ID)); !strings.Contains(page.body, list.Issues[0].Message) {
		t.Error("the page does not tell the first doubt")
	}
	for body, code := range map[string]string{
		`{}`:                      "required",
		display("0", "5"):         "bad_value",
		display("61", "5"):        "bad_value",
		display(`"x"`, "5"):       "not_a_number",
		display("-1", "5"):        "not_a_number",
		display("7", "0"):         "bad_value",
		display("7", "31"):        "bad_value",
		`{"objection_days":true}`: "bad_value",
		`{"days":7}`:              "unknown_field",
		`{"objection_days":7} {}`: "bad_json",
		`{"objection_days":7`:     "bad_json",
		`[{"objection_days":7}]`:  "bad_value",
	} {
		if answer := b.json(http.MethodPost, base+"/"+list.ID+"/publish", body); answer.code(t) != code {
			t.Errorf("publish with %s: %s", body, answer.body)
		}
	}
	answer = b.json(http.MethodPost, base+"/"+list.ID+"/publish", display("60", "30"))
	if published := decode[rosterDetailJSON](t, answer); published.State != lifecycle.RosterPublished || published.ObjectionUntil != endOfDisplay(w.now.Load(), 60) {
		t.Errorf("published: %+v", published.rosterJSON)
	}
	all := decode[rostersJSON](t, b.get(base))
	if len(all.Rosters) != 1 || all.Rosters[0].ID != list.ID {
		t.Errorf("the list is %+v", all)
	}
}

func TestARefusedUploadShowsTheFormAgain(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	path := "/communities/" + w.own.ID + "/rosters"
	good := read(t, sampleRoster)
	for name, c := range map[string]struct {
		file    string
		content []byte
		area    string
		status  int
		codes   []string
	}{
		"no file":                       {"", nil, "yes", 422, []string{"file_missing"}},
		"an empty file":                 {"名册.xlsx", nil, "yes", 422, []string{"file_empty"}},
		"a letter":                      {"名册.docx", good, "yes", 422, []string{"file_kind"}},
		"a broken workbook":             {"名册.xlsx", good[:len(good)/2], "yes", 422, []string{"file_unreadable"}},
		"a workbook that may hold code": {"名册.xlsm", good, "yes", 422, []string{"file_macros"}},
		"a table of something else":     {"水表.csv", []byte("水表号,读数\n1,20\n2,30\n"), "yes", 422, []string{"roster_wrong_kind"}},
		"no answer on parking":          {"名册.xlsx", good, "", 422, []string{"parking_unanswered"}},
		"a strange answer on parking":   {"名册.xlsx", good, "perhaps", 422, []string{"bad_value"}},
		"nothing at all":                {"", nil, "", 422, []string{"parking_unanswered", "file_missing"}},
		"more than may be sent":         {"名册.csv", bytes.Repeat([]byte("1,2\n"), 300_000), "yes", 413, []string{"body_too_big"}},
	} {
		t.Run(name, func(t *testing.T) {
			page := b.upload("/staff"+path+"/intakes", c.file, c.content, "parking_area", c.area, "parking_heads", "no")
			if page.status != c.status {
				t.Fatalf("%d %s", page.status, page.body)
			}
			api := b.upload("/api/v1"+path, c.file, c.content, "parking_area", c.area, "parking_heads", "no")
			if api.status != c.status || api.code(t) != c.codes[0] {
				t.Errorf("API: %d %s", api.status, api.body)
			}
			for _, code := range c.codes {
				if !strings.Contains(page.body, sentence(code)) {
					t.Errorf("the page does not say %s", code)
				}
			}
			if c.status == 422 && !strings.Contains(page.body, `name="parking_heads" value="no" checked`) {
				t.Error("the answer that was given is lost")
			}
		})
	}
	if page := b.upload("/staff"+path+"/intakes", "", nil, "parking_area", "", "parking_heads", "no", "colour", "red"); page.status != http.StatusBadRequest {
		t.Errorf("a field that the form does not have: %d", page.status)
	}
	if list := decode[rostersJSON](t, b.get("/api/v1"+path)); len(list.Rosters) != 0 {
		t.Errorf("refused uploads left %d rosters", len(list.Rosters))
	}
}
