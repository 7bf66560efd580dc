package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// matterRequest is a matter as its form and its JSON body carry it.
type matterRequest struct {
	Kind       string     `json:"kind" form:"kind" binding:"required"`
	Item       numeral    `json:"item" form:"item"`
	Title      string     `json:"title" form:"title" binding:"required,max=100"`
	Text       string     `json:"text" form:"text" binding:"required,max=20000"`
	Options    lines      `json:"options" form:"options" binding:"max=10000"`
	Method     string     `json:"method" form:"method"` // read for election and selection only
	Seats      numeral    `json:"seats" form:"seats"`
	MaxChoices numeral    `json:"max_choices" form:"max_choices"`
	Alternates numeral    `json:"alternates" form:"alternates"`
	Sitting    numeral    `json:"sitting" form:"sitting"`
	Forming    flag       `json:"forming" form:"forming"` // read with sitting only
	MinMembers numeral    `json:"min_members" form:"min_members"`
	SeatGroups seatGroups `json:"seat_groups" form:"seat_groups" binding:"max=10000"`
	TieWay     string     `json:"tie_way" form:"tie_way"` // read for election and selection only
	FirmAct    string     `json:"firm_act" form:"firm_act"`
	LinkedTo   numeral    `json:"linked_to" form:"linked_to"`
	LinkedWhen string     `json:"linked_when" form:"linked_when"` // read with linked_to only
	PollShare  string     `json:"poll_share" form:"poll_share" binding:"max=20"`
	PollStrict flag       `json:"poll_strict" form:"poll_strict"` // the poll_ fields are read for a consult poll only
	PollOfAll  flag       `json:"poll_of_all" form:"poll_of_all"`
	PollBy     string     `json:"poll_by" form:"poll_by"`       // heads_and_area, heads, area
	PollScale  string     `json:"poll_scale" form:"poll_scale"` // empty, three, five: see [web.Scale]
	PollAbout  string     `json:"poll_about" form:"poll_about"`
	Scope      lines      `json:"scope" form:"scope" binding:"max=10000"`
}

// seatGroups holds one group a line: name, seats, candidates and, where there are any, alternates, such as
// 3号楼：2：候选人甲、候选人乙：1. JSON: an array of groups, kept as the JSON that was sent.
type seatGroups string

// UnmarshalJSON takes an array of groups, or the form's lines.
func (g *seatGroups) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("[")) {
		*g = seatGroups(data)
		return nil
	}
	return unmarshalText(data, (*string)(g))
}

// groups refuses with seat_group_invalid what it cannot read.
func (r *reader) groups(field string, typed seatGroups) []voting.SeatGroup {
	var list []voting.SeatGroup
	if strings.HasPrefix(string(typed), "[") {
		decoder := json.NewDecoder(strings.NewReader(string(typed)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&list); err != nil {
			r.refuse("seat_group_invalid", field)
			return nil
		}
		return list
	}
	for _, line := range lines(typed).list() {
		group, ok := parseGroup(line)
		if !ok {
			r.refuse("seat_group_invalid", field)
			return nil
		}
		list = append(list, group)
	}
	return list
}

// noCandidates is what the form says of a group in which nobody stands.
const noCandidates = "无"

// parseGroup reads one line; colons and commas may be Chinese or Western.
func parseGroup(line string) (voting.SeatGroup, bool) {
	parts := strings.Split(strings.ReplaceAll(line, ":", "："), "：")
	if len(parts) < 3 || len(parts) > 4 {
		return voting.SeatGroup{}, false
	}
	var r reader
	group := voting.SeatGroup{Name: strings.TrimSpace(parts[0]), Seats: int(r.number("", numeral(parts[1])))}
	if len(parts) == 4 {
		group.Alternates = int(r.number("", numeral(parts[3])))
	}
	if strings.TrimSpace(parts[2]) == noCandidates {
		parts[2] = ""
	} else if strings.Trim(parts[2], " 、，,") == "" {
		return voting.SeatGroup{}, false
	}
	for _, name := range strings.FieldsFunc(parts[2], func(c rune) bool { return strings.ContainsRune("、，,", c) }) {
		if name = strings.TrimSpace(name); name != "" {
			group.Options = append(group.Options, name)
		}
	}
	return group, r.err() == nil && group.Name != "" && group.Seats > 0
}

// typedGroups writes groups as the form does.
func typedGroups(groups []voting.SeatGroup) seatGroups {
	list := make([]string, len(groups))
	for i, group := range groups {
		list[i] = group.Name + "：" + strconv.Itoa(group.Seats) + "：" + cmp.Or(strings.Join(group.Options, "、"), noCandidates)
		if group.Alternates > 0 {
			list[i] += "：" + strconv.Itoa(group.Alternates)
		}
	}
	return seatGroups(strings.Join(list, "\n"))
}

// matterRequestOf is a matter as its form carries it. With seat groups the candidates and the numbers stand
// there alone.
func matterRequestOf(matter models.Matter) matterRequest {
	m := matter.Rule
	in := matterRequest{Kind: string(m.Kind), Item: typedNumber(m.Item), Title: matter.Title, Text: matter.Body,
		Options: lines(strings.Join(m.Options, "\n")), Method: string(m.Method), Seats: typedNumber(m.Seats),
		MaxChoices: typedNumber(m.MaxChoices), Alternates: typedNumber(m.Alternates), Sitting: typedNumber(m.Sitting),
		MinMembers: typedNumber(m.MinMembers), SeatGroups: typedGroups(m.SeatGroups), TieWay: string(m.TieWay), FirmAct: string(m.FirmAct),
		LinkedTo: typedNumber(m.LinkedTo), LinkedWhen: string(m.LinkedWhen), Scope: lines(strings.Join(m.Scope, "\n"))}
	if m.Sitting > 0 {
		in.Forming = answerOf(m.Forming)
	}
	if m.Graded() {
		in.Options, in.Method = "", ""
	}
	if len(m.SeatGroups) > 0 {
		in.Options, in.Seats, in.Alternates = "", "", ""
	}
	if m.Poll != nil {
		t := m.Poll.Threshold
		in.PollShare = strconv.FormatInt(t.Num, 10) + "/" + strconv.FormatInt(t.Den, 10)
		in.PollAbout, in.PollScale = string(m.Poll.About), web.ScaleOf(m.Options)
		in.PollStrict, in.PollOfAll, in.PollBy = answerOf(t.Strict), answerOf(m.Poll.OfAll), typedDimensions(m.Poll.Dimensions)
	}
	return in
}

// typedNumber leaves a field empty where nothing was typed.
func typedNumber(n int) numeral {
	if n == 0 {
		return ""
	}
	return numeral(strconv.Itoa(n))
}

// The measures of a poll as the form names them.
const (
	pollByBoth  = "heads_and_area"
	pollByHeads = "heads"
	pollByArea  = "area"
)

func typedDimensions(list []voting.Dimension) string {
	switch {
	case len(list) > 1:
		return pollByBoth
	case list[0] == voting.ByHeads:
		return pollByHeads
	}
	return pollByArea
}

// poll is the announced yardstick of an opinion poll. What is left empty is half or more (半数以上) of those who took
// part, by heads and by area. It binds nobody and cites no law.
func (r *reader) poll(in matterRequest) *voting.Poll {
	poll := voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2, Strict: r.yes("poll_strict", in.PollStrict)},
		OfAll: r.yes("poll_of_all", in.PollOfAll), About: voting.Subject(in.PollAbout)}
	if share := strings.TrimSpace(in.PollShare); share != "" {
		part, whole, _ := strings.Cut(strings.ReplaceAll(share, "／", "/"), "/")
		num, wrong := strconv.ParseInt(strings.TrimSpace(part), 10, 32)
		den, wrongToo := strconv.ParseInt(strings.TrimSpace(whole), 10, 32)
		if wrong != nil || wrongToo != nil || num < 1 || den > 100 || num > den {
			r.refuse("share_invalid", "poll_share")
		}
		poll.Threshold.Num, poll.Threshold.Den = num, den
	}
	if poll.Threshold.Strict && poll.Threshold.Num == poll.Threshold.Den { // more than everybody
		r.refuse("share_invalid", "poll_share")
	}
	switch in.PollBy {
	case "", pollByBoth:
		poll.Dimensions = voting.Dimensions
	case pollByHeads:
		poll.Dimensions = []voting.Dimension{voting.ByHeads}
	case pollByArea:
		poll.Dimensions = []voting.Dimension{voting.ByArea}
	default:
		r.refuse("bad_value", "poll_by")
	}
	return &poll
}

