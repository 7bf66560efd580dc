package filing

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gongjue/notify/paper"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
)

// displayed has so many units in two buildings, every tenth of them one of a group.
func displayed(units int) RosterDisplayData {
	data := RosterDisplayData{Community: "示例花园", Version: "第 2 版", PublishedAt: 1_795_000_000_000, Until: 1_796_000_000_000, AnswerDays: 5,
		Contact: "业委会办公室", Place: "物业服务中心一楼", Units: int64(units), Total: voting.Weight{Heads: 7, Area: 700_000}, Parking: "车位不计入。",
		Buildings: []RosterSum{{"1号楼", 2, 2_000_000, 2_000_000}, {"地下车库", 1, 120_000, 0}}, Link: "https://vote.example.org/r/0195c0de"}
	for b := range 2 {
		list := RosterList{Building: fmt.Sprintf("%d号楼", b+1)}
		for i := range units / 2 {
			note := "住宅，登记簿，1 人"
			if i%10 == 0 {
				note = "住宅，登记簿，第 12 组，同一业主共 3 个，合计 1 人"
			}
			list.Units = append(list.Units, RosterUnit{Place: fmt.Sprintf("R%d-%d", b+1, i), Area: voting.Area(900_000 + i), Note: note})
		}
		data.Lists = append(data.Lists, list)
	}
	return data
}

func printDisplay(t *testing.T, data RosterDisplayData) []papertest.Page {
	t.Helper()
	doc, err := paper.New("")
	if err != nil {
		t.Fatal(err)
	}
	marks := []paper.Mark{}
	doc.Trace = func(m paper.Mark) { marks = append(marks, m) }
	n := &notice{Doc: doc, cover: cover{title: "公示"}}
	n.print(func(n *notice) { n.display("公示", data) })
	var file bytes.Buffer
	if _, err := doc.Finish(&file); err != nil {
		t.Fatal(err)
	}
	if clashes := papertest.Clashes(marks); len(clashes) > 0 {
		t.Errorf("%d clashes, such as %s", len(clashes), clashes[0])
	}
	pages, err := papertest.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestADisplayOfThreeThousandUnitsLosesNoneAndNamesTheBuildingOnEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("prints 3,000 units")
	}
	pages := printDisplay(t, displayed(3000))
	all := ""
	for i, page := range pages {
		text := page.Text()
		all += text + "\n"
		if !strings.Contains(text, fmt.Sprintf("第 %d 页/共 %d 页", i+1, len(pages))) {
			t.Errorf("page %d has no number", i+1)
		}
		if i > 0 && i < len(pages)-1 && !strings.Contains(text, "号楼面积（㎡）") {
			t.Errorf("page %d does not say which building it lists", i+1)
		}
	}
	for b := range 2 {
		for i := range 1500 {
			area := voting.Area(900_000 + i).String()
			if !strings.Contains(all, fmt.Sprintf("R%d-%d%s", b+1, i, area)) {
				t.Fatalf("unit %d of building %d is missing", i, b+1)
			}
		}
	}
	if len(pages) < 30 || len(pages) > 60 {
		t.Errorf("%d pages", len(pages))
	}
}

func TestADisplayAddsUpItsBuildingsAndLeadsToItsPage(t *testing.T) {
	pages := printDisplay(t, displayed(2))
	for _, want := range []string{"合计3212.00200.00", "5 日内书面答复", "物业服务中心一楼", "7 人"} {
		if !strings.Contains(strings.ReplaceAll(pages[0].Text(), ",", ""), want) {
			t.Errorf("the first page lacks %q: %s", want, pages[0].Text())
		}
	}
	link, err := pages[0].QR()
	if err != nil || link != "https://vote.example.org/r/0195c0de" {
		t.Errorf("the code leads to %q, %v", link, err)
	}
}

func TestAFrozenRosterIsPostedWithItsRootAndWithoutItsUnits(t *testing.T) {
	data := displayed(100)
	data.Lists, data.Root, data.FrozenAt = nil, strings.Repeat("8f3a", 16), 1_796_500_000_000
	pages := printDisplay(t, data)
	text := ""
	for _, page := range pages {
		text += page.Text()
	}
	if len(pages) != 1 || !strings.Contains(text, data.Root) || strings.Contains(text, "R1-0") {
		t.Errorf("%d pages: %s", len(pages), text)
	}
}
