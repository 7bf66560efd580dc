package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/verify"
)

// proveFor goes through the pages to the record of a home, as an owner with nothing but a phone.
func (w *town) proveFor(t *testing.T, building, room, phone string) *browser {
	t.Helper()
	b, start := w.browser(), "/m/"+w.own.meeting.ID+"/record"
	asked := b.get(start)
	if asked.status != http.StatusSeeOther || asked.location() != start+"/home" {
		t.Fatalf("whoever asks at once is led to %d %q", asked.status, asked.location())
	}
	f := b.get(start+"/home").form(t, start+"/home")
	entered := b.post(f.action, f.with(t, "building", building, "stair", "1", "room", room, "phone", phone)).form(t, start+"/enter")
	answer := b.post(entered.action, entered.with(t, "code", w.code(entered.fields.Get("request"))))
	if answer.status != http.StatusSeeOther || answer.location() != start {
		t.Fatalf("the right code leads to %d %q: %s", answer.status, answer.location(), answer.body)
	}
	return b
}

// recordState is what the offline check makes of the file that the page offers.
func recordState(t *testing.T, b *browser, path string) (verify.State, string) {
	t.Helper()
	file := b.get(path)
	if file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Type"), "text/plain") || file.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s: %d %s", path, file.status, file.header)
	}
	report, err := verify.Alone(verify.Options{Record: []byte(file.body)})
	if err != nil || len(report.Findings) != 1 {
		t.Fatalf("%s: %+v %v", path, report, err)
	}
	return report.Findings[0].State, file.body
}

func TestAnOwnerSeesWhatIsRecordedForTheHomeAndTakesTheProofAlong(t *testing.T) {
	w := votingTown(t)
	start := "/m/" + w.own.meeting.ID + "/record"
	w.cast(w.own.sheets[1], voting.Yes) // 1号楼 1单元 102
	voted, silent := w.proveFor(t, "1号楼", "102", "19900000002"), w.proveFor(t, "1号楼", "101", "19900000001")
	voted.get(start).says(t, "whoever voted", http.StatusOK, "记录到 1 张选票", "第 1 张票", "1号楼 1单元 102", "方式", "前 2 条")
	voted.get(start+"?choices=1").hides(t, "choices while voting is open", "看我家的选择", "同意", "随机数")
	silent.get(start).says(t, "whoever did not", http.StatusOK, "没有记录到任何选票", "投票还没有截止")
	if state, text := recordState(t, voted, start+"/record.txt"); state != verify.Passed || strings.Contains(text, `"choices"`) {
		t.Errorf("a ballot: %s", state)
	}
	if state, text := recordState(t, silent, start+"/record.txt"); state != verify.Absent || !strings.Contains(text, "没有记录到任何选票") {
		t.Errorf("a promise: %s\n%s", state, text)
	}
	report, err := verify.Alone(verify.Options{Receipt: []byte(voted.get(start + "/receipts/1").body)})
	if err != nil || report.Findings[0].State != verify.Passed {
		t.Errorf("the receipt file: %+v %v", report, err)
	}
	if answer := silent.get(start + "/receipts/1"); answer.status != http.StatusNotFound {
		t.Errorf("somebody else's receipt: %d", answer.status)
	}

	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	silent = w.proveFor(t, "1号楼", "101", "19900000001")
	if state, _ := recordState(t, silent, start+"/record.txt"); state != verify.Absent {
		t.Errorf("before figures are displayed: %s", state)
	}
	w.must(w.store.DisplayPreliminary(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	if state, _ := recordState(t, silent, start+"/record.txt"); state != verify.Passed {
		t.Errorf("a proof that nothing was cast: %s", state)
	}
	voted = w.proveFor(t, "1号楼", "102", "19900000002")
	voted.get(start).hides(t, "choices that nobody asked for", "随机数")
	voted.get(start+"?choices=1").says(t, "choices", http.StatusOK, "同意", "随机数", "不要发给别人")
	if state, text := recordState(t, voted, start+"/record.txt?choices=1"); state != verify.Passed || !strings.Contains(text, `"choices"`) || !strings.Contains(text, "：同意") {
		t.Errorf("an opened ballot: %s\n%s", state, text)
	}
	if answer := voted.post(start+"/leave", url.Values{}); answer.location() != "/m/"+w.own.meeting.ID {
		t.Errorf("leaving leads to %q", answer.location())
	}
	if answer := voted.get(start); answer.status != http.StatusSeeOther {
		t.Errorf("after leaving: %d", answer.status)
	}
	for _, secret := range []string{"19900000001", "19900000002", "样例一"} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

func TestTheSessionOfTheBallotOpensTheRecordOfItsMeetingAlone(t *testing.T) {
	w := votingTown(t)
	w.noticed(&w.foreign)
	b := w.enter(w.own.sheets[1])
	var record votingRecordJSON
	answer := b.json(http.MethodGet, "/api/v1/meetings/"+w.own.meeting.ID+"/voting-record", "")
	w.must(json.Unmarshal([]byte(answer.body), &record))
	if answer.status != http.StatusOK || record.Ballots == nil || len(record.Ballots) != 0 || len(record.Places) != 1 {
		t.Errorf("%d %s", answer.status, answer.body)
	}
	for _, id := range []string{w.foreign.meeting.ID, "00000000-0000-7000-8000-000000000000"} {
		if answer := b.json(http.MethodGet, "/api/v1/meetings/"+id+"/voting-record", ""); answer.status != http.StatusUnauthorized {
			t.Errorf("another meeting: %d %s", answer.status, answer.body)
		}
	}
	other := w.atRoster(&w.own, "1号楼", "102", "19900000002")
	if answer := other.get("/m/" + w.own.meeting.ID + "/record"); answer.status != http.StatusOK {
		t.Errorf("from the own home on the roster: %d", answer.status)
	}
	if answer := other.get("/vote"); answer.status == http.StatusOK {
		t.Error("a session at the roster opens the ballot")
	}
	if answer := w.browser().get("/m/" + w.foreign.meeting.ID + "/record/home"); answer.status == http.StatusOK {
		t.Error("a meeting that has no log yet can be asked")
	}
}

func TestTheCodeOfAReceiptStandsBehindTheHashOfItsQR(t *testing.T) {
	w := votingTown(t)
	b := w.enter(w.own.sheets[1])
	b.json(http.MethodPost, "/api/v1/ballots", answers(w.own.sheets[1].Matters, voting.Yes), "Idempotency-Key", "the-key-of-a-receipt")
	b.get("/vote/receipt").says(t, "the receipt", http.StatusOK, "<svg", "/m/"+w.own.meeting.ID+"/record")
	c := &call{Server: &Server{config: Config{PublicURL: "https://" + strings.Repeat("a", 63) + ".example.cn"}}}
	code, err := c.receiptQR("K7QF-2M9T-XR4D-8HVC-2")
	if err != nil || code.Side == 0 || code.Side > 45+8 {
		t.Errorf("a long name: %d modules, %v", code.Side, err)
	}
	c.config.PublicURL = "https://" + strings.Repeat("a", 90)
	if code, err := c.receiptQR("K7QF-2M9T-XR4D-8HVC-2"); err != nil || code.Side != 0 {
		t.Errorf("an address of more than %d characters: %d modules, %v", longestLocator, code.Side, err)
	}
}
