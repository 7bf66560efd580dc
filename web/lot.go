package web

import (
	"fmt"
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// Lot is the public lot of a meeting: who is tied, when and where it is drawn and, once it is, how it came out and how
// anybody does it again. Anyone may see all of it.
type Lot struct {
	Ties          []LotTie
	CloseRoot     string // hex, of the log at the close
	Announcements []LotAnnouncement
	Waiting       bool // one of two has recorded the number
	Drawn         *LotDrawn
}

// LotTie is a matter with a tie, and its orders once the lot is drawn.
type LotTie struct {
	Number int
	Title  string
	Who    []string // who is tied for what, a sentence each
	Orders []LotOrder
	After  string // what the matter comes to with them
}

// LotOrder is the order of one block of equals.
type LotOrder struct {
	Group  string // seat group; empty where there is none
	Seed   string
	Matter string // id of the matter, as it is hashed
	Places []LotPlace
}

// LotPlace is one name in the order drawn.
type LotPlace struct {
	Place    int
	Name     string
	Hash     string
	Command  string // the line for a terminal that gives the hash
	Standing string // such as 当选，第 1 名
	Good     bool
}

// LotAnnouncement is when, where and how the number is drawn. Replaced: a newer one took its place.
type LotAnnouncement struct {
	Due      Instant
	Place    string
	Manner   string
	Digits   int64
	At       Instant
	By       string // role
	Reason   string // why the one before it did not hold
	Replaced bool
}

// LotDrawn is what was drawn, who saw it and who recorded it.
type LotDrawn struct {
	Number    string
	At        Instant
	Witnesses string
	First     string // role
	Second    string // role
	Leaf      int64  // place in the log
	Differed  int64  // how often a second person typed another number
	Withdrawn []string
}

// Due tells whether the lot is still to be drawn.
func (l *Lot) Due() bool { return l != nil && l.Drawn == nil }

// NewLotTie says who is tied in a displayed matter; settled is its outcome in the order of the draw, nil before it.
func NewLotTie(number int, title string, m voting.Matter, tied voting.Outcome, settled *voting.Outcome) LotTie {
	names := explain.Names{Title: title}
	tie := LotTie{Number: number, Title: title, Who: explain.Ties(m, tied, names)}
	if settled == nil {
		return tie
	}
	tie.After = strings.TrimPrefix(explain.Resident(m, *settled, names), "“"+title+"”：")
	for _, drawn := range settled.Lots {
		order := LotOrder{Group: drawn.Group, Seed: drawn.Seed, Matter: drawn.Matter}
		for i, step := range drawn.Steps {
			place := LotPlace{Place: i + 1, Name: step.Option, Hash: step.Hash, Command: explain.LotCommand(drawn, step.Option)}
			place.Standing, place.Good = standing(*settled, step.Option)
			order.Places = append(order.Places, place)
		}
		tie.Orders = append(tie.Orders, order)
	}
	return tie
}

// Recipe is how the lot is made, for everybody.
func (l *Lot) Recipe() string { return lotRecipe }

// LotRole is the word for a role that announced or recorded a lot.
func LotRole(role string) string { return explain.Actor(lifecycle.Actor(role)) }

// Paper is the lot as the printed result tells it, a paragraph each.
func (l *Lot) Paper() []string {
	if l == nil {
		return nil
	}
	var lines []string
	for _, tie := range l.Ties {
		lines = append(lines, "事项 "+strconv.Itoa(tie.Number)+"“"+tie.Title+"”："+strings.Join(tie.Who, ""))
	}
	lines = append(lines, "投票截止时投票记录的指纹（种子的前一半）："+l.CloseRoot)
	for _, a := range l.Announcements {
		line := fmt.Sprintf("抽签时间 %s，地点：%s；办法：%s；号码 %d 位。%s于 %s 公布。", a.Due, a.Place, a.Manner, a.Digits, a.By, a.At)
		if a.Reason != "" {
			line += "改期的原因：" + a.Reason + "。"
		}
		if a.Replaced {
			line = "（已由后面的公布代替）" + line
		}
		lines = append(lines, line)
	}
	if l.Drawn == nil {
		return append(lines, "还没有抽签，最终结果在抽签以后公布。"+lotRecipe)
	}
	lines = append(lines, l.Drawn.sentence())
	for _, tie := range l.Ties {
		for _, order := range tie.Orders {
			lines = append(lines, order.paper(tie)...)
		}
	}
	return append(lines, "把每个姓名或名称代入下面一行，在电脑的终端里运行，就能自己重算；算出的值小的在先：", l.template())
}

func (d LotDrawn) sentence() string {
	text := fmt.Sprintf("%s 抽出的号码（种子的后一半）：%s。在场见证：%s。由%s和%s分别录入，两次一致，记入投票记录第 %d 条。",
		d.At, d.Number, d.Witnesses, d.First, d.Second, d.Leaf)
	if d.Differed > 0 {
		text += fmt.Sprintf("第二人录入时有 %d 次与第一次不一致，没有采用。", d.Differed)
	}
	if len(d.Withdrawn) > 0 {
		text += "此前撤回的录入：" + strings.Join(d.Withdrawn, "、") + "。"
	}
	return text
}

func (o LotOrder) paper(tie LotTie) []string {
	lines := []string{"事项 " + strconv.Itoa(tie.Number) + " " + groupOf(o.Group) + "抽签的先后（事项编号 " + o.Matter + "）："}
	for _, place := range o.Places {
		lines = append(lines, strconv.Itoa(place.Place)+". "+place.Name+"（"+place.Standing+"）"+place.Hash)
	}
	return lines
}

func groupOf(name string) string {
	if name == "" {
		return ""
	}
	return "（" + name + "）"
}

// template is the command of a lot with words in place of what differs.
func (l *Lot) template() string {
	return explain.LotCommand(voting.Drawn{Seed: l.CloseRoot + "/" + l.Drawn.Number, Matter: "事项编号"}, "姓名或名称")
}

// LotPage is the lot of a meeting for those who work on it.
type LotPage struct {
	Shell
	Community  string
	Meeting    string
	MeetingURL string
	ResultURL  string // what everybody sees; empty before the display
	State      string
	Lot        *Lot
	Next       string // what has to happen now, and who does it
	Announce   *LotAnnounceForm
	Record     *LotRecordForm
	Confirm    *LotConfirmForm
	Withdraw   string // POST without fields; empty for who may not
}

// LotAnnounceForm says when and where the lot is drawn. Fields: `due` (2006-01-02T15:04 in 北京时间), `place`, `manner`,
// `digits`, and `reason` where an announcement is there already.
type LotAnnounceForm struct {
	Form
	Again    bool
	Earliest Instant
	Due      string
	Place    string
	Manner   string
	Digits   string
	Reason   string
}

// LotRecordForm takes what was drawn. Fields: `number`, `drawn_at`, `witnesses`.
type LotRecordForm struct {
	Form
	Digits    int64
	Number    string
	DrawnAt   string
	Witnesses string
}

// LotConfirmForm takes the number a second time. Field: `number`.
type LotConfirmForm struct {
	Form
	Digits int64
	Number string
}
