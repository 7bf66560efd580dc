package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting/lifecycle"
	"gongjue/web"
)

// displayTown has a roster on display for seven days in its first community.
func displayTown(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	list, err := w.store.ImportRoster(w.ctx(), w.own.convener, w.own.ID, models.RosterFile{Name: "名册.xlsx", SHA256: "00", Roster: homes()})
	w.must(err)
	display := models.Display{Until: endOfDisplay(w.now.Load(), 7), AnswerDays: 5, Contact: "业委会办公室 0000-0000000", Place: "物业楼一层"}
	w.must(w.store.PublishRoster(w.ctx(), w.own.convener, w.own.ID, list.ID, display))
	w.own.roster, err = w.store.Roster(w.ctx(), w.own.ID, list.ID)
	w.must(err)
	return w
}

// personal is what no public answer about the roster may hold: names, phones and numbers of documents.
var personal = []string{"样例1", "样例2", "样例3", "样例*", "1990000", "990000197001"}

func TestADisplayIsTheSameOnPagePaperAndInJSON(t *testing.T) {
	w := displayTown(t)
	b, address := w.browser(), displayURL(w.own.roster.ID)
	if board := b.get("/b/" + w.own.ID); !strings.Contains(board.body, `href="`+address+`"`) {
		t.Error("the board does not lead to the display")
	}
	head := decode[publicRosterJSON](t, b.get("/api/v1/public/rosters/"+w.own.roster.ID))
	lines := decode[displayLinesJSON](t, b.get("/api/v1/public/rosters/"+w.own.roster.ID+"/units"))
	if !head.Open || head.Roster.Total.Heads != 6 || head.AnswerDays != 5 || len(head.Buildings) != 2 || len(lines.Units) != 7 || lines.Next != "" {
		t.Fatalf("the display is %+v with %d lines", head, len(lines.Units))
	}
	page := b.get(address)
	page.says(t, "the display", 200, "还剩 7 天", "业委会办公室 0000-0000000", "物业楼一层", "5 日内", "615.93", "6 人", "登记簿", "合计", "2号楼")
	whole := b.get(address+"?building="+url.QueryEscape("1号楼")).body + b.get(address+"?building="+url.QueryEscape("2号楼")).body
	pdf := b.get(address + "/roster.pdf")
	pages, err := papertest.Read([]byte(pdf.body))
	w.must(err)
	paper := ""
	for _, sheet := range pages {
		paper += sheet.Text()
	}
	for _, line := range lines.Units {
		for name, text := range map[string]string{"page": whole, "PDF": paper} {
			if !strings.Contains(text, line.Area) || !strings.Contains(text, "1单元 "+line.Room) {
				t.Errorf("the %s lacks %s %s", name, line.Room, line.Area)
			}
		}
	}
	for _, text := range []string{"第 1 组，同一业主共 2 个，合计 1 人", "建设单位，1 人"} {
		if !strings.Contains(whole, text) || !strings.Contains(strings.ReplaceAll(paper, " ", ""), strings.ReplaceAll(text, " ", "")) {
			t.Errorf("page or PDF does not say %q", text)
		}
	}
	for name, text := range map[string]string{"page": page.body + whole, "PDF": paper, "JSON": fmt.Sprint(head, lines),
		"board": b.get("/b/" + w.own.ID).body} {
		for _, word := range personal {
			if strings.Contains(text, word) {
				t.Errorf("the %s holds %q", name, word)
			}
		}
	}
}

func TestAHomeIsFoundAsPeopleWriteIt(t *testing.T) {
	w := displayTown(t)
	b, address := w.browser(), displayURL(w.own.roster.ID)
	for _, typed := range []url.Values{{"building": {"1号楼"}, "room": {"201"}}, {"building": {"1号楼"}, "room": {"1单元201室"}}, {"room": {"1-1-201"}},
		{"building": {" 1号楼"}, "room": {" 一单元 201 "}}, {"room": {"1号楼一单元201"}}, {"building": {"1#"}, "room": {"1单元-201"}}} {
		found := b.get(address + "?" + typed.Encode())
		if found.says(t, typed.Encode(), 200, "100.39"); strings.Count(found.body, "<tr><th scope=\"row\">") != strings.Count(b.get(address).body, "<tr><th scope=\"row\">")+1 {
			t.Errorf("%s finds something else too", typed.Encode())
		}
	}
	b.get(address+"?room=999").says(t, "a home that is missing", 200, "没有查到这一户")
	b.get(address+"?building=%F0%9F%8F%A0&after=x").says(t, "a building that is none", 200, "没有查到这一户")
	b.get("/r/nobody").says(t, "no roster", 404, sentence("not_found"))
	draft, err := w.store.ImportRoster(w.ctx(), w.own.convener, w.own.ID, models.RosterFile{Name: "b.xlsx", Roster: homes()})
	w.must(err)
	for _, path := range []string{"/r/" + draft.ID, "/r/" + draft.ID + "/roster.pdf", "/api/v1/public/rosters/" + draft.ID, "/api/v1/public/rosters/" + draft.ID + "/units"} {
		if answer := b.get(path); answer.status != http.StatusNotFound {
			t.Errorf("a draft at %s: %d", path, answer.status)
		}
	}
}