// scale gives a poll its grades. Satisfaction is always told on a scale: the short one where none was chosen.
func (r *reader) scale(in matterRequest, rule *voting.Matter) {
	rule.Options, rule.Method = nil, ""
	if in.PollScale == "" && rule.Poll.About == "" {
		return
	}
	scale, known := web.ScaleNamed(cmp.Or(in.PollScale, web.ShortScale))
	if !known {
		r.refuse("bad_value", "poll_scale")
		return
	}
	rule.Options, rule.Method, rule.Poll.Favour = scale.Grades, voting.Pick, scale.Favour
}

// matter reads the request. The form sends the fields of every kind; those that a kind has by default are read
// for that kind only.
func (in matterRequest) matter() (models.Matter, error) {
	var r reader
	rule := voting.Matter{Kind: voting.Kind(in.Kind), Item: int(r.number("item", in.Item)), Method: voting.Method(in.Method), Options: in.Options.list(),
		Seats: int(r.number("seats", in.Seats)), MaxChoices: int(r.number("max_choices", in.MaxChoices)),
		Alternates: int(r.number("alternates", in.Alternates)), Sitting: int(r.number("sitting", in.Sitting)),
		MinMembers: int(r.number("min_members", in.MinMembers)), SeatGroups: r.groups("seat_groups", in.SeatGroups),
		TieWay: voting.TieWay(in.TieWay), FirmAct: voting.FirmAct(in.FirmAct), LinkedTo: int(r.number("linked_to", in.LinkedTo)), Scope: in.Scope.list()}
	rule.Forming = r.yes("forming", in.Forming) && rule.Sitting > 0
	if rule.LinkedTo > 0 {
		rule.LinkedWhen = voting.Condition(in.LinkedWhen)
	}
	switch rule.Kind {
	case voting.Consult:
		rule.TieWay, rule.Poll = "", r.poll(in)
		r.scale(in, &rule)
	case voting.Motion:
		rule.Method, rule.TieWay = "", ""
	}
	sumGroups(&rule)
	return models.Matter{Title: in.Title, Body: in.Text, Rule: rule}, r.err()
}

// sumGroups takes candidates, seats and alternates from the groups where they were not typed a second time.
func sumGroups(rule *voting.Matter) {
	named := len(rule.Options) > 0
	var seats, alternates int
	for _, group := range rule.SeatGroups {
		if !named {
			rule.Options = append(rule.Options, group.Options...)
		}
		seats, alternates = seats+group.Seats, alternates+group.Alternates
	}
	if rule.Seats == 0 {
		rule.Seats = seats
	}
	if rule.Alternates == 0 {
		rule.Alternates = alternates
	}
}
