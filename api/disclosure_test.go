package api

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/disclosure"
	"gongjue/web"
)

// disclosed publishes the year before last with a file and a draft of the last one, has an owner ask about it, and notes
// their ids.
func (w *town) disclosed(p *quarter) {
	w.t.Helper()
	first := calendar.AddMonths(calendar.StartOfYear(w.store.Now()), -24)
	head := models.DisclosureHead{Period: disclosure.Period{From: first, To: calendar.AddMonths(first, 12) - 1}, Opening: &disclosure.Balances{Common: 100, Fund: 100}, Nothing: disclosure.Sections[1:]}
	revision := func() int64 {
		draft, err := w.store.DisclosureDraft(w.ctx(), p.ID)
		w.must(err)
		return draft.Revision
	}
	w.must(w.store.SaveDisclosureDraft(w.ctx(), p.convener, p.ID, 0, head))
	w.must(w.store.AddDraftLine(w.ctx(), p.convener, p.ID, revision(), disclosure.Line{Amount: disclosure.Amount{Section: disclosure.Revenue, Fen: 100}, Item: "广告"}))
	w.must(w.store.AddDraftFile(w.ctx(), p.convener, p.ID, revision(), models.SentFile{Name: "对账单.pdf", Content: []byte("%PDF-1.7")}))
	id, err := w.store.PublishDisclosure(w.ctx(), p.convener, p.ID, revision())
	w.must(err)
	one, err := w.store.Disclosure(w.ctx(), p.ID, id)
	w.must(err)
	asked := w.atRoster(p, "1", "101", "19900000001").json(http.MethodPost, "/api/v1/own-home/disclosures/"+id+"/questions", `{"body":"一"}`)
	p.ids["disclosure"], p.ids["disclosure_file"], p.ids["question"] = id, one.Files[0].ID, decode[questionJSON](w.t, asked).ID
}

