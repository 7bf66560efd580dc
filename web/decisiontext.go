package web

import (
	"slices"
	"strconv"
	"strings"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// FormProblems are those that belong to no matter of the agenda.
func FormProblems(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return strings.Contains(p.Field, ".") })
}

// Callings are the choices of the form.
func (SittingCall) Callings() []Option { return optionsOf("called_by") }

// CalledByText says who called a meeting.
func CalledByText(by lifecycle.SittingCaller, callers int64) string {
	if by == lifecycle.CalledByMembers {
		return strconv.FormatInt(callers, 10) + " 名委员提议召开"
	}
	return word("called_by", string(by))
}

// PostsText names those present: the posts, and the names of those who agreed.
func PostsText(named []string, unnamed int64) string {
	text := strings.Join(named, "、")
	if unnamed == 0 {
		return text
	}
	rest := strconv.FormatInt(unnamed, 10) + " 名委员没有同意公布姓名"
	if text == "" {
		return rest
	}
	return text + "，另有 " + rest
}

// MemberText is a member with the post.
func MemberText(name string, post lifecycle.MemberPost) string {
	if post == lifecycle.PlainMember || post == "" {
		return name
	}
	return name + "（" + explain.MemberPost(post) + "）"
}

// DecisionRule says when a committee decides; article is empty where the place's rules say nothing of their own.
func DecisionRule(half bool, article string) string {
	text := "决定须经全体委员过半数同意，没有到场的也算在全体里；正好一半不通过。"
	if half {
		text = "决定须经全体委员半数以上同意，没有到场的也算在全体里；正好一半也通过。"
	}
	if article != "" {
		text += "依据" + article + "。"
	}
	return text + "委员须本人到场，不能委托别人；候补委员没有表决权。应当由业主共同决定的事项（民法典第278条），业主委员会不能代替业主决定。"
}

// InterimRule says when an interim body decides, under the rules of its place; nil where they say nothing of one.
func InterimRule(body *rules.InterimBody) string {
	text := "现在由物业管理委员会代表业主办事。它的决定须经全体委员过半数"
	if body != nil && body.SignedConsent {
		text += "签字"
	}
	text += "同意，没有到场的也算在全体里；正好一半不通过。"
	if body != nil && body.OwnersPresent {
		text += "会议须有过半数的业主委员到场。"
	}
	if body != nil && body.DisplayWorkingDays > 0 {
		text += "决定公示 " + strconv.Itoa(body.DisplayWorkingDays) + " 个工作日。"
	}
	if body != nil && body.Source != nil {
		text += "依据" + body.Source.String() + "。"
	}
	return text + "它是临时机构，组织业主开会作决定；应当由业主共同决定的事项（民法典第278条），不能代替业主决定。选出业主委员会以后，它就终止。"
}

// NewDecisionForm is an empty form of a kind about a decision of a committee, where no count and no certificate is at stake.
func NewDecisionForm(kind lifecycle.SupervisionKind, action string) SuperviseForm {
	form := NewSuperviseForm(kind, action)
	switch {
	case kind == lifecycle.CorrectionOrdered:
		form.Explains = "决定违反法律、法规的，责令在期限内改正。通告会公开在小区公示栏，写在这项决定下面。"
	case kind.Revokes():
		form.Explains = "撤销以后，这项决定不再有效。通告会公开在小区公示栏，写在这项决定下面。"
	}
	return form
}

// WorkSittings are meetings of a committee without a record; WorkCorrections orders about its decisions without a report, and
// WorkReports reports that wait for the street.
func WorkSittings(community string, n int64) string {
	return WorkText(community, strconv.FormatInt(n, 10)+" 次业主委员会会议等待公布会议记录")
}

// WorkCorrections is explained at [WorkSittings].
func WorkCorrections(community string, n int64) string {
	return WorkText(community, strconv.FormatInt(n, 10)+" 项业主委员会决定被责令改正，等待报告")
}

// WorkReports is explained at [WorkSittings].
func WorkReports(community string, n int64) string {
	return WorkText(community, strconv.FormatInt(n, 10)+" 项业主委员会决定的改正报告等待核查")
}

// SittingTitle names a meeting by its number.
func SittingTitle(number string) string { return "业主委员会第 " + number + " 次会议" }
