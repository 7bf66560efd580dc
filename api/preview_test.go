package api

import (
	"net/http"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
	"gongjue/web"
)

// previews are the addresses below a draft that show what its notice will make.
var previews = []string{"/preview", "/preview/notice.pdf", "/preview/ballot", "/preview/sheet.pdf"}

func TestADraftIsLookedAtInOrderBeforeItsNotice(t *testing.T) {
	w := frozenTown(t)
	draft := w.draft(&w.own)
	address := staffMeetingURL(draft)
	for _, role := range []models.Role{models.RoleConvener, models.RoleStreet} {
		b := w.signIn(role)
		shown := b.get(address)
		shown.says(t, "the draft", http.StatusOK, "发布以前请逐份看完")
		for _, path := range previews {
			if !strings.Contains(shown.body, `href="`+address+path+`"`) {
				t.Errorf("%s: the draft does not lead to %s", role, path)
			}
		}
		b.get(address+"/preview").says(t, "the notice page", http.StatusOK, web.PreviewStamp, draft.Title, "修改议事规则", `href="`+address+`/files/`)
		b.get(address+"/preview/ballot").says(t, "the ballot page", http.StatusOK, web.PreviewStamp, "样例物业一", web.SamplePlace, web.PreviewOwnMatters)
	}
	shown := w.signIn(models.RoleConvener).get(address)
	shown.says(t, "the button", http.StatusOK, "4 个表决事项的全文、计票规则、表决范围和投票时间从此固定", web.Instant(draft.OpensAt).String()+" 系统自动开始投票")
	at := -1
	for _, step := range []string{`id="agenda"`, `id="checks"`, `id="preview"`, `action="` + address + `/notice"`} {
		next := strings.Index(shown.body, step)
		if next <= at {
			t.Errorf("%s stands at %d, after %d", step, next, at)
		}
		at = next
	}
}

func TestNothingInAPreviewWorksOrNamesAnybody(t *testing.T) {
	w := frozenTown(t)
	draft := w.draft(&w.own)
	address := staffMeetingURL(draft)
	b := w.signIn(models.RoleConvener)
	for _, path := range []string{"/preview", "/preview/ballot"} {
		answer := b.get(address + path)
		answer.hides(t, path, "/v/", "/m/"+draft.ID, `action="/vote`, "样例1", "1号楼 1单元 101")
	}
	for _, path := range []string{"/preview/notice.pdf", "/preview/sheet.pdf"} {
		answer := b.get(address + path)
		pages, err := papertest.Read([]byte(answer.body))
		w.must(err)
		for i, page := range pages {
			if strings.Count(page.Text(), web.PreviewStamp) < 3 {
				t.Errorf("%s: page %d is not marked in its margin and twice across", path, i+1)
			}
			if code, err := page.QR(); err == nil {
				t.Errorf("%s: page %d has a code for %q", path, i+1, code)
			}
			for _, secret := range []string{"vote.example", "样例1", "1号楼1单元", "核验码 "} {
				if strings.Contains(page.Text(), secret) {
					t.Errorf("%s: page %d says %q", path, i+1, secret)
				}
			}
		}
	}
	for _, path := range previews {
		for _, who := range []*browser{w.signIn(models.RoleTeller), w.signIn(models.RoleDistrict)} {
			if answer := who.get(address + path); answer.status != http.StatusForbidden {
				t.Errorf("%s: %d", path, answer.status)
			}
		}
	}
	if answer := w.browser().get("/m/" + draft.ID); answer.status != http.StatusNotFound {
		t.Errorf("the draft is public: %d", answer.status)
	}
}

func TestAPreviewNeedsNoFinishedDraftAndEndsWithTheNotice(t *testing.T) {
	w := frozenTown(t)
	yes := true
	empty, err := w.store.CreateMeeting(w.ctx(), w.own.convener, w.own.ID, models.MeetingTerms{Title: "空的会议", ConvenerKind: "committee", ConvenerName: "样例小区业主委员会",
		Contact: "物业楼一层", RosterID: w.own.roster.ID, OpensAt: w.now.Load() + aDay, ClosesAt: w.now.Load() + 2*aDay, Policies: voting.Policies{VoidParticipates: &yes}})
	w.must(err)
	b := w.signIn(models.RoleConvener)
	for _, path := range previews {
		b.get(staffMeetingURL(empty)+path).says(t, path+" of a draft without matters", http.StatusOK)
	}
	noticed := w.another(&w.own)
	for _, path := range previews {
		if answer := b.get(staffMeetingURL(noticed) + path); answer.status != http.StatusSeeOther || answer.location() != staffMeetingURL(noticed) {
			t.Errorf("%s after the notice: %d %s", path, answer.status, answer.location())
		}
	}
	b.get(staffMeetingURL(noticed)).hides(t, "the page after the notice", "/preview")
}

func TestWhereElectronicVotesAreBarredNobodyIsShownABallotOnThePhone(t *testing.T) {
	w := placed(t, "北京市朝阳区")
	draft := w.draft(&w.own)
	b := w.signInHere()
	b.get(staffMeetingURL(draft)).hides(t, "the draft", "/preview/ballot")
	if answer := b.get(staffMeetingURL(draft) + "/preview/ballot"); answer.status != http.StatusConflict {
		t.Errorf("%d", answer.status)
	}
	b.get(staffMeetingURL(draft)+"/preview/sheet.pdf").says(t, "the sheet", http.StatusOK)
}
