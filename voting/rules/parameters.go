package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// Topic groups the clauses of a pack for readers, in the order of a vote.
type Topic string

// The topics.
const (
	TopicFirst     Topic = "first_meeting"
	TopicCalling   Topic = "calling"
	TopicCasting   Topic = "casting"
	TopicResult    Topic = "result"
	TopicCommittee Topic = "committee"
	TopicFiling    Topic = "filing"
	TopicFirm      Topic = "firm"
	TopicInterim   Topic = "interim_body"
	TopicOther     Topic = "other"
)

// Topics lists every topic in the order of a page.
var Topics = []Topic{TopicFirst, TopicCalling, TopicCasting, TopicResult, TopicCommittee, TopicFiling, TopicFirm, TopicInterim, TopicOther}

var topicNames = map[Topic]string{
	TopicFirst: "首次业主大会会议", TopicCalling: "召开会议", TopicCasting: "投票", TopicResult: "结果", TopicCommittee: "业主委员会",
	TopicFiling: "备案", TopicFirm: "物业服务合同", TopicInterim: "物业管理委员会", TopicOther: "其他规定",
}

// Name is the heading of a topic.
func (t Topic) Name() string { return topicNames[t] }

// parameter is a clause of [Procedure]: how to reach it, what it may say, and how that reads.
type parameter struct {
	key    string // as in YAML and JSON
	family string // keys of one family are one parameter in two measures
	topic  Topic
	name   string
	words  []Word
	get    func(*Procedure) clause
	copy   func(to, from *Procedure)
	say    func(*Procedure) string
}

// of makes a parameter from the field that holds it and the sentence that it is read as.
func of[T any, P interface {
	*T
	clause
}](key string, topic Topic, name string, field func(*Procedure) *P, say func(T) string, words ...Word) parameter {
	return parameter{
		key: key, family: key, topic: topic, name: name, words: words,
		get: func(p *Procedure) clause {
			if set := *field(p); set != nil {
				return set
			}
			return nil
		},
		copy: func(to, from *Procedure) { *field(to) = *field(from) },
		say:  func(p *Procedure) string { return say(**field(p)) },
	}
}

// as puts a parameter into the family of another key.
func (p parameter) as(family string) parameter {
	p.family = family
	return p
}

// days and choice are the parameters that one format or one sentence per word prints.
func days(key string, topic Topic, name, format string, field func(*Procedure) **Clause) parameter {
	return of(key, topic, name, field, func(c Clause) string { return fmt.Sprintf(format, c.Days) })
}

// meaning is a word and the sentence that it is read as.
type meaning struct {
	word Word
	text string
}

func choice(key string, topic Topic, name string, field func(*Procedure) **Choice, meanings ...meaning) parameter {
	texts, words := map[Word]string{}, make([]Word, len(meanings))
	for i, m := range meanings {
		texts[m.word], words[i] = m.text, m.word
	}
	return of(key, topic, name, field, func(c Choice) string { return texts[c.Value] }, words...)
}

func listing(key string, topic Topic, name, lead string, field func(*Procedure) **Listing, meanings ...meaning) parameter {
	texts, words := map[Word]string{}, make([]Word, len(meanings))
	for i, m := range meanings {
		texts[m.word], words[i] = m.text, m.word
	}
	return of(key, topic, name, field, func(c Listing) string {
		names, all := make([]string, len(c.Values)), len(c.Required) == len(c.Values)
		for i, value := range c.Values {
			if names[i] = texts[value]; c.needs(value) && !all {
				names[i] += "（必备）"
			}
		}
		end := "。"
		if all {
			end = "，都是必备的。"
		}
		return lead + strings.Join(names, "、") + end
	}, words...)
}

// parameters are all clauses of a procedure in the order in which they are read.
var parameters = append(append(firstMeeting, voteParameters...), afterwards...)

