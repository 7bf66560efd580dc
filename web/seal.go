package web

import (
	"strconv"
	"strings"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// SealPage is the seal cards (开票卡) of a meeting for those who hold them. At most one of Try and Open is there.
type SealPage struct {
	Shell
	Community  string
	Meeting    string
	MeetingURL string
	State      string
	Next       string // what has to happen now, and who does it
	Opened     bool   // the cards are of no use any more
	Cards      []SealCardLine
	Take       *SealTakeForm
	Try        *SealCodeForm
	Open       *SealCodeForm
}

// SealCardLine is how one card stands.
type SealCardLine struct {
	Role string // 召集人, 街道, 计票人
	Own  bool   // of the one who looks
	Tone string // of the tag
	Tag  string // such as 已领取，还没有试
	Says string // who and when; empty for nobody
}

// SealTakeForm makes a card. Field: `again` (yes, where Again asks for it: the card was tried already).
type SealTakeForm struct {
	Form
	Taken bool // an untried one becomes worthless
	Again bool
}

// SealCodeForm takes a card that is typed in. Field: `code`.
type SealCodeForm struct {
	Form
	Code  string
	Wrong int // group of four that was mistyped, from 1; 0 for none
	First bool
}

// SealCardPage is a card that was just made. It is shown this once.
type SealCardPage struct {
	Shell
	Community string
	Meeting   string
	Role      string
	Closes    Instant // the card is of use afterwards
	Taken     Instant
	Groups    []string // of four symbols
	Code      string   // the same in one, for the form that prints it
	PrintURL  string
	SealURL   string
}

// SealRole is the word for the role that holds a card.
func SealRole(role string) string { return explain.Actor(lifecycle.Actor(role)) }

// NewSealCard says how a card stands before the close; instants that were not reached are 0.
func NewSealCard(role string, own bool, holder string, taken, tried Instant) SealCardLine {
	line := SealCardLine{Role: SealRole(role), Own: own}
	switch {
	case taken == 0:
		line.Tone, line.Tag = CheckError, "还没有领取"
	case tried == 0:
		line.Tone, line.Tag, line.Says = CheckWarning, "已领取，还没有试", holder+"，"+taken.String()+"领取"
	default:
		line.Tone, line.Tag, line.Says = CheckOK, "已领取，试过", holder+"，"+taken.String()+"领取，"+tried.String()+"试过"
	}
	return line
}

// NewTypedCard says after the close who typed a card in; entered is 0 where nobody did, or too long ago.
func NewTypedCard(role string, own, counted bool, enterer string, entered Instant) SealCardLine {
	line := SealCardLine{Role: SealRole(role), Own: own, Tag: "还没有录入"}
	switch {
	case entered != 0:
		line.Tone, line.Tag, line.Says = CheckOK, "已录入", enterer+"，"+entered.String()
	case counted:
		line.Tag = "没有用到"
	}
	return line
}

// The sentences that tell the holders what happens next.
const (
	SealNextTake   = "召集人、街道、计票人各自登录，领取自己的开票卡，抄下或打印，再照着卡试一次。三张都试过，召集人才能发布通知。"
	SealNextReady  = "三张卡都试过了，召集人可以发布通知。请收好卡，截止以后要用。"
	SealNextKeep   = "通知已经发布，卡不能再换。投票开始以前可以再试一次；请收好卡，截止以后要用。"
	SealNextVoting = "正在投票，截止以前任何一张卡都不能用。"
	SealNextFirst  = "投票已经截止。请三方中的任意两方，各自登录录入自己的开票卡；第二张录入以后马上开票、计票。"
	SealNextSecond = "已经录入一张卡，请另一方登录录入自己的卡，录入以后马上开票、计票。第一张卡三天内有效。"
	SealNextOpened = "票箱已由两方开启，计票完成。开票卡没有用了，可以销毁。"
)

// LinkSeal leads to the page.
const LinkSeal = "开票卡"

// FileSealCard is the file of a card to be printed.
const FileSealCard = "开票卡.pdf"

// SealCheck tells whether the seal cards stand in the way of the notice.
func SealCheck(ready bool) Check {
	if !ready {
		return Check{CheckError, message("seal_cards_missing"), ""}
	}
	return Check{CheckOK, "三张开票卡都已领取并试过。", ""}
}

// WorkSealTake names a draft that waits for a holder's card.
func WorkSealTake(community, meeting string) string {
	return community + "：“" + meeting + "”等您领取并试用开票卡"
}

// WorkSealOpen names a closed vote that waits for two holders.
func WorkSealOpen(community, meeting string) string {
	return community + "：“" + meeting + "”已截止，等您录入开票卡"
}

// sealWrong says which group of a typed card to look at.
func sealWrong(group int) string {
	return "第 " + strconv.Itoa(group) + " 组不对，请对照卡上的第 " + strconv.Itoa(group) + " 组改正，别的组不用重写。"
}

// CardGroups are the groups of a card's text.
func CardGroups(text string) []string { return strings.Split(text, "-") }
