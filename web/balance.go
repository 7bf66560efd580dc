package web

import (
	"slices"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/ledger"
)

// SheetBalance compares the paper sheets of a meeting: made, handed out, back, valid, void. Its lines stand on the count
// page, the result and the printed result alike.
type SheetBalance struct {
	Made, Delivered, Refused, Undeliverable, Unrecorded int64
	Kept                                                bool // somebody recorded deliveries

	Returned, Duplicate, Open int64
	Unissued                  int64 // returned, though recorded as refused or undeliverable
	Counted                   bool  // Valid and Void are known
	Valid, Void               int64
	Voids                     map[ledger.VoidReason]int64
	Incidents                 []voting.Discrepancy
}

// Lines are the figures in words, in the order in which a sheet lives.
func (b SheetBalance) Lines() []RecordLine {
	list := []RecordLine{{"制作", sheets(b.Made) + "（每位投票权人一张）"}, {"发放", b.issued()}}
	if b.Refused+b.Undeliverable > 0 {
		list = append(list, RecordLine{"没有发出", "拒收 " + sheets(b.Refused) + "，无法送达 " + sheets(b.Undeliverable)})
	}
	list = append(list, RecordLine{"收回（纸质）", sheets(b.Returned)})
	if b.Counted {
		list = append(list, RecordLine{"其中有效", sheets(b.Valid)}, RecordLine{"其中无效", sheets(b.Void) + b.reasons()})
	}
	if b.Open > 0 {
		list = append(list, RecordLine{"其中还没有录完", sheets(b.Open)})
	}
	if b.Duplicate > 0 {
		list = append(list, RecordLine{"其中重复", sheets(b.Duplicate) + "（同一投票权人的另一张票计入，纸质票不计入）"})
	}
	if b.Kept && b.Unrecorded == 0 {
		list = append(list, RecordLine{"没有收回", sheets(b.Made-b.Refused-b.Undeliverable-(b.Returned-b.Unissued)) + "（含改用手机等其他方式投票的）"})
	}
	return list
}

// issued says how many sheets were handed out, as far as the register knows.
func (b SheetBalance) issued() string {
	switch {
	case !b.Kept:
		return "不详：没有逐张登记送达，最多 " + sheets(b.Made)
	case b.Unrecorded == 0:
		return sheets(b.Delivered) + "（逐张登记送达）"
	}
	return explain.Count(b.Delivered) + " 至 " + sheets(b.Delivered+b.Unrecorded) + "：登记送达 " + sheets(b.Delivered) + "，没有登记 " + sheets(b.Unrecorded)
}

// reasons lists why sheets are void, in the order of the form.
func (b SheetBalance) reasons() string {
	var words []string
	for _, reason := range append(slices.Clone(ledger.VoidReasons), "") {
		if n := b.Voids[reason]; n > 0 {
			words = append(words, VoidWord(reason)+" "+sheets(n))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "（" + strings.Join(words, "，") + "）"
}

// VoidWord names the reason for which a whole sheet is void; none means that every answer is void by itself.
func VoidWord(reason ledger.VoidReason) string {
	if reason == "" {
		return "各事项均无效"
	}
	return optionText(VoidReasons, string(reason))
}

// Warning says what does not close; empty where all does.
func (b SheetBalance) Warning() string {
	text := ""
	for _, found := range b.Incidents {
		switch found.Incident {
		case voting.ReturnedAboveIssued:
			text += "收回的纸质票比发放的多 " + sheets(found.Sheets) + "。"
		case voting.IssuedNotClosed:
			text += "有 " + sheets(found.Sheets) + "收回的票，送达登记里写的是拒收或无法送达。"
		}
	}
	return text
}

func sheets(n int64) string { return explain.Count(n) + " 张" }
