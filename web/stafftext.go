package web

import (
	"strconv"
	"strings"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// The titles of the staff pages.
const (
	TitleLogin         = "登录"
	TitleConsole       = "工作台"
	TitleDistrict      = "辖区总览"
	TitleStreet        = "备案办理"
	TitleCommunities   = "小区管理"
	TitleOutbox        = "未送达消息"
	TitleUpload        = "上传业主名册"
	TitleIntake        = "核对名册文件"
	TitleColumns       = "更正各列"
	TitleMendRow       = "更正一行"
	TitleRegister      = "与不动产登记簿对照"
	TitleChanges       = "与现行名册比较"
	TitleGrid          = "楼层图"
	TitleHeads         = "人数是怎么算的"
	TitleRoster        = "业主名册"
	TitleMeetingDraft  = "会议草案"
	TitleMatter        = "表决事项"
	TitleCount         = "计票"
	TitleDelivery      = "送达登记"
	TitlePaper         = "录入纸质表决票"
	TitlePaperEntry    = "纸质表决票"
	TitleObjections    = "异议"
	TitleLot           = "公开抽签"
	TitleCommittee     = "业主委员会"
	TitleEmergency     = "应急使用维修资金"
	TitleContracts     = "物业服务合同"
	TitleDisclosures   = "业主委员会收支公示"
	TitleAsking        = "对收支提问"
	TitleConvening     = "责令召开会议"
	TitleDecisions     = "业主委员会会议和决定"
	TitleDecision      = "对业主委员会决定的监督"
	TitleSample        = "抽样回访"
	TitleSupervision   = "对决定的监督"
	TitleFiling        = "备案"
	FileSheets         = "表决票"
	FilePoster         = "海报"
	DocumentNotice     = "会议通知"
	DocumentResult     = "表决结果公告"
	LinkSheets         = "全部表决票（PDF，超过 500 户时为压缩包；含个人信息，只交本人）"
	LinkPoster         = "张贴海报（PDF）"
	LinkNoticePDF      = "会议通知（PDF）"
	LinkPublicNotice   = "业主看到的通知"
	LinkPublicResult   = "业主看到的结果"
	LinkDelivery       = "送达登记"
	LinkPaper          = "录入纸质表决票"
	LinkCount          = "计票"
	LinkObjections     = "异议与答复"
	LinkLot            = "公开抽签"
	LinkSample         = "抽样回访"
	LinkFiling         = "备案"
	LinkCertificate    = "备案证明"
	LinkSupervision    = "对决定的监督"
	LinkSeeNotice      = "看会议通知"
	LinkSeeRoster      = "看名册"
	LinkSeeResult      = "看结果和逐步比较"
	LinkSeeObjections  = "看异议和答复"
	LinkSeeLog         = "看投票记录和签名"
	unknownStaffMember = "系统"
)

// meetingNext says in one sentence what comes next for a meeting in a state.
var meetingNext = map[lifecycle.MeetingState]string{
	lifecycle.MeetingDraft:           "补全议程和规则，然后发布会议通知。",
	lifecycle.MeetingNoticed:         "印发表决票；到了公布的时间，系统自动开始投票。",
	lifecycle.MeetingVoting:          "到了公布的时间，系统自动截止。",
	lifecycle.MeetingClosed:          "投票已经截止。纸质票录完、公布了市平台的也导入结果以后，请计票。",
	lifecycle.MeetingTallied:         "请召集人公示初步结果。",
	lifecycle.MeetingPreliminary:     "答复异议；有并列待抽签的，公示期满后公开抽签；然后公布最终结果。",
	lifecycle.MeetingPublished:       "结果已公告，请召集人向街道备案。",
	lifecycle.MeetingUnderCorrection: "请召集人按要求改正。",
}

// MeetingNext says in one sentence what comes next for a meeting; empty where nothing does.
func MeetingNext(state string) string { return meetingNext[lifecycle.MeetingState(state)] }

// NextStep says what comes next to someone who has nothing to do; after the publication the filing says it.
func (p MeetingPage) NextStep() string {
	if lifecycle.MeetingState(p.State) == lifecycle.MeetingPublished {
		return ""
	}
	return MeetingNext(p.State)
}

var rosterNext = map[lifecycle.RosterState]string{
	lifecycle.RosterDraft:     "核对名册的合计与疑点，然后公示。",
	lifecycle.RosterPublished: "公示期满后，由街道确认锁定名册。",
	lifecycle.RosterFrozen:    "名册已经锁定，可以起草会议。",
}

// RosterNext says in one sentence what comes next for a roster version; empty where nothing does.
func RosterNext(state string) string { return rosterNext[lifecycle.RosterState(state)] }

var filingNext = map[lifecycle.FilingState]string{
	lifecycle.FilingSubmitted: "备案材料已提交，等待街道办理。",
	lifecycle.FilingReturned:  "街道退回了备案材料，请补正后重新提交。",
	lifecycle.FilingCertified: "已取得备案证明。",
	lifecycle.FilingRefused:   "备案机关不予备案。请看理由，改正以后可以重新申请。",
}

// FilingNext says in one sentence what comes next for a filing; empty where nothing does.
func FilingNext(state string) string { return filingNext[lifecycle.FilingState(state)] }

// NoRosterYet is the next step of a community without any roster.
const NoRosterYet = "请物业或建设单位提供业主名册的电子表格，然后上传。"

// WorkText names one thing to do: where, and what.
func WorkText(where, what string) string { return where + "：" + strings.TrimSuffix(what, "。") }

// WorkFiling names a filing that waits for the street.
func WorkFiling(community, meeting string) string {
	return community + "：办理“" + meeting + "”的备案"
}

// WorkFreeze names a roster whose display has begun and that waits for its freeze.
func WorkFreeze(community string, version int) string {
	return community + "：确认锁定第 " + strconv.Itoa(version) + " 版业主名册"
}

// HeldUnits warns of what a roster leaves out.
func HeldUnits(errors int) string {
	return "还有 " + strconv.Itoa(errors) + " 处必须改正，涉及的专有部分没有计入总人数和总面积。建议先改好表格重新上传。"
}

// StillDisplayed warns of a freeze before the display is over.
func StillDisplayed(until Instant) string {
	return "名册的公示期到 " + until.String() + " 才结束，期间业主还可以提出异议。"
}

// RosterChoice is one roster version in a list to choose from.
func RosterChoice(list RosterCard) string {
	return "第 " + strconv.Itoa(list.Version) + " 版（" + explain.RosterState(lifecycle.RosterState(list.State)) + "）：" +
		explain.Count(list.Weight.Heads) + " 人、" + explain.SquareMetres(list.Weight.Area) + " ㎡"
}

// Doer names the one who took a step: role and name; the server where there is neither.
func Doer(role, name string) string {
	title := explain.Actor(lifecycle.Actor(role))
	switch {
	case title == "" && name == "":
		return unknownStaffMember
	case name == "":
		return title
	}
	return title + " " + name
}

// auditActs are the words of the steps that are on record, by the code of the record.
var auditActs = map[string]string{
	"roster_imported": "导入名册", "roster_published": "公示名册", "roster_frozen": "锁定名册", "roster_superseded": "由新版本取代",
	"roster_objection_recorded": "收到对名册的异议", "roster_objection_answered": "答复对名册的异议", "roster_objection_withdrawn": "业主撤回对名册的异议",
	"roster_corrected": "按异议更正名册", "evidence_read": "查看证明材料",
	"mandate_proposed": "登记投票人或转让", "mandate_approved": "核准投票人或转让", "mandate_refused": "不予核准投票人或转让", "mandate_withdrawn": "撤回投票人或转让",
	"amendment_proposed": "提出锁定后的更正", "amendment_approved": "核准锁定后的更正", "amendment_refused": "不予核准锁定后的更正",
	"amendment_withdrawn": "撤回锁定后的更正", "roster_amended": "由更正产生本版名册",
	"meeting_drafted": "起草会议", "run_off_drafted": "发起再次表决", "meeting_changed": "修改会议草案", "meeting_noticed": "发布会议通知", "meeting_cancelled": "撤回会议",
	"meeting_opened": "开始投票", "meeting_closed": "截止投票", "meeting_counted": "计票", "meeting_preliminary": "公示初步结果",
	"book_handed_out": "下载查阅件或完整核对件", "meeting_published": "公布最终结果", "meeting_void_rerun": "宣布作废，须重新表决",
	"matter_added": "添加表决事项", "matter_changed": "修改表决事项", "matter_deleted": "删除表决事项",
	"attachment_added": "上传附件", "attachment_deleted": "删除附件",
	"paper_entered": "第一次录入纸质票", "paper_recorded": "第二次录入一致，纸质票已记录", "paper_disputed": "两次录入不一致，作废重录",
	"paper_withdrawn": "撤回纸质票的录入", "paper_duplicate": "纸质票重复，不计", "paper_refused": "纸质票的录入被拒绝",
	"import_received": "第一次上传市平台结果", "import_confirmed": "第二次上传一致，市平台结果生效", "import_replaced": "市平台结果由新的取代",
	"import_withdrawn": "撤回市平台结果", "import_refused": "市平台结果的确认被拒绝",
	"delivery_recorded": "登记送达", "delivery_corrected": "更正送达登记", "deliveries_recorded": "成批登记送达",
	"objection_recorded": "登记异议", "objection_answered": "答复异议", "objection_withdrawn": "业主撤回异议",
	"lot_announced": "公布抽签的时间和地点", "lot_recorded": "录入抽签号码", "lot_withdrawn": "撤回抽签号码的录入", "lot_differed": "第二次录入的抽签号码不一致",
	"lot_drawn":       "抽签完成",
	"seal_card_taken": "领取开票卡", "seal_card_tried": "试开票卡，卡是对的", "seal_card_refused": "录入的开票卡不对，没有使用",
	"seal_card_entered": "录入第一张开票卡", "seal_opened": "录入第二张开票卡，打开票箱", "seal_share_altered": "开票份额与通知发布时不一致，没有打开",
	"filing_submitted": "提交备案", "filing_returned": "退回备案材料", "filing_certified": "出具备案证明", "seal_proof_issued": "出具印章刻制证明",
	"convening_ordered": "责令召开会议", "convening_followed": "按责令发出会议通知", "convening_taken_over": "决定由街道组织召开", "convening_held": "街道发出会议通知", "convening_reopened": "会议通知撤回，责令继续有效", "convening_withdrawn": "撤回责令召开",
	"watch_listed": "列入重点关注名单", "watch_changed": "更改重点关注的理由或者期限", "watch_removed": "移出重点关注名单", "watch_dismissed": "系统提示的情况，看过不列入",
	"supervision_correction_ordered": "责令限期改正", "supervision_correction_reported": "报告改正情况", "supervision_rectified": "认定已经改正",
	"supervision_revoked": "撤销决定", "supervision_court_revoked": "记载法院撤销",
	"filing_received": "受理备案", "filing_refused": "不予备案", "filing_cancelled": "注销备案",
	"package_made": "生成并下载备案材料包（未报送）", "package_handed_out": "下载报送的备案材料包",
}

// AuditWord says what a step on record was; a code without words is shown as it is.
func AuditWord(act string) string {
	if word, known := auditActs[act]; known {
		return word
	}
	return act
}

// filingSentences are what the street says to have looked at before it certifies.
var filingSentences = map[string]string{
	"notice_period": "会议通知在投票开始前按规定的天数公布，议程与通知一致。",
	"roster":        "业主名册经公示并锁定，总人数、总面积与材料一致。",
	"majorities":    "各事项参与表决和同意的人数、面积都按法定比例计算，结论正确。",
	"objections":    "公示期内的异议已经全部答复。",
	"papers":        "提交的材料齐全，内容与公告的结果一致。",
}

// FilingCheck is the sentence of a check; a code without a sentence is shown as it is.
func FilingCheck(code string) string {
	if sentence, known := filingSentences[code]; known {
		return sentence
	}
	return code
}
