package web

import (
	"gongjue/voting"
	"gongjue/voting/explain"
)

// SatisfactionLine are the satisfaction polls of a year about one subject, of each community the last.
type SatisfactionLine struct {
	Subject     string // in words
	Communities int64  // that asked
	Half        int64  // where half or more are satisfied
	Asked       voting.Weight
	Answered    voting.Weight
	Agreed      voting.Weight
}

// HeadRate is the share of those who answered that is satisfied, by heads; AreaRate by area.
func (l SatisfactionLine) HeadRate() string { return rate(l.Agreed.Heads, l.Answered.Heads) }

// AreaRate is explained at [SatisfactionLine.HeadRate].
func (l SatisfactionLine) AreaRate() string {
	return rate(int64(l.Agreed.Area), int64(l.Answered.Area))
}

// PollLine is one opinion poll with what it came to.
type PollLine struct {
	Community string
	Street    string
	Title     string
	Subject   string // in words; empty for a poll that is not of satisfaction
	At        Instant
	Asked     voting.Weight
	Answered  voting.Weight
	Agreed    voting.Weight
	Half      bool
	Reached   bool
	URL       string // its result
}

// HeadRate is the share of those who answered that agrees, by heads; AreaRate by area.
func (l PollLine) HeadRate() string { return rate(l.Agreed.Heads, l.Answered.Heads) }

// AreaRate is explained at [PollLine.HeadRate].
func (l PollLine) AreaRate() string { return rate(int64(l.Agreed.Area), int64(l.Answered.Area)) }

// HalfText says whether half or more agree.
func (l PollLine) HalfText() string { return yesOrNo(l.Half) }

func yesOrNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

// Figures are the cells of the monthly return from the number asked on.
func (l PollLine) Figures() []string {
	return []string{explain.Count(l.Asked.Heads), explain.SquareMetres(l.Asked.Area), explain.Count(l.Answered.Heads), explain.SquareMetres(l.Answered.Area),
		explain.Count(l.Agreed.Heads), explain.SquareMetres(l.Agreed.Area), l.HeadRate(), l.AreaRate(), l.HalfText(), yesOrNo(l.Reached)}
}

// The words of the monthly return's sheet of polls.
const (
	SheetPolls = "满意度和意见征询"
	PollsMean  = "当年 1 月 1 日到统计时点公布最终结果的意见征询。满意或同意的占参加的半数以上（正好一半也算），指人数和面积都达到；意见征询不是业主大会决定。"
)

// PollHeader heads that sheet.
var PollHeader = []string{"街道", "小区", "题目", "满意度调查的对象", "公布最终结果", "征询人数", "征询面积（㎡）", "参加人数", "参加面积（㎡）", "满意或同意人数", "满意或同意面积（㎡）",
	"占参加人数", "占参加面积", "半数以上", "达到事先约定的标准"}
