package filing

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
	"gongjue/voting"
)

// RosterDisplayData is a 业主名册公示: rooms and areas without any name. Times are Unix ms.
type RosterDisplayData struct {
	Community                    string
	Version                      string
	Only                         string // one building; empty = all of them
	PublishedAt, Until, FrozenAt int64
	AnswerDays                   int
	Contact                      string
	Place                        string
	Units                        int64
	Total                        voting.Weight
	Parking                      string // what parking counts for, in words
	Buildings                    []RosterSum
	Usages                       []RosterSum
	Sources                      []RosterSum
	Standing                     string       // how the objections stand, in words
	Changes                      []string     // corrections since the display began, a sentence each
	Amendments                   []string     // of the frozen roster that led to this version, a sentence each
	Lists                        []RosterList // empty once the roster is frozen
	Root                         string
	Link                         string // the page of the display; QR
}

// RosterSum are the sums of one building, usage or source of areas.
type RosterSum struct {
	Name    string
	Units   int64
	Area    voting.Area
	Counted voting.Area
}

// RosterList are the units of one building.
type RosterList struct {
	Building string
	Units    []RosterUnit
}

// RosterUnit is one line of the list.
type RosterUnit struct {
	Place string // stair and room
	Area  voting.Area
	Note  string // usage, source of the area, how its head counts
}

// RosterDisplay writes the display for the board at the gate: what is asked of the owners and the sums first, then
// every unit, two to a line; the building stands at the head of every page of its list.
func RosterDisplay(w io.Writer, data RosterDisplayData) (paper.Report, error) {
	title := data.Community + "业主名册公示"
	return write(w, cover{title: title}, func(n *notice) { n.display(title, data) })
}

func (n *notice) display(title string, data RosterDisplayData) {
	n.heading(title)
	n.Para(data.Community+"全体业主：", paper.Style{})
	if data.Root == "" {
		n.Para("为召开业主大会会议，现将业主名册（"+data.Version+"）公示如下。请核对自己的房屋和面积；不对的，请在公示期内提出。", body)
	} else {
		n.Para("业主名册（"+data.Version+"）经公示并由街道核对，已经锁定。表决只按这一版计算。", body)
	}
	section := 0
	n.section(&section, "公示")
	plain := paper.Style{}
	n.Field("公示时间：", paper.Day(data.PublishedAt)+" 至 "+paper.Minute(data.Until)+"（北京时间）", plain)
	if data.FrozenAt != 0 {
		n.Field("锁定时间：", paper.Minute(data.FrozenAt)+"（北京时间）", plain)
	}
	n.Field("提出异议：", "扫码在手机上办理，或到下列地点书面提出"+answeredWithin(data.AnswerDays), plain)
	n.Field("地点：", data.Place, plain)
	n.Field("联系：", data.Contact, plain)
	n.section(&section, "总数")
	n.Field("专有部分：", fmt.Sprintf("%d 个", data.Units), plain)
	n.Field("总人数：", fmt.Sprintf("投票权人数（人数）%d 人", data.Total.Heads), plain)
	n.Field("总面积：", fmt.Sprintf("专有部分面积之和 %s ㎡", data.Total.Area), plain)
	n.Field("车位：", data.Parking, plain)
	if data.Root != "" {
		n.Field("校验根：", data.Root, paper.Style{Size: 9})
	}
	n.sums("楼幢", data.Buildings)
	n.sums("用途", data.Usages)
	n.sums("面积来源", data.Sources)
	if data.Standing != "" {
		n.Para(data.Standing, body)
	}
	if len(data.Changes) > 0 {
		n.section(&section, "更正")
		n.list(data.Changes)
	}
	if len(data.Amendments) > 0 {
		n.section(&section, "锁定以后的更正")
		n.list(data.Amendments)
	}
	n.Space(6)
	n.scan(data.Link, "扫码查自己的房屋", "公示期内也可以扫码提出异议")
	if len(data.Lists) > 0 {
		n.lists(&section, data)
	}
	n.together(func() {
		n.Para("公示不列业主的姓名、电话和证件号码。特此公示。", body)
		n.sealed([]string{"公示单位（盖章）："}, paper.Day(data.PublishedAt))
	})
}

func answeredWithin(days int) string {
	if days == 0 {
		return ""
	}
	return fmt.Sprintf("；%d 日内书面答复", days)
}

func (s RosterSum) row() []string {
	return []string{s.Name, fmt.Sprint(s.Units), s.Area.String(), s.Counted.String()}
}

// sums prints one of the tables of sums.
func (n *notice) sums(head string, list []RosterSum) {
	if len(list) == 0 {
		return
	}
	n.Space(6)
	rows, total := make([][]string, 0, len(list)+1), RosterSum{Name: "合计"}
	for _, sum := range list {
		rows = append(rows, sum.row())
		total.Units, total.Area, total.Counted = total.Units+sum.Units, total.Area+sum.Area, total.Counted+sum.Counted
	}
	if len(list) > 1 {
		rows = append(rows, total.row())
	}
	n.Table([]paper.Column{{Head: head, Width: paper.TextWidth - 300}, {Head: "个数", Width: 60, Align: paper.Right},
		{Head: "面积（㎡）", Width: 120, Align: paper.Right}, {Head: "计入总面积（㎡）", Width: 120, Align: paper.Right}}, rows, tableSize)
}

// listSize is the type of the lists: small enough for two units to a line, large enough for the board.
const listSize = 9

// lists prints the units building by building.
func (n *notice) lists(section *int, data RosterDisplayData) {
	n.Turn()
	title := "各户清单"
	if data.Only != "" {
		title = data.Only + "各户清单"
	}
	n.section(section, title)
	for _, list := range data.Lists {
		n.Space(8)
		n.Table(unitColumns(list.Building), unitRows(list.Units), listSize)
	}
}

func unitColumns(building string) []paper.Column {
	const place, area = 62.0, 54.0
	half := []paper.Column{{Head: building, Width: place}, {Head: "面积（㎡）", Width: area, Align: paper.Right},
		{Head: "用途、面积来源、人数", Width: paper.TextWidth/2 - place - area}}
	return append(half, half...)
}

// unitRows puts two units to a line, in the order of the list.
func unitRows(units []RosterUnit) [][]string {
	var rows [][]string
	for i := 0; i < len(units); i += 2 {
		row := make([]string, 0, 6)
		for _, unit := range units[i:min(i+2, len(units))] {
			row = append(row, unit.Place, unit.Area.String(), unit.Note)
		}
		for len(row) < 6 {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return rows
}
