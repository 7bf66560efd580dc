package api

import (
	"net/http"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/web"
)

// handedIn closes a vote of the first community in which sheets came back on paper, void ones among them, after the
// register was kept as given, in the order of the sheets.
func handedIn(t *testing.T, register []models.DeliveryResult, valid, void []int) *town {
	t.Helper()
	w := votingTown(t)
	id, meeting := w.own.ID, w.own.meeting.ID
	for i, result := range register {
		_, err := w.store.RecordDelivery(w.ctx(), w.own.convener, id, meeting, models.Delivery{VoterID: w.own.sheets[i].VoterID, Mode: models.InHand,
			Result: result, At: w.now.Load(), Relation: models.ToOwner, Proof: "存根"})
		w.must(err)
	}
	w.wait(10*aDay + models.CloseGrace)
	enter := func(entry models.PaperEntry) {
		entry.InBox = true
		for _, role := range []models.Role{models.RoleTeller, models.RoleConvener} {
			_, err := w.store.EnterPaper(w.ctx(), w.staff[role].Actor(), id, meeting, entry)
			w.must(err)
		}
	}
	for _, i := range valid {
		entry := models.PaperEntry{VoterID: w.own.sheets[i].VoterID, Marks: map[string]ledger.PaperMark{}}
		for _, matter := range w.own.sheets[i].Matters {
			entry.Marks[matter.ID] = ledger.PaperMark{Choice: voting.Choice{Mark: voting.Abstain}}
			if matter.Rule.Method == voting.ApprovalEach {
				entry.Marks[matter.ID] = ledger.PaperMark{}
			}
		}
		enter(entry)
	}
	for _, i := range void {
		enter(models.PaperEntry{VoterID: w.own.sheets[i].VoterID, Void: ledger.VoidUnsigned})
	}
	return w
}

func TestTheSheetsAreComparedOnTheCountPageAndInTheResult(t *testing.T) {
	const delivered, refused = models.Delivered, models.Refused
	w := handedIn(t, []models.DeliveryResult{delivered, delivered, delivered, delivered, refused, models.Undeliverable}, []int{0, 1}, []int{2})
	address, convener := staffMeetingURL(w.own.meeting), w.signIn(models.RoleConvener)
	before := convener.get(address + "/count")
	before.says(t, "the count page before the count", http.StatusOK, "纸质表决票核对", "<dt>制作</dt><dd>6 张", "<dt>发放</dt><dd>4 张（逐张登记送达）", "拒收 1 张，无法送达 1 张", "<dt>收回（纸质）</dt><dd>3 张", "<dt>没有收回</dt><dd>1 张")
	before.hides(t, "the count page before the count", "其中有效", "其中无效", "没有签名")
	if b := decode[resultsJSON](t, convener.get(apiURL(address)+"/results")).Sheets; b == nil || b.Valid != nil || b.Void != nil || b.Returned != 3 || !b.IssuedKnown {
		t.Errorf("before the count: %+v", b)
	}
	w.browser().get(resultURL(w.own.meeting.ID)).hides(t, "the public page before the display", "纸质表决票核对")

	w.must(w.store.Count(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	w.must(w.store.DisplayPreliminary(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	lines := []string{"其中有效", "2 张", "其中无效", "1 张（没有签名 1 张）"}
	convener.get(address+"/count").says(t, "the count page", http.StatusOK, lines...)
	w.browser().get(resultURL(w.own.meeting.ID)).says(t, "the public result", http.StatusOK, append(lines, "4 张（逐张登记送达）")...)
	pdf := w.browser().pdf(resultPDFURL(w.own.meeting.ID))
	for _, text := range append(lines, "纸质表决票核对", "发放", "收回（纸质）") {
		if !strings.Contains(pdf, text) {
			t.Errorf("the printed result does not say %q", text)
		}
	}
	b := decode[publicResultJSON](t, w.browser().get("/api/v1/public/meetings/"+w.own.meeting.ID+"/result")).Sheets
	if b == nil || *b.Valid != 2 || *b.Void != 1 || len(b.Voids) != 1 || b.Voids[0] != (voidCountJSON{ledger.VoidUnsigned, 1}) || b.IssuedLeast != 4 || len(b.Incidents) != 0 {
		t.Errorf("the public answer says %+v", b)
	}
}

func TestWithoutARegisterItIsSaidThatNobodyKnowsWhatWasHandedOut(t *testing.T) {
	w := handedIn(t, nil, []int{0, 1}, nil)
	address := staffMeetingURL(w.own.meeting)
	w.signIn(models.RoleTeller).get(address+"/count").says(t, "the count page", http.StatusOK, "不详：没有逐张登记送达，最多 6 张")
	partly := handedIn(t, []models.DeliveryResult{models.Delivered}, []int{0, 1}, nil)
	partly.signIn(models.RoleTeller).get(staffMeetingURL(partly.own.meeting)+"/count").says(t, "a register with gaps", http.StatusOK,
		"1 至 6 张：登记送达 1 张，没有登记 5 张")
}

func TestTheCountIsSuspendedWhileMoreCameBackThanWasHandedOut(t *testing.T) {
	w := handedIn(t, []models.DeliveryResult{models.Delivered, models.Refused, models.Refused, models.Refused, models.Refused, models.Refused}, []int{0, 1, 2}, nil)
	address, teller := staffMeetingURL(w.own.meeting), w.signIn(models.RoleTeller)
	for _, path := range []string{"", "/count"} {
		shown := teller.get(address + path)
		shown.says(t, "the page "+path, http.StatusOK, sentence("sheets_exceed"))
		shown.hides(t, "the page "+path, `action="`+address+`/count"`)
	}
	teller.get(address+"/count").says(t, "the count page", http.StatusOK, "收回的纸质票比发放的多 2 张。", "有 2 张收回的票，送达登记里写的是拒收或无法送达。")
	if refused := teller.json(http.MethodPost, apiURL(address)+"/count", ""); refused.code(t) != "sheets_exceed" || refused.status != http.StatusConflict {
		t.Errorf("the count: %d %s", refused.status, refused.body)
	}
	if _, known := web.StaffActs["annul"]; !known || !strings.Contains(w.signIn(models.RoleStreet).get(address).body, `action="`+address+`/annul"`) {
		t.Error("nobody can end it")
	}
}
