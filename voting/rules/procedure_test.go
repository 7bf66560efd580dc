package rules

import (
	"testing"

	"gongjue/voting/calendar"
)

func TestWhoCertifiesAndUntilWhen(t *testing.T) {
	monday := calendar.Date(2026, 3, 2) + 9*60*60*1000
	tests := []struct {
		place            string
		certifier, seals Word
		until            int64 // 0: no clause
	}{
		{"北京市/东城区", StreetOffice, StreetOffice, calendar.Date(2026, 3, 10) - 1},
		{"上海市/徐汇区", StreetOffice, StreetOffice, calendar.Date(2026, 3, 24) - 1},     // the 22nd is a Sunday
		{"广东省/清远市/清城区", StreetOffice, StreetOffice, calendar.Date(2026, 3, 10) - 1}, // the 7th is a Saturday
		{"山东省/济南市/历下区", DistrictAuthority, DistrictAuthority, calendar.Date(2026, 3, 13) - 1},
		{"山东省/聊城市/东昌府区", DistrictAuthority, DistrictAuthority, calendar.Date(2026, 3, 17) - 1},
		{"山东省/青岛市/市南区", StreetOffice, DistrictAuthority, calendar.Date(2026, 3, 13) - 1},
		{"四川省/成都市/锦江区", StreetOffice, StreetOffice, 0},
	}
	for _, test := range tests {
		t.Run(test.place, func(t *testing.T) {
			pack, err := At(test.place, monday)
			if err != nil {
				t.Fatal(err)
			}
			p := pack.Procedure
			if p.Certifier() != test.certifier || p.SealProver() != test.seals {
				t.Errorf("certified by %s, seals by %s", p.Certifier(), p.SealProver())
			}
			if got := p.CertifyBy(monday); got != test.until {
				t.Errorf("until %s, want %s", calendar.Format(got), calendar.Format(test.until))
			}
		})
	}
}

func TestWhoSupervises(t *testing.T) {
	for place, district := range map[string]bool{"北京市/东城区": false, "四川省/成都市/锦江区": true} {
		pack, err := At(place, calendar.Date(2026, 3, 2))
		if err != nil {
			t.Fatal(err)
		}
		if !pack.Procedure.Supervises(StreetOffice) || pack.Procedure.Supervises(DistrictAuthority) != district {
			t.Errorf("%s: %+v", place, pack.Procedure.Supervision)
		}
	}
	if (Procedure{}).Supervises(StreetOffice) {
		t.Error("a pack that says nothing lets the street revoke")
	}
}

// TestACommitteeDecidesByMoreThanHalfUnlessItsPlaceSaysHalf: suspended members count among all.
func TestACommitteeDecidesByMoreThanHalfUnlessItsPlaceSaysHalf(t *testing.T) {
	half := Procedure{CommitteeDecision: &Choice{Value: HalfOfAll}}
	for _, c := range []struct {
		procedure     Procedure
		inFavour, all int64
		want          bool
	}{{Procedure{}, 3, 6, false}, {Procedure{}, 4, 6, true}, {half, 3, 6, true}, {half, 2, 5, false}, {half, 3, 5, true}, {half, 0, 0, false}} {
		if got := c.procedure.Decides(c.inFavour, c.all); got != c.want {
			t.Errorf("%d of %d: %t", c.inFavour, c.all, got)
		}
	}
}
