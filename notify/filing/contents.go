package filing

import (
	"fmt"
	"io"

	"gongjue/notify/paper"
)

// ContentsData is the 备案材料目录 of a package. Times are Unix ms.
type ContentsData struct {
	Community string
	Meeting   string
	Convener  string
	Street    string
	Version   int64 // which hand-in; 0 for one that was not handed in
	MadeAt    int64
	Files     []ContentsFile
	Papers    []ContentsPaper // that the place asks for
	Record    string          // hash of the result; empty = left out
	Link      string          // the public result; QR
}

// ContentsFile is one file of the package.
type ContentsFile struct {
	Path   string
	Name   string
	Pages  string // in words where only the print will tell
	Source string // made by the program, or added by people
	SHA256 string
}

// ContentsPaper is a document that the place asks for, and where it stands.
type ContentsPaper struct {
	Name, Law, Standing string
	Must                bool // nothing is handed in without it
}

// Contents writes the index of a package: every file with its pages and its SHA-256, and what is still missing.
func Contents(w io.Writer, data ContentsData) (paper.Report, error) {
	title := "业主大会备案材料目录"
	return write(w, cover{title: title}, func(n *notice) { n.contents(title, data) })
}

func (n *notice) contents(title string, data ContentsData) {
	n.heading(title)
	plain := paper.Style{}
	n.Field("小区：", data.Community, plain)
	n.Field("会议：", data.Meeting, plain)
	n.Field("召集人：", data.Convener, plain)
	n.Field("报送：", data.Street, plain)
	made := paper.Minute(data.MadeAt) + "（北京时间）生成"
	if data.Version > 0 {
		made = fmt.Sprintf("第 %d 次报送，", data.Version) + made
	} else {
		made += "，还没有报送"
	}
	n.Field("版本：", made, plain)
	section := 0
	n.section(&section, "材料")
	rows := make([][]string, len(data.Files))
	for i, file := range data.Files {
		rows[i] = []string{fmt.Sprint(i + 1), file.Name + "\n" + file.Path, file.Pages, file.Source, file.SHA256}
	}
	n.Table([]paper.Column{{Head: "序号", Width: 32, Align: paper.Center}, {Head: "材料和文件名", Width: 200}, {Head: "页数", Width: 52, Align: paper.Center},
		{Head: "来源", Width: 52, Align: paper.Center}, {Head: "校验值（SHA-256）", Width: paper.TextWidth - 336}}, rows, paper.Small)
	n.Para("Word 文件打印签字后填写页数。校验值变了，说明文件改过：用任何计算 SHA-256 的程序都可以核对，文件“校验值.txt”可以直接用 sha256sum -c 核对。", paper.Style{Size: 9})
	if len(data.Papers) > 0 {
		n.section(&section, "备案需要的材料")
		asked := make([][]string, len(data.Papers))
		for i, p := range data.Papers {
			asked[i] = []string{p.Name, p.Standing, p.Law}
			if p.Must {
				asked[i][0] += "（必备）"
			}
		}
		n.Table([]paper.Column{{Head: "材料", Width: 160}, {Head: "情况", Width: 190}, {Head: "依据", Width: paper.TextWidth - 350}}, asked, tableSize)
	}
	n.section(&section, "个人信息")
	n.Para("本材料写有委员和候补委员的姓名；各户只列是否表决和面积，不列姓名、电话和证件号码，不列任何一户的选择。接收人只可用于备案和监督。", body)
	n.Space(6)
	n.scan(data.Link, "扫码看公布的表决结果", "结果校验值："+data.Record)
}

// AdoptedData are the texts that a meeting adopted, as they were voted on.
type AdoptedData struct {
	Community string
	Meeting   string
	Texts     []AdoptedText
}

// AdoptedText is one text: what the notice announced, and what became of it.
type AdoptedText struct {
	Number   int
	Title    string
	Word     string
	Text     string
	TextHash string // SHA-256 of the text, hex
	Files    []Attachment
}

// Adopted writes the texts that were adopted, each from a page of its own.
func Adopted(w io.Writer, data AdoptedData) (paper.Report, error) {
	title := data.Meeting + "通过的文本"
	return write(w, cover{title: title}, func(n *notice) {
		n.heading(title)
		for i, text := range data.Texts {
			if i > 0 {
				n.Turn()
			}
			n.Band(fmt.Sprintf("事项%s　%s", paper.Ordinal(text.Number), text.Title), 11.5, 40)
			n.Field("结果：", text.Word, paper.Style{})
			n.Para(text.Text, body)
			small := paper.Style{Size: 9}
			n.Field("全文校验值：", text.TextHash, small)
			for j, file := range text.Files {
				n.Field(fmt.Sprintf("附件 %d：", j+1), file.Name+"（校验值 "+file.Hash+"）", small)
			}
		}
	})
}

// AnswersData are the objections to a preliminary count with their answers. Times are Unix ms.
type AnswersData struct {
	Community string
	Meeting   string
	From      int64
	Until     int64
	Answers   []Answer
}

// Answer is one objection and what was answered.
type Answer struct {
	Number     int64
	By         string // as they want to be named: a room or a role
	About      string
	At         int64
	Text       string
	State      string
	Answer     string
	AnsweredAt int64
}

// Answers writes the objections with their answers; where there were none it says so.
func Answers(w io.Writer, data AnswersData) (paper.Report, error) {
	title := data.Meeting + "异议和答复"
	return write(w, cover{title: title}, func(n *notice) {
		n.heading(title)
		n.Field("小区：", data.Community, paper.Style{})
		if data.From != 0 {
			n.Field("异议期：", paper.Minute(data.From)+" 至 "+paper.Minute(data.Until)+"（北京时间）", paper.Style{})
		}
		if len(data.Answers) == 0 {
			n.Para("没有收到异议。", body)
		}
		for _, a := range data.Answers {
			n.Space(6)
			n.Band(fmt.Sprintf("第 %d 号　%s　%s", a.Number, a.About, a.State), 11.5, 40)
			n.Field("提出人：", a.By+"，"+paper.Minute(a.At), paper.Style{})
			n.Field("内容：", a.Text, paper.Style{})
			if a.Answer != "" {
				n.Field("答复：", a.Answer+"（"+paper.Minute(a.AnsweredAt)+"）", paper.Style{})
			}
		}
	})
}
