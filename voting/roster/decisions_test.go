package roster

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
)

// street are five units of four voters: 甲 holds 101 and 104, 甲 and 乙 together 102, 乙 alone 103, the
// developer 201.
func street() []Unit {
	a, b := person("甲一", idA), person("乙二", idB)
	unsold := unit("201", 70, Owner{Name: "某开发公司", IDKind: CreditCode, IDNumber: "91990000MA0DEV001X"})
	unsold.DeveloperHeld, unsold.Delivered = true, false
	return []Unit{unit("101", 10, a), unit("102", 20, a, b), unit("103", 30, b), unit("104", 40, a), unsold}
}

func at(rooms ...string) []string {
	for i, room := range rooms {
		rooms[i] = "1号楼/" + room
	}
	return rooms
}

func TestHeadsAreMergedAndSplitByAPersonWithAReason(t *testing.T) {
	const why, by = "核对了身份证原件", "甲"
	merge := func(rooms ...string) Merge { return Merge{Units: at(rooms...), Why: why, By: by} }
	split := func(rooms ...string) Split { return Split{Units: at(rooms...), Why: why, By: by} }
	tests := []struct {
		name    string
		d       Decisions
		voters  []string // key and units
		refused []RefusalCode
	}{
		{"nothing decided", Decisions{}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, nil},
		{"alone and jointly is one where the rules say so", Decisions{Merges: []Merge{merge("101", "102")}}, []string{"1号楼/101 0 1 3", "1号楼/103 2", "建设单位 4"}, nil},
		{"a merge may name any unit of a voter", Decisions{Merges: []Merge{merge("103", "104")}}, []string{"1号楼/101 0 2 3", "1号楼/102 1", "建设单位 4"}, nil},
		{"two merges chain", Decisions{Merges: []Merge{merge("101", "102"), merge("101", "103")}}, []string{"1号楼/101 0 1 2 3", "建设单位 4"}, nil},
		{"a unit taken for the developer's", Decisions{Merges: []Merge{merge("103", "201")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "建设单位 2 4"}, nil},
		{"a split makes two of one", Decisions{Splits: []Split{split("104")}}, []string{"1号楼/101 0", "1号楼/102 1", "1号楼/103 2", "1号楼/104 3", "建设单位 4"}, nil},
		{"a split of what was merged", Decisions{Merges: []Merge{merge("101", "102")}, Splits: []Split{split("102")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, nil},
		{"one head already", Decisions{Merges: []Merge{merge("101", "104")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{AlreadyOneHead}},
		{"a unit of nobody", Decisions{Merges: []Merge{merge("101", "999")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{UnitUnknown}},
		{"a unit twice", Decisions{Splits: []Split{split("104"), split("104")}}, []string{"1号楼/101 0", "1号楼/102 1", "1号楼/103 2", "1号楼/104 3", "建设单位 4"}, []RefusalCode{UnitTwice}},
		{"everything of a voter", Decisions{Splits: []Split{split("101", "104")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{NothingToSplit}},
		{"units of two voters", Decisions{Splits: []Split{split("101", "102")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{NothingToSplit}},
		{"the developer's head stays one", Decisions{Splits: []Split{split("201")}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{DeveloperSplit}},
		{"no reason", Decisions{Merges: []Merge{{Units: at("101", "102"), Why: " ", By: by}}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{ReasonMissing}},
		{"nobody's name", Decisions{Splits: []Split{{Units: at("104"), Why: why}}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{ReasonMissing}},
		{"a split of nothing", Decisions{Splits: []Split{split()}}, []string{"1号楼/101 0 3", "1号楼/102 1", "1号楼/103 2", "建设单位 4"}, []RefusalCode{NothingToSplit}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			voters, refused := test.d.Voters(street(), Policy{})
			var got []string
			for _, v := range voters {
				line := v.Key
				for _, index := range v.UnitIndexes {
					line += " " + string(rune('0'+index))
				}
				if got = append(got, line); v.Weight.Heads != 1 || v.Developer != (v.Key == DeveloperKey) {
					t.Errorf("%+v", v)
				}
			}
			if !slices.Equal(got, test.voters) {
				t.Errorf("%q, want %q", got, test.voters)
			}
			var codes []RefusalCode
			for _, r := range refused {
				if codes = append(codes, r.Code); r.Message == "" || strings.Contains(r.Message, "%!") {
					t.Errorf("%+v", r)
				}
			}
			if !slices.Equal(codes, test.refused) {
				t.Errorf("refused %v, want %v", codes, test.refused)
			}
			if sum := Heads(voters); sum.Area != 170 {
				t.Errorf("the area became %d", sum.Area)
			}
		})
	}
}

func TestAVoterHasOneVotingPerson(t *testing.T) {
	units := street()
	units[0].Owners[0].Guardian = "丁四"
	units[1].Named = "乙二"
	units[4].Owners[0].Representative = "戊五"
	say := func(room, name string, capacity Capacity) VotingPerson {
		return VotingPerson{Unit: "1号楼/" + room, Name: name, Capacity: capacity, Why: "推选书", By: "甲"}
	}
	tests := []struct {
		name    string
		named   []VotingPerson
		want    string // of the voters in order
		refused []RefusalCode
	}{
		{"as the roster says", nil, "丁四 guardian,乙二 co_owner, ,戊五 legal_representative", nil},
		{"another co-owner was elected", []VotingPerson{say("102", "甲一", ByCoOwner)}, "丁四 guardian,甲一 co_owner, ,戊五 legal_representative", nil},
		{"somebody by proxy, named at another unit of the voter", []VotingPerson{say("104", "己六", ByAgent)}, "己六 agent,乙二 co_owner, ,戊五 legal_representative", nil},
		{"one who owns nothing of it is no co-owner", []VotingPerson{say("102", "己六", ByCoOwner)}, "丁四 guardian,乙二 co_owner, ,戊五 legal_representative", []RefusalCode{NotACoOwner}},
		{"no capacity", []VotingPerson{say("103", "己六", "")}, "丁四 guardian,乙二 co_owner, ,戊五 legal_representative", []RefusalCode{CapacityUnknown}},
		{"no unit", []VotingPerson{say("999", "己六", ByAgent)}, "丁四 guardian,乙二 co_owner, ,戊五 legal_representative", []RefusalCode{UnitUnknown}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			voters, refused := Decisions{Named: test.named}.Holders(units, Policy{})
			var got []string
			for _, v := range voters {
				got = append(got, v.Person.Name+" "+string(v.Person.Capacity))
			}
			if strings.Join(got, ",") != test.want {
				t.Errorf("%q", got)
			}
			var codes []RefusalCode
			for _, r := range refused {
				codes = append(codes, r.Code)
			}
			if !slices.Equal(codes, test.refused) {
				t.Errorf("refused %v", codes)
			}
		})
	}
	undelivered := street()
	undelivered[2].Delivered, undelivered[2].Owners[0].Guardian = false, "丁四"
	for _, v := range Voters(undelivered, Policy{}) {
		if v.Developer && v.Person.Name != "" {
			t.Errorf("the buyer of an undelivered unit votes: %+v", v.Person)
		}
	}
}

func TestVotersOfTheSheetCarryGuardianRepresentativeAndNamedPerson(t *testing.T) {
	roster, issues := Parse([]Sheet{sheetOf("楼栋|房号|用途|建筑面积|产权人|证件号码|监护人|法定代表人|推选的投票人|共有人",
		"1号楼|101|住宅|90|甲一|"+idA+"|丁 四|||", "1号楼|S1|商业|60|虚构商贸有限公司|91990000MA0XX0001X||戊五||", "1号楼|102|住宅|90|乙二|"+idB+"|||丙三|丙三/"+idC)})
	if len(issues) > 0 || len(roster.Units) != 3 {
		t.Fatalf("%q", found(issues))
	}
	voters := Voters(roster.Units, Policy{})
	if voters[0].Person.Name != "丁四" || voters[1].Person.Capacity != ByRepresentative || voters[2].Person.Name != "丙三" {
		t.Errorf("%+v", voters)
	}
	if sum := Heads(voters); sum != (voting.Weight{Heads: 3, Area: 2400000}) {
		t.Errorf("%+v", sum)
	}
}
