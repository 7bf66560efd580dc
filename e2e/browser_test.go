package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/roster"
)

// screenshots are looked at by people; the folder is not committed.
const screenshots = "../build/screenshots"

// phone and desk are the widths at which every page must hold.
const phone, desk = 390, 1280

// TestAResidentVotesOnAPhone goes through headless Chromium from the sheet's link to the receipt, with the
// pages' scripts and without: pages have no inline script, so that withholding the files leaves none.
func TestAResidentVotesOnAPhone(t *testing.T) {
	for name, scripts := range map[string]bool{"": true, "noscript-": false} {
		t.Run("scripts "+strconv.FormatBool(scripts), func(t *testing.T) { residentVotes(t, name, scripts) })
	}
}

func residentVotes(t *testing.T, prefix string, scripts bool) {
	w := newTown(t, filepath.Join(t.TempDir(), "browser.db"), true)
	w.prefix = prefix
	sheet := w.openVote()
	page := w.browser()
	w.noScripts = !scripts

	w.visit(page, "/v/"+sheet.Token, "1-who")
	page.MustElement("input[name=phone]").MustClick()
	w.press(page, "获取验证码", "2-code")
	code := regexp.MustCompile(`\d{6}`).FindString(page.MustElementR("body *", `验证码是 \d{6}`).MustText())
	page.MustElement("input[name=code]").MustInput(flip(code))
	w.press(page, "", "3-wrong-code")
	if !strings.Contains(page.MustElement("main").MustText(), "验证码不对") {
		t.Errorf("a wrong code is not told: %s", page.MustElement("main").MustText())
	}
	page.MustElement("input[name=code]").MustSelectAllText().MustInput(code)
	w.press(page, "", "4-ballot")

	w.press(page, "下一步", "5-nothing-chosen")
	if !page.MustHas("[aria-invalid=true], .why") {
		t.Error("an empty ballot is taken without a word")
	}
	w.fillIn(page, sheet)
	w.press(page, "下一步", "6-confirm")
	w.press(page, "返回修改", "7-change")
	w.press(page, "下一步", "6-confirm")
	w.press(page, "确认投票", "8-receipt")
	receipt := page.MustElement(".receipt-code").MustText()
	if len(receipt) != len("K7QF-2M9T-XR4D-8HVC-2") {
		t.Errorf("the receipt is %q", receipt)
	}

	page.MustNavigateBack().MustWaitLoad()
	page.MustReload().MustWaitLoad()
	w.visit(page, "/vote", "9-voted-already")
	w.visit(page, "/receipts", "10-check")
	page.MustElement("input[name=code]").MustInput(strings.ToLower(receipt))
	w.press(page, "核对", "11-checked")
	if text := page.MustElement("main").MustText(); !strings.Contains(text, "已经记录") {
		t.Errorf("the receipt is not found: %s", text)
	}
	found, err := w.store.CheckReceipt(t.Context(), receipt)
	w.must(err)
	if found.Number != 1 {
		t.Errorf("ballot number %d", found.Number)
	}
}

// TestPagesHoldAtBothWidths opens what anyone and the staff see, at both widths.
func TestPagesHoldAtBothWidths(t *testing.T) {
	w := newTown(t, filepath.Join(t.TempDir(), "browser.db"), false)
	sheet := w.openVote()
	meetings, err := w.store.Meetings(t.Context(), w.community.ID)
	w.must(err)
	meeting := meetings[0]
	page := w.browser()
	for name, path := range map[string]string{"home": "/", "board": "/b/" + w.community.ID, "notice": "/m/" + meeting.ID,
		"find-home": "/m/" + meeting.ID + "/vote", "who": "/v/" + sheet.Token, "certificates": "/certificates", "login": "/staff/login", "missing": "/nowhere"} {
		w.visit(page, path, "page-"+name)
	}
	w.visit(page, "/staff/login", "")
	page.MustElement("input[name=user]").MustInput(string(models.RoleConvener))
	page.MustElement("input[name=password]").MustInput(password)
	w.press(page, "登录", "staff-console")
	base := "/staff/communities/" + w.community.ID
	for name, path := range map[string]string{"community": "", "upload": "/rosters/new", "roster": "/rosters/" + meeting.RosterID,
		"new-meeting": "/meetings/new", "meeting": "/meetings/" + meeting.ID, "deliveries": "/meetings/" + meeting.ID + "/deliveries"} {
		w.visit(page, base+path, "staff-"+name)
	}
}

