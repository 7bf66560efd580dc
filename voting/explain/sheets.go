package explain

import "gongjue/voting"

var firmActs = table[voting.FirmAct]{
	voting.RenewFirm: "续聘现任物业服务企业", voting.DismissFirm: "解聘现任物业服务企业", voting.TenderFirm: "选聘物业服务企业的方案",
}

// FirmAct names what a motion does to the firm.
func FirmAct(a voting.FirmAct) string { return firmActs[a] }

var conditions = table[voting.Condition]{voting.IfPassed: "通过", voting.IfRejected: "未通过"}

// Condition says what must have become of the other matter.
func Condition(c voting.Condition) string { return conditions[c] }

var effects = table[voting.Effect]{
	voting.TakesEffect: "生效", voting.NoDecision: "没有形成决定", voting.Lapsed: "前提没有成立，不产生效力",
	voting.Waiting: "须等待另行表决或认定",
}

var handlings = table[voting.Handling]{
	voting.SheetNotIssued: "未发放", voting.SheetIssued: "已发放，没有送达凭证", voting.SheetDelivered: "已送达，有凭证",
	voting.SheetRefused: "拒收", voting.SheetUndeliverable: "无法送达",
}

// Handling says what became of a voter's sheet.
func Handling(h voting.Handling) string { return handlings[h] }

var voterClasses = table[voting.VoterClass]{
	voting.ClassVoted: "已表决", voting.ClassVoid: "废票", voting.ClassDeliveredSilent: "已送达未表决",
	voting.ClassRefused: "拒收表决票", voting.ClassUndeliverable: "未能送达", voting.ClassNotIssued: "未发放表决票",
}

// VoterClass names where a voter stands at the close.
func VoterClass(c voting.VoterClass) string { return voterClasses[c] }

var incidents = table[voting.Incident]{
	voting.ReturnedAboveIssued: "收回的表决票多于发放的，应当暂停计票并查明原因",
	voting.IssuedNotClosed:     "发放的表决票与收回的、未收回的对不上",
	voting.PrintedNotClosed:    "印制的表决票与发放的、未发放的对不上",
}

// Incident says what does not agree among the sheets.
func Incident(i voting.Incident) string { return incidents[i] }
