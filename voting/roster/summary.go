package roster

import (
	"slices"

	"gongjue/voting"
)

// Summary is the answer of `roster check --json`: the totals a convener compares with the property firm's.
type Summary struct {
	Units                int                    `json:"units"`
	TotalArea            voting.Area            `json:"total_area_cm2"`
	Heads                int64                  `json:"heads"`
	UnitsWithoutParking  int                    `json:"units_without_parking"`
	AreaWithoutParking   voting.Area            `json:"area_without_parking_cm2"`
	HeadsWithoutParking  int64                  `json:"heads_without_parking"`
	DeveloperUnits       int                    `json:"developer_units"`
	JointlyOwnedUnits    int                    `json:"jointly_owned_units"`
	OwnersOfSeveralUnits int                    `json:"owners_of_several_units"` // voters; the developer is not one of them
	UnitsWithoutAnyPhone int                    `json:"units_without_any_phone"`
	UnitsByUsage         map[string]int         `json:"units_by_usage"`
	AreaByBuilding       map[string]voting.Area `json:"area_by_building_cm2"`
	// AreaSources is the mix of sources that is printed with the roster (解释第8条), the strongest first.
	AreaSources []SourceShare `json:"area_sources"`
	Issues      []Issue       `json:"issues"`
}

// SourceShare is how much of a roster's area comes from one source.
type SourceShare struct {
	Source AreaSource  `json:"source"` // empty: not stated
	Name   string      `json:"name"`   // 不动产登记簿, …
	Units  int         `json:"units"`
	Area   voting.Area `json:"area_cm2"`
}

// Summarise counts a parsed roster, once with all units and once as if parking counted for nothing.
func Summarise(r Roster, issues []Issue) Summary {
	s := Summary{
		Units:          len(r.Units),
		UnitsByUsage:   map[string]int{},
		AreaByBuilding: map[string]voting.Area{},
		AreaSources:    sourceMix(r.Units),
		Issues:         append([]Issue{}, issues...),
	}
	for i := range r.Units {
		u := &r.Units[i]
		s.UnitsByUsage[u.Usage]++
		s.AreaByBuilding[u.Building] += u.Area
		if !u.Parking {
			s.UnitsWithoutParking++
		}
		if u.OfDeveloper() {
			s.DeveloperUnits++
		}
		if len(u.Owners) > 1 {
			s.JointlyOwnedUnits++
		}
		if !u.HasPhone() {
			s.UnitsWithoutAnyPhone++
		}
	}
	holders := group(r.Units)
	for _, v := range withoutWeightless(holders.holders(r.Units, Policy{ParkingCountsArea: true, ParkingCountsHeads: true}.flags)) {
		s.Heads += v.Weight.Heads
		s.TotalArea += v.Weight.Area
		if len(v.UnitIndexes) > 1 && !v.Developer {
			s.OwnersOfSeveralUnits++
		}
	}
	without := Heads(holders.holders(r.Units, Policy{}.flags))
	s.HeadsWithoutParking, s.AreaWithoutParking = without.Heads, without.Area
	return s
}

// sourceMix adds up the areas by where they were taken from; sources that no unit has are left out.
func sourceMix(units []Unit) []SourceShare {
	mix := []SourceShare{}
	for _, source := range append(slices.Clone(AreaSources), "") {
		share := SourceShare{Source: source, Name: sourceNames[source]}
		for i := range units {
			if units[i].AreaSource == source {
				share.Units++
				share.Area += units[i].Area
			}
		}
		if share.Units > 0 {
			mix = append(mix, share)
		}
	}
	return mix
}
