package roster

// Home is where somebody says they live and under which phone the roster knows them.
type Home struct {
	Building, Stair, Room string
	Phone                 string // of a mobile, digits only; empty where what was typed is none
}

// ReadHome brings what a person typed into the one spelling of the roster: 1 and 一单元 become 1单元, 301室
// becomes 301, blanks and hyphens leave the phone.
func ReadHome(building, stair, room, phone string) Home {
	var home Home
	home.Building, home.Stair, home.Room = readPlace(building, stair, room)
	if digits, code := readPhone(phone); code == "" && len(digits) == 11 && digits[0] == '1' {
		home.Phone = digits
	}
	return home
}
