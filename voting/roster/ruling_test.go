package roster

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

var rulingSecret = []byte("secret of a test")

func ruledUnit(room string, area voting.Area, owners ...Owner) Unit {
	return Unit{Building: "1号楼", Stair: "1单元", Room: room, Usage: UsageDwelling, Area: area, Delivered: true, CountsArea: true, CountsHeads: true,
		Owners: owners, Sheet: "S", Row: 2}
}

var (
	ruledA = Owner{Name: "样例甲", IDKind: ResidentID, IDNumber: idA, Phone: "19900000001"}
	ruledB = Owner{Name: "样例乙", IDKind: ResidentID, IDNumber: idB, Phone: "19900000002"}
)

// TestAFileDoesNotUndoWhatWasDecided goes through every kind of ruling: as the file has it, as it was decided, and what the
// person who reads the page is told.
func TestAFileDoesNotUndoWhatWasDecided(t *testing.T) {
	const home = "1号楼/1单元/101"
	for name, c := range map[string]struct {
		what   ChangeKind
		was    Unit // the file
		ruled  Unit
		says   [2]string // decided, in the file
		follow func(Unit) bool
	}{
		"another area": {ChangedArea, ruledUnit("101", 900_000, ruledA), ruledUnit("101", 910_000, ruledA), [2]string{"91.00 平方米", "90.00 平方米"},
			func(u Unit) bool { return u.Area == 910_000 }},
		"another source": {ChangedSource, ruledUnit("101", 900_000, ruledA), Unit{AreaSource: Register}, [2]string{"不动产登记簿", "未注明"},
			func(u Unit) bool { return u.AreaSource == Register }},
		"another use": {ChangedUsage, ruledUnit("101", 900_000, ruledA), Unit{Usage: UsageParking}, [2]string{"车位", "住宅"},
			func(u Unit) bool { return u.Usage == UsageParking && u.Parking }},
		"other owners": {ChangedOwners, ruledUnit("101", 900_000, ruledA), ruledUnit("101", 0, ruledA, ruledB), [2]string{"样**、样**", "样**"},
			func(u Unit) bool { return len(u.Owners) == 2 && !u.DeveloperHeld }},
		"the developer's": {ChangedOwners, ruledUnit("101", 900_000, ruledA), Unit{DeveloperHeld: true}, [2]string{"建设单位", "样**"},
			func(u Unit) bool { return u.OfDeveloper() && len(u.Owners) == 0 }},
		"another phone": {ChangedPhones, ruledUnit("101", 900_000, ruledA, ruledB), ruledUnit("101", 0, Owner{Name: ruledA.Name, IDKind: ResidentID, IDNumber: idA, Phone: "19900000009"}),
			[2]string{"199****0009", "199****0001"}, func(u Unit) bool { return u.Owners[0].Phone == "19900000009" && u.Owners[1].Phone == ruledB.Phone }},
		"a row that is no unit": {RuledOut, ruledUnit("101", 900_000, ruledA), Unit{}, [2]string{"不是专有部分，不计入", "有，90.00 平方米"},
			func(u Unit) bool { return u.Room == "" }},
		"a unit that is missing": {RuledIn, ruledUnit("102", 900_000, ruledA), ruledUnit("101", 910_000, ruledB), [2]string{"有这个专有部分", "没有"},
			func(u Unit) bool { return u.Area == 910_000 && u.Owners[0] == ruledB }},
	} {
		t.Run(name, func(t *testing.T) {
			file := Roster{Units: []Unit{c.was, ruledUnit("201", 800_000, ruledB)}}
			before, err := json.Marshal(file.Units)
			if err != nil {
				t.Fatal(err)
			}
			rulings := []Ruling{{ID: "r1", From: ByObjection, Place: home, What: c.what, Unit: RuledOf(c.ruled)}}
			if c.what != RuledOut { // a unit is either Delivered or the developer's
				rulings[0].Unit.Developer = c.ruled.DeveloperHeld
			}
			same, review := Follow(file, rulings, nil, rulingSecret)
			if len(review.Open) != 1 || review.Open[0].Ruled != c.says[0] || !strings.HasPrefix(review.Open[0].File, c.says[1]) || len(same.Units) != 2 {
				t.Fatalf("%+v", review)
			}
			keys := []string{review.Open[0].Key}
			taken, review2 := Follow(file, rulings, review.Settle(keys, TakeRuling, "甲", "", 5), rulingSecret)
			at := slices.IndexFunc(taken.Units, func(u Unit) bool { return u.Place() == home })
			var unit Unit
			if at >= 0 {
				unit = taken.Units[at]
			}
			if len(review2.Open) != 0 || len(review2.Settled) != 1 || !c.follow(unit) {
				t.Errorf("taken over: %+v, %+v", unit, review2)
			}
			if _, again := Follow(taken, rulings, nil, rulingSecret); len(again.Open) != 0 {
				t.Errorf("what was taken over is asked again: %+v", again.Open)
			}
			kept, review3 := Follow(file, rulings, review.Settle(keys, KeepFile, "甲", "已经过户", 5), rulingSecret)
			if after, _ := json.Marshal(kept.Units); len(review3.Open) != 0 || string(after) != string(before) {
				t.Errorf("kept as the file: %s, %+v", after, review3)
			}
			if after, _ := json.Marshal(file.Units); string(after) != string(before) {
				t.Error("the file itself was changed")
			}
		})
	}
}

