package roster

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

func unit(room string, area voting.Area, owners ...Owner) Unit {
	return Unit{Building: "1号楼", Room: room, Usage: UsageDwelling, Area: area, Delivered: true, CountsArea: true, CountsHeads: true, Owners: owners}
}

func person(name, id string) Owner { return Owner{Name: name, IDKind: ResidentID, IDNumber: id} }

func TestOneHeadForOneExactSetOfOwners(t *testing.T) {
	a, b := person("甲一", idA), person("乙二", idB)
	unsold := unit("201", 70, Owner{Name: "某开发公司", IDKind: CreditCode, IDNumber: "91990000MA0DEV001X"})
	unsold.DeveloperHeld, unsold.Delivered = true, false
	undelivered := unit("202", 80, b)
	undelivered.Delivered = false
	units := []Unit{unit("101", 10, a), unit("102", 20, a, b), unit("103", 30, b, a), unit("104", 40, a), unit("105", 50, b), unsold, undelivered}

	voters := Voters(units, Policy{})
	want := []Voter{
		{Key: "1号楼/101", UnitIndexes: []int{0, 3}, Weight: voting.Weight{Heads: 1, Area: 50}},
		{Key: "1号楼/102", UnitIndexes: []int{1, 2}, Weight: voting.Weight{Heads: 1, Area: 50}},
		{Key: "1号楼/105", UnitIndexes: []int{4}, Weight: voting.Weight{Heads: 1, Area: 50}},
		{Key: DeveloperKey, Developer: true, UnitIndexes: []int{5, 6}, Weight: voting.Weight{Heads: 1, Area: 150}},
	}
	if !slices.EqualFunc(voters, want, sameVoter) {
		t.Errorf("%+v", voters)
	}
}

func sameVoter(a, b Voter) bool {
	return a.Key == b.Key && a.Developer == b.Developer && slices.Equal(a.UnitIndexes, b.UnitIndexes) && a.Weight == b.Weight
}

func TestOwnersWithoutNumberAreNeverJoinedByNameAlone(t *testing.T) {
	name := Owner{Name: "甲一"}
	phone := Owner{Name: "甲一", Phone: "19900000001"}
	other := Owner{Name: "乙二", Phone: "19900000001"}
	units := []Unit{unit("101", 10, name), unit("102", 10, name), unit("103", 10, phone), unit("104", 10, phone), unit("105", 10, other)}
	if voters := Voters(units, Policy{}); len(voters) != 4 {
		t.Errorf("%+v", voters)
	}
}

func TestParkingCountsAsThePolicySays(t *testing.T) {
	a, b := person("甲一", idA), person("乙二", idB)
	space, lone := unit("P1", 13, a), unit("P2", 14, b)
	space.Parking, lone.Parking = true, true
	units := []Unit{unit("101", 100, a), space, lone}
	tests := []struct {
		name   string
		policy Policy
		want   []voting.Weight
	}{
		{"neither", Policy{}, []voting.Weight{{Heads: 1, Area: 100}}},
		{"area only: who has a space alone has area without a head", Policy{ParkingCountsArea: true}, []voting.Weight{{Heads: 1, Area: 113}, {Area: 14}}},
		{"heads only", Policy{ParkingCountsHeads: true}, []voting.Weight{{Heads: 1, Area: 100}, {Heads: 1}}},
		{"both", Policy{true, true}, []voting.Weight{{Heads: 1, Area: 113}, {Heads: 1, Area: 14}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var weights []voting.Weight
			for _, v := range Voters(units, test.policy) {
				weights = append(weights, v.Weight)
			}
			if !slices.Equal(weights, test.want) {
				t.Errorf("%+v, want %+v", weights, test.want)
			}
		})
	}
	if !units[1].CountsArea {
		t.Error("the units given in were changed")
	}
}

func TestUnitsTitledToTheDeveloperJoinItsHead(t *testing.T) {
	body := "某开发公司|统一社会信用代码|91990000MA0DEV001X"
	roster, issues := Parse([]Sheet{sheetOf(header, "1|1|101|住宅|50|"+body+"|||未售", "1||S1|商业|60|"+body+"|||已交付",
		"1|1|102|住宅|70|甲一||"+idA+"|||已售未交付", "1|1|103|住宅|80|乙二||"+idB+"|||已交付", "1|1|104|住宅|90|开发商||||")})
	if got := found(issues); !slices.Equal(got, []string{"3 developer_title", "6 id_missing"}) {
		t.Errorf("issues %q", got)
	}
	voters := Voters(roster.Units, Policy{})
	if len(voters) != 2 || !voters[0].Developer || voters[0].Weight != (voting.Weight{Heads: 1, Area: 2700000}) {
		t.Errorf("%+v", voters)
	}
}

func TestNothingPersonalLeavesInAnIssue(t *testing.T) {
	if got := MaskName("张三丰") + MaskName("张三") + MaskName("张") + MaskName("古丽娜尔·吐尔逊江") + MaskName("𠮷田"); got != "张**张*张古**𠮷*" {
		t.Error(got)
	}
	if got := MaskPhone("19900001276") + " " + MaskPhone("0352-001276") + " " + MaskPhone("12345"); got != "199****1276 035****1276 *****" {
		t.Error(got)
	}
	if got := MaskID(idA) + " " + MaskID("H00000211") + " " + MaskID(""); got != "990***********0018 H******11 " {
		t.Error(got)
	}
	// Numbers in every wrong column, conflicting names, and a name in the header of a broken sheet.
	secrets := []string{idA, "19900000001", "甲一名", "乙二名", "丙三名"}
	_, issues := Parse([]Sheet{sheetOf(header,
		"1号楼|1单元|101|住宅|"+idA+"|甲一名|居民身份证|"+idA+"|12|乙二名/"+idA+"5|"+idA+"|",
		"1号楼|1单元|102|住宅|19900000001|甲一名||"+idA, "1号楼|1单元|103|住宅|50|丙三名||"+idA, "1号楼|1单元|103|住宅|51|丙三名||"+idB)})
	if len(issues) < 5 {
		t.Fatalf("only %q", found(issues))
	}
	for _, issue := range issues {
		for _, secret := range secrets {
			if strings.Contains(issue.Message+issue.Value+issue.Column+issue.Sheet, secret) {
				t.Errorf("%q in %+v", secret, issue)
			}
		}
	}
}

func TestEveryCodeHasASeverityAndASentence(t *testing.T) {
	seen := map[Code]bool{}
	for _, k := range kinds {
		if seen[k.code] || !slices.Contains(Severities, k.severity) || !strings.HasSuffix(k.sentence, "。") {
			t.Errorf("%+v", k)
		}
		seen[k.code] = true
	}
	for _, field := range Fields {
		if fieldNames[field] == "" || len(headings[field]) == 0 {
			t.Errorf("field %q has no Chinese name", field)
		}
	}
}