var firstMeeting = []parameter{
	of("eligibility", TopicFirst, "成立条件", func(p *Procedure) **Eligibility { return &p.Eligibility }, sayEligibility,
		ByDeliveredArea, ByDeliveredFloorArea, ByDeliveredHeads, ByDelivered),
	of("application_share", TopicFirst, "谁可以申请", func(p *Procedure) **Share { return &p.ApplicationShare },
		func(c Share) string {
			return "人数或者面积占" + share(c.Num, c.Den) + "以上的业主可以提出申请。"
		}),
	days("group_days", TopicFirst, "组建筹备组", "街道办事处（乡镇人民政府）应当在 %d 日内组建筹备组。", func(p *Procedure) **Clause { return &p.GroupDays }),
	days("preparation_display_days", TopicFirst, "会前公示", "业主名册、规约和规则草案、候选人等筹备内容，会议召开 %d 日前公示。", func(p *Procedure) **Clause { return &p.PreparationDisplayDays }),
	days("first_meeting_days", TopicFirst, "召开期限", "筹备组应当自成立之日起 %d 日内组织召开首次业主大会会议。", func(p *Procedure) **Clause { return &p.FirstMeetingDays }),
}

var voteParameters = []parameter{
	days("notice_days", TopicCalling, "提前通知", "会议应当至少提前 %d 日通知全体业主。", func(p *Procedure) **Clause { return &p.NoticeDays }),
	days("extraordinary_notice_days", TopicCalling, "临时会议提前通知", "临时会议应当至少提前 %d 日通知全体业主。", func(p *Procedure) **Clause { return &p.ExtraordinaryNoticeDays }),
	of("extraordinary_share", TopicCalling, "提议召开临时会议", func(p *Procedure) **Share { return &p.ExtraordinaryShare },
		func(c Share) string {
			return share(c.Num, c.Den) + "以上的业主提议的，应当召开临时会议。"
		}),
	choice("agenda", TopicCalling, "议题", func(p *Procedure) **Choice { return &p.Agenda },
		meaning{AnnouncedOnly, "没有事先公示的事项不得表决。"}),
	days("public_service_days", TopicCalling, "公告送达", "表决材料无法送达的，公告不少于 %d 日。", func(p *Procedure) **Clause { return &p.PublicServiceDays }),
	days("publication_working_days", TopicCalling, "公告时间", "公告不少于 %d 个工作日。", func(p *Procedure) **Clause { return &p.PublicationWorkingDays }),

	of("voting_days", TopicCasting, "投票时间", func(p *Procedure) **Range { return &p.VotingDays },
		func(c Range) string { return "投票时间" + between(c.Min, c.Max, "日") + "。" }),
	choice("evote", TopicCasting, "电子投票", func(p *Procedure) **Choice { return &p.EVote },
		meaning{CitySystemOnly, "电子投票只能使用主管部门建立的系统；本系统在这里提供纸质投票，并导入该系统的结果。"},
		meaning{RecognisedSystem, "电子投票使用主管部门建立的或者认可的系统。"},
		meaning{RealNameAny, "可以电子投票，须实名并核实身份，没有限定使用哪一个系统。"},
		meaning{Permitted, "可以电子投票，没有限定使用哪一个系统。"},
		meaning{NotProvided, "规定的表决形式里没有电子投票；请采用集体讨论或者书面征求意见。"}),
	choice("paper", TopicCasting, "纸质投票", func(p *Procedure) **Choice { return &p.Paper },
		meaning{OnRequest, "一般采用电子投票，业主要求的，提供纸质表决票。"},
		meaning{AtTheSameTime, "线上和线下同时进行，合并计票。"}),
	of("proxy_cap", TopicCasting, "委托投票", func(p *Procedure) **ProxyCap { return &p.ProxyCap }, sayProxyCap),
	choice("firm_staff_proxy", TopicCasting, "物业服务企业人员代理", func(p *Procedure) **Choice { return &p.FirmStaffProxy },
		meaning{Excluded, "物业服务企业的工作人员不得担任业主的代理人。"}),
	choice("silence", TopicCasting, "送达后没有投票的", func(p *Procedure) **Choice { return &p.Silence },
		meaning{ByAdoptedRules, "沉默一般不算表态，只有事先约定才可以计算；首次会议没有这样的约定，不计入。"},
		meaning{InterimCovenantToo, "怎样计算由管理规约约定，首次会议也可以由临时管理规约约定。"}),
	choice("parking", TopicCasting, "车位", func(p *Procedure) **Choice { return &p.Parking },
		meaning{Excluded, "车位的面积不计入。"}, meaning{ByRules, "车位是否计入面积和人数，由议事规则决定，须事先公布。"}),
	choice("void_participates", TopicCasting, "废票", func(p *Procedure) **Choice { return &p.VoidParticipates },
		meaning{Counted, "废票计入参与表决，不计入任何选项。"}),

	days("objection_days", TopicResult, "初步结果公示", "初步结果公示 %d 日，其间可以提出异议。", func(p *Procedure) **Clause { return &p.ObjectionDays }),
	days("result_days", TopicResult, "公布结果", "表决结果应当在 %d 日内公布。", func(p *Procedure) **Clause { return &p.ResultDays }),
	days("display_days", TopicResult, "结果公示时间", "结果公示 %d 日以上。", func(p *Procedure) **Clause { return &p.DisplayDays }),
	choice("retention", TopicResult, "票据保存", func(p *Procedure) **Choice { return &p.Retention },
		meaning{TermAndOneYear, "表决票和计票记录保存到本届业主委员会任期届满，并且不少于业主知道结果后一年；有诉讼的，保存到诉讼结束。"}),
}

