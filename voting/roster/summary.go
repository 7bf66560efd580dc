package roster

import "gongjue/voting"

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
	Issues               []Issue                `json:"issues"`
}

// Summarise counts a parsed roster, once with all units and once as if parking counted for nothing.
func Summarise(r Roster, issues []Issue) Summary {
	s := Summary{
		Units:          len(r.Units),
		UnitsByUsage:   map[string]int{},
		AreaByBuilding: map[string]voting.Area{},
		Issues:         append([]Issue{}, issues...),
	}
	for _, u := range r.Units {
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
	for _, v := range Voters(r.Units, Policy{ParkingCountsArea: true, ParkingCountsHeads: true}) {
		s.Heads += v.Weight.Heads
		s.TotalArea += v.Weight.Area
		if len(v.UnitIndexes) > 1 && !v.Developer {
			s.OwnersOfSeveralUnits++
		}
	}
	for _, v := range Voters(r.Units, Policy{}) {
		s.HeadsWithoutParking += v.Weight.Heads
		s.AreaWithoutParking += v.Weight.Area
	}
	return s
}
