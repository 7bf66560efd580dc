package web

import (
	"fmt"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// The titles of public and resident pages.
const (
	TitleHome         = "业主大会会议与公示"
	TitleBoard        = "公示栏"
	TitleNotice       = "会议通知"
	TitlePreliminary  = "初步结果公示"
	TitleResult       = "表决结果公告"
	TitleReceiptCheck = "核对投票回执"
	TitleCheckCode    = "查验备案证明"
	TitleCertificate  = "备案证明"
	TitleWho          = "核对身份"
	TitleBallot       = "表决票"
	TitleConfirm      = "请核对您的选择"
	TitleReceipt      = "您的票已经记录"
	TitleCannotVote   = "现在不能投票"
	ButtonBallot      = "下一步：填写表决票"
)

// PlaceWords prints a place as people write it: 3号楼 1单元 101 for 3号楼/1单元/101.
func PlaceWords(place string) string { return strings.ReplaceAll(place, "/", " ") }

// ScopeWords says who takes part in a vote of that scope, such as 全体业主.
func ScopeWords(scope []string) string { return scopeWords(scope) }

// MeetingScope says for whom a meeting is: everybody as soon as one matter is everybody's.
func MeetingScope(matters []voting.Matter) string {
	var places []string
	for _, matter := range matters {
		if len(matter.Scope) == 0 {
			return scopeWords(nil)
		}
		places = append(places, matter.Scope...)
	}
	return scopeWords(places)
}

// ObjectionHow says where objections to a count go.
func ObjectionHow(place, contact string) string {
	if place == "" {
		return "提出方式：" + contact + "。"
	}
	return "提出方式：书面送到" + place + "，或联系" + contact + "。"
}

// EndedSentence says that a meeting was withdrawn or annulled, when, and why; empty for every other state.
func EndedSentence(state, reason string, at Instant) string {
	when := "已经"
	if at != 0 {
		when = "已于" + at.Day()
	}
	sentence := ""
	switch lifecycle.MeetingState(state) {
	case lifecycle.MeetingVoidRerun:
		sentence = "这次表决" + when + "作废，需要重新组织，没有结果。"
	case lifecycle.MeetingCancelled:
		sentence = "这次会议" + when + "撤回，不再举行。"
	default:
		return ""
	}
	if reason = strings.TrimSpace(reason); reason != "" {
		sentence += "原因：" + strings.TrimRight(reason, "。") + "。"
	}
	return sentence
}

// The words of printed notices.
const (
	PaperFile = "附件"
)

// MeetingKind is what a meeting is called: 首次会议, 临时会议 or 定期会议.
func MeetingKind(first, extraordinary bool) string {
	switch {
	case first:
		return "首次会议"
	case extraordinary:
		return "临时会议"
	}
	return "定期会议"
}

// PaperFileValue names a file of a notice with its fingerprint.
func PaperFileValue(name, sha256 string) string {
	return name + "（校验值 " + digest(sha256) + "）"
}

// PaperVersion prints a roster's version.
func PaperVersion(version int64) string { return fmt.Sprintf("第 %d 版", version) }

// PaperBasis cites what a result rests on: the pack of rules and the notice with its fingerprint.
func PaperBasis(pack, noticeHash string) []string {
	return []string{pack, "本次会议通知（校验值 " + noticeHash + "）"}
}

// Parameters are all announced parameters in words, in the order of the notice.
func (a Announced) Parameters() []Parameter { return a.lines() }

// Digest is the short form of a SHA-256 or root in hex that pages show.
func Digest(hex string) string { return digest(hex) }

// Standing is how far the ballot is secured.
func (r Receipt) Standing() string {
	if r.Witnessed {
		return "已见证（街道用自己的密钥见证过包含这张票的记录）"
	}
	return "已记录"
}

// Text is the receipt as a plain text file.
func (r Receipt) Text() string {
	return receiptText([]string{"投票回执", "", r.Community, r.Meeting, r.UnitLabel, "",
		"回执编号：" + r.Code, fmt.Sprintf("序号：第 %d 张票", r.Number), "记录时间：" + r.At.Seconds() + "（北京时间）", "状态：" + r.Standing(),
		"方式：" + explain.Channel(lifecycle.Channel(r.Channel))}, r.CheckURL, r.Proof)
}

// PaperRobust says on paper what the objections that were open when it was printed could change.
func PaperRobust(printed Instant, sentence string) string {
	return "截至 " + printed.String() + " 尚未答复的异议：" + sentence
}

// PaperEffect is what a matter comes to under the one it depends on, as papers print it.
func PaperEffect(effect string) string { return "与其他事项的关系：" + effect + "。" }
