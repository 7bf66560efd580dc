package models

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/roster"
)

// invented is a person whom a test types in.
func invented(n int, phone string) roster.Owner {
	return roster.Owner{Name: fmt.Sprintf("样例%d", n), IDKind: roster.ResidentID, IDNumber: fmt.Sprintf("99000019700101%04d", n), Phone: phone}
}

// known is a person of the small roster, as typed from papers.
func known(n int) roster.Owner { return invented(n, fmt.Sprintf("1990000%04d", n)) }

// at finds a unit of a roster by its place.
func (h *hall) unitAt(list Roster, place string) DisplayLine {
	h.t.Helper()
	public, err := h.PublicRoster(h.ctx(), list.ID)
	h.must(err)
	lines, _, err := h.DisplayLines(h.ctx(), public, LineQuery{})
	h.must(err)
	for _, line := range lines {
		if (roster.Unit{Building: line.Building, Stair: line.Stair, Room: line.Room}).Place() == place {
			return line
		}
	}
	h.t.Fatalf("no unit %s", place)
	return DisplayLine{}
}

// holderOf gives the id of the n-th owner of a unit.
func (h *hall) holderOf(list Roster, place string, n int) string {
	h.t.Helper()
	var unit unitRow
	h.must(h.db.Where("community_id = ? AND id = ?", h.community.ID, h.unitAt(list, place).UnitID).Take(&unit).Error)
	owners, err := ownersOfVoter(h.db, h.community.ID, unit.VoterID)
	h.must(err)
	return owners[n].ID
}

// portrait is everything that two rosters must agree on: totals, which units make a head, and who holds them.
type portrait struct {
	units   int64
	weight  voting.Weight
	summary string
	heads   map[string]string // place to the places of its group, its weight and its people
}

func (h *hall) portrait(list Roster) portrait {
	h.t.Helper()
	list, err := h.Roster(h.ctx(), h.community.ID, list.ID)
	h.must(err)
	summary, err := jsonText(list.Summary)
	h.must(err)
	p := portrait{units: list.Units, weight: list.Weight, summary: summary, heads: map[string]string{}}
	var voters []voterRow
	h.must(h.db.Where("community_id = ? AND roster_id = ?", h.community.ID, list.ID).Find(&voters).Error)
	for _, voter := range voters {
		var units []unitRow
		h.must(h.db.Where("community_id = ? AND voter_id = ?", h.community.ID, voter.ID).Find(&units).Error)
		var places, people []string
		for _, unit := range units {
			places = append(places, fmt.Sprintf("%s %s %d %v %v", unit.place(), unit.Usage, unit.AreaCM2, unit.CountsArea, unit.CountsHeads))
		}
		owners, err := ownersOfVoter(h.db, h.community.ID, voter.ID)
		h.must(err)
		for _, owner := range owners {
			clear, err := h.ownerInClear(owner)
			h.must(err)
			people = append(people, fmt.Sprint(clear))
		}
		slices.Sort(places)
		slices.Sort(people)
		for _, unit := range units {
			p.heads[unit.place()] = fmt.Sprint(voter.Kind, voter.Heads, voter.AreaCM2, places, people)
		}
	}
	var left int64
	h.must(h.db.Table("owner").Where("roster_id = ? AND id NOT IN (?)", list.ID, h.db.Table("voter_owner").Select("owner_id")).Count(&left).Error)
	if left != 0 {
		h.t.Errorf("%d people are kept who hold nothing", left)
	}
	return p
}