func TestAFrozenRosterIsNotShownLineByLineAnyMore(t *testing.T) {
	w := displayTown(t)
	b, id := w.browser(), w.own.roster.ID
	b.get(displayURL(id)+"?room=201").says(t, "the display", 200, "100.39")
	w.wait(8 * aDay)
	b.get(displayURL(id)).says(t, "a display that is over", 200, "公示期已经结束")
	w.must(w.store.FreezeRoster(w.ctx(), w.own.street, w.own.ID, id))
	frozen := b.get(displayURL(id) + "?room=201")
	frozen.says(t, "the frozen roster", 200, "名册指纹", "逐户的清单不再公开", "615.93")
	frozen.hides(t, "the frozen roster", "100.39", "1单元 201")
	if answer := b.get("/api/v1/public/rosters/" + id + "/units"); answer.code(t) != "roster_display_over" {
		t.Errorf("the lines of a frozen roster: %d", answer.status)
	}
	pages, err := papertest.Read([]byte(b.get(displayURL(id) + "/roster.pdf").body))
	w.must(err)
	if text := pages[0].Text(); len(pages) != 1 || strings.Contains(text, "100.39") || !strings.Contains(text, "校验根") {
		t.Errorf("the posted totals are %s", text)
	}
}

func TestThePosterAndBothSignaturesStandOnTheRostersPage(t *testing.T) {
	w := displayTown(t)
	address := rosterURL(w.own.ID, w.own.roster.ID)
	convener := w.signIn(models.RoleConvener)
	convener.get(address).says(t, "the roster's page", 200, address+"/poster.pdf", displayURL(w.own.roster.ID))
	pages, err := papertest.Read([]byte(convener.get(address + "/poster.pdf").body))
	w.must(err)
	if link, err := pages[0].QR(); err != nil || link != "https://vote.example"+displayURL(w.own.roster.ID) {
		t.Errorf("the poster leads to %q, %v", link, err)
	}
	w.wait(8 * aDay)
	street := w.signIn(models.RoleStreet)
	if moved := street.post(address+"/freeze", street.get(address).form(t, address+"/freeze").fields); moved.status != http.StatusSeeOther {
		t.Fatalf("freeze: %d", moved.status)
	}
	street.get(address).says(t, "the frozen roster", 200, "召集人 staff-convener", "街道工作人员 staff-street")
	list := decode[rosterDetailJSON](t, street.get(apiURL(address)))
	if list.State != lifecycle.RosterFrozen {
		t.Errorf("the roster is %s", list.State)
	}
}

func TestTheNoticePrintsTheRosterThatWasFrozen(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	b, root := w.browser(), w.own.roster.Root
	if len(root) != 64 {
		t.Fatalf("the root is %q", root)
	}
	b.get(noticeURL(w.own.meeting.ID)).says(t, "the notice", 200, web.Digest(root), "6 人", "615.93 ㎡", "7 个")
	pages, err := papertest.Read([]byte(b.get(noticePDFURL(w.own.meeting.ID)).body))
	w.must(err)
	text := ""
	for _, page := range pages {
		text += page.Text()
	}
	for _, want := range []string{root, "业主名册指纹：" + web.Digest(root), "6 人", "615.93 ㎡", "专有部分 7 个"} {
		if !strings.Contains(text, want) {
			t.Errorf("the printed notice lacks %q", want)
		}
	}
	notice := decode[noticeJSON](t, b.get("/api/v1/public/meetings/"+w.own.meeting.ID))
	if notice.Roster.Root != root || notice.Roster.Total.Heads != 6 || notice.Roster.Total.AreaCM2 != 6_159_300 || notice.Roster.Units != 7 {
		t.Errorf("the notice says %+v", notice.Roster)
	}
}
