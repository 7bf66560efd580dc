package web

import (
	"slices"
	"strconv"
	"strings"

	"gongjue/voting"
)

// ballotRow is one row of a matter on the ballot or on the confirmation page.
type ballotRow struct {
	Label  string
	Boxes  []ballotBox
	Chosen string // in words, for the confirmation page
}

// ballotBox is one radio button or checkbox.
type ballotBox struct {
	ID, Name, Value, Label string
	Checked                bool
}

// ballotView is a matter ready for a template.
type ballotView struct {
	BallotMatter
	Field   string
	Hint    string // how to mark
	Many    bool   // checkboxes
	Limit   int
	Each    bool // a row for every option
	Rows    []ballotRow
	Problem string
	Hidden  []Field
	Chosen  []string // the choice in words
}

// matterView prepares a matter; follow tells whether 从众 was announced.
func matterView(m BallotMatter, f Form, follow bool) ballotView {
	v := ballotView{BallotMatter: m, Field: MatterField(m.ID), Problem: f.Problem(MatterField(m.ID))}
	offered := m.Matter.Marks(voting.Policies{FollowMajority: follow})
	v.Hidden = BallotFields(m.ID, m.Matter, m.Choice)
	switch {
	case !isListed(m.Matter):
		v.Hint = "请选一项。"
		v.Rows = []ballotRow{{Boxes: markBoxes(v.Field, m.Choice.Mark, offered)}}
	case m.Matter.Method == voting.ApprovalEach:
		v.Each, v.Hint = true, eachHint(m.Matter)
		for i, name := range m.Matter.Options {
			boxes := markBoxes(OptionField(m.ID, i), m.Choice.Each[name], offered)
			v.Rows = append(v.Rows, ballotRow{Label: name, Boxes: boxes, Chosen: chosen(boxes)})
			if p := f.Problem(OptionField(m.ID, i)); p != "" && v.Problem == "" {
				v.Problem = p
			}
		}
	default:
		v.Limit = m.Matter.MostNames()
		v.Many, v.Hint = v.Limit > 1, pickHint(m.Matter)
		v.Rows = []ballotRow{{Boxes: pickBoxes(v.Field, m, offered)}}
	}
	v.Chosen = chosenWords(v)
	return v
}

func eachHint(m voting.Matter) string {
	hint := "请对每一" + unitWord(m.Kind) + "分别选择。"
	if m.Kind == voting.Election {
		hint += "应选 " + strconv.Itoa(m.Seats) + " 位，同意的人数不受限制。"
	}
	return hint
}

func pickHint(m voting.Matter) string {
	switch m.Kind {
	case voting.Selection:
		return "请选一家，或者选弃权。"
	case voting.Consult:
		return "请选一项，或者选弃权。"
	}
	limit := strconv.Itoa(m.MostNames())
	return "应选 " + strconv.Itoa(m.Seats) + " 位，最多选 " + limit + " 位；多选的票是废票。都不选请选弃权。"
}

func unitWord(k voting.Kind) string {
	if k == voting.Selection {
		return "家"
	}
	return "位"
}

func markBoxes(field string, mark voting.Mark, offered []voting.Mark) []ballotBox {
	boxes := []ballotBox{}
	for _, m := range offered {
		boxes = append(boxes, markBox(field, m, mark, word("mark", m)))
	}
	return boxes
}

func markBox(field string, mark, marked voting.Mark, label string) ballotBox {
	return ballotBox{field + "." + string(mark), field, string(mark), label, mark == marked}
}

func pickBoxes(field string, m BallotMatter, offered []voting.Mark) []ballotBox {
	boxes := []ballotBox{}
	for i, name := range m.Matter.Options {
		value := strconv.Itoa(i)
		boxes = append(boxes, ballotBox{field + "-" + value, field, value, name, slices.Contains(m.Choice.Names, name)})
	}
	for _, mark := range offered {
		label := word("mark", mark)
		if mark == voting.Abstain {
			label = "弃权（以上都不选）"
		}
		boxes = append(boxes, markBox(field, mark, m.Choice.Mark, label))
	}
	return boxes
}

func chosen(boxes []ballotBox) string {
	for _, b := range boxes {
		if b.Checked {
			return b.Label
		}
	}
	return ""
}

// chosenWords says the whole choice; for a matter marked per option the rows say it themselves.
func chosenWords(v ballotView) []string {
	if v.Each {
		return nil
	}
	var list []string
	for _, b := range v.Rows[0].Boxes {
		if b.Checked {
			list = append(list, b.Label)
		}
	}
	return list
}

// ballotSummary lists the problems of a ballot with the matter each belongs to. Anchors lead to the matter, or
// nowhere on the confirmation page, which has no fields.
func ballotSummary(f Form, matters []BallotMatter, anchors bool) []anchored {
	list := []anchored{}
	for _, p := range f.Problems {
		line := anchored{Text: p.Text}
		for _, m := range matters {
			field := MatterField(m.ID)
			if p.Field != field && !strings.HasPrefix(p.Field, field+".") {
				continue
			}
			line.Text = "事项 " + strconv.Itoa(m.Number) + "：" + p.Text
			if anchors {
				line.Anchor = "f-" + p.Field
			}
		}
		list = append(list, line)
	}
	return list
}