// book is a workbook of lines as somebody fills it in.
func book(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	var file bytes.Buffer
	table := lineTable("", nil)
	table.Rows = rows
	if err := workbook.Write(&file, workbook.Table{Name: "怎样填", Header: []string{"列"}}, table); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// A disclosure goes from the workbook over the board to a question, its answer and the street that hides it.
func TestADisclosureGoesFromTheWorkbookToAQuestionAndItsAnswer(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	address, public := staffCommunityURL(w.own.ID)+"/disclosures", disclosuresURL(w.own.ID)
	convener, officer := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	convener.get(staffCommunityURL(w.own.ID)).says(t, "the convener's room", http.StatusOK, address)
	w.browser().get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, public)
	w.browser().get(public).says(t, "everybody, before", http.StatusOK, "还没有公布过收支", "15 日内公开答复")
	last := calendar.DayText(calendar.StartOfYear(w.store.Now()) - 1)[:4]
	head := url.Values{"revision": {"0"}, "from": {last + "-01-01"}, "to": {last + "-12-31"}, "common_opening": {"一千"}, "fund_opening": {"9000"}, "nothing": {"fund_in", "fund_use"}}
	convener.get(address).says(t, "an empty desk", http.StatusOK, "开始填写", last+"-01-01")
	convener.post(address+"/draft", head).says(t, "a balance in words", http.StatusUnprocessableEntity, sentence("not_an_amount"), "一千")
	head.Set("common_opening", "1000")
	if said := convener.post(address+"/draft", head); said.location() != address+"?done=disclosure_saved" {
		t.Fatalf("begin: %d %s", said.status, said.body)
	}
	draft := func() disclosureDraftJSON {
		t.Helper()
		desk := decode[disclosureDeskJSON](t, convener.get(apiURL(address)))
		if desk.Draft == nil {
			t.Fatal("there is no draft")
		}
		return *desk.Draft
	}
	seen := func(pairs ...string) url.Values {
		values := url.Values{"revision": {strconv.FormatInt(draft().Revision, 10)}}
		for i := 0; i < len(pairs); i += 2 {
			values.Set(pairs[i], pairs[i+1])
		}
		return values
	}
	wrong := convener.uploadFields(address+"/draft/workbook", seen(), "明细.xlsx", book(t, []string{"公共收益收入", "广告", "", "", "一百"}, []string{"别的", "车位", "", "", "-5"}))
	wrong.says(t, "a workbook with errors", http.StatusUnprocessableEntity, "有 3 处要改", "第 2 行", "第 3 行", sentence("not_an_amount"), sentence("section_unknown"))
	old := seen()
	if said := convener.uploadFields(address+"/draft/workbook", old, "明细.xlsx", book(t, []string{"公共收益收入", "电梯广告", "1号楼", "", "1200.50", "", "按季"}, []string{"业主委员会经费和其他支出", "打印", "", "", "200"})); said.location() != address+"?done=disclosure_lines" {
		t.Fatalf("upload: %d %s", said.status, said.body)
	}
	convener.uploadFields(address+"/draft/workbook", old, "明细.xlsx", book(t)).says(t, "another tab", http.StatusConflict, sentence("draft_changed"))
	convener.post(address+"/draft/lines", seen("section", "revenue", "item", "车位", "amount", "-5")).says(t, "below zero", http.StatusUnprocessableEntity, sentence("amount_negative"), "车位")
	if said := convener.post(address+"/draft/lines", seen("section", "expense", "item", "退回押金", "amount", "50", "returned", "yes")); said.location() != address+"?done=disclosure_saved" {
		t.Fatalf("add: %d %s", said.status, said.body)
	}
	if said := convener.uploadFields(address+"/draft/files", seen(), "对账单.pdf", []byte("%PDF-1.7 bank")); said.location() != address+"?done=disclosure_saved" {
		t.Fatalf("file: %d %s", said.status, said.body)
	}
	sheet, err := workbook.ReadBytes([]byte(convener.get(address+"/draft/lines.xlsx").body), "a.xlsx")
	w.must(err)
	if lines, issues := disclosure.Read(sheet, web.DisclosureWords(nil)); issues != nil || len(lines) != 3 || lines[2].Fen != -5_000 {
		t.Errorf("the workbook does not come back as it is: %+v, %+v", lines, issues)
	}
	officer.get(address).hides(t, "the street, before", "电梯广告")
	w.browser().get(public).hides(t, "everybody, before", "电梯广告")
	before := seen()
	if said := convener.post(address+"/draft/publish", before); said.location() != address+"?done=disclosure_published" {
		t.Fatalf("publish: %d %s", said.status, said.body)
	}
	if said := convener.post(address+"/draft/publish", before); said.status != http.StatusConflict {
		t.Errorf("a second click: %d", said.status)
	}
	list := decode[disclosuresJSON](t, w.browser().get("/api/v1/public/communities/"+w.own.ID+"/disclosures")).Disclosures
	if len(list) != 1 || list[0].Closing != (balancesJSON{205_050, 900_000}) || list[0].Lines != 3 {
		t.Fatalf("everybody reads %+v", list)
	}
	one := public + "/" + list[0].ID
	w.browser().get(one).says(t, "its page", http.StatusOK, last+" 年度", "电梯广告", "2,050.50", "没有发生", "对账单.pdf", "我是业主，要提问")
	w.browser().get(one+"/disclosure.pdf").says(t, "on paper", http.StatusOK, "%PDF")
	if tables, err := workbook.ReadBytes([]byte(w.browser().get(one+"/disclosure.xlsx").body), "a.xlsx"); err != nil || len(tables) != 2 || len(tables[1].Rows) != 4 {
		t.Errorf("as a workbook: %+v, %v", tables, err)
	}
	lines := decode[disclosureLinesJSON](t, w.browser().get("/api/v1/public/communities/"+w.own.ID+"/disclosures/"+list[0].ID+"/lines"))
	if len(lines.Lines) != 3 || lines.Next != 0 || lines.Lines[2].Amount != -5_000 {
		t.Errorf("its lines: %+v", lines)
	}
	w.asksAndIsAnswered(t, convener, address, one, list[0].ID)
	file := one + "/files/" + decode[disclosureJSON](t, w.browser().get("/api/v1/public/communities/"+w.own.ID+"/disclosures/"+list[0].ID)).Files[0].ID
	w.browser().get(file).says(t, "its file", http.StatusOK, "%PDF-1.7 bank")
	officer = w.signIn(models.RoleStreet) // the clock went on
	down := strings.Replace(file, public, address, 1) + "/take-down"
	officer.post(down, url.Values{"reason": {""}}).says(t, "without a reason", http.StatusUnprocessableEntity, "对账单.pdf")
	if said := officer.post(down, url.Values{"reason": {"露出了个人账号"}}); said.location() != address+"?done=disclosure_removed" {
		t.Fatalf("take down: %d %s", said.status, said.body)
	}
	w.browser().get(one).says(t, "its page", http.StatusOK, "对账单.pdf", "露出了个人账号")
	if said := w.browser().get(file); said.status != http.StatusNotFound {
		t.Errorf("a file that was taken down: %d", said.status)
	}
}

