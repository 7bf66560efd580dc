package web

import (
	"fmt"
	"strconv"
	"strings"

	"gongjue/voting/sample"
)

// SampleRound is one round of a street's sample as everybody may see it.
type SampleRound struct {
	Round       int64
	State       string // announced, recorded, drawn, ended, withdrawn
	Plan        []string
	Due         Instant
	Place       string
	Manner      string
	Digits      int64
	AnnouncedAt Instant
	Reason      string // why it was withdrawn

	Drawn    *LotDrawn // without its place in the log
	Seed     string
	Certain  Numbers
	ByLot    Numbers
	Command  string // gives the hash of the first ballot of the lot
	Progress string
	Finding  []string
	EndedAt  Instant
}

// Numbers are ballots by their numbers; only the first stand on a page.
type Numbers struct {
	Shown []int64
	More  int64
}

// shownNumbers is how many numbers stand on a page; the rest is in the JSON beside it.
const shownNumbers = 500

// NewNumbers keeps the first of a list.
func NewNumbers(all []int64) Numbers {
	if len(all) <= shownNumbers {
		return Numbers{Shown: all}
	}
	return Numbers{Shown: all[:shownNumbers], More: int64(len(all) - shownNumbers)}
}

// SamplePlan says how many are asked and why, a sentence each. titles are those of the matters.
func SamplePlan(p sample.Plan, titles []string) []string {
	list := []string{fmt.Sprintf("计入结果的表决票共 %d 张，回访 %d 张：%s。", p.Ballots, p.Asked(), parted(p))}
	others := "票"
	if p.Certain > 0 {
		others = "其余的票"
	}
	for i, wrong := range p.Wrong {
		line := "事项 " + strconv.Itoa(i+1) + "“" + titles[i] + "”："
		switch {
		case wrong == 0:
			line += others + "有多少有问题，都改变不了结果，或者还没有结果。"
		default:
			line += fmt.Sprintf("%s里至少有 %d 张有问题，结果才可能改变（按面积最大的票算）。", others, wrong)
		}
		list = append(list, line)
	}
	return append(list, fmt.Sprintf("这个数目的意思是：如果有问题的票多到可以改变结果，抽出的票里一张都没有碰到的可能，不超过百分之%s。", riskOf(p.Certainty)))
}

func parted(p sample.Plan) string {
	switch {
	case p.Certain == 0:
		return fmt.Sprintf("全部抽签抽出 %d 张", p.Drawn)
	case p.Drawn == 0:
		return fmt.Sprintf("面积最大的 %d 张，不用抽签", p.Certain)
	}
	return fmt.Sprintf("面积最大的 %d 张都要回访，其余的抽签抽出 %d 张", p.Certain, p.Drawn)
}

// CertaintyText is a certainty in words, such as 95%.
func CertaintyText(c sample.Certainty) string { return strconv.FormatInt(100*c.Num/c.Den, 10) + "%" }

// riskOf is what the certainty leaves, in hundredths.
func riskOf(c sample.Certainty) string {
	words := map[int64]string{1: "一", 5: "五", 10: "十"}
	return words[100-100*c.Num/c.Den]
}

// SampleFinding says what a round showed, a sentence each.
func SampleFinding(p sample.Plan, f sample.Finding, titles []string) []string {
	list := []string{fmt.Sprintf("回访 %d 张：确认是自己家投的 %d 张，否认的 %d 张，没能确认的（联系不上、不愿回答）%d 张。", p.Asked(), f.Confirmed, f.Denied, f.Open)}
	if p.Drawn > 0 {
		list = append(list, fmt.Sprintf("没能确认的全部按有问题计算，有 %s 的把握：参加抽签的 %d 张票里，有问题的不超过 %d 张。", CertaintyText(p.Certainty), p.Ballots-p.Certain, f.AtMost))
	}
	for i, stands := range f.Stands {
		line := "事项 " + strconv.Itoa(i+1) + "“" + titles[i] + "”："
		switch {
		case stands:
			line += "就算这些票都有问题，结果也不变。"
		case f.IfRight[i]:
			line += "如果没能确认的都属实，结果不变；如果它们都有问题，不能排除结果改变。"
		default:
			line += "不能排除结果改变，要进一步核查。"
		}
		list = append(list, line)
	}
	return list
}