func TestAWordOnARulingHoldsForWhatTheFileSaid(t *testing.T) {
	ruling := []Ruling{{ID: "r1", Place: "1号楼/1单元/101", What: ChangedArea, Unit: Ruled{Area: 910_000}}}
	file := func(area voting.Area) Roster { return Roster{Units: []Unit{ruledUnit("101", area, ruledA)}} }
	_, review := Follow(file(900_000), ruling, nil, rulingSecret)
	word := review.Settle([]string{review.Open[0].Key}, KeepFile, "甲", "测绘更新", 5)
	for area, open := range map[voting.Area]int{900_000: 0, 910_000: 0, 920_000: 1} {
		if _, again := Follow(file(area), ruling, word, rulingSecret); len(again.Open) != open {
			t.Errorf("%s: %d open", area, len(again.Open))
		}
	}
	if _, other := Follow(file(900_000), ruling, nil, []byte("another")); other.Open[0].Key == review.Open[0].Key {
		t.Error("the key is the same under another secret")
	}
	if none := review.Settle([]string{"made up"}, TakeRuling, "甲", "", 5); none != nil {
		t.Errorf("settled %+v", none)
	}
}

func TestTheLastRulingOnAPartHolds(t *testing.T) {
	rulings := []Ruling{{ID: "1", Place: "a", What: ChangedArea, At: 1}, {ID: "2", Place: "a", What: ChangedOwners, At: 2}, {ID: "3", Place: "a", What: ChangedArea, At: 3},
		{ID: "4", Place: "b", What: RuledIn, At: 4}, {ID: "5", Place: "b", What: RuledOut, At: 5}}
	var ids []string
	for _, r := range Latest(rulings) {
		ids = append(ids, r.ID)
	}
	if got := strings.Join(ids, " "); got != "2 3 5" {
		t.Error(got)
	}
}

// TestAUnitThatTheFileLacksIsAskedAboutOnce: whatever was decided of it, and however its building is written.
func TestAUnitThatTheFileLacksIsAskedAboutOnce(t *testing.T) {
	const home = "1号楼/1单元/101"
	parts := []Ruling{{ID: "1", Place: home, What: ChangedArea, Unit: Ruled{Building: "1号楼", Stair: "1单元", Room: "101", Area: 900_000}},
		{ID: "2", Place: home, What: ChangedOwners, Unit: Ruled{Building: "1号楼", Stair: "1单元", Room: "101", Owners: []Owner{ruledA}}}}
	lacks := Roster{Units: []Unit{ruledUnit("102", 900_000, ruledA)}}
	_, review := Follow(lacks, parts, nil, rulingSecret)
	if len(review.Open) != 1 || review.Open[0].What != RuledIn || review.Open[0].CanTake {
		t.Errorf("%+v", review)
	}
	if taken := review.Settle([]string{review.Open[0].Key}, TakeRuling, "甲", "", 5); taken != nil {
		t.Error("a unit of which only a part is known was taken over")
	}
	other := ruledUnit("101", 900_000, ruledA)
	other.Building, other.Stair = "1栋", "1"
	if _, review = Follow(Roster{Units: []Unit{other}}, parts, nil, rulingSecret); len(review.Open) != 0 {
		t.Errorf("another spelling: %+v", review.Open)
	}
	held := Roster{Held: []Unit{ruledUnit("101", 0, ruledA)}}
	if _, review = Follow(held, parts, nil, rulingSecret); len(review.Open) != 1 || review.Open[0].What != ChangedArea {
		t.Errorf("a unit that an error holds back: %+v", review.Open)
	}
}