// openVote prepares the sample community with an open vote and gives a sheet of a couple.
func (w *town) openVote() models.Sheet {
	w.t.Helper()
	content, err := os.ReadFile(rosterFile)
	w.must(err)
	sheets, err := workbook.ReadBytes(content, "roster-standard.xlsx")
	w.must(err)
	parsed, issues := roster.Parse(sheets)
	by, id, ctx := models.Actor{Role: "convener", ID: "convener"}, w.community.ID, w.t.Context()
	list, err := w.store.ImportRoster(ctx, by, id, models.RosterFile{Name: "roster-standard.xlsx", Roster: parsed, Issues: issues, Confirmed: "样例"})
	w.must(err)
	w.must(w.store.PublishRoster(ctx, by, id, list.ID, models.Display{Until: w.clock(), AnswerDays: 5, Contact: "业委会办公室"}))
	w.wait(1) // the display is over
	w.must(w.store.FreezeRoster(ctx, models.Actor{Role: "street", ID: "street"}, id, list.ID))
	counted := true
	meeting, err := w.store.CreateMeeting(ctx, by, id, models.MeetingTerms{Title: "样例花园业主大会临时会议", ConvenerKind: "committee",
		ConvenerName: "样例花园业主委员会", Contact: "业委会办公室", Place: "物业服务中心", RosterID: list.ID, OpensAt: w.clock() + 16*day,
		ClosesAt: w.clock() + 30*day, ObjectionDays: 5, Policies: voting.Policies{VoidParticipates: &counted}})
	w.must(err)
	for _, matter := range []models.Matter{
		{Title: "利用小区外墙经营广告", Body: "收入归全体业主，每半年公布一次。", Rule: voting.Matter{Kind: voting.Motion, Item: 8}},
		{Title: "选举业主委员会委员", Body: "应选三名。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 3, MinMembers: 3,
			Options: []string{"候选人甲（名字很长的少数民族同胞·阿不都热依木江）", "候选人乙", "候选人丙", "候选人丁"}}},
		{Title: "选聘物业服务企业", Body: "三选一。", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick,
			Options: []string{"样例物业服务一公司", "样例物业服务二公司", "样例物业服务三公司"}}},
	} {
		_, err := w.store.AddMatter(ctx, by, id, meeting.ID, matter)
		w.must(err)
	}
	w.must(w.store.IssueNotice(ctx, by, id, meeting.ID))
	w.wait(17 * day)
	made, err := w.store.Sheets(ctx, id, meeting.ID)
	w.must(err)
	for _, sheet := range made {
		home, err := w.store.HomeOf(ctx, sheet.Token)
		w.must(err)
		if len(home.People) == 2 && home.People[0].Phone != "" && home.People[1].Phone != "" {
			return sheet
		}
	}
	w.t.Fatal("no couple with two phones on the roster")
	return models.Sheet{}
}

// browser starts Chromium as root may, with no network but this machine's.
func (w *town) browser() *rod.Page {
	w.t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		w.t.Fatal("chromium is not installed: apt-get install -y chromium fonts-noto-cjk")
	}
	profile, err := os.MkdirTemp("", "gongjue-chromium-")
	w.must(err)
	chromium := launcher.New().Bin(path).NoSandbox(true).Headless(true).UserDataDir(profile).
		Set("disable-gpu").Set("disable-quic").Set("no-first-run").Set("disable-background-networking").
		Set("disable-component-update").Set("disable-sync").Set("lang", "zh-CN").Set("accept-lang", "zh-CN")
	control, err := chromium.Launch()
	w.must(err)
	browser := rod.New().ControlURL(control).MustConnect()
	w.t.Cleanup(func() {
		_ = browser.Close() // it may be gone already
		chromium.Kill()
		chromium.Cleanup() // waits for the process, which still writes while it ends, and removes its profile
	})
	w.must(os.MkdirAll(screenshots, 0o755))
	return browser.MustPage("about:blank")
}

// visit opens a path, checks it at both widths and keeps a picture of each.
func (w *town) visit(page *rod.Page, path, name string) {
	w.t.Helper()
	page.MustNavigate(w.server.URL + path).MustWaitLoad()
	w.look(page, name)
}

// press clicks the button that begins with the text, or the first main one, and waits for the next page.
func (w *town) press(page *rod.Page, text, name string) {
	w.t.Helper()
	loaded := page.MustWaitNavigation()
	if text == "" {
		page.MustElement("main form button").MustClick()
	} else {
		page.MustElementR("button", "^"+text).MustClick()
	}
	loaded()
	page.MustWaitLoad()
	w.look(page, name)
}

// look checks that nothing is wider than the screen and keeps a picture, at the width of a phone and of a desk.
func (w *town) look(page *rod.Page, name string) {
	w.t.Helper()
	if name == "" {
		return
	}
	for _, width := range []int{desk, phone} { // the phone last: the test goes on at its width
		page.MustSetViewport(width, 844, 1, width == phone)
		if wide := page.MustEval(`() => document.documentElement.scrollWidth`).Int(); wide > width {
			w.t.Errorf("%s is %d px wide on a screen of %d", name, wide, width)
		}
		picture, err := page.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
		w.must(err)
		w.must(os.WriteFile(filepath.Join(screenshots, fmt.Sprintf("%s%s-%d.png", w.prefix, name, width)), picture, 0o644))
	}
}

// fillIn marks the first choice of everything.
func (w *town) fillIn(page *rod.Page, sheet models.Sheet) {
	for _, matter := range sheet.Matters {
		if matter.Rule.Method == voting.ApprovalEach {
			for i := range matter.Rule.Options {
				page.MustElement(fmt.Sprintf(`input[name="m.%s.%d"][value=yes]`, matter.ID, i)).MustClick()
			}
			continue
		}
		page.MustElement(fmt.Sprintf(`input[name="m.%s"]`, matter.ID)).MustClick()
	}
}

func flip(code string) string {
	if code[0] == '1' {
		return "2" + code[1:]
	}
	return "1" + code[1:]
}