// SampleCommand is the line for a terminal that gives the hash of one ballot.
func SampleCommand(seed string, number int64) string {
	return `printf '%s\n%s\n%s' ` + strings.Join([]string{"'gongjue.sample/v1'", "'" + seed + "'", strconv.FormatInt(number, 10)}, " ") + " | sha256sum"
}

// SampleProgress says how far the asking is.
func SampleProgress(asked, all int64) string {
	return fmt.Sprintf("已经问到 %d 张，共 %d 张。每家的回答不公布。", asked, all)
}

// SamplePublic is what anybody sees of the samples of a meeting.
type SamplePublic struct {
	Shell
	Community    string
	CommunityURL string
	Meeting      string
	ResultURL    string
	JSONURL      string
	CloseRoot    string
	Rounds       []SampleRound // the newest first
}

// SamplePage is the sample for those who work on it.
type SamplePage struct {
	Shell
	Community  string
	Meeting    string
	MeetingURL string
	PublicURL  string
	Next       string // what has to happen now, and who does it
	Rounds     []SampleRound
	Announce   *SampleAnnounceForm
	Record     *LotRecordForm
	Confirm    *LotConfirmForm
	Withdraw   *SampleWithdrawForm
	Calls      *SampleCalls
}

// SampleAnnounceForm fields: `certainty`, `due` (2006-01-02T15:04 in 北京时间), `place`, `manner`, `digits`.
type SampleAnnounceForm struct {
	Form
	Choices   []Option
	Earliest  Instant
	Certainty string
	Due       string
	Place     string
	Manner    string
	Digits    string
}

// SampleWithdrawForm fields: `reason`.
type SampleWithdrawForm struct {
	Form
	Reason string
}

// SampleCalls is the call list. Form fields of each: `leaf`, `answer`.
type SampleCalls struct {
	AnswerURL string
	EndURL    string // POST without fields; empty while somebody was never asked
	Open      []SampleCall
	More      int // open ones that come after those
	Done      []SampleCall
}

// SampleCall is one ballot on the list.
type SampleCall struct {
	Leaf    int64
	Why     string // 面积大 or 抽中
	Home    string
	Channel string
	People  []Link // masked names; where they lead to the full number, which leaves a row
	Tries   int64
	Answer  string // in words; empty before the first try
	At      Instant
}

// Answers are the buttons beside a ballot that is still open.
func (SampleCalls) Answers() []Option { return SampleAnswers }

// SampleAnswer is an answer in words.
func SampleAnswer(answer string) string {
	for _, known := range SampleAnswers {
		if known.Value == answer {
			return known.Text
		}
	}
	return ""
}

// SampleChoice offers a certainty with what it asks for.
func SampleChoice(value string, p sample.Plan) Option {
	return Option{value, CertaintyText(p.Certainty) + "：回访 " + strconv.FormatInt(p.Asked(), 10) + " 张", parted(p)}
}

// SampleAnswers are the words of the answers, in the order of their buttons.
var SampleAnswers = []Option{{Value: "confirmed", Text: "是我家投的"}, {Value: "denied", Text: "不是我家投的"}, {Value: "unreached", Text: "没联系上"}, {Value: "declined", Text: "不愿回答"}}

// SampleWhy says why a ballot is asked about.
func SampleWhy(byLot bool) string {
	if byLot {
		return "抽签抽中"
	}
	return "面积大，都要回访"
}

// What a round waits for.
const (
	SampleNextAnnounce = "还没有回访，或者上一轮已经结束。需要时由街道公布下一轮抽签的时间和地点。"
	SampleNextWait     = "到公布的时间，在公布的地点当众抽出号码。"
	SampleNextRecord   = "抽签时间到了。抽完由街道、召集人或计票人录入号码。"
	SampleNextSecond   = "号码已由一人录入，等另一种身份的人再录一遍。"
	SampleNextCalls    = "号码已经抽定，请街道逐户回访。"
)

// sampleEarliest says from when the number of a sample may be drawn.
func sampleEarliest(earliest Instant) string {
	return "公布以后至少 24 小时：最早 " + earliest.String() + "。"
}
