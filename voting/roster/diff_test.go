package roster

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

func TestADiffNamesWhatChangedUnitByUnit(t *testing.T) {
	old := []string{header, good,
		"1号楼|1单元|102|住宅|89|乙二||" + idB + "|19900000002||已交付|",
		"1号楼|1单元|103|住宅|89|丙三||" + idC + "|19900000003||未售|",
		"1号楼|1单元|104|住宅|50|甲一||" + idA + "|19900000001||已交付|"}
	was, _ := Parse([]Sheet{sheetOf(old...)})
	before := Version{Units: Policy{}.Apply(was.Units)}
	change := func(line int, from, to string) []string {
		lines := slices.Clone(old)
		if lines[line] = strings.Replace(lines[line], from, to, 1); lines[line] == old[line] {
			t.Fatalf("%q is not in row %d", from, line+1)
		}
		return lines
	}
	tests := []struct {
		name   string
		lines  []string
		want   []string // place, what, before, after
		totals Totals
	}{
		{"nothing", old, nil, Totals{4, 3, 3172000}},
		{"rows in another order", []string{old[0], old[4], old[2], old[1], old[3]}, nil, Totals{4, 3, 3172000}},
		{"an area", change(1, "89.2", "89.25"), []string{"1号楼/1单元/101 area 89.20 平方米 → 89.25 平方米"}, Totals{4, 3, 3172500}},
		{"an owner", change(2, "乙二||"+idB, "丁四||"+idX), []string{"1号楼/1单元/102 owners 乙二 → 丁四"}, Totals{4, 3, 3172000}},
		{"a number alone", change(4, idA, idX), []string{"1号楼/1单元/104 owners 甲一（990***********0018） → 甲一（990***********016X）"}, Totals{4, 4, 3172000}},
		{"a number that is new", change(2, idB, ""), []string{"1号楼/1单元/102 owners 乙二（990***********0024） → 乙二（没有证件号码）"}, Totals{4, 3, 3172000}},
		{"a co-owner", change(2, "||已交付", "|丁四/"+idX+"|已交付"), []string{"1号楼/1单元/102 owners 乙二 → 乙二、丁四"}, Totals{4, 3, 3172000}},
		{"a phone", change(2, "19900000002", "19900000009"), []string{"1号楼/1单元/102 phones 199****0002 → 199****0009"}, Totals{4, 3, 3172000}},
		{"a phone that differs where it is masked", change(2, "19900000002", "19900010002"), []string{"1号楼/1单元/102 phones 199****0002 → 199****0002（遮住的部分不同）"}, Totals{4, 3, 3172000}},
		{"a phone that is gone", change(2, "19900000002", ""), []string{"1号楼/1单元/102 phones 199****0002 → 没有"}, Totals{4, 3, 3172000}},
		{"a use and so what it counts for", change(4, "住宅", "车位"), []string{"1号楼/1单元/104 usage 住宅 → 车位", "1号楼/1单元/104 flags 计面积、计人数 → 都不计"}, Totals{4, 3, 2672000}},
		{"delivery", change(2, "已交付", "未交付"), []string{"1号楼/1单元/102 status 已交付 → 未交付"}, Totals{4, 2, 3172000}},
		{"a unit more", append(slices.Clone(old), "1号楼|1单元|105|住宅|60|丁四||"+idX+"|||已交付|"), []string{"+ 1号楼/1单元/105 丁四"}, Totals{5, 4, 3772000}},
		{"a unit less", old[:4], []string{"- 1号楼/1单元/104 甲一"}, Totals{3, 3, 2672000}},
		{"a unit held back is not gone for good", change(4, "50", "五十"), []string{"- 1号楼/1单元/104 甲一 held"}, Totals{3, 3, 2672000}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			is, _ := Parse([]Sheet{sheetOf(test.lines...)})
			diff := DiffVersions(before, Version{Units: Policy{}.Apply(is.Units)}, is.Held)
			if got := linesOf(diff); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
			if diff.Before != (Totals{4, 3, 3172000}) || diff.After != test.totals {
				t.Errorf("from %+v to %+v, want %+v", diff.Before, diff.After, test.totals)
			}
			if diff.Same+len(diff.Changed)+len(diff.Added) != len(is.Units) {
				t.Errorf("%d units are not accounted for", len(is.Units)-diff.Same)
			}
		})
	}
}