var afterwards = []parameter{
	of("committee", TopicCommittee, "委员人数", func(p *Procedure) **Committee { return &p.Committee }, sayCommittee),
	of("term_years", TopicCommittee, "任期", func(p *Procedure) **Range { return &p.TermYears },
		func(c Range) string { return "每届任期" + between(c.Min, c.Max, "年") + "。" }),
	days("candidate_display_days", TopicCommittee, "候选人公示", "候选人名单公示不少于 %d 日。", func(p *Procedure) **Clause { return &p.CandidateDisplayDays }),
	choice("rank", TopicCommittee, "名次", func(p *Procedure) **Choice { return &p.Rank },
		meaning{HeadsThenArea, "达到法定比例的候选人，先比同意的人数，人数相同再比面积。"}),
	choice("tie", TopicCommittee, "并列", func(p *Procedure) **Choice { return &p.Tie },
		meaning{Revote, "最后一个名额并列的，另行表决。"}),
	choice("shortfall", TopicCommittee, "当选人数不足", func(p *Procedure) **Choice { return &p.Shortfall },
		meaning{FurtherVote, "当选人数不足的，空缺名额另行表决。"},
		meaning{OverHalfStands, "当选人数超过约定名额的一半，并且不少于最低人数的，业主委员会成立，空缺另行表决。"}),
	of("alternates", TopicCommittee, "候补委员", func(p *Procedure) **Share { return &p.Alternates }, sayAlternates),
	choice("alternates_order", TopicCommittee, "候补顺序", func(p *Procedure) **Choice { return &p.AlternatesOrder },
		meaning{PassedByVotes, "候补委员从得票达到法定比例的人选中，按得票多少确定。"}),
	days("first_committee_days", TopicCommittee, "业主委员会首次会议", "业主委员会应当自选举产生之日起 %d 日内召开首次会议，推选主任。", func(p *Procedure) **Clause { return &p.FirstCommitteeDays }),
	choice("committee_decision", TopicCommittee, "业主委员会作决定", func(p *Procedure) **Choice { return &p.CommitteeDecision },
		meaning{OverHalfOfAll, "业主委员会的决定须经全体委员过半数同意。"},
		meaning{HalfOfAll, "业主委员会的决定须经全体委员半数以上同意，正好一半的也通过。"}),
	days("committee_publish_days", TopicCommittee, "公布业主委员会的决定", "业主委员会的决定，%d 日内公布。", func(p *Procedure) **Clause { return &p.CommitteePublishDays }),
	of("disclosure_months", TopicCommittee, "公布收支", func(p *Procedure) **Number { return &p.DisclosureMonths },
		func(c Number) string {
			return fmt.Sprintf("业主委员会至少每 %d 个月公布一次收支。", c.Number)
		}),
	days("disclosure_days", TopicCommittee, "收支公示时间", "收支公示不少于 %d 日。", func(p *Procedure) **Clause { return &p.DisclosureDays }),
	days("disclosure_answer_days", TopicCommittee, "答复业主对收支的询问", "业主对公布的收支提出询问的，%d 日内答复。", func(p *Procedure) **Clause { return &p.DisclosureAnswerDays }),
	choice("re_election", TopicCommittee, "委员缺额", func(p *Procedure) **Choice { return &p.ReElection },
		meaning{BelowHalf, "委员经递补仍不足总数一半的，重新选举业主委员会。"},
		meaning{BelowHalfOrSmallest, "委员经递补仍不足总数一半，或者低于最低人数的，重新选举业主委员会。"}),
	choice("delegation", TopicCommittee, "授权", func(p *Procedure) **Choice { return &p.Delegation },
		meaning{NoDelegation, "应当由业主大会决定的事项，不得授权业主委员会决定。"}),
	of("renewal_months", TopicCommittee, "换届", func(p *Procedure) **Number { return &p.RenewalMonths },
		func(c Number) string { return fmt.Sprintf("任期届满 %d 个月前开始换届。", c.Number) }).as("renewal"),
	days("renewal_days", TopicCommittee, "换届", "任期届满 %d 日前开始换届。", func(p *Procedure) **Clause { return &p.RenewalDays }).as("renewal"),
	days("handover_days", TopicCommittee, "移交", "印章、资料和财物在 %d 日内移交。", func(p *Procedure) **Clause { return &p.HandoverDays }),
	choice("handover_from", TopicCommittee, "移交的起算", func(p *Procedure) **Choice { return &p.HandoverFrom },
		meaning{NewCommittee, "移交的期限自新一届业主委员会产生之日起计算。"},
		meaning{RenewalGroup, "移交的期限自换届小组成立之日起计算。"}),
	choice("handover_to", TopicCommittee, "移交给谁", func(p *Procedure) **Choice { return &p.HandoverTo },
		meaning{StreetOffice, "换届期间移交街道办事处（乡镇人民政府）保管。"},
		meaning{HousingOffice, "换届期间移交物业所在地的房管机构保管。"}),
	listing("frozen_powers", TopicCommittee, "换届期间的限制", "换届小组成立以后、新一届业主委员会选举产生以前，不对这些事项作决定：", func(p *Procedure) **Listing { return &p.FrozenPowers },
		meaning{FrozenFirm, "选聘、解聘物业服务企业"}, meaning{FrozenFees, "调整物业服务收费"}, meaning{FrozenWorks, "物业维修、更新、改造等重大事项"}),

	days("filing_days", TopicFiling, "备案期限", "业主委员会应当自选举产生之日起 %d 日内备案。", func(p *Procedure) **Clause { return &p.FilingDays }),
	listing("filing_authorities", TopicFiling, "备案机关", "", func(p *Procedure) **Listing { return &p.FilingAuthorities },
		meaning{StreetOffice, "街道办事处（乡镇人民政府）"}, meaning{DistrictAuthority, "区县物业主管部门"}),
	listing("filing_usual", TopicFiling, "备案材料", "办理备案时提交：", func(p *Procedure) **Listing { return &p.FilingUsual }, meaningsOf(usualPapers)...),
	listing("filing_documents", TopicFiling, "另需的备案材料", "除会议记录和决定、议事规则、管理规约、委员名单外，另需：", func(p *Procedure) **Listing { return &p.FilingDocuments },
		meaningsOf(furtherPapers)...),
	days("certify_working_days", TopicFiling, "备案办结", "受理后 %d 个工作日内办结。", func(p *Procedure) **Clause { return &p.CertifyWorkingDays }).as("certify"),
	days("certify_days", TopicFiling, "备案办结", "受理后 %d 日内办结。", func(p *Procedure) **Clause { return &p.CertifyDays }).as("certify"),

	choice("certificate_by", TopicFiling, "出具备案证明", func(p *Procedure) **Choice { return &p.CertificateBy },
		meaning{StreetOffice, "备案证明由街道办事处（乡镇人民政府）出具。"}, meaning{DistrictAuthority, "备案证明由区县物业主管部门出具。"}).as("filing_authorities"), // a city's own authorities go with its own word on this
	choice("seal_proof_by", TopicFiling, "出具印章刻制证明", func(p *Procedure) **Choice { return &p.SealProofBy },
		meaning{StreetOffice, "印章刻制证明由街道办事处（乡镇人民政府）出具。"}, meaning{DistrictAuthority, "印章刻制证明由区县物业主管部门出具。"}),
	days("change_filing_days", TopicFiling, "变更备案", "业主委员会的名称、委员，以及议事规则、管理规约变更的，%d 日内办理变更备案。", func(p *Procedure) **Clause { return &p.ChangeFilingDays }),
	listing("supervision", TopicFiling, "监督", "决定违反法律、法规的，责令限期改正或者撤销，并通告全体业主；由这些机关作出：", func(p *Procedure) **Listing { return &p.Supervision },
		meaning{StreetOffice, "街道办事处（乡镇人民政府）"}, meaning{DistrictAuthority, "区县物业主管部门"}),
	choice("street_convenes", TopicCalling, "不召集会议的", func(p *Procedure) **Choice { return &p.StreetConvenes },
		meaning{AfterOrder, "业主委员会不召集会议的，街道办事处（乡镇人民政府）责令限期召开；逾期仍不召开的，由其组织召开。"},
		meaning{AskedByOwners, "业主委员会不召集会议的，街道办事处（乡镇人民政府）督促限期召开；逾期不召开的，可以应业主要求组织召开。"},
		meaning{WithoutAnOrder, "业主委员会不召集会议的，由街道办事处（乡镇人民政府）组织召开。"}),

	days("contract_filing_days", TopicFirm, "合同备案", "物业服务合同应当自签订之日起 %d 日内备案。", func(p *Procedure) **Clause { return &p.ContractFilingDays }),
	of("firm_renewal_months", TopicFirm, "续聘或者另聘", func(p *Procedure) **Number { return &p.FirmRenewalMonths },
		func(c Number) string {
			return fmt.Sprintf("合同期满 %d 个月前组织决定续聘或者另聘。", c.Number)
		}),
	days("firm_dismissal_days", TopicFirm, "解聘通知", "业主依法共同决定解聘的，至少提前 %d 日书面通知物业服务人；合同对通知期限另有约定的除外。", func(p *Procedure) **Clause { return &p.FirmDismissalDays }),
	days("firm_decline_days", TopicFirm, "物业服务人不再续约", "物业服务人不同意续聘的，在合同期满至少 %d 日前书面通知；合同对通知期限另有约定的除外。", func(p *Procedure) **Clause { return &p.FirmDeclineDays }),
	days("firm_handover_days", TopicFirm, "终止后移交", "合同终止之日起 %d 日内移交并退出。", func(p *Procedure) **Clause { return &p.FirmHandoverDays }),

	of("interim_body", TopicInterim, "组成", func(p *Procedure) **InterimBody { return &p.InterimBody }, SayInterimBody, StreetOffice, ResidentsCommittee),
}

