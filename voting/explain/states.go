package explain

import "gongjue/voting/lifecycle"

var actors = table[lifecycle.Actor]{
	lifecycle.Operator: "系统管理员", lifecycle.District: "区县主管部门", lifecycle.Street: "街道工作人员",
	lifecycle.Convener: "召集人", lifecycle.Teller: "计票人", lifecycle.Owner: "业主", lifecycle.System: "系统自动",
}

// Actor names a role.
func Actor(a lifecycle.Actor) string { return actors[a] }

var channels = table[lifecycle.Channel]{
	lifecycle.Online: "线上", lifecycle.Paper: "书面", lifecycle.Onsite: "现场", lifecycle.Proxy: "委托",
	lifecycle.Imported: "市平台导入",
}

// Channel names how a ballot came in.
func Channel(c lifecycle.Channel) string { return channels[c] }

var rosterStates = table[lifecycle.RosterState]{
	lifecycle.RosterDraft: "草稿", lifecycle.RosterPublished: "公示中", lifecycle.RosterFrozen: "已锁定",
	lifecycle.RosterSuperseded: "已被新版本取代",
}

// RosterState names the state of a roster version.
func RosterState(s lifecycle.RosterState) string { return rosterStates[s] }

var meetingStates = table[lifecycle.MeetingState]{
	lifecycle.MeetingDraft: "筹备中", lifecycle.MeetingNoticed: "已公告，待开始", lifecycle.MeetingVoting: "投票中",
	lifecycle.MeetingClosed: "投票已截止", lifecycle.MeetingTallied: "已计票", lifecycle.MeetingPreliminary: "初步结果公示中",
	lifecycle.MeetingPublished: "结果已公告", lifecycle.MeetingCancelled: "已取消",
	lifecycle.MeetingUnderCorrection: "责令限期改正中", lifecycle.MeetingVoidRerun: "本次表决作废，须重新表决",
	lifecycle.MeetingRevoked: "决定已被撤销",
}

// MeetingState names the state of a meeting.
func MeetingState(s lifecycle.MeetingState) string { return meetingStates[s] }

var filingStates = table[lifecycle.FilingState]{
	lifecycle.FilingDraft: "材料准备中", lifecycle.FilingSubmitted: "已提交，待审查", lifecycle.FilingReturned: "退回补正",
	lifecycle.FilingCertified: "已备案", lifecycle.FilingRefused: "不予备案", lifecycle.FilingWithdrawn: "备案已撤回",
	lifecycle.FilingCancelled: "备案已注销",
}

// FilingState names the state of a filing.
func FilingState(s lifecycle.FilingState) string { return filingStates[s] }

var objectionStates = table[lifecycle.ObjectionState]{
	lifecycle.ObjectionOpen: "待答复", lifecycle.ObjectionAnswered: "已答复", lifecycle.ObjectionWithdrawn: "已撤回",
}

// ObjectionState names the state of an objection.
func ObjectionState(s lifecycle.ObjectionState) string { return objectionStates[s] }

var mandates = table[lifecycle.MandateKind]{
	lifecycle.VotingPerson: "推选的投票人", lifecycle.Guardian: "监护人", lifecycle.LegalRepresentative: "法定代表人",
	lifecycle.Authorised: "受托人", lifecycle.Buyer: "受让人，由其投票", lifecycle.OwnAgain: "本人投票",
}

// Mandate names why somebody acts for a voter.
func Mandate(k lifecycle.MandateKind) string { return mandates[k] }

// Acting is a name with why they act, for a sheet: of is the owner whom they act for, empty where it is for all of them.
func Acting(name, of string, kind lifecycle.MandateKind) string {
	switch {
	case kind == "":
		return name
	case of == "":
		return name + "（" + mandates[kind] + "）"
	}
	return name + "（" + of + "的" + mandates[kind] + "）"
}

var amendmentStates = table[lifecycle.AmendmentState]{
	lifecycle.AmendmentProposed: "待街道核准", lifecycle.AmendmentApproved: "已核准", lifecycle.AmendmentRefused: "未核准",
	lifecycle.AmendmentWithdrawn: "已撤回",
}

// AmendmentState names the state of an amendment of a frozen roster.
func AmendmentState(s lifecycle.AmendmentState) string { return amendmentStates[s] }

var events = table[lifecycle.Event]{
	lifecycle.EventNotice: "发布会议公告", lifecycle.EventCancel: "取消", lifecycle.EventOpen: "开始投票",
	lifecycle.EventExtend: "延长投票", lifecycle.EventClose: "截止投票", lifecycle.EventCount: "计票", lifecycle.EventUnseal: "两方持卡开票",
	lifecycle.EventDisplay: "公示初步结果", lifecycle.EventRecount: "复核选票", lifecycle.EventPublish: "正式公布",
	lifecycle.EventReceive: "受理", lifecycle.EventOrderCorrection: "责令限期改正", lifecycle.EventCorrect: "认定已经改正", lifecycle.EventReport: "报告改正情况", lifecycle.EventRevokePart: "撤销部分决定",
	lifecycle.EventRevoke: "撤销决定", lifecycle.EventAnnul: "宣布作废并重新表决",
	lifecycle.EventImport: "导入名册", lifecycle.EventFreeze: "锁定名册", lifecycle.EventSupersede: "由新版本取代",
	lifecycle.EventSubmit: "提交备案", lifecycle.EventReturn: "退回补正", lifecycle.EventCertify: "准予备案",
	lifecycle.EventRefuse: "不予备案", lifecycle.EventWithdraw: "撤回", lifecycle.EventAnswer: "答复",
	lifecycle.EventApprove:  "核准",
	lifecycle.EventComplete: "完工",
	lifecycle.EventTakeOver: "由街道组织召开",

	lifecycle.EventConstitute: "登记首次会议", lifecycle.EventTakeOffice: "开始履职", lifecycle.EventChangeMember: "登记委员变动", lifecycle.EventSuspendOne: "暂停委员履职",
	lifecycle.EventChoosePost: "重新推选职务", lifecycle.EventFormGroup: "登记换届小组", lifecycle.EventEndTerm: "由新一届接任", lifecycle.EventDissolve: "终止",
	lifecycle.EventAttachAudit: "附换届审计报告", lifecycle.EventHandOver: "移交",

	lifecycle.EventRenew: "续签合同", lifecycle.EventInspect: "登记承接查验", lifecycle.EventDecline: "登记到期不再续约", lifecycle.EventDismiss: "登记解聘通知",
	lifecycle.EventOverstay: "登记没有按期移交",
}

// Event names a step of a table.
func Event(e lifecycle.Event) string { return events[e] }
