package roster

import (
	"slices"
	"strconv"

	"gongjue/voting"
)

// Account explains the number of heads: every unit stands in it once, so that units minus what each line
// saves is the number of heads. Owners are named in clear, numbers not at all.
type Account struct {
	Totals     Totals      `json:"totals"`
	Single     int         `json:"single"`    // heads of one unit
	Merges     []HeadMerge `json:"merges"`    // heads of several units
	Developer  *HeadMerge  `json:"developer"` // nil where the developer holds nothing
	NoHead     []NoHead    `json:"no_head"`   // holders without a head
	Splits     []HeadMerge `json:"splits"`    // heads that a person took apart
	Namesakes  []Namesake  `json:"namesakes"` // who may be one person, and is counted as several
	Unsold     int         `json:"unsold"`
	Unfinished int         `json:"undelivered"` // sold, not delivered
	Sentences  []string    `json:"sentences"`
}

// HeadMerge is one head of several units.
type HeadMerge struct {
	Key      string      `json:"key"` // of the voter
	Owners   []string    `json:"owners"`
	Units    []string    `json:"units"` // places
	Area     voting.Area `json:"area_cm2"`
	Evidence Evidence    `json:"evidence"`
	Why      string      `json:"why"`
	Saved    int         `json:"saved"` // units minus the one head
}

// NoHead is a holder whose units count for no head: parking spaces where the rules leave them out.
type NoHead struct {
	Owners []string `json:"owners"`
	Units  []string `json:"units"`
}

// Evidence says by what units were taken for those of the same owners.
type Evidence string

// The kinds of evidence, the strongest first.
const (
	EvidenceID        Evidence = "same_id"         // every owner's number agrees
	EvidencePhone     Evidence = "same_name_phone" // somebody has no number; name and phone agree
	EvidenceDecision  Evidence = "decision"        // a person decided
	EvidenceDeveloper Evidence = "developer"       // 解释第9条
)

// Evidences lists them.
var Evidences = []Evidence{EvidenceID, EvidencePhone, EvidenceDecision, EvidenceDeveloper}

var evidenceNames = map[Evidence]string{
	EvidenceID: "业主完全相同（证件号码一致），计一人。", EvidencePhone: "没有证件号码，姓名和电话一致，计一人，请核对。",
	EvidenceDecision: "由人核对后合并，计一人。", EvidenceDeveloper: "建设单位尚未出售和尚未交付的专有部分，合计一人（司法解释第九条）。",
}

// Namesake is a name that stands on several heads without a number that would tell its bearers apart.
type Namesake struct {
	Name  string   `json:"name"`
	Units []string `json:"units"` // one place of each head
}

// Explain accounts for the heads of a version.
func (v Version) Explain() Account {
	a := Account{Merges: []HeadMerge{}, NoHead: []NoHead{}, Splits: []HeadMerge{}, Namesakes: []Namesake{}}
	holders := v.holders()
	a.Totals = v.Totals()
	byRule := group(v.Units)
	heads := headsOfGroup(holders, byRule)
	for _, holder := range holders {
		line := v.line(holder, byRule)
		switch {
		case holder.Weight.Heads == 0:
			a.NoHead = append(a.NoHead, NoHead{line.Owners, line.Units})
		case holder.Developer:
			a.Developer = &line
		case len(line.Units) > 1:
			a.Merges = append(a.Merges, line)
		default:
			a.Single++
		}
		if first := byRule.of[holder.UnitIndexes[0]]; heads[first] > 1 && line.Evidence != EvidenceDecision {
			a.Splits = append(a.Splits, line)
		}
	}
	for i := range v.Units {
		switch u := &v.Units[i]; {
		case u.DeveloperHeld:
			a.Unsold++
		case !u.Delivered:
			a.Unfinished++
		}
	}
	a.Namesakes = append(a.Namesakes, v.namesakes(holders)...)
	a.Sentences = a.sentences()
	return a
}

// headsOfGroup counts the holders into which people took each group of the rule apart.
func headsOfGroup(holders []Voter, byRule grouping) map[int]int {
	heads := map[int]int{}
	for _, holder := range holders {
		seen := map[int]bool{}
		for _, index := range holder.UnitIndexes {
			if of := byRule.of[index]; !seen[of] {
				seen[of] = true
				heads[of]++
			}
		}
	}
	return heads
}

// line is a holder in one line of the account.
func (v Version) line(holder Voter, byRule grouping) HeadMerge {
	line := HeadMerge{Key: holder.Key, Area: holder.Weight.Area, Evidence: EvidenceID, Saved: len(holder.UnitIndexes) - 1}
	rules := map[int]bool{}
	for _, index := range holder.UnitIndexes {
		u := &v.Units[index]
		rules[byRule.of[index]] = true
		line.Units = append(line.Units, u.Place())
		for _, o := range u.Owners {
			if !slices.Contains(line.Owners, o.Name) && (!holder.Developer || u.DeveloperHeld) {
				line.Owners = append(line.Owners, o.Name)
			}
			if o.IDNumber == "" {
				line.Evidence = EvidencePhone
			}
		}
	}
	switch {
	case holder.Developer:
		line.Evidence = EvidenceDeveloper
	case len(rules) > 1:
		line.Evidence = EvidenceDecision
	}
	line.Why = evidenceNames[line.Evidence]
	return line
}

// namesakes are the names that stand on several heads, at least once without a number.
func (v Version) namesakes(holders []Voter) []Namesake {
	type use struct {
		name    string
		places  []string
		unknown bool
	}
	uses := map[string]*use{}
	var order []*use
	for _, holder := range holders {
		seen := map[string]bool{}
		for _, index := range holder.UnitIndexes {
			for _, o := range v.Units[index].Owners {
				name := sameName(o.Name)
				if holder.Developer || holder.Weight.Heads == 0 {
					continue
				}
				u := uses[name]
				if u == nil {
					u = &use{name: o.Name}
					uses[name] = u
					order = append(order, u)
				}
				u.unknown = u.unknown || o.IDNumber == ""
				if !seen[name] {
					seen[name] = true
					u.places = append(u.places, holder.Key)
				}
			}
		}
	}
	var list []Namesake
	for _, u := range order {
		if u.unknown && len(u.places) > 1 {
			list = append(list, Namesake{u.name, u.places})
		}
	}
	return list
}

// sentences print the sum from units down to heads.
func (a Account) sentences() []string {
	count := strconv.Itoa
	list := []string{"名册共有 " + count(a.Totals.Units) + " 个专有部分，原则上一个专有部分计一人。"}
	saved, joined := 0, 0
	for _, m := range a.Merges {
		saved += m.Saved
		joined += len(m.Units)
	}
	if len(a.Merges) > 0 {
		list = append(list, count(len(a.Merges))+" 位投票权人各有几个专有部分（共 "+count(joined)+" 个），每位只计一人，少计 "+count(saved)+" 人。")
	}
	if a.Developer != nil {
		list = append(list, "建设单位未售 "+count(a.Unsold)+" 个、已售未交付 "+count(a.Unfinished)+" 个，合计一人，少计 "+count(a.Developer.Saved)+" 人。")
	}
	if len(a.NoHead) > 0 {
		units := 0
		for _, n := range a.NoHead {
			units += len(n.Units)
		}
		list = append(list, count(units)+" 个专有部分按议事规则不计人数，少计 "+count(units)+" 人。")
	}
	return append(list, "合计投票权 "+strconv.FormatInt(a.Totals.Heads, 10)+" 人，面积 "+a.Totals.Area.String()+" 平方米。")
}
