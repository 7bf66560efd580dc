package roster

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"gongjue/voting"
)

// Ruling is what people decided about one unit after an earlier file: an objection that was upheld, an amendment, a
// cell that was mended. A later file does not undo it without a word of its own, see [Follow]. Owners are personal data.
type Ruling struct {
	ID     string       `json:"id"`
	From   RulingSource `json:"from"`
	Number int64        `json:"number,omitempty"` // of the objection or the amendment
	Place  string       `json:"place"`
	What   ChangeKind   `json:"what"` // ChangedArea, ChangedSource, ChangedUsage, ChangedOwners, ChangedPhones, RuledIn, RuledOut
	Unit   Ruled        `json:"unit"`
	By     string       `json:"by,omitempty"`
	Why    string       `json:"why,omitempty"`
	At     int64        `json:"at"` // Unix ms
}

// The two rulings on a unit as a whole.
const (
	RuledIn  ChangeKind = "unit"     // it belongs into the roster
	RuledOut ChangeKind = "unit_out" // its row is no unit
)

// RulingSource says where people decided.
type RulingSource string

// The sources.
const (
	ByObjection  RulingSource = "objection"  // upheld while the roster was on display
	ByAmendment  RulingSource = "amendment"  // of a frozen roster
	ByCorrection RulingSource = "correction" // of an earlier file on the desk
)

// RulingSources lists them.
var RulingSources = []RulingSource{ByObjection, ByAmendment, ByCorrection}

// Ruled is a unit as it was decided. Of a ruling on a part only that part holds; of one on phones, the people whose
// phones were decided.
type Ruled struct {
	Building  string      `json:"building,omitempty"`
	Stair     string      `json:"stair,omitempty"`
	Room      string      `json:"room,omitempty"`
	Usage     string      `json:"usage,omitempty"`
	Area      voting.Area `json:"area_cm2,omitempty"`
	Source    AreaSource  `json:"area_source,omitempty"`
	Developer bool        `json:"developer,omitempty"`
	Owners    []Owner     `json:"owners,omitempty"`
}

// Settlement is a person's word on a ruling that a file does not follow. It holds as long as the file says the same: Key
// names both.
type Settlement struct {
	Key  string      `json:"key"`
	Do   SettleRuled `json:"do"`
	By   string      `json:"by"`
	Why  string      `json:"why"`
	At   int64       `json:"at"` // Unix ms
	Unit string      `json:"unit"`
}

// SettleRuled says which of the two holds.
type SettleRuled string

// The ways.
const (
	TakeRuling SettleRuled = "take" // as it was decided
	KeepFile   SettleRuled = "keep" // as the file has it: it is newer than the decision
)

// Undone is a ruling that a file does not follow, in words; people are masked.
type Undone struct {
	From    RulingSource `json:"from"`
	Number  int64        `json:"number,omitempty"`
	Place   string       `json:"place"`
	What    ChangeKind   `json:"what"`
	Name    string       `json:"name"`  // 面积, 业主, …
	Ruled   string       `json:"ruled"` // as it was decided
	File    string       `json:"file"`  // as the file has it
	Why     string       `json:"why,omitempty"`
	By      string       `json:"by,omitempty"`
	At      int64        `json:"at"`
	Sheet   string       `json:"sheet,omitempty"`
	Row     int          `json:"row,omitempty"`
	Key     string       `json:"key"`
	CanTake bool         `json:"can_take"` // false: what is known of the unit does not fill a row
	Settled *Settlement  `json:"settled,omitempty"`
	ruling  Ruling
	fileKey string
}

// RulingReview is how far a file follows what was decided.
type RulingReview struct {
	Open    []Undone `json:"open"`
	Settled []Undone `json:"settled"`
}

var ruledNames = map[ChangeKind]string{ChangedArea: "面积", ChangedSource: "面积来源", ChangedUsage: "用途", ChangedOwners: "业主",
	ChangedPhones: "电话", RuledIn: "专有部分", RuledOut: "专有部分"}

// Latest keeps of the rulings on each part of a unit the last; they have to come in the order of their time. A unit that
// was ruled in is not ruled out any more, and the other way round.
func Latest(rulings []Ruling) []Ruling {
	type part struct {
		place string
		what  ChangeKind
	}
	partOf := func(r Ruling) part {
		if r.What == RuledOut {
			return part{r.Place, RuledIn}
		}
		return part{r.Place, r.What}
	}
	last := map[part]int{}
	for i, r := range rulings {
		last[partOf(r)] = i
	}
	var kept []Ruling
	for i, r := range rulings {
		if last[partOf(r)] == i {
			kept = append(kept, r)
		}
	}
	return kept
}

// Follow holds a file against what was decided, and gives the file with the rulings that somebody took over laid over
// it. The roster that comes in stays as it is. secret keeps the keys from telling a phone.
func Follow(r Roster, rulings []Ruling, settled []Settlement, secret []byte) (Roster, RulingReview) {
	var review RulingReview
	if len(rulings) == 0 {
		return r, review
	}
	words := map[string]Settlement{}
	for _, s := range settled {
		words[s.Key] = s
	}
	f := newFollower(r)
	latest := Latest(rulings)
	slices.SortStableFunc(latest, func(a, b Ruling) int { return a.rank() - b.rank() })
	said := map[string]bool{} // a unit that the file lacks is asked about once
	for _, ruling := range latest {
		undone, found := f.undone(ruling, secret)
		if !found || said[undone.Key] {
			continue
		}
		said[undone.Key] = true
		word, spoken := words[undone.Key]
		if !spoken || word.Do == TakeRuling && !undone.CanTake {
			review.Open = append(review.Open, undone)
			continue
		}
		undone.Settled = &word
		review.Settled = append(review.Settled, undone)
		if word.Do == TakeRuling {
			f.take(undone)
		}
	}
	return f.roster, review
}

// rank puts rulings on whole units first: what was decided of a part of one is compared with the unit as it then is.
func (r Ruling) rank() int {
	if r.What == RuledIn || r.What == RuledOut {
		return 0
	}
	return 1
}

// Settle is a person's word on the open rulings with these keys: none where do is neither of the two. Those that cannot be
// taken over are left out of a word that takes.
func (v RulingReview) Settle(keys []string, do SettleRuled, by, why string, at int64) []Settlement {
	var list []Settlement
	for _, u := range v.Open {
		if slices.Contains(keys, u.Key) && (do == KeepFile || do == TakeRuling && u.CanTake) {
			list = append(list, Settlement{Key: u.Key, Do: do, By: by, Why: why, At: at, Unit: u.Place})
		}
	}
	return list
}

// keyOf names a ruling and what the file says instead.
func (u *Undone) keyOf(secret []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("gongjue.ruling/v1\n" + strings.Join([]string{u.ruling.ID, u.Place, string(u.What), u.fileKey}, "\x00")))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}