// corrections are what may be found wrong with the small roster, and the same put right in the file.
var corrections = map[string]struct {
	correct func(h *hall, list Roster) Correction
	mend    func(units []roster.Unit) []roster.Unit
	what    []string
}{
	"an area": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Area: 905_001, AreaSource: roster.Survey}
		},
		func(units []roster.Unit) []roster.Unit {
			units[1].Area, units[1].AreaSource = 905_001, roster.Survey
			return units
		}, []string{"area", "area_source"}},
	"a dwelling that is a parking space": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "2号楼/1单元/101").UnitID, Usage: roster.UsageParking}
		},
		func(units []roster.Unit) []roster.Unit {
			units[4].Usage, units[4].Parking = roster.UsageParking, true
			return units
		}, []string{"usage"}},
	"a parking space that is a shop": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "车库/1单元/B1").UnitID, Usage: roster.UsageShop}
		},
		func(units []roster.Unit) []roster.Unit {
			units[8].Usage, units[8].Parking = roster.UsageShop, false
			return units
		}, []string{"usage"}},
	"a new owner": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "1号楼/1单元/202").UnitID, Owners: &NewOwners{Add: []roster.Owner{invented(77, "")}}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[3].Owners = []roster.Owner{invented(77, "")}
			return units
		}, []string{"owners"}},
	"an owner who holds another home": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "1号楼/1单元/202").UnitID, Owners: &NewOwners{Add: []roster.Owner{known(6)}}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[3].Owners = []roster.Owner{known(6)}
			return units
		}, []string{"owners"}},
	"one of two homes is another's": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "2号楼/1单元/101").UnitID, Owners: &NewOwners{Add: []roster.Owner{invented(78, "19900000078")}}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[4].Owners = []roster.Owner{invented(78, "19900000078")}
			return units
		}, []string{"owners"}},
	"a co-owner who was forgotten": {
		func(h *hall, list Roster) Correction {
			place := "1号楼/1单元/202"
			return Correction{UnitID: h.unitAt(list, place).UnitID, Owners: &NewOwners{Keep: []string{h.holderOf(list, place, 0)}, Add: []roster.Owner{known(6)}}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[3].Owners = append(units[3].Owners, known(6))
			return units
		}, []string{"owners"}},
	"a co-owner who is none": {
		func(h *hall, list Roster) Correction {
			place := "1号楼/1单元/201"
			return Correction{UnitID: h.unitAt(list, place).UnitID, Owners: &NewOwners{Keep: []string{h.holderOf(list, place, 1)}}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[2].Owners = units[2].Owners[1:]
			return units
		}, []string{"owners"}},
	"a home that was sold and handed over": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "2号楼/1单元/201").UnitID, Owners: &NewOwners{Add: []roster.Owner{known(2)}}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[6].DeveloperHeld, units[6].Owners = false, []roster.Owner{known(2)}
			return units
		}, []string{"owners"}},
	"a home that is still the developer's": {
		func(h *hall, list Roster) Correction {
			return Correction{UnitID: h.unitAt(list, "1号楼/1单元/102").UnitID, Owners: &NewOwners{Developer: true}}
		},
		func(units []roster.Unit) []roster.Unit {
			units[1].DeveloperHeld, units[1].Owners = true, nil
			return units
		}, []string{"owners"}},
	"a phone": {
		func(h *hall, list Roster) Correction {
			place := "1号楼/1单元/101"
			return Correction{UnitID: h.unitAt(list, place).UnitID, PhoneOf: h.holderOf(list, place, 0), Phone: "19900009999"}
		},
		func(units []roster.Unit) []roster.Unit {
			units[0].Owners, units[4].Owners = []roster.Owner{invented(1, "19900009999")}, []roster.Owner{invented(1, "19900009999")}
			return units
		}, []string{"phone"}},
	"a home that is missing": {
		func(*hall, Roster) Correction {
			return Correction{Building: "2号楼", Stair: "1单元", Room: "301", Usage: roster.UsageDwelling, Area: 812_300, AreaSource: roster.Contract,
				Owners: &NewOwners{Add: []roster.Owner{known(1)}}}
		},
		func(units []roster.Unit) []roster.Unit {
			missing := units[4]
			missing.Room, missing.Area, missing.AreaSource = "301", 812_300, roster.Contract
			return append(units, missing)
		}, []string{"unit"}},
	"a parking space that is missing": {
		func(*hall, Roster) Correction {
			return Correction{Building: "车库", Stair: "1单元", Room: "B2", Usage: roster.UsageParking, Area: 120_000, AreaSource: roster.Register,
				Owners: &NewOwners{Add: []roster.Owner{invented(79, "19900000079")}}}
		},
		func(units []roster.Unit) []roster.Unit {
			missing := units[8]
			missing.Room, missing.Owners = "B2", []roster.Owner{invented(79, "19900000079")}
			return append(units, missing)
		}, []string{"unit"}},
}

// TestARosterThatIsCorrectedIsTheOneThatWouldHaveBeenImported holds the corrections to the importer's own rules of heads.
func TestARosterThatIsCorrectedIsTheOneThatWouldHaveBeenImported(t *testing.T) {
	inHall(t, func(h *hall) {
		for name, c := range corrections {
			t.Run(name, func(t *testing.T) {
				for _, parking := range []bool{false, true} {
					policy := roster.Policy{ParkingCountsArea: parking, ParkingCountsHeads: parking}
					list := h.kept(RosterFile{Name: "a.xlsx", Roster: smallRoster(), Parking: policy})
					h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now+7*day)))
					before := list.Weight
					change := h.corrected(list, c.correct(h, list))
					right := h.kept(RosterFile{Name: "b.xlsx", Roster: roster.Roster{Units: c.mend(smallRoster().Units)}, Parking: policy})
					got, want := h.portrait(list), h.portrait(right)
					if got.units != want.units || got.weight != want.weight || got.summary != want.summary {
						t.Errorf("corrected %+v\nimported %+v", got, want)
					}
					if !maps.Equal(got.heads, want.heads) {
						t.Errorf("corrected heads %v\nimported %v", got.heads, want.heads)
					}
					if change.TotalBefore != before || change.TotalAfter != want.weight || !slices.Equal(change.What, c.what) {
						t.Errorf("the change says %+v", change)
					}
					h.slots(list)
				}
			})
		}
	})
}

