package api

import (
	"strings"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// correctionRequest is what is to change about one unit of a roster; what is empty stays as it is.
type correctionRequest struct {
	Area       string   `json:"area" form:"area" binding:"max=40"` // m²
	AreaSource string   `json:"area_source" form:"area_source" binding:"max=20"`
	Usage      string   `json:"usage" form:"usage" binding:"max=20"`
	Keep       []string `json:"keep" form:"keep" binding:"max=50"`       // ids of owners who stay
	Owners     lines    `json:"owners" form:"owners" binding:"max=5000"` // name, number, phone
	Developer  flag     `json:"developer" form:"developer"`              // nobody but the developer
	PhoneOf    string   `json:"phone_of" form:"phone_of" binding:"max=100"`
	Phone      string   `json:"phone" form:"phone" binding:"max=40"`
	Building   string   `json:"building" form:"building" binding:"max=100"` // of a unit that was missing
	Stair      string   `json:"stair" form:"stair" binding:"max=100"`
	Room       string   `json:"room" form:"room" binding:"max=100"`
}

// form shows the fields again as they were typed; kind says which of them are asked for.
func (in correctionRequest) form(kind string, people []models.HomePerson) web.CorrectionFields {
	return web.CorrectionFields{Kind: kind, People: personOptions(people), Area: in.Area, AreaSource: in.AreaSource, Usage: in.Usage, Keep: in.Keep,
		Owners: string(in.Owners), Developer: in.Developer == "yes", PhoneOf: in.PhoneOf, Phone: in.Phone, Building: in.Building, Stair: in.Stair,
		Room: in.Room}
}

func personOptions(people []models.HomePerson) []web.Option {
	var options []web.Option
	for _, person := range people {
		options = append(options, web.Option{Value: person.OwnerID, Text: web.MaskedPerson(person.Name, person.Phone)})
	}
	return options
}

// correction reads what is to be corrected. Refusals: area_invalid, owner_invalid, phone_invalid, bad_value,
// reason_names_person (a number in what the display prints).
func (in correctionRequest) correction() (models.Correction, error) {
	var r reader
	home := roster.ReadHome(in.Building, in.Stair, in.Room, "")
	wanted := models.Correction{Building: home.Building, Stair: home.Stair, Room: home.Room, Usage: roster.ReadUsage(in.Usage),
		AreaSource: roster.AreaSource(in.AreaSource), PhoneOf: in.PhoneOf}
	for field, text := range map[string]string{"building": wanted.Building, "stair": wanted.Stair, "room": wanted.Room, "usage": wanted.Usage} {
		if roster.IsPersonal(text) {
			r.refuse("reason_names_person", field)
		}
	}
	if in.AreaSource != "" && wanted.AreaSource.Name() == "" {
		r.refuse("bad_value", "area_source")
	}
	if strings.TrimSpace(in.Area) != "" {
		var code roster.Code
		if wanted.Area, code = roster.ReadArea(in.Area); code != "" {
			r.refuse("area_invalid", "area")
		}
	}
	if in.PhoneOf != "" {
		var ok bool
		if wanted.Phone, _, ok = roster.ReadPhone(in.Phone); !ok {
			r.refuse("phone_invalid", "phone")
		}
	}
	developer := r.yes("developer", in.Developer)
	if added := in.Owners.list(); developer || len(in.Keep) > 0 || len(added) > 0 {
		wanted.Owners = &models.NewOwners{Developer: developer, Keep: in.Keep, Add: r.owners(added)}
	}
	return wanted, r.err()
}

// owners reads one owner from each line: name, number of the document, phone.
func (r *reader) owners(list []string) []roster.Owner {
	owners := make([]roster.Owner, len(list))
	for i, line := range list {
		cells := strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(",，\t;；", c) })
		cells = append(cells, "", "")
		var code roster.Code
		if owners[i], code = roster.ReadOwner(cells[0], cells[1], strings.TrimSpace(cells[2])); code != "" || len(cells) > 5 {
			r.refuse("owner_invalid", "owners")
			return nil
		}
	}
	return owners
}