// TestAPersonHasOnePhoneInAllTheirHomes: the importer takes the first that it meets, which is not always that of the ruling.
func TestAPersonHasOnePhoneInAllTheirHomes(t *testing.T) {
	decided := ruledA
	decided.Phone = "19900000009"
	ruling := []Ruling{{ID: "1", Place: "1号楼/1单元/101", What: ChangedPhones, Unit: Ruled{Owners: []Owner{decided}}}}
	file := Roster{Units: []Unit{ruledUnit("001", 900_000, ruledA), ruledUnit("101", 900_000, ruledA)}}
	_, review := Follow(file, ruling, nil, rulingSecret)
	taken, _ := Follow(file, ruling, review.Settle([]string{review.Open[0].Key}, TakeRuling, "甲", "", 5), rulingSecret)
	for _, u := range taken.Units {
		if u.Owners[0].Phone != decided.Phone {
			t.Errorf("%s has %s", u.Place(), u.Owners[0].Phone)
		}
	}
	if file.Units[0].Owners[0].Phone != ruledA.Phone {
		t.Error("the file itself was changed")
	}
}

func TestWhatWasMendedInAFileIsDecidedForTheNext(t *testing.T) {
	sheet := Sheet{Name: "S", Rows: []Row{{1, []string{"楼栋", "房号", "面积", "业主", "身份证", "电话"}},
		{2, []string{"1号楼", "101", "89", "样例甲", idA, "19900000001"}}, {3, []string{"1号楼", "102", "90", "样例乙", idB, "19900000002"}},
		{4, []string{"1号楼", "999", "90", "样例丙", "", ""}}, {5, []string{"1号楼", "102", "95", "样例乙", idB, "19900000002"}}}}
	told := []Correction{{Sheet: "S", Row: 2, Field: FieldArea, Value: "89.5", By: "甲", Why: "按产权证", At: 5},
		{Sheet: "S", Row: 3, Field: FieldPhone, Value: "19900000009", By: "甲", At: 5}, {Sheet: "S", Row: 4, Do: MendDrop, By: "甲", Why: "门卫室", At: 5},
		{Sheet: "S", Row: 5, Do: MendDrop, By: "甲", Why: "重复", At: 5}, {Sheet: "S", Row: 3, Field: FieldRemark, Value: "x", At: 5}}
	first, _ := Guidance{Corrections: told}.Parse([]Sheet{sheet})
	rulings := RulingsOf(first, told)
	var said []string
	for _, r := range rulings {
		said = append(said, r.Place+" "+string(r.What))
	}
	if got := strings.Join(said, ", "); got != "1号楼/101 area, 1号楼/102 phones, 1号楼/999 unit_out" {
		t.Fatal(got)
	}
	sheet.Rows = sheet.Rows[:4] // the same file again, without the row that stood twice
	second, _ := Parse([]Sheet{sheet})
	_, review := Follow(second, rulings, nil, rulingSecret)
	if len(review.Open) != 3 {
		t.Fatalf("%+v", review.Open)
	}
	text, err := json.Marshal(review)
	if err != nil || strings.Contains(string(text), idA) || strings.Contains(string(text), "19900000009") || strings.Contains(string(text), "样例甲") {
		t.Errorf("people in clear: %s, %v", text, err)
	}
	for _, u := range review.Open {
		if ruledNames[u.What] == "" || u.Row == 0 || !u.CanTake {
			t.Errorf("%+v", u)
		}
	}
}
