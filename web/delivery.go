package web

import (
	"slices"
	"strconv"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// DeliveryDesk is the register of deliveries 送达登记 of a meeting. Its first form finds one sheet (field `serial`, or
// `building`, `stair` and `room`); Round records a whole building or stair. It tells nothing of who answered what.
type DeliveryDesk struct {
	Shell
	Form
	Community  string
	Meeting    string
	MeetingURL string
	Closes     Instant
	Refusal    string // why nothing can be recorded now; the forms are left out
	Silence    string // what becomes of ballots that nobody casts, in words
	Matters    bool   // silence counts, so that every proof matters
	Buildings  []string
	Serial     string
	Building   string
	Stair      string
	Room       string
	Round      DeliveryRound
	Numbers    DeliveryNumbers
	Ballots    int64 // of every channel
	Coarse     bool  // Ballots moves in steps of 20
	Parts      []DeliveryPart
	Exceptions []DeliveryLine
	Missing    []DeliveryLine // the first of those without a record
	Classes    []MatterClasses
}

// DeliveryRound records everybody of a building or a stair who has no record yet. Fields: `building`, `stair`, and those
// of [DeliveryFields].
type DeliveryRound struct {
	Form
	Building string
	Stair    string
	DeliveryFields
}

// DeliveryFields are what was recorded of a delivery: `mode`, `result`, `delivered_at` (datetime-local in 北京时间),
// `relation`, `proof`. The values are those of [DeliveryModes], [DeliveryResults] and [Relations].
type DeliveryFields struct {
	Mode        string
	Result      string
	DeliveredAt string // as typed
	Relation    string
	Proof       string
}

// DeliveryNumbers are sheets by what became of them.
type DeliveryNumbers struct{ Issued, Delivered, Refused, Undeliverable, None int64 }

// Recorded is the number of sheets with a record.
func (n DeliveryNumbers) Recorded() int64 { return n.Issued - n.None }

// DeliveryPart is one building, or the developer where the name is empty.
type DeliveryPart struct {
	Building string
	DeliveryNumbers
}

// Bar draws how much of the part is recorded.
func (p DeliveryPart) Bar() Bar { return bar(p.Recorded(), p.Issued, voting.Threshold{}) }

// DeliveryLine is one sheet in a list.
type DeliveryLine struct {
	UnitLabel string
	URL       string // its own page
	Result    string
	Mode      string
	At        Instant
	Proof     string
}

// MatterClasses are the six classes of one matter after the count, for staff.
type MatterClasses struct {
	Number  int
	Title   string
	Classes []ClassLine
}

// DeliveryEntry is one sheet with its records; Form is left out where Refusal says why. Fields: `replaces` (hidden: the record
// that is corrected) and those of [DeliveryFields].
type DeliveryEntry struct {
	Shell
	Form
	Community string
	Meeting   string
	DeskURL   string
	Refusal   string
	Units     []string
	Owners    []string // masked
	Replaces  string
	DeliveryFields
	History []DeliveryRecord // the newest first, which is in force
}

// DeliveryRecord is one record as it was made.
type DeliveryRecord struct {
	Mode       string
	Result     string
	At         Instant
	Relation   string
	Proof      string
	RecordedBy string
	RecordedAt Instant
	InForce    bool
}

// The words of a delivery, in the order of the form.
var (
	DeliveryModes = []Option{
		{Value: "in_hand", Text: "当面送达", Note: "送票人当面交付，收件人在存根上签收。"},
		{Value: "mailbox", Text: "投入信报箱", Note: "凭证写照片或见证人记录的编号。"},
		{Value: "registered_mail", Text: "挂号信或快递", Note: "凭证写单号。"},
		{Value: "electronic", Text: "电子方式", Note: "发送到名册登记的号码，凭证写发送记录的编号。"},
		{Value: "onsite", Text: "现场领取", Note: "业主到现场领取并签收。"},
		{Value: "public_notice", Text: "公告", Note: "找不到人时公告，只能登记为“无法送达”。"},
	}
	DeliveryResults = []Option{
		{Value: "delivered", Text: "已送达", Note: "必须写明凭证。"},
		{Value: "refused", Text: "拒收", Note: "不算送达，没有投的不计入。"},
		{Value: "undeliverable", Text: "无法送达", Note: "不算送达，没有投的不计入。"},
	}
	Relations = []Option{
		{Value: "owner", Text: "业主本人"}, {Value: "family", Text: "家属"}, {Value: "tenant", Text: "租户"},
		{Value: "other", Text: "其他人"}, {Value: "none", Text: "没有收件人"},
	}
)

// deliveryForm is what the template of the fields needs: the form they belong to, and what makes its ids unique.
type deliveryForm struct {
	Form   Form
	Prefix string
	Fields DeliveryFields
}

func newDeliveryForm(f Form, prefix string, fields DeliveryFields) deliveryForm {
	return deliveryForm{f, prefix, fields}
}

// optionText is the text of a value; a value without one is shown as it is.
func optionText(list []Option, value string) string {
	if i := slices.IndexFunc(list, func(o Option) bool { return o.Value == value }); i >= 0 {
		return list[i].Text
	}
	return value
}

// Name is the building, or who holds the sheet that belongs to none.
func (p DeliveryPart) Name() string {
	if p.Building == "" {
		return "建设单位"
	}
	return p.Building
}

// DeliveryMissing says how many more there are than the list shows.
func (d DeliveryDesk) DeliveryMissing() string {
	text := "还没有登记的 " + explain.Count(d.Numbers.None) + " 户"
	if shown := len(d.Missing); int64(shown) < d.Numbers.None {
		text += "（先列出 " + strconv.Itoa(shown) + " 户）"
	}
	return text
}

// SilenceWords say what becomes of ballots that were delivered and not cast.
func SilenceWords(p voting.Policies) string { return explain.Silence(p.SilenceIn(voting.Motion)) }