func sayEligibility(c Eligibility) string {
	measures := map[Word]string{ByDeliveredArea: "已交付的专有部分面积", ByDeliveredFloorArea: "已交付的建筑面积", ByDeliveredHeads: "已交付业主的人数", ByDelivered: "已交付的比例"}
	tests := make([]string, len(c.AnyOf))
	for i, test := range c.AnyOf {
		if test.Years > 0 {
			tests[i] = fmt.Sprintf("首次交付满 %d 年", test.Years)
		}
		if test.Den > 0 {
			if tests[i] != "" {
				tests[i] += "并且"
			}
			tests[i] += measures[test.Measure] + "达到" + share(test.Num, test.Den)
		}
	}
	return strings.Join(tests, "，或者") + "。"
}

func sayProxyCap(c ProxyCap) string {
	if c.ByRules {
		return "一个代理人最多可以接受多少业主委托，由议事规则规定。"
	}
	return fmt.Sprintf("一个代理人最多接受 %d 名业主的委托。", c.Most)
}

func sayCommittee(c Committee) string {
	text := between(c.Min, c.Max, "人")
	if c.Odd {
		text += "，单数"
	}
	if small := c.Small; small != nil {
		limit := fmt.Sprintf("%d 户以下", small.Households)
		if small.AreaM2 > 0 {
			limit = fmt.Sprintf("建筑面积 %d 平方米以下", small.AreaM2)
		}
		text += fmt.Sprintf("；%s的小区可以为 %d 人", limit, small.Members)
	}
	return "委员" + text + "。"
}

