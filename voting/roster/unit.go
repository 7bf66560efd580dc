package roster

import (
	"strings"

	"gongjue/voting"
)

// AreaSource is where an area was taken from (解释第8条: register before survey before contract).
type AreaSource string

// The sources; the empty string is "not stated".
const (
	Register AreaSource = "register" // 不动产登记簿
	Survey   AreaSource = "survey"   // 测绘实测
	Contract AreaSource = "contract" // 房屋买卖合同
)

// AreaSources lists the sources, the strongest first.
var AreaSources = []AreaSource{Register, Survey, Contract}

// sourceNames are the words a person reads, and those that [Compare] writes into a mended cell.
var sourceNames = map[AreaSource]string{Register: "不动产登记簿", Survey: "测绘实测", Contract: "房屋买卖合同", "": "未注明"}

// Name is what people call the source; an area without one says so.
func (s AreaSource) Name() string { return sourceNames[s] }

// IDKind is the kind of an owner's identity document.
type IDKind string

// The kinds; the empty string is "no document given".
const (
	ResidentID    IDKind = "resident_id"     // 居民身份证, also the 居住证 of 港澳台居民 (same form)
	Passport      IDKind = "passport"        // 护照
	HKMacaoPermit IDKind = "hk_macao_permit" // 港澳居民来往内地通行证
	TaiwanPermit  IDKind = "taiwan_permit"   // 台湾居民来往大陆通行证
	ForeignerID   IDKind = "foreigner_id"    // 外国人永久居留身份证
	CreditCode    IDKind = "credit_code"     // 统一社会信用代码, the owner is an organisation
	OtherDocument IDKind = "other"           // another document, named in the sheet
)

// IDKinds lists the kinds of document.
var IDKinds = []IDKind{ResidentID, Passport, HKMacaoPermit, TaiwanPermit, ForeignerID, CreditCode, OtherDocument}

// Owner is one person or body with title. IDNumber is without blanks, letters in upper case; Phone is
// digits only, with a hyphen after the area code of a landline.
type Owner struct {
	Name           string
	IDKind         IDKind
	IDNumber       string
	Phone          string
	Guardian       string // 监护人 who votes for a minor or for somebody without capacity (274号第25条)
	Representative string // 法定代表人 of an organisation
}

// Organisation tells whether the owner is a body and not a person.
func (o Owner) Organisation() bool { return o.IDKind == CreditCode }

// Usages that the rules of counting know; others stand as the sheet writes them.
const (
	UsageDwelling = "住宅"
	UsageShop     = "商业"
	UsageParking  = "车位"
	UsageUnstated = "未注明"
)

// Unit is one exclusive part (专有部分) with its owners, as one or several rows of a sheet give it.
type Unit struct {
	Building, Stair, Room string // "3号楼", "1单元", "301"; Stair may be empty
	Usage                 string
	Area                  voting.Area // cm²
	AreaSource            AreaSource
	Certificate           string // 不动产权证号
	Delivered             bool   // false: the developer's head counts it (trap 11)
	DeveloperHeld         bool   // unsold, or titled to the developer
	Parking               bool
	CountsArea            bool // set by [Policy.Apply] for parking; Parse leaves it true
	CountsHeads           bool
	Owners                []Owner
	Named                 string // 推选的投票人, as the sheet names one of the co-owners
	Sheet                 string
	Row                   int   // first row of the unit
	MoreRows              []int // further rows, of co-owners or repetitions
}

// Place is the path of the unit that a matter's scope is matched with, such as "3号楼/1单元/301".
func (u Unit) Place() string { return place(u.Building, u.Stair, u.Room) }

// OfDeveloper tells whether the unit belongs to the developer's one head: unsold, or not yet delivered
// (解释第9条).
func (u Unit) OfDeveloper() bool { return u.DeveloperHeld || !u.Delivered }

// HasPhone tells whether any owner can be reached by phone.
func (u Unit) HasPhone() bool {
	for _, o := range u.Owners {
		if o.Phone != "" {
			return true
		}
	}
	return false
}

func place(building, stair, room string) string {
	parts := make([]string, 0, 3)
	for _, part := range []string{building, stair, room} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "/")
}

// PlaceParts takes a place such as 3号楼/1单元/301 apart; it has fewer parts without a stair or a building.
func PlaceParts(place string) (building, stair, room string) {
	parts := strings.Split(place, "/")
	room = parts[len(parts)-1]
	switch {
	case len(parts) > 2:
		building, stair = parts[0], parts[1]
	case len(parts) == 2 && strings.HasSuffix(parts[0], "单元"):
		stair = parts[0]
	case len(parts) == 2:
		building = parts[0]
	}
	return building, stair, room
}
