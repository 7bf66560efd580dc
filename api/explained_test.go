package api

import (
	"net/http"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// linkedAgenda asks whether the firm stays and, if not, whom to take; it fills three seats of two buildings.
func linkedAgenda() []models.Matter {
	return []models.Matter{
		{Title: "续聘样例物业一", Body: "是否同意续聘？", Rule: voting.Matter{Kind: voting.Motion, Item: 4, FirmAct: voting.RenewFirm}},
		{Title: "选聘物业服务企业", Body: "二选一。", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach,
			Options: []string{"样例物业二", "样例物业三"}, LinkedTo: 1, LinkedWhen: voting.IfRejected}},
		{Title: "选举业主委员会", Body: "应选三人。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 3, MinMembers: 3,
			Options: []string{"候选人甲", "候选人乙", "候选人丙", "候选人丁"}, SeatGroups: []voting.SeatGroup{
				{Name: "1号楼", Seats: 2, Options: []string{"候选人甲", "候选人乙", "候选人丙"}}, {Name: "2号楼", Seats: 1, Options: []string{"候选人丁"}}}}},
	}
}

// displayed is a town whose first community displays its count of an agenda; marks are what the voters in the order
// of the sheets put on everything.
func displayed(t *testing.T, agenda []models.Matter, marks ...voting.Mark) *town {
	t.Helper()
	return displayedAs(t, agenda, len(marks), func(voter int, matters []models.Matter) string { return answers(matters, marks[voter]) })
}

// displayedAs is displayed where each of the first voters casts a ballot of their own.
func displayedAs(t *testing.T, agenda []models.Matter, voters int, ballot func(voter int, matters []models.Matter) string) *town {
	t.Helper()
	w := frozenTown(t)
	counts := true
	now, id, by := w.now.Load(), w.own.ID, w.own.convener
	meeting, err := w.store.CreateMeeting(w.ctx(), by, id, models.MeetingTerms{Title: "换届会议", ConvenerKind: "committee", ConvenerName: "样例小区业主委员会",
		Contact: "物业楼一层", Place: "物业楼一层投票箱", RosterID: w.own.roster.ID, OpensAt: now + 20*aDay, ClosesAt: now + 30*aDay, ObjectionDays: 5,
		Policies: voting.Policies{VoidParticipates: &counts, RunOff: true}})
	w.must(err)
	for _, matter := range agenda {
		_, err := w.store.AddMatter(w.ctx(), by, id, meeting.ID, matter)
		w.must(err)
	}
	w.must(w.store.IssueNotice(w.ctx(), by, id, meeting.ID))
	w.own.sheets, err = w.store.Sheets(w.ctx(), id, meeting.ID)
	w.must(err)
	w.wait(20 * aDay)
	for i, sheet := range w.own.sheets[:voters] {
		w.castAs(sheet, ballot(i, sheet.Matters))
	}
	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(w.ctx(), w.staff[models.RoleTeller].Actor(), id, meeting.ID))
	w.must(w.store.DisplayPreliminary(w.ctx(), by, id, meeting.ID))
	w.own.meeting, err = w.store.Meeting(w.ctx(), id, meeting.ID)
	w.must(err)
	return w
}

func TestAResultSaysWhatWouldHaveChangedIt(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	public := w.browser().get(resultURL(w.own.meeting.ID))
	public.says(t, "the public result", http.StatusOK, "只要有 ", "改为不同意，就不会通过。", "前提没有成立，不产生效力（以第 1 项未通过为前提）",
		"</span> 前提没有成立</span> 2. ", "当选，2号楼第 1 名", "业主大会定期会议初步结果公示",
		"余量分两关计算：每一名候选人先要人数和面积都达到法定比例", "2号楼最后一个席位的候选人丁后面，没有其他达到法定比例的，排名不影响结果。")
	public.hides(t, "without an objection", "有争议的票")
	counted := w.signIn(models.RoleConvener).get(staffMeetingURL(w.own.meeting) + "/count")
	counted.says(t, "the count", http.StatusOK, "改为不同意，就不会通过。", "前提没有成立，不产生效力")
	result := decode[publicResultJSON](t, w.browser().get("/api/v1/public/meetings/"+w.own.meeting.ID+"/result")).Result.Matters
	if result[0].Effect != "" || result[1].Effect != voting.Lapsed || !strings.Contains(result[0].Needed, "改为不同意") || result[1].Needed != "" {
		t.Errorf("the answer says %q, %q, %q", result[0].Effect, result[1].Effect, result[0].Needed)
	}
	if groups := result[2].Outcome.Groups; len(groups) != 2 || groups[1].Name != "2号楼" || len(groups[1].Elected) != 1 {
		t.Errorf("the groups are %+v", result[2].Outcome.Groups)
	}
	if pdf := w.browser().get(resultPDFURL(w.own.meeting.ID)); pdf.status != http.StatusOK || !strings.HasPrefix(pdf.body, "%PDF-") {
		t.Errorf("the printed result: %d", pdf.status)
	}
}

func TestARenewalThatFailedDismissesNobody(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.No, voting.No, voting.No, voting.No, voting.Yes)
	public := w.browser().get(resultURL(w.own.meeting.ID))
	public.says(t, "the public result", http.StatusOK, "续聘未通过不等于解聘", "至少还要有 ", "改为同意，才会通过。")
	public.hides(t, "the condition is met", "前提没有成立")
}