func (w *town) asksAndIsAnswered(t *testing.T, convener *browser, address, one, id string) {
	t.Helper()
	mine := asksURL(w.own.roster.ID) + "/" + id
	if asked := w.browser().get(mine + "?line=1"); asked.location() != proveURL(w.own.roster.ID) {
		t.Errorf("a stranger is led to %q", asked.location())
	}
	owner := w.atRoster(&w.own, "1", "101", "19900000001")
	owner.get(ownHomeURL(w.own.roster.ID)).says(t, "the own home", http.StatusOK, asksURL(w.own.roster.ID))
	owner.get(asksURL(w.own.roster.ID)).says(t, "what to ask about", http.StatusOK, one)
	owner.get(mine+"?line=1").says(t, "asking", http.StatusOK, "第 1 行 电梯广告")
	owner.post(mine, url.Values{"line": {"1"}, "body": {"请打 19900001234"}}).says(t, "a phone", http.StatusUnprocessableEntity, sentence("reason_names_person"))
	if said := owner.post(mine, url.Values{"line": {"1"}, "body": {"<b>广告费</b>按什么标准？"}}); said.location() != asksURL(w.own.roster.ID)+"?done=question_asked" {
		t.Fatalf("ask: %d %s", said.status, said.body)
	}
	owner.post(mine, url.Values{"line": {"1"}, "body": {"<b>广告费</b>按什么标准？"}}).says(t, "a second click", http.StatusConflict, sentence("question_exists"))
	read := w.browser().get(one)
	read.says(t, "everybody", http.StatusOK, "&lt;b&gt;广告费", "第 1 行 电梯广告")
	read.hides(t, "everybody", "19900000001")
	convener.get("/staff").says(t, "the convener's work", http.StatusOK, "1 个业主对收支的提问等待答复")
	question := decode[ownQuestionsJSON](t, owner.get("/api/v1/own-home/disclosures")).Questions[0]
	w.now.Store(question.DueAt + 1)
	convener, officer := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	officer.get("/staff").says(t, "the street's work", http.StatusOK, "1 个业主对收支的提问没有按期答复")
	answer := address + "/questions/" + question.ID + "/answer"
	convener.post(answer, url.Values{"body": {""}}).says(t, "an empty answer", http.StatusUnprocessableEntity, "答复")
	if said := convener.post(answer, url.Values{"body": {"按合同，每部每季度 300 元。"}}); said.location() != address+"?done=question_answered" {
		t.Fatalf("answer: %d %s", said.status, said.body)
	}
	w.browser().get(one).says(t, "everybody", http.StatusOK, "每部每季度 300 元")
	if said := officer.post(address+"/questions/"+question.ID+"/hide", url.Values{"part": {"question"}, "reason": {"写了姓名"}}); said.location() != address+"?done=question_hidden" {
		t.Fatalf("hide: %d %s", said.status, said.body)
	}
	read = w.browser().get(one)
	read.says(t, "everybody", http.StatusOK, "写了姓名", "每部每季度 300 元")
	read.hides(t, "everybody", "按什么标准")
	officer.post(address+"/day", url.Values{"month": {"2"}, "day": {"30"}, "ground": {"一"}}).says(t, "no such day", http.StatusUnprocessableEntity, "确定日期")
	if said := officer.post(address+"/day", url.Values{"month": {"4"}, "day": {"30"}, "ground": {"议事规则第二十条"}}); said.location() != address+"?done=disclosure_day" {
		t.Fatalf("day: %d %s", said.status, said.body)
	}
	w.browser().get(disclosuresURL(w.own.ID)).says(t, "everybody", http.StatusOK, "每年 4 月 30 日", "议事规则第二十条")
}

// A disclosure whose year before was mended later says that its opening is not the closing of that any more.
func TestAnOpeningIsHeldAgainstTheYearBeforeAsItStands(t *testing.T) {
	year := func(n int) disclosure.Period {
		return disclosure.Period{From: calendar.Date(n, 1, 1), To: calendar.Date(n+1, 1, 1) - 1}
	}
	old := models.Disclosure{ID: "1", Number: 1, Period: year(2024), Closing: disclosure.Balances{Common: 100}, ReplacedBy: "3"}
	one := models.Disclosure{ID: "2", Number: 2, Period: year(2025), Opening: disclosure.Balances{Common: 100}, Sums: disclosure.Sums{Revenue: 50}}
	mended := models.Disclosure{ID: "3", Number: 3, Period: year(2024), Closing: disclosure.Balances{Common: 100}, Sums: disclosure.Sums{Revenue: 80}, ReplacesID: "1"}
	for _, c := range []struct {
		closing voting.Money
		differs bool
		want    bool
	}{{100, false, false}, {101, false, true}, {101, true, false}} {
		mended.Closing.Common, one.Differs = c.closing, c.differs
		view := disclosureView(one, []models.Disclosure{one, mended, old})
		if view.Mended != c.want || view.Sections[0].Earlier != "0.80" || view.Sections[0].Change != "-0.30" {
			t.Errorf("closing %s, differs %v: %+v", c.closing, c.differs, view)
		}
	}
	if view := disclosureView(old, []models.Disclosure{one, mended, old}); view.Newer == nil || view.Newer.Text != "2024 年度（3）" {
		t.Errorf("the older one leads to %+v", view.Newer)
	}
}
