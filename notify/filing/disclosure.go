package filing

import (
	"io"

	"gongjue/notify/paper"
)

// DisclosureData is what a committee disclosed of revenue, fund and expenses. Amounts are texts in yuan; times are Unix ms.
type DisclosureData struct {
	Community   string
	Title       string // the period in words
	Number      string
	From, To    int64
	PublishedAt int64
	Remarks     []string    // what it replaces or what replaced it, why the opening differs: a sentence each
	Accounts    [][5]string // name, opening, in, out, closing
	Sections    []DisclosureTable
	Note        string
	Files       []string // names of what proves it
	Link        string   // its permanent page; QR
}

// DisclosureTable is one table of lines: number, item, place, ground and note, amount.
type DisclosureTable struct {
	Name    string
	Total   string
	Earlier string // compared with the year before, in words; empty without one
	Rows    [][5]string
}

// Disclosure writes it for the board at the gate.
func Disclosure(w io.Writer, data DisclosureData) (paper.Report, error) {
	title := data.Community + data.Title + "业主委员会收支公示"
	return write(w, cover{title: title}, func(n *notice) { n.disclosed(title, data) })
}

func (n *notice) disclosed(title string, data DisclosureData) {
	n.heading(title)
	n.Para(data.Community+"全体业主：", paper.Style{})
	n.Para("现将"+paper.Day(data.From)+"至"+paper.Day(data.To)+"的公共收益、维修资金和业主委员会经费公布如下（第 "+data.Number+" 号）。公布以后不能修改，改正只能另外公布一份。", body)
	n.list(data.Remarks)
	section := 0
	n.section(&section, "余额（元）")
	rows := make([][]string, len(data.Accounts))
	for i, account := range data.Accounts {
		rows[i] = account[:]
	}
	width := (paper.TextWidth - 70) / 4
	n.Table([]paper.Column{{Head: "账户", Width: 70}, {Head: "期初余额", Width: width, Align: paper.Right}, {Head: "本期收入", Width: width, Align: paper.Right},
		{Head: "本期支出", Width: width, Align: paper.Right}, {Head: "期末余额", Width: width, Align: paper.Right}}, rows, tableSize)
	for _, table := range data.Sections {
		n.disclosedTable(&section, table)
	}
	if data.Note != "" {
		n.section(&section, "说明")
		n.Para(data.Note, body)
	}
	if len(data.Files) > 0 {
		n.section(&section, "凭证和附件")
		n.list(data.Files)
	}
	n.Space(6)
	n.scan(data.Link, "扫码看明细和凭证", "业主可以逐行提问，答复公开")
	n.together(func() {
		n.Para("特此公示。", body)
		n.sealed([]string{"业主委员会（盖章）："}, paper.Day(data.PublishedAt))
	})
}

func (n *notice) disclosedTable(section *int, table DisclosureTable) {
	n.section(section, table.Name+"：合计 "+table.Total+" 元")
	if table.Earlier != "" {
		n.Para(table.Earlier, body)
	}
	if len(table.Rows) == 0 {
		n.Para("没有发生。", body)
		return
	}
	rows := make([][]string, len(table.Rows))
	for i, row := range table.Rows {
		rows[i] = row[:]
	}
	const number, amount, place = 34, 96, 90
	item := (paper.TextWidth - number - amount - place) / 2
	n.Table([]paper.Column{{Head: "行", Width: number, Align: paper.Right}, {Head: "项目", Width: item}, {Head: "部位或者范围", Width: place},
		{Head: "依据和说明", Width: item}, {Head: "金额（元）", Width: amount, Align: paper.Right}}, rows, tableSize)
}
