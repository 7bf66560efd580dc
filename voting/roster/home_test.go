package roster

import "testing"

func TestAHomeIsFoundHoweverItIsTyped(t *testing.T) {
	want := Home{Building: "3号楼", Stair: "1单元", Room: "301", Phone: "19900000123"}
	for _, typed := range [][4]string{
		{"3号楼", "1单元", "301", "19900000123"}, {"3号楼", "1", "301室", "199 0000 0123"}, {"３号楼", "一单元", "３０１", "199-0000-0123"},
		{"3号楼", "", "1-301", " 19900000123 "},
	} {
		if got := ReadHome(typed[0], typed[1], typed[2], typed[3]); got != want {
			t.Errorf("%q: %+v", typed, got)
		}
	}
	if got := ReadHome("3号楼", "1单元", "301", "1990000"); got.Phone != "" {
		t.Errorf("half a phone was taken as %q", got.Phone)
	}
}

func TestAPlaceIsTakenApartAsItWasPutTogether(t *testing.T) {
	for _, u := range []Unit{{Building: "3号楼", Stair: "1单元", Room: "301"}, {Building: "3号楼", Room: "301"}, {Stair: "1单元", Room: "301"}, {Room: "301"}} {
		if building, stair, room := PlaceParts(u.Place()); building != u.Building || stair != u.Stair || room != u.Room {
			t.Errorf("%s: %q %q %q", u.Place(), building, stair, room)
		}
	}
}
