package web

import (
	"fmt"
	"strings"

	"gongjue/voting/explain"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// The titles of the pages on which an owner sees what is recorded for the own home.
const (
	TitleVotingRecord = "本户投票记录"
	TitleProveRecord  = "查本户投票记录"
	ButtonRecord      = "下一步：查看本户投票记录"
)

// VotingRecordFile is what the signed record is called when it is saved.
const VotingRecordFile = "本户投票记录.txt"

// VotingRecord shows an owner every ballot that the log holds for the own home, or that it holds none, and hands out the
// signed file that proves it.
type VotingRecord struct {
	Shell
	Community  string
	Meeting    string
	State      string // of the meeting
	Places     []string
	Ballots    []RecordedBallot
	At         Instant
	Size       int64 // leaves of the log that are spoken of
	Root       string
	Counted    bool   // the file proves who voted; before it promises
	ChoicesURL string // shows the choices, or hides them where Opened; empty where they may not be seen
	Opened     bool
	FileURL    string
	CheckerURL string // checks files in a browser, without a network
	NoticeURL  string
	ResultURL  string // empty before a result
	BundleURL  string // empty before the final result
	ObjectHow  string
	ObjectURL  string // [Objecting]; empty where nobody may object
	LeaveURL   string // POST, no fields; empty where the session is that of the ballot
}

// RecordedBallot is one ballot of the home.
type RecordedBallot struct {
	Number     int64
	Code       string
	At         Instant
	Channel    string
	By         string // who cast it, masked, with the capacity; empty on paper and from a platform
	Superseded bool
	Reason     string // what another ballot beside it means; empty without one
	FileURL    string // of its receipt
	Answers    []RecordedAnswer
	Salt       string // hex; empty while the choices are closed
}

// RecordedAnswer is what the ballot says on one matter.
type RecordedAnswer struct {
	Number int
	Title  string
	Text   string
}

func (VotingRecord) name() string { return "votingrecord" }

// Summary says in one sentence what is recorded.
func (v VotingRecord) Summary() string {
	valid := 0
	for _, ballot := range v.Ballots {
		if !ballot.Superseded {
			valid++
		}
	}
	switch {
	case len(v.Ballots) == 0:
		return "没有记录到任何选票"
	case valid == len(v.Ballots):
		return fmt.Sprintf("记录到 %d 张选票", len(v.Ballots))
	}
	return fmt.Sprintf("记录到 %d 张选票，其中 %d 张已被后来的取代", len(v.Ballots), len(v.Ballots)-valid)
}

// Homes names the units of the voter.
func (v VotingRecord) Homes() string { return placesText(v.Places) }

// Who says by whose hand a ballot came in.
func (b RecordedBallot) Who() string {
	switch {
	case b.By != "":
		return b.By
	case lifecycle.Channel(b.Channel) == lifecycle.Paper:
		return "纸质票，由两名工作人员分别录入"
	case lifecycle.Channel(b.Channel) == lifecycle.Imported:
		return "由市平台的结果导入"
	}
	return ""
}

// Words is the part of the signed file that people read.
func (v VotingRecord) Words() string {
	lines := []string{TitleVotingRecord, "", v.Community, v.Meeting, "房屋：" + placesText(v.Places), "",
		"查询时间：" + v.At.Seconds() + "（北京时间）", v.Summary() + "。"}
	for _, ballot := range v.Ballots {
		line := fmt.Sprintf("　　第 %d 张票　%s　%s　%s", ballot.Number, ballot.At.Seconds(), explain.Channel(lifecycle.Channel(ballot.Channel)), ballot.Who())
		if ballot.Superseded {
			line += "（已被后来的取代）"
		}
		lines = append(lines, line)
		for _, answer := range ballot.Answers {
			lines = append(lines, fmt.Sprintf("　　　　事项 %d　%s：%s", answer.Number, answer.Title, answer.Text))
		}
	}
	claim := "属于这一户的只有上面列出的，没有列出的一张也没有。"
	if len(v.Ballots) == 0 {
		claim = "没有一张票属于这一户。"
	}
	lines = append(lines, "", fmt.Sprintf("系统签名声明：投票记录的前 %d 条里，", v.Size)+claim)
	if v.Counted {
		lines = append(lines, "计票已经完成，这个文件里带着谁投了票的名单，可以证明上面的内容。")
	} else {
		lines = append(lines, "现在还没有公布计票结果。以后如果查出有一张票属于这一户而上面没有列出，这个签名就是证据。")
	}
	if v.Opened {
		lines = append(lines, "这个文件里有您的选择，不要给别人看。")
	}
	lines = append(lines, "怎样核对：用核对网页，或者 gongjue verify 核对文件.zip --record 这个文件。", "请保存这个文件，一个字也不要改动；下面几行供核对程序使用。")
	return oneLineEach(lines)
}

// oneLineEach joins lines for a signed note, which holds no control characters but line feeds.
func oneLineEach(lines []string) string {
	for i, line := range lines {
		lines[i] = strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, line)
	}
	return strings.Join(lines, "\n") + "\n"
}

func placesText(places []string) string {
	words := make([]string, len(places))
	for i, place := range places {
		words[i] = PlaceWords(place)
	}
	return strings.Join(words, "；")
}

// RecordedAnswerOf puts an opened answer into words; void is why it was found void, empty if it was not.
func RecordedAnswerOf(m BallotMatter, void ledger.VoidReason) RecordedAnswer {
	answer := RecordedAnswer{Number: m.Number, Title: m.Title}
	view := matterView(m, Form{}, true)
	switch {
	case void != "":
		answer.Text = "废票（" + VoidWord(void) + "）"
	case view.Each:
		parts := make([]string, len(view.Rows))
		for i, row := range view.Rows {
			parts[i] = row.Label + " " + row.Chosen
			if row.Chosen == "" {
				parts[i] = row.Label + " 弃权（没有选）"
			}
		}
		answer.Text = strings.Join(parts, "，")
	case len(view.Chosen) == 0:
		answer.Text = "没有选"
	default:
		answer.Text = strings.Join(view.Chosen, "，")
	}
	return answer
}

// receipt are the lines of a receipt file above the part for programs.
func (v VotingRecord) receipt(ballot RecordedBallot) []string {
	return []string{"投票回执", "", v.Community, v.Meeting, placesText(v.Places), "", "回执编号：" + ballot.Code,
		fmt.Sprintf("序号：第 %d 张票", ballot.Number), "记录时间：" + ballot.At.Seconds() + "（北京时间）",
		"方式：" + explain.Channel(lifecycle.Channel(ballot.Channel))}
}

// ReceiptText is the receipt of one of the ballots as a file; proof is the part for programs.
func (v VotingRecord) ReceiptText(ballot RecordedBallot, checkURL string, proof []string) string {
	return receiptText(v.receipt(ballot), checkURL, proof)
}

// receiptText ends a receipt file with how it is checked.
func receiptText(lines []string, checkURL string, proof []string) string {
	lines = append(lines, "", "回执上没有您的选择。输入回执编号可以随时核对："+checkURL)
	if len(proof) > 0 {
		lines = append(lines, "", "请保存这个文件。它自己带着证明，可以不联网核对；结果公布以后，还可以和结果页上的“核对文件”一起核对。下面几行供核对程序使用，请不要改动。")
		lines = append(lines, proof...)
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}
