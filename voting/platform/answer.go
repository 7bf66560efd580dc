package platform

import (
	"errors"
	"slices"
	"strings"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/roster"
)

// The words of an answer, without blanks.
var (
	markWords = map[string]voting.Mark{"同意": voting.Yes, "赞成": voting.Yes, "反对": voting.No, "不同意": voting.No, "弃权": voting.Abstain,
		"从众": voting.FollowMajority, "随多数": voting.FollowMajority, "从众(随多数)": voting.FollowMajority}
	blankWords = []string{"空白", "未填写", "未选择", "没有填写"}
	allWords   = map[string]voting.Mark{"全部同意": voting.Yes, "全部反对": voting.No, "全部弃权": voting.Abstain, "弃权": voting.Abstain}
	voidWords  = []string{"废票", "无效票", "作废", "无效"}
)

// voidReasons are the reasons that may follow the word for a void ballot.
var voidReasons = map[string]ledger.VoidReason{
	"未签名": ledger.VoidUnsigned, "无签名": ledger.VoidUnsigned, "没有签名": ledger.VoidUnsigned,
	"无法辨认": ledger.VoidUnreadable, "无法识别": ledger.VoidUnreadable, "多选": ledger.VoidUnreadable,
	"非业主": ledger.VoidNotOwner, "不是业主": ledger.VoidNotOwner, "身份不符": ledger.VoidNotOwner,
	"委托无效": ledger.VoidProxyBad, "委托手续不全": ledger.VoidProxyBad, "代理无效": ledger.VoidProxyBad,
}

// reading is what a cell says, with the code of what is wrong with it; empty where nothing is.
type reading struct {
	mark ledger.PaperMark
	code Code
}

// read takes one filled cell of a matter apart.
func (m Matter) read(cell string, p voting.Policies) reading {
	text := roster.Plain(cell)
	if slices.Contains(blankWords, text) {
		return reading{}
	}
	if mark, void, ok := readVoid(text); void {
		if !ok {
			return reading{code: VoidUnexplained}
		}
		return reading{mark: mark}
	}
	switch {
	case m.Rule.Method == voting.ApprovalEach:
		return m.checked(m.readEach(cell), p)
	case m.Rule.Method == voting.Pick:
		return m.checked(m.readPick(cell), p)
	}
	mark, known := markWords[text]
	if !known {
		return reading{code: OptionUnknown}
	}
	return m.checked(reading{mark: ledger.PaperMark{Choice: voting.Choice{Mark: mark}}}, p)
}

// checked holds an answer to what the ballot of the matter offers. Too many names stand as they are: what they mean
// was announced.
func (m Matter) checked(r reading, p voting.Policies) reading {
	if r.code != "" && r.code != NameTwice {
		return r
	}
	var refused *voting.Refusal
	if !errors.As(r.mark.Check(m.Rule, p), &refused) {
		return r
	}
	switch refused.Code {
	case voting.CodeTooManyNames:
		r.code = TooManyNames
	case voting.CodeMarkNotOffered:
		r.code = MarkNotOffered
	default:
		r.code = OptionUnknown
	}
	return r
}

// readVoid reads 废票：未签名; ok is false for a reason that is missing or unknown.
func readVoid(text string) (mark ledger.PaperMark, void, ok bool) {
	for _, word := range voidWords {
		if rest, found := strings.CutPrefix(text, word); found {
			reason, known := voidReasons[unjoined(rest)]
			return ledger.PaperMark{Void: reason}, true, known
		}
	}
	return ledger.PaperMark{}, false, false
}

// names divides a cell that lists several, one of which may hold a separator itself.
func (m Matter) names(cell string) []string {
	if option := m.option(roster.Plain(cell)); option != "" {
		return []string{roster.Plain(cell)}
	}
	var parts []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、，,；;|\n\r", r) }) {
		if part = roster.Plain(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// readPick reads the names that were marked, or one of the marks in their place.
func (m Matter) readPick(cell string) reading {
	if mark, known := markWords[roster.Plain(cell)]; known {
		return reading{mark: ledger.PaperMark{Choice: voting.Choice{Mark: mark}}}
	}
	var r reading
	for _, part := range m.names(cell) {
		option := m.option(part)
		switch {
		case option == "":
			return reading{code: OptionUnknown}
		case slices.Contains(r.mark.Names, option):
			r.code = NameTwice
		default:
			r.mark.Names = append(r.mark.Names, option)
		}
	}
	if len(r.mark.Names) == 0 {
		return reading{code: OptionUnknown}
	}
	return r
}

// readEach reads a cell that answers for every option at once: the names in favour, or each name with its mark. Who is
// left out abstains, as the printed sheet says.
func (m Matter) readEach(cell string) reading {
	each := map[string]voting.Mark{}
	mark, all := allWords[roster.Plain(cell)]
	if len(m.Rule.Options) == 1 && !all {
		mark, all = markWords[roster.Plain(cell)]
	}
	if all {
		for _, option := range m.Rule.Options {
			each[option] = mark
		}
		return reading{mark: ledger.PaperMark{Choice: voting.Choice{Each: each}}}
	}
	var r reading
	for _, part := range m.names(cell) {
		option, mark := m.marked(part)
		if option == "" {
			return reading{code: OptionUnknown}
		}
		if known, twice := each[option]; twice && known != mark {
			return reading{code: OptionUnknown}
		} else if twice {
			r.code = NameTwice
		}
		each[option] = mark
	}
	if len(each) == 0 {
		return reading{code: OptionUnknown}
	}
	r.mark.Each = each
	return r
}

// marked reads a name with its mark behind it, 候选人甲：同意; a name alone is in favour.
func (m Matter) marked(part string) (option string, mark voting.Mark) {
	if option = m.option(part); option != "" {
		return option, voting.Yes
	}
	// The longest word first: 不同意 ends in 同意.
	for _, word := range []string{"不同意", "同意", "赞成", "反对", "弃权"} {
		name, found := strings.CutSuffix(strings.TrimSuffix(part, ")"), word)
		if !found {
			continue
		}
		if option = m.option(strings.TrimRight(name, ":-=(")); option != "" {
			return option, markWords[word]
		}
	}
	return "", ""
}

// offered names what may stand in a cell of the matter, for whoever has to mend it.
func (m Matter) offered(p voting.Policies) string {
	var words []string
	switch {
	case m.Rule.Method == voting.Pick:
		words = append(append(words, m.Rule.Options...), "弃权")
	case m.Rule.Method == voting.ApprovalEach:
		words = append(words, "同意的姓名或名称（用顿号隔开）", "姓名：反对", "全部同意", "全部反对", "弃权")
	default:
		words = append(words, "同意", "反对", "弃权")
	}
	if slices.Contains(m.Rule.Marks(p), voting.FollowMajority) {
		words = append(words, "从众")
	}
	return strings.Join(append(words, "空白", "废票：原因"), "；")
}