func linesOf(diff Diff) []string {
	var lines []string
	for _, c := range diff.Changed {
		for _, one := range c.Changes {
			if one.Name == "" || c.Row == 0 {
				return []string{"no name or row"}
			}
			lines = append(lines, c.Place+" "+string(one.What)+" "+one.Before+" → "+one.After)
		}
	}
	for _, u := range diff.Added {
		lines = append(lines, "+ "+u.Place+" "+strings.Join(u.Owners, " "))
	}
	for _, u := range diff.Gone {
		line := "- " + u.Place + " " + strings.Join(u.Owners, " ")
		if u.Held {
			line += " held"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestEveryKindOfChangeHasAName(t *testing.T) {
	for _, kind := range ChangeKinds {
		if changeNames[kind] == "" {
			t.Errorf("%s", kind)
		}
	}
	u := unit("101", 1, person("甲一", idA))
	if u.CountsHeads = false; u.flagNames() != "只计面积" {
		t.Error(u.flagNames())
	}
	if u.CountsArea, u.CountsHeads = false, true; u.flagNames() != "只计人数" {
		t.Error(u.flagNames())
	}
	if got := ownersText(nil, true); got != "没有写" {
		t.Error(got)
	}
}

func TestARosterIsComparedWithTheRegister(t *testing.T) {
	list, _ := Parse([]Sheet{sheetOf("楼栋|单元|房号|用途|建筑面积|面积来源|不动产权证号|产权人|证件号码",
		"1号楼|1单元|101|住宅|89.20|房屋买卖合同|证1|甲一|"+idA, "1号楼|1单元|102|住宅|90|不动产登记簿||乙二|"+idB,
		"1号楼|1单元|103|住宅|91|||丙三|"+idC, "1号楼|1单元|104|住宅|92|||甲一|"+idA, "1号楼|1单元|105|住宅|约九十|||甲一|"+idA,
		"1号楼|1单元|106|住宅|96|||甲一|"+idA, "1号楼|1单元|106|住宅||||乙二|"+idB, "商业楼||S01|商业|60|不动产登记簿|证9|甲一|"+idA)})
	register, issues := Guidance{Register: true}.Parse([]Sheet{sheetOf("某某不动产登记中心查询结果", "坐落|建筑面积|权利人|证件号|不动产权证号",
		"某市虚构路8号样例小区1号楼1单元101室|89.25|甲一|9900****18|证1", "1栋1单元102|90|乙二||", "1号楼1单元103|91|丁四||", "1号楼1单元105|90||", "1号楼1单元106|97|甲一、乙二||",
		"商业街门面一|60|甲一||证9", "1号楼1单元107|50|戊五、己六||", "1号楼1单元108|五十|戊五||")})
	if len(register.Units) != 7 || !slices.Equal(found(issues), []string{"2 building_unstated", "4 building_twice", "10 area_not_a_number"}) {
		t.Fatalf("%d units, %q", len(register.Units), found(issues))
	}
	c := CompareRegister(list, register)
	var got []string
	for _, d := range c.Differences {
		can := ""
		if d.CanTakeOver {
			can = " +"
		}
		if got = append(got, string(d.Kind)+" "+d.Place+" "+d.Roster+"|"+d.Register+can); d.Message == "" {
			t.Errorf("%+v", d)
		}
	}
	want := []string{
		"area 1号楼/1单元/101 89.20 平方米|89.25 平方米 +",
		"source 1号楼/1单元/103 未注明|不动产登记簿 +", "owners 1号楼/1单元/103 丙三|丁四",
		"only_in_roster 1号楼/1单元/104 92.00 平方米|", "area 1号楼/1单元/106 96.00 平方米|97.00 平方米 +", "area 1号楼/1单元/105 0.00 平方米|90.00 平方米 +",
		"only_in_register 1号楼/1单元/107 |50.00 平方米 +", "only_in_register 1号楼/1单元/108 |0.00 平方米",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if c.Matched != 6 || c.Same != 2 || c.Counts[DiffersArea] != 3 {
		t.Errorf("%+v", c)
	}

	all := TakeOver{Maps: list.Maps, By: "甲", Why: "登记簿", At: 7}.Corrections(c)
	again, issues := Guidance{Corrections: all}.Parse([]Sheet{sheetOf("楼栋|单元|房号|用途|建筑面积|面积来源|不动产权证号|产权人|证件号码",
		"1号楼|1单元|101|住宅|89.20|房屋买卖合同|证1|甲一|"+idA, "1号楼|1单元|102|住宅|90|不动产登记簿||乙二|"+idB,
		"1号楼|1单元|103|住宅|91|||丙三|"+idC, "1号楼|1单元|104|住宅|92|||甲一|"+idA, "1号楼|1单元|105|住宅|约九十|||甲一|"+idA,
		"1号楼|1单元|106|住宅|96|||甲一|"+idA, "1号楼|1单元|106|住宅||||乙二|"+idB, "商业楼||S01|商业|60|不动产登记簿|证9|甲一|"+idA)})
	if len(again.Refused) > 0 || len(again.Held) > 0 || len(again.Units) != 8 {
		t.Fatalf("%q %+v %+v", found(issues), again.Refused, again.Held)
	}
	var areas voting.Area
	for _, u := range again.Units {
		if areas += u.Area; u.AreaSource != Register && u.Room != "104" {
			t.Errorf("%s: %s", u.Place(), u.AreaSource)
		}
	}
	if left := CompareRegister(again, register); left.Counts[DiffersArea]+left.Counts[DiffersSource] != 0 || left.Counts[OnlyInRegister] != 1 || areas != 6592500 {
		t.Errorf("%+v %d", left.Counts, areas)
	}
	one := TakeOver{Places: []string{"1号楼/1单元/107"}, Maps: list.Maps, Earlier: all}.Corrections(c)
	if len(one) == 0 || one[0].Row != 11 || one[0].Do != MendAdd {
		t.Errorf("the second row that is added: %+v", one)
	}
	if none := (TakeOver{Places: []string{}, Maps: list.Maps}).Corrections(c); len(none) > 0 {
		t.Errorf("nothing was asked for: %+v", none)
	}
}

func TestTheRegistersHomeOfAnotherStairIsAnotherHome(t *testing.T) {
	const columns = "楼栋|单元|房号|用途|建筑面积|产权人"
	list, _ := Parse([]Sheet{sheetOf(columns, "1号楼|1单元|301|住宅|89|甲一", "1号楼||302|住宅|90|乙二")})
	register, _ := Guidance{Register: true}.Parse([]Sheet{sheetOf(columns, "1栋|2单元|301|住宅|120|丙三", "1栋|2单元|302|住宅|95|乙二")})
	c := CompareRegister(list, register)
	if c.Matched != 1 || c.Counts[OnlyInRoster] != 1 || c.Counts[OnlyInRegister] != 1 || c.Counts[DiffersArea] != 1 {
		t.Errorf("%+v", c)
	}
	for _, d := range c.Differences {
		if d.CanTakeOver != (d.Kind == DiffersArea && d.Place == "1号楼/302") {
			t.Errorf("%s of %s can be taken over: %t", d.Kind, d.Place, d.CanTakeOver)
		}
	}
}

// TestTheDevelopersUnitsAreComparedByTheDeveloper: a stored version knows who is behind the developer's head, and not of which
// unit; a home that the register gives to somebody else was sold.
func TestTheDevelopersUnitsAreComparedByTheDeveloper(t *testing.T) {
	firm, buyer := Owner{Name: "样例开发公司"}, Owner{Name: "样例甲"}
	held := Unit{Building: "1号楼", Room: "101", Area: 900_000, AreaSource: Register, DeveloperHeld: true, Owners: []Owner{firm, buyer}}
	for name, c := range map[string]struct {
		owners  []Owner
		differs int
	}{"the developer": {[]Owner{firm}, 0}, "a buyer": {[]Owner{buyer}, 0}, "somebody else": {[]Owner{{Name: "样例乙"}}, 1}, "both together": {[]Owner{firm, buyer}, 0}} {
		registered := held
		registered.DeveloperHeld, registered.Owners = false, c.owners
		if got := CompareRegister(Roster{Units: []Unit{held}}, Roster{Units: []Unit{registered}}); got.Counts[DiffersOwners] != c.differs {
			t.Errorf("%s: %+v", name, got.Differences)
		}
	}
}
