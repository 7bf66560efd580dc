// Package explain is the Chinese of the rules: one word for every named constant, and the sentences that
// say what an outcome means, to a resident and in a notice. It decides nothing and rounds nothing but
// printed shares. The sentences of error codes stand elsewhere, with the pages.
package explain

import (
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// table holds the words of one list of constants. A test walks every list, so a missing word never ships.
type table[T ~string] map[T]string

var kinds = table[voting.Kind]{
	voting.Motion: "议案表决", voting.Election: "选举业主委员会", voting.Selection: "选聘物业服务企业", voting.Consult: "意见征询",
}

// Kind names a kind of matter.
func Kind(k voting.Kind) string { return kinds[k] }

var methods = table[voting.Method]{voting.ApprovalEach: "逐项表决（同意、反对、弃权）", voting.Pick: "在名单中勾选"}

// Method names the way a ballot is marked.
func Method(m voting.Method) string { return methods[m] }

var marks = table[voting.Mark]{
	voting.Yes: "同意", voting.No: "反对", voting.Abstain: "弃权", voting.FollowMajority: "从众（随多数）",
}

// Mark names a cross on a ballot.
func Mark(m voting.Mark) string { return marks[m] }

var dimensions = table[voting.Dimension]{voting.ByHeads: "投票权人数（人数）", voting.ByArea: "专有部分面积"}

// Dimension names a measure. Heads are never called 票权数 or 户 alone.
func Dimension(d voting.Dimension) string { return dimensions[d] }

var results = table[voting.Result]{
	voting.Passed: "通过", voting.Rejected: "未通过", voting.NotFormed: "未形成有效决定",
	voting.RunOffDue: "须另行表决", voting.Undetermined: "无法认定",
}

// Result names a result; [Verdict] says it in full for one matter.
func Result(r voting.Result) string { return results[r] }

var reasons = table[voting.Reason]{
	voting.NoSingleLeader:   "没有一个选项在人数和面积上都领先，“计入多数票”无从确定",
	voting.SilenceUndefined: "公布的规则没有说明已送达未表决票在这种表决中计入哪一项",
	voting.VoidNotAnnounced: "事先没有公布废票是否计入参与表决，而两种算法的结果不同",
}

// Reason says why an outcome is undetermined.
func Reason(r voting.Reason) string { return reasons[r] }

var stepKinds = table[voting.StepKind]{voting.Participation: "参与表决", voting.Approval: "同意"}

// StepKind names what a step tests.
func StepKind(k voting.StepKind) string { return stepKinds[k] }

var shortnesses = table[voting.Shortness]{
	voting.HeadsShort: "人数未过法定比例", voting.AreaShort: "面积未过法定比例",
	voting.BothShort: "人数和面积均未过法定比例", voting.Outranked: "已过法定比例，名次在后",
}

// Shortness says why an option has no place.
func Shortness(s voting.Shortness) string { return shortnesses[s] }

var committeeStates = table[voting.CommitteeState]{
	voting.Constituted: "本次选举的业主委员会成立", voting.EvenNumber: "委员已过半数，但是双数，是否成立请街道按议事规则确定",
	voting.NotConstituted: "本次选举的业主委员会尚未成立", voting.CommitteeUndetermined: "本次选举的业主委员会是否成立无法认定",
}

// CommitteeState says what an election of a whole committee leaves behind; [Committee] says it of every election.
func CommitteeState(s voting.CommitteeState) string { return committeeStates[s] }

var silences = table[voting.Silence]{
	voting.NotParticipating: "不计入参与表决", voting.SilenceAbstains: "计入参与表决，视为弃权",
	voting.JoinMajority:                "计入参与表决，并计入多数票",
	voting.JoinMajorityIfOverHalfOfAll: "多数票已超过全体二分之一时，计入参与表决并计入多数票",
}

// Silence says how ballots that were delivered and not cast are treated.
func Silence(s voting.Silence) string { return silences[s] }

var blanks = table[voting.Blank]{voting.BlankAbstains: "空白视为弃权", voting.BlankVoid: "空白视为废票"}

// Blank says how a blank answer is treated.
func Blank(b voting.Blank) string { return blanks[b] }

var ranks = table[voting.Rank]{
	voting.HeadsThenArea: "先比同意人数，人数相同比面积", voting.AreaThenHeads: "先比同意面积，面积相同比人数",
	voting.SumOfShares: "比人数占比与面积占比之和",
}

// Rank says by what options that pass are placed.
func Rank(r voting.Rank) string { return ranks[r] }

var shortfalls = table[voting.Shortfall]{
	voting.FurtherVote: "缺额另行表决", voting.OverHalfStands: "当选过半数的，业主委员会先行成立，缺额另行表决",
}

// Shortfall says what an election with open seats leads to.
func Shortfall(s voting.Shortfall) string { return shortfalls[s] }

var tieWays = table[voting.TieWay]{
	voting.TieByRevote: "并列的再次表决", voting.TieByLot: "并列的公开抽签，任何人都可以重算",
}

// TieWay says what decides between options that are equal.
func TieWay(w voting.TieWay) string { return tieWays[w] }

var variants = map[string]string{
	voting.WithoutSilence: "不计入已送达未表决票的结果", voting.WithVoid: "废票计入参与表决的结果",
	voting.WithoutVoid: "废票不计入参与表决的结果",
}

// Variant names another reading of an outcome.
func Variant(name string) string { return variants[name] }

var levels = table[rules.Level]{rules.National: "全国", rules.Local: "地方"}

// Level names who made a rule pack's instrument.
func Level(l rules.Level) string { return levels[l] }

var classes = table[rules.Class]{rules.Ordinary: "一般事项（过半数同意）", rules.Special: "特别事项"}

// Class names the class of an item in a pack; a special one with the share it needs there.
func Class(pack rules.Pack, c rules.Class) string {
	if c == rules.Special && pack.Majorities != nil {
		return classes[c] + "（" + fraction(pack.Law().Special.Threshold) + "以上同意）"
	}
	return classes[c]
}

var conveners = table[lifecycle.ConvenerKind]{
	lifecycle.PreparationGroup: "首次业主大会会议筹备组", lifecycle.Committee: "业主委员会",
	lifecycle.RenewalGroup: "业主委员会换届小组", lifecycle.PropertyManagementCommittee: "物业管理委员会",
	lifecycle.StreetOffice: "街道办事处（乡镇人民政府）", lifecycle.ResidentsCommittee: "居民委员会",
}

// Convener names who calls a meeting.
func Convener(k lifecycle.ConvenerKind) string { return conveners[k] }