// corrected carries out a correction as an upheld objection at the desk would.
func (h *hall) corrected(list Roster, wanted Correction) RosterChange {
	h.t.Helper()
	said := RosterObjectionText{Kind: "area", Text: "请核对", Place: HomeQuery{Building: wanted.Building, Stair: wanted.Stair, Room: wanted.Room, Phone: "19900000008"}}
	if wanted.UnitID == "" {
		said.Kind = UnitMissing
	} else {
		var unit unitRow
		h.must(h.db.Where("id = ?", wanted.UnitID).Take(&unit).Error)
		said.Place.Building, said.Place.Stair, said.Place.Room = unit.Building, unit.Stair, unit.Room
	}
	objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, said)
	h.must(err)
	h.must(h.AnswerRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, objection.ID, Upheld, "经核对属实。", wanted))
	public, err := h.PublicRoster(h.ctx(), list.ID)
	h.must(err)
	return public.Changes[len(public.Changes)-1]
}

// slots checks that the slots are still 0…n−1.
func (h *hall) slots(list Roster) {
	h.t.Helper()
	var slots []int64
	h.must(h.db.Table("unit").Where("roster_id = ?", list.ID).Order("slot").Pluck("slot", &slots).Error)
	for i, slot := range slots {
		if slot != int64(i) {
			h.t.Fatalf("the slots are %v", slots)
		}
	}
}

func TestACorrectionThatCannotBeIsRefusedWhole(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.displayed()
		place := "1号楼/1单元/102"
		unit := h.unitAt(list, place).UnitID
		before := h.portrait(list)
		stranger := invented(6, "")
		stranger.Name = "另一个人"
		for name, c := range map[string]struct {
			wanted Correction
			code   string
		}{
			"nothing":                          {Correction{}, "correction_missing"},
			"what stands there":                {Correction{Area: 900_000, Usage: roster.UsageDwelling, AreaSource: roster.Register}, "correction_missing"},
			"the same owner again":             {Correction{Owners: &NewOwners{Add: []roster.Owner{known(2)}}}, "correction_missing"},
			"nobody":                           {Correction{Owners: &NewOwners{}}, "required"},
			"a number of another name":         {Correction{Owners: &NewOwners{Add: []roster.Owner{stranger}}}, "id_name_conflict"},
			"somebody kept who is not there":   {Correction{Owners: &NewOwners{Keep: []string{h.holderOf(list, "2号楼/1单元/102", 0)}}}, "owner_unknown"},
			"the developer and somebody":       {Correction{Owners: &NewOwners{Developer: true, Add: []roster.Owner{known(9)}}}, "bad_value"},
			"the phone of somebody else":       {Correction{PhoneOf: h.holderOf(list, "2号楼/1单元/102", 0), Phone: "19900009999"}, "owner_unknown"},
			"an area and a number that clash":  {Correction{Area: 1, Owners: &NewOwners{Add: []roster.Owner{invented(91, ""), stranger}}}, "id_name_conflict"},
			"a phone and a number that clash ": {Correction{Owners: &NewOwners{Add: []roster.Owner{invented(2, "19900008888"), stranger}}}, "id_name_conflict"},
		} {
			objection, err := h.RecordRosterObjection(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID, RosterObjectionText{Kind: "owner", Text: name,
				Place: HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000008"}})
			h.must(err)
			c.wanted.UnitID = unit
			err = h.AnswerRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, objection.ID, Upheld, "属实。", c.wanted)
			if err == nil || !strings.HasPrefix(err.Error(), c.code) {
				t.Errorf("%s: got %v, want %s", name, err, c.code)
			}
			h.must(h.AnswerRosterObjection(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, objection.ID, Dismissed, "不属实。", Correction{}))
		}
		if after := h.portrait(list); after.weight != before.weight || after.summary != before.summary || !maps.Equal(after.heads, before.heads) {
			t.Errorf("refused corrections changed the roster:\n%+v\n%+v", before, after)
		}
	})
}
