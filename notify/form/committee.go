package form

import (
	"fmt"
	"io"

	"gongjue/notify/word"
)

// Committee writes the 委员情况表: names and ranks are those of the result, the rest each member fills in.
func Committee(w io.Writer, data Data) error {
	doc := word.New("业主委员会委员情况表")
	doc.Title("业主委员会委员情况表", false)
	doc.Line(data.Committee)
	members, alternates := data.memberRows()
	columns := []word.Column{{Head: "序号", Width: 12, Align: "center"}, {Head: "姓名", Width: 36}, {Head: "性别", Width: 10}, {Head: "出生年月", Width: 18},
		{Head: "房号", Width: 20}, {Head: "政治面貌", Width: 16}, {Head: "单位和职务", Width: 22}, {Head: "联系电话", Width: 22}}
	doc.Heading("一、委员")
	doc.Table(columns, members, 14)
	if len(alternates) > 0 {
		doc.Heading("二、候补委员")
		doc.Table(columns, alternates, 14)
	}
	doc.Heading("名次")
	var places [][]string
	for _, m := range data.Members {
		places = append(places, []string{m.Name, m.Place})
	}
	doc.Table([]word.Column{{Head: "姓名", Width: 46}, {Head: "表决结果", Width: 110}}, places, 8)
	doc.Para("主任、副主任由业主委员会首次会议推选，请在推选后填写：主任　　　　　　　　，副主任　　　　　　　　。")
	doc.Closing("以上信息由本人填写，只用于备案和履职联系。公开的内容以本人同意的为限。", data.Committee+"（盖章）", blankDay)
	return doc.Write(w)
}

// memberRows are the rows to be filled in, of members and of alternates.
func (d Data) memberRows() (members, alternates [][]string) {
	for _, m := range d.Members {
		if m.Alternate {
			alternates = append(alternates, []string{fmt.Sprint(len(alternates) + 1), m.Name, "", "", "", "", "", ""})
			continue
		}
		members = append(members, []string{fmt.Sprint(len(members) + 1), m.Name, "", "", "", "", "", ""})
	}
	return members, alternates
}

// promises are what a member promises, in general terms: a place's own form goes first.
var promises = []string{
	"本人是本物业管理区域内的业主，具有完全民事行为能力，符合法律、法规和议事规则规定的任职条件。",
	"本人及配偶、直系亲属与为本区域服务的物业服务企业没有影响公正履职的利害关系；如有变化，立即书面报告。",
	"本人没有未改正的违法建设、损坏房屋承重结构、拖欠物业费或者维修资金等情形，不是失信被执行人。",
	"任职期间遵守法律、法规、管理规约和议事规则，执行业主大会的决定，接受业主和街道、居（村）民委员会的监督。",
	"不利用职务谋取私利，不收受物业服务企业和其他利害关系人的利益，不泄露业主的个人信息。",
	"任期届满或者职务终止的，按规定移交印章、资料和财物。",
}

// Promises writes the 承诺书, a page for every member and alternate.
func Promises(w io.Writer, data Data) error {
	doc := word.New("委员承诺书")
	for i, m := range data.Members {
		role := "委员"
		if m.Alternate {
			role = "候补委员"
		}
		doc.Title(role+"承诺书", i > 0)
		doc.Line(data.Community + "全体业主：")
		doc.Para("本人" + m.Name + "，经" + data.Title + "选举为" + role + "，现郑重承诺：")
		for n, promise := range promises {
			doc.Para(fmt.Sprintf("%d. %s", n+1, promise))
		}
		doc.Closing("以上承诺如有不实，本人依照有关规定承担责任。", "承诺人（签名）：　　　　　　　　", blankDay)
	}
	return doc.Write(w)
}
