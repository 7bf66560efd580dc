package roster

import (
	"slices"
	"strings"
	"testing"
)

func TestHeadsAreExplainedUntilTheyAddUp(t *testing.T) {
	units := street() // four heads of five units
	noID := Owner{Name: "丁四", Phone: "19900000004"}
	lone := Owner{Name: "丁四"}
	space := unit("P1", 12, person("戊五", idX))
	space.Parking = true
	undelivered := unit("202", 15, person("戊五", idC))
	undelivered.Delivered = false
	units = append(units, unit("301", 5, noID), unit("302", 5, noID), unit("303", 5, lone), space, undelivered)
	d := Decisions{Merges: []Merge{{Units: at("101", "102"), Why: "议事规则", By: "甲"}}, Splits: []Split{{Units: at("302"), Why: "两个人", By: "甲"}}}

	a := Version{Units: Policy{}.Apply(units), Decisions: d}.Explain()
	if a.Totals != (Totals{10, 6, 200}) || a.Single != 4 || a.Unsold != 1 || a.Unfinished != 1 {
		t.Errorf("%+v", a)
	}
	if len(a.Merges) != 1 || a.Merges[0].Evidence != EvidenceDecision || a.Merges[0].Saved != 2 || !slices.Equal(a.Merges[0].Owners, []string{"甲一", "乙二"}) {
		t.Errorf("merges %+v", a.Merges)
	}
	if a.Developer == nil || a.Developer.Saved != 1 || a.Developer.Evidence != EvidenceDeveloper || !slices.Equal(a.Developer.Owners, []string{"某开发公司"}) {
		t.Errorf("developer %+v", a.Developer)
	}
	if len(a.NoHead) != 1 || !slices.Equal(a.NoHead[0].Units, at("P1")) {
		t.Errorf("no head %+v", a.NoHead)
	}
	if len(a.Splits) != 2 || !slices.Equal(a.Splits[1].Units, at("302")) {
		t.Errorf("splits %+v", a.Splits)
	}
	if len(a.Namesakes) != 1 || a.Namesakes[0].Name != "丁四" || len(a.Namesakes[0].Units) != 3 {
		t.Errorf("namesakes %+v", a.Namesakes)
	}
	want := []string{"名册共有 10 个专有部分，原则上一个专有部分计一人。", "1 位投票权人各有几个专有部分（共 3 个），每位只计一人，少计 2 人。",
		"建设单位未售 1 个、已售未交付 1 个，合计一人，少计 1 人。", "1 个专有部分按议事规则不计人数，少计 1 人。", "合计投票权 6 人，面积 0.02 平方米。"}
	if !slices.Equal(a.Sentences, want) {
		t.Errorf("%q", a.Sentences)
	}
	undecided := Version{Units: Policy{}.Apply(units)}.Explain()
	if i := slices.IndexFunc(undecided.Merges, func(m HeadMerge) bool { return m.Evidence == EvidencePhone }); i < 0 || len(undecided.Splits) != 0 {
		t.Errorf("%+v", undecided.Merges)
	}
	for _, e := range Evidences {
		if !strings.HasSuffix(evidenceNames[e], "。") {
			t.Errorf("%s", e)
		}
	}
}

func TestTheSumOfTheAccountIsTheNumberOfHeads(t *testing.T) {
	for _, policy := range []Policy{{}, {ParkingCountsArea: true}, {ParkingCountsHeads: true}, {true, true}} {
		units := street()
		units[0].Parking, units[2].Parking, units[4].Parking = true, true, true
		a := Version{Units: policy.Apply(units)}.Explain()
		heads := len(units)
		for _, m := range a.Merges {
			heads -= m.Saved
		}
		if a.Developer != nil {
			heads -= a.Developer.Saved
		}
		for _, n := range a.NoHead {
			heads -= len(n.Units)
		}
		if int64(heads) != a.Totals.Heads {
			t.Errorf("%+v: %d, want %d", policy, heads, a.Totals.Heads)
		}
	}
}

func TestTheGridShowsEveryRoomInItsPlace(t *testing.T) {
	lines := []string{header}
	for _, floor := range []string{"1", "2", "3", "5", "6"} {
		lines = append(lines, "1号楼|1|"+floor+"01|住宅|90|甲一||"+idA, "1号楼|1|"+floor+"02|住宅|90|乙二||"+idB)
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.Contains(line, "|302|") })
	lines = append(lines, "1号楼|1|601|住宅|91|甲一||"+idA, "1号楼|2|101|住宅|90|丙三||", "1号楼|2|102|住宅|90|丁四||", "商业楼||S01|商业|60|甲一||"+idA+"|||未交付")
	r, issues := Guidance{Secret: secret}.Parse([]Sheet{sheetOf(lines...)})
	review := ReviewIssues(issues, nil)
	review = ReviewIssues(issues, ConfirmAll(review, IDMissing, "甲", "核对过", 1)[:1])
	grid := Grid(r, review)
	if len(grid) != 2 || grid[0].Name != "1号楼" || len(grid[0].Stairs) != 2 || grid[0].Units != 10 {
		t.Fatalf("%+v", grid)
	}
	first := grid[0].Stairs[0]
	if !slices.Equal(first.Doors, []string{"01", "02"}) || len(first.Floors) != 5 || first.Floors[0].Number != 6 || first.Floors[0].Label() != "6 层" {
		t.Fatalf("%+v", first)
	}
	state := func(f GridFloor) string { return string(f.Cells[0].State) + " " + string(f.Cells[1].State) }
	if got := state(first.Floors[0]); got != "error ok" {
		t.Errorf("floor 6: %s", got)
	}
	if got := state(first.Floors[2]); got != "ok missing" || first.Floors[2].Cells[1].Place != "1号楼/1单元/302" {
		t.Errorf("floor 3: %s", got)
	}
	if got := state(grid[0].Stairs[1].Floors[0]); got != "confirmed warning" {
		t.Errorf("stair 2: %s", got)
	}
	shop := grid[1].Stairs[0].Others
	if len(shop) != 1 || shop[0].Status != "未交付" || shop[0].State != CellOK || shop[0].Row == 0 {
		t.Errorf("%+v", shop)
	}
}

func TestTwoRoomsOfOneDoorDoNotHideEachOther(t *testing.T) {
	r := Roster{Units: []Unit{unit("101", 1), unit("101", 2)}}
	if laid := Grid(r, Review{})[0].Stairs[0]; len(laid.Others) != 1 || laid.Floors[0].Cells[0].Area != 1 {
		t.Errorf("%+v", laid)
	}
}
