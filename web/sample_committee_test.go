package web

import (
	"net/url"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

func sampleTerms() []CommitteeTerm {
	people := []CommitteePerson{{ID: "1", Name: "示例甲", Post: "主任", Since: sampleOpens}, {ID: "2", Name: "示例乙", Post: "副主任", Since: sampleOpens, State: "暂停履职", Until: sampleCloses},
		{ID: "3", Post: "委员", Since: sampleOpens, Group: "3号楼"}}
	entries := []CommitteeLine{
		{At: sampleOpens, Entered: sampleNow, Text: CommitteeEntryText(lifecycle.EntryElected, "", ""), Meeting: &Link{"首次业主大会会议", "/m/1/result"}, By: CommitteeRegistrar(lifecycle.System)},
		{At: sampleNow, Text: CommitteeEntryText(lifecycle.EntryConstituted, "", lifecycle.Chair), Who: "示例甲", Figures: CommitteeFigures(5, 4), By: CommitteeRegistrar(lifecycle.Convener),
			Files: []Attachment{{Name: "会议纪要.pdf", URL: "/f"}}},
		{At: sampleNow, Text: CommitteeEntryText(lifecycle.EntrySuspended, "", ""), Who: "示例乙", Reason: "违反负面清单第三项", Document: "示范街办〔2026〕12号", By: CommitteeRegistrar(lifecycle.Street)}}
	term := CommitteeTerm{ID: "t1", Title: CommitteeTitle(lifecycle.Committee, "共决示范花园业主委员会", 3), State: "履职中", Live: true, Origin: "在本系统表决选出", Meeting: &Link{"首次业主大会会议", "/m/1/result"},
		Began: sampleOpens, From: sampleOpens, To: sampleCloses, Seats: 5, Holding: 3, Members: people, Alternates: []CommitteePerson{{ID: "4", Name: "示例丁", Post: "候补委员"}},
		Former: []CommitteePerson{{ID: "5", Name: "示例戊", Post: "委员", Since: sampleOpens, Until: sampleNow, Why: "书面辞职"}}, Entries: entries}
	body := CommitteeTerm{ID: "t2", Title: CommitteeTitle(lifecycle.PropertyManagementCommittee, "", 1), State: "名单公示中", Live: true, Origin: "街道组建", Document: "示范街办〔2026〕3号", Began: sampleNow,
		Display: sampleCloses, Seats: 7, Holding: 7, Members: []CommitteePerson{{ID: "6", Name: "示例己", Post: "主任", For: "街道代表", Since: sampleNow}}}
	clause := rules.Basis{Source: &rules.Source{Instrument: "上海市住宅物业管理规定", Article: "第28条"}}
	term.Frozen = FrozenText(rules.Listing{Values: []rules.Word{rules.FrozenFirm, rules.FrozenFees, rules.FrozenWorks}, Basis: clause})
	term.HandoverDue, term.HandoverLaw = sampleCloses, clause.Source.String()
	term.Parties, term.NoSide = []string{HandoverPartyLine("示例甲", lifecycle.Outgoing, "示范街办〔2026〕9号")}, true
	term.Missed = []MissedOrder{{Kind: ConveningKind("re_election"), Street: "示范一街道", Limit: sampleOpens, Taken: sampleNow, URL: "/b/1/convenings#c1"},
		{Kind: ConveningKind("extraordinary"), Street: "示范一街道", Limit: sampleOpens, Met: sampleNow, URL: "/b/1/convenings#c2"}}
	term.HandoverTo = HandoverKeeper(rules.Procedure{HandoverTo: &rules.Choice{Value: rules.HousingOffice}}, lifecycle.CommitteeRenewal)
	term.Handover = []HandoverLine{{Kind: "印章", Text: "业主委员会公章一枚", Given: sampleOpens, Taken: sampleNow, GivenBy: HandoverGiver(lifecycle.Outgoing), TakenBy: HandoverTaker(lifecycle.SignedByStreet, lifecycle.CommitteeRenewal)}, {Kind: "合同", Text: "物业服务合同", Given: sampleOpens, GivenBy: HandoverGiver(lifecycle.SignedByStreet)},
		{Kind: "账册凭证和财物", Text: "账册三本", Refused: sampleNow, Refusal: "原主任不肯交出"}, {Kind: "其他", Text: "钥匙"}}
	past := CommitteeTerm{ID: "t3", Title: CommitteeTitle(lifecycle.Committee, "", 2), State: "已由新一届接任", Origin: "街道根据备案材料登记", Document: "示范街备〔2021〕7号", Began: sampleOpens, From: sampleOpens,
		To: sampleCloses, Ended: sampleCloses, Seats: 5}
	return []CommitteeTerm{body, term, past}
}

// sampleCommitteeForms is every form, each refused once.
func sampleCommitteeForms() (register, term, member []CommitteeForm) {
	voters := []Option{{Value: "1", Text: "示例甲"}, {Value: "2", Text: "示例乙"}}
	refused := func(forms ...CommitteeForm) []CommitteeForm {
		for i, form := range forms {
			var problems []Problem
			for _, field := range form.Fields {
				if field.Kind == "hidden" {
					continue
				}
				problems = append(problems, Problem{field.Name, "请改正这一项。"})
			}
			forms[i] = form.Typed(url.Values{"document": {"示范街办〔2026〕3号"}, "names": {"示例己"}, "capacities": {"street"}, "posts": {"chair"}, "named": {"yes"}, "deputies": {"2"}}, problems)
		}
		return forms
	}
	register = refused(RegisterElectionForm("/elections", []Option{{Value: "m", Text: "首次业主大会会议"}}), EnterCommitteeForm("/committees"), InterimBodyForm("/interim", "成员 7 至 11 人，单数。", 11))
	term = refused(ChoosePostsForm("/posts", "t1", true, voters, 5), RenewalGroupForm("/group", "t1"), AppointForm("/members", "t2"), DissolveForm("/dissolve", "t1"), WithdrawInterimForm("/withdraw", "t1"), TakeOfficeForm("/office", "t1"), HandoverForm("/handover", "t1"), AuditForm("/audit", "t1"), PartyForm("/parties", "t1", voters), GiveForm("/give", "i1", false), TakeForm("/take", "i1", false), GiveForm("/give", "i2", true), TakeForm("/take", "i2", true), RefuseItemForm("/refuse", "i1"))
	member = refused(ResignForm("/leave", "2"), RecallForm("/recall", "2", []Option{{Value: "m:1", Text: "第 1 项"}}), EndMembershipForm("/leave", "2"), SuspendForm("/suspend", "2"), LiftForm("/lift", "2"),
		FillForm("/fill", "2"), DeclineForm("/decline", "2"))
	return register, term, member
}

func sampleCommitteePages() map[string]Page {
	public := CommitteePublic{Shell: publicShell(TitleCommittee), Community: "共决示范花园", BoardURL: "/b/1", Acting: "共决示范花园业主委员会（第 3 届）", Terms: sampleTerms()}
	none := public
	none.Acting, none.Terms = "", nil
	page := CommitteePage{Shell: staffShell(TitleCommittee, "street"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/committees", Terms: sampleTerms(),
		Duties: []CommitteeDutyLine{{Text: CommitteeDuty("first_meeting"), Due: sampleOpens, Late: true, Article: "业主大会和业主委员会指导规则第32条"}, {Text: CommitteeDuty("fill")}}}
	page.Forms, page.Terms[1].Forms, page.Terms[1].Members[1].Forms = sampleCommitteeForms()
	empty := CommitteePage{Shell: staffShell(TitleCommittee, "convener"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/committees"}
	return map[string]Page{"committees": public, "committees none": none, "committee": page, "committee none": empty}
}