func sayAlternates(c Share) string {
	if c.Num == c.Den {
		return "候补委员不超过委员人数。"
	}
	return "候补委员不超过委员人数的" + share(c.Num, c.Den) + "。"
}

// SayInterimBody is the rule on who sits on an interim body, in one sentence.
func SayInterimBody(c InterimBody) string {
	parts := []string{"成员" + between(c.Min, c.Max, "人")}
	if c.Odd {
		parts[0] += "，单数"
	}
	if c.OwnersHalf {
		parts = append(parts, "业主不少于一半")
	}
	if chair := map[Word]string{StreetOffice: "街道办事处（乡镇人民政府）", ResidentsCommittee: "居民委员会"}[c.Chair]; chair != "" {
		parts = append(parts, "主任由"+chair+"的代表担任")
	}
	if c.DisplayDays > 0 {
		parts = append(parts, fmt.Sprintf("名单公示不少于 %d 日", c.DisplayDays))
	}
	if c.DisplayWorkingDays > 0 {
		parts = append(parts, fmt.Sprintf("决定公示 %d 个工作日", c.DisplayWorkingDays))
	}
	if c.SignedConsent {
		parts = append(parts, "决定须经全体委员过半数签字同意")
	}
	if c.OwnersPresent {
		parts = append(parts, "会议须有过半数的业主委员到场")
	}
	if c.TermYears > 0 {
		parts = append(parts, fmt.Sprintf("任期不超过 %d 年", c.TermYears))
	}
	return strings.Join(parts, "；") + "。"
}

// between prints a range: 5 至 11 人, 5 人以上, 不超过 2 年.
func between(low, high int, unit string) string {
	switch {
	case high == 0:
		return " " + strconv.Itoa(low) + " " + unit + "以上"
	case low == 0:
		return "不超过 " + strconv.Itoa(high) + " " + unit
	case low == high:
		return " " + strconv.Itoa(low) + " " + unit
	}
	return " " + strconv.Itoa(low) + " 至 " + strconv.Itoa(high) + " " + unit
}

// share prints a fraction as a percentage where it is one, such as 20%, and else as 2/3.
func share(num, den int64) string {
	if 100%den == 0 {
		return strconv.FormatInt(num*(100/den), 10) + "%"
	}
	return strconv.FormatInt(num, 10) + "/" + strconv.FormatInt(den, 10)
}
