package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/web"
)

const cityPlatform = "样例市业主投票平台"

func TestAPlatformIsAnnouncedWhereThePlaceHasOneOfItsOwn(t *testing.T) {
	w := placed(t, "山东省/潍坊市/样例区")
	b := w.signInHere()
	pages := "/staff/communities/" + w.own.ID + "/meetings"
	b.get(pages+"/new").says(t, "the form", http.StatusOK, "潍坊市物业管理条例", "须使用主管部门建立的系统", `name="platform"`, `name="channel_conflict"`)
	base := "/api/v1/communities/" + w.own.ID + "/meetings"
	made := decode[meetingJSON](t, b.json(http.MethodPost, base, body(w.terms(), "platform", `"`+cityPlatform+`"`, "channel_conflict", `"paper_wins"`)))
	if made.Platform != cityPlatform || made.Conflict != "paper_wins" || !made.OnlineBarred {
		t.Fatalf("the draft is %+v", made)
	}
	b.json(http.MethodPost, base+"/"+made.ID+"/matters", `{"kind":"motion","item":9,"title":"围墙涂装","text":"是否同意给小区围墙重新涂装？"}`)
	noticed := b.json(http.MethodPost, base+"/"+made.ID+"/notice", "")
	if noticed.status != http.StatusOK { // the city's system is announced: there is nothing grave to confirm
		t.Fatalf("%d %s", noticed.status, noticed.body)
	}
	public := b.get("/m/" + made.ID)
	public.says(t, "the notice", http.StatusOK, "在"+cityPlatform+"上投票", "本系统不收电子投票", "以纸质票为准", "潍坊市物业管理条例")
	public.hides(t, "the notice", "手机扫码", "我要投票", "手机上投的票")
	if read := decode[noticeJSON](t, b.get("/api/v1/public/meetings/"+made.ID)); read.Meeting.Platform != cityPlatform || !read.Meeting.OnlineBarred {
		t.Errorf("the public meeting is %+v", read.Meeting)
	}
}

func TestWithoutAPlatformThereIsPaperAlone(t *testing.T) {
	w := placed(t, "山东省/潍坊市/样例区")
	w.own.meeting = w.another(&w.own)
	w.browser().get("/m/"+w.own.meeting.ID).says(t, "the notice", http.StatusOK, "只收纸质表决票", "潍坊市物业管理条例")
}

func TestAnElectronicFormThatThePlaceDoesNotKnowIsNotAnnounced(t *testing.T) {
	w := placed(t, "上海市/样例区")
	b := w.signInHere()
	form := b.get("/staff/communities/" + w.own.ID + "/meetings/new")
	form.says(t, "the form", http.StatusOK, "没有电子投票")
	form.hides(t, "the form", `name="platform"`)
	base := "/api/v1/communities/" + w.own.ID + "/meetings"
	if refused := b.json(http.MethodPost, base, body(w.terms(), "platform", `"`+cityPlatform+`"`)); refused.code(t) != "platform_barred" || !strings.Contains(refused.body, `"field":"platform"`) {
		t.Errorf("%s", refused.body)
	}
	pages := "/staff/communities/" + w.own.ID + "/meetings"
	typed := url.Values{}
	for pairs := append(w.terms(), "platform", cityPlatform); len(pairs) > 1; pairs = pairs[2:] {
		typed.Set(pairs[0], pairs[1])
	}
	b.post(pages, typed).says(t, "the refused form", http.StatusUnprocessableEntity, sentence("platform_barred"), cityPlatform)
}

func TestPapersOfAPlaceWithItsOwnSystemSayNothingOfThePhone(t *testing.T) {
	w := placed(t, "山东省/潍坊市/样例区")
	w.own.meeting = w.another(&w.own)
	data := sheetMeeting(w.own.Community, w.own.meeting, "https://vote.example")
	if !data.NoOnline || data.Platform != "" {
		t.Errorf("the sheets: %+v", data)
	}
	notice, err := w.store.NoticeOf(w.ctx(), w.own.meeting.ID)
	w.must(err)
	printed := meetingNoticeData(notice, "https://vote.example")
	if text := strings.Join(printed.Channels, "") + printed.Ways; strings.Contains(text, "扫码") || !strings.Contains(text, "只收纸质表决票") {
		t.Errorf("the printed notice: %s", text)
	}
	if got := waysOf(w.own.meeting).Manner(); got != "采用书面征求意见的形式" {
		t.Errorf("held %s", got)
	}
	if ways := (web.Ways{}); ways.Why() != "" {
		t.Error("nothing to say elsewhere")
	}
}