func TestOpenObjectionsAboutBallotsTellWhatTheyCouldChange(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	object := func(subject models.ObjectionSubject) models.Objection {
		objection, err := w.store.RecordObjection(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID, subject, "1号楼 101", "请核对。")
		w.must(err)
		return objection
	}
	look := func() page { return w.browser().get(resultURL(w.own.meeting.ID)) }
	object("procedure")
	look().hides(t, "an objection about the procedure", "有争议的票")
	first := object(models.AboutBallots)
	look().says(t, "one disputed ballot", http.StatusOK, "如果 1 张有争议的票全部相反，不能排除结论改变，可能成为：", "面积按可能的最大值计算")
	second := object(models.AboutBallots)
	look().says(t, "two disputed ballots", http.StatusOK, "如果 2 张有争议的票全部相反", "每件针对表决票的异议按一张票推算；针对名册、表决事项和程序的异议不能按票数推算",
		"选举只推算席位会不会换人，不推算候补的先后。")
	w.signIn(models.RoleConvener).get(staffMeetingURL(w.own.meeting)+"/count").says(t, "the count", http.StatusOK, "2 张有争议的票")
	w.robustEverywhere(t, "如果 2 张有争议的票全部相反")
	for _, objection := range []models.Objection{first, second} {
		w.must(w.store.AnswerObjection(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID, objection.ID, models.Dismissed, "已核对，无误。"))
	}
	look().hides(t, "all answered", "有争议的票")
	if text := w.browser().pdf(resultPDFURL(w.own.meeting.ID)); strings.Contains(text, "有争议的票") {
		t.Error("the PDF still speaks of disputed ballots")
	}
	if matter := w.publicMatters(t)[0]; matter.Robust != nil {
		t.Errorf("the answer still has %+v", matter.Robust)
	}
}

func (w *town) publicMatters(t *testing.T) []decidedJSON {
	t.Helper()
	return decode[publicResultJSON](t, w.browser().get("/api/v1/public/meetings/"+w.own.meeting.ID+"/result")).Result.Matters
}

// robustEverywhere checks that the page's sentences on disputed ballots stand in the answers and in the PDF too.
func (w *town) robustEverywhere(t *testing.T, beginning string) {
	t.Helper()
	shown := w.browser().get(resultURL(w.own.meeting.ID)).body
	pdf := strings.ReplaceAll(w.browser().pdf(resultPDFURL(w.own.meeting.ID)), " ", "")
	if !strings.Contains(pdf, strings.ReplaceAll("截至 "+web.Instant(w.now.Load()).String()+" 尚未答复的异议：", " ", "")) {
		t.Error("the PDF does not say of which moment its sentence on disputed ballots is")
	}
	staff := decode[resultsJSON](t, w.signIn(models.RoleTeller).get(apiURL(staffMeetingURL(w.own.meeting))+"/results")).Results[0].Matters
	for i, matter := range w.publicMatters(t) {
		if matter.Robust == nil || staff[i].Robust == nil || matter.Robust.Sentence != staff[i].Robust.Sentence || matter.Robust.Disputed != 2 {
			t.Fatalf("matter %d: %+v, for staff %+v", i+1, matter.Robust, staff[i].Robust)
		}
		sentence := matter.Robust.Sentence
		if !strings.HasPrefix(sentence, beginning) || !strings.Contains(shown, sentence) || !strings.Contains(pdf, strings.ReplaceAll(sentence, " ", "")) {
			t.Errorf("matter %d: %q does not stand on the page and in the PDF", i+1, sentence)
		}
	}
}

func TestADisputedBallotThatCannotMatterIsSaidNotTo(t *testing.T) {
	w := displayed(t, linkedAgenda(), voting.Yes) // one of six voters, and one more could not make it a decision
	_, err := w.store.RecordObjection(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID, models.AboutBallots, "1号楼 101", "请核对。")
	w.must(err)
	w.browser().get(resultURL(w.own.meeting.ID)).says(t, "the public result", http.StatusOK, "即使 1 张有争议的票全部相反，结论不变。", "参与表决，才能形成决定。")
}

func TestBoardAndCertificateKnowALapsedMatterAndAnOpinion(t *testing.T) {
	agenda := append(linkedAgenda()[:2], models.Matter{Title: "是否愿意增设长椅", Body: "征询意见。", Rule: voting.Matter{Kind: voting.Consult,
		Poll: &voting.Poll{Threshold: voting.OverHalf, Dimensions: voting.Dimensions}}})
	w := displayed(t, agenda, voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.No)
	board := w.browser().get(boardURL(w.own.ID))
	board.says(t, "the board", http.StatusOK, "</span> 前提没有成立</span> 选聘物业服务企业", "</span> 仅供参考</span> 是否愿意增设长椅", "</span> 通过</span> 续聘样例物业一")
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	w.sign(&w.own)
	filed, err := w.store.SubmitFiling(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID, "", nil)
	w.must(err)
	w.must(w.store.CertifyFiling(w.ctx(), w.own.street, w.own.ID, filed.ID, models.FilingChecks, models.FilingParticulars{}))
	filed, err = w.store.Filing(w.ctx(), w.own.ID, filed.ID)
	w.must(err)
	w.browser().get(certificateURL(filed.CheckCode)).says(t, "the certificate", http.StatusOK, "须另行表决（前提没有成立，不产生效力）")
	if pdf := w.browser().get(certificateURL(filed.CheckCode) + "/certificate.pdf"); pdf.status != http.StatusOK {
		t.Errorf("the printed certificate: %d", pdf.status)
	}
}
