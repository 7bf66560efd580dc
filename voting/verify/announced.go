package verify

import "slices"

// announced is what the notice fixed.
type announced struct {
	meeting, title string
	opens, closes  int64 // Unix ms
	policies       policies
	rules          hash
	rosterID       string
	rosterRoot     hash
	units          int64
	total          weight
	matters        []matter
	platform       string // a city's, whose result is imported; empty for none
	conflict       string // what counts of a head that answered there and here
	witnesses      []string
	seal           seal
	logged         []string // acts that the log tells of, or that did not happen
}

// policies are the announced parameters of the count; a word that is left out is its default.
type policies struct {
	silence      string
	firstMeeting bool
	interim      bool   // the interim covenant carries the silence rule of a first meeting
	voids        string // "in", "out", or "" where nobody announced it
	follow       bool   // 从众 is on the ballot
	blankVoid    bool
	rank         string
	runOff       bool
	overHalf     bool // a committee of more than half its seats stands
}

// matter is one question with its rule. raw is the rule's text, which the result repeats.
type matter struct {
	id, title string
	position  int64
	raw       []byte

	kind, method string
	item         int64
	options      []string
	seats        int64
	maxChoices   int64
	alternates   int64
	sitting      int64
	minMembers   int64
	poll         *poll
	scope        []string
	groups       []group
	tieWay       string
	linkedTo     int64
	linkedWhen   string
}

// poll is the announced yardstick of a consult poll.
type poll struct {
	bar      bar
	ofAll    bool
	measures []string
	favour   int64 // of a scale: so many grades from the first agree
}

// group is a part of the seats of an election.
type group struct {
	name       string
	seats      int64
	options    []string
	alternates int64
	maxChoices int64
}

// The kinds of matter and the ways to mark.
const (
	motion    = "motion"
	election  = "election"
	selection = "selection"
	consult   = "consult"

	pick = "pick"
	each = "approval_each"
)

func readAnnounced(text []byte) (announced, error) {
	r := open(text)
	if r.text("format") != "gongjue.notice/v1" {
		r.fail("format")
	}
	a := announced{meeting: r.text("meeting"), title: r.text("title"), opens: r.number("opens_at"), closes: r.number("closes_at"),
		policies: readPolicies(r), rules: r.hash("rules_sha256")}
	list := open(r.raw("roster"))
	a.rosterID, a.rosterRoot, a.units = list.text("id"), list.hash("root"), list.number("units")
	a.total = weight{list.number("heads"), list.number("area_cm2")}
	r.take("roster", list)
	for _, m := range r.objects("matters") {
		a.matters = append(a.matters, readMatter(m))
		r.take("matters", m)
	}
	for _, file := range r.objects("files") {
		file.text("name")
		file.text("sha256")
		r.take("files", file)
	}
	for _, known := range []string{"kind", "convener_kind", "convener_name", "contact", "place", "delivery_times", "run_off_of"} {
		r.text(known)
	}
	r.optional("repeats")
	if a.platform = r.optional("platform"); a.platform != "" {
		a.conflict = r.word("channel_conflict", firstValid, electronicWins, paperWins, identicalElseVoid)
	}
	a.witnesses = r.texts("witnesses")
	a.seal = readSeal(r)
	for _, act := range r.texts("logged") {
		if !slices.Contains([]string{unsealAct, waiveAct, objectionAct, sampleAct}, act) {
			r.fail("logged")
		}
		a.logged = append(a.logged, act)
	}
	r.number("objection_days")
	r.raw("silence_rule")
	return a, r.close()
}

func readPolicies(r *record) policies {
	p := open(r.raw("policies"))
	found := policies{silence: p.word("silence", "", notParticipating, abstain, joinMajority, joinIfOverHalf),
		firstMeeting: p.flag("first_meeting"), interim: p.has("interim_covenant") && p.flag("interim_covenant"), follow: p.flag("follow_majority"), blankVoid: p.word("blank", "", "abstain", "void") == "void",
		rank: p.word("rank", "", headsThenArea, areaThenHeads, sumOfShares), runOff: p.flag("run_off"),
		overHalf: p.word("shortfall", "", "further_vote", "over_half_stands") == "over_half_stands"}
	switch string(p.raw("void_participates")) {
	case "true":
		found.voids = "in"
	case "false":
		found.voids = "out"
	case "null":
	default:
		p.fail("void_participates")
	}
	r.take("policies", p)
	return found
}

func readMatter(r *record) matter {
	m := matter{id: r.text("id"), title: r.text("title"), position: r.number("position"), raw: r.raw("rule")}
	r.text("text")
	rule := open(m.raw)
	m.kind, m.item = rule.word("kind", motion, election, selection, consult), rule.count("item")
	m.options, m.scope = rule.texts("options"), rule.texts("scope")
	m.seats, m.maxChoices, m.alternates = rule.count("seats"), rule.count("max_choices"), rule.count("alternates")
	m.sitting, m.minMembers, m.linkedTo = rule.count("sitting"), rule.count("min_members"), rule.count("linked_to")
	if m.kind == election || m.kind == selection || m.graded() {
		m.method = rule.word("method", pick, each)
	}
	m.tieWay = rule.perhaps("tie_way", "revote", "lot")
	m.linkedWhen = rule.perhaps("linked_when", "passed", "rejected")
	if rule.has("forming") { // in words only: it changes no figure
		rule.flag("forming")
	}
	rule.perhaps("firm_act", "renew", "dismiss", "tender")
	if raw := rule.maybe("poll"); raw != nil {
		m.poll = readPoll(rule, raw)
	}
	for _, g := range rule.objects("seat_groups") {
		m.groups = append(m.groups, group{name: g.text("name"), seats: g.number("seats"), options: g.texts("options"),
			alternates: g.count("alternates"), maxChoices: g.count("max_choices")})
		rule.take("seat_groups", g)
	}
	r.take("rule", rule)
	return m
}

// perhaps reads a word of a list that may be left out.
func (r *record) perhaps(key string, list ...string) string {
	if !r.has(key) {
		return ""
	}
	return r.word(key, list...)
}

// has tells whether a member that may be left out is there.
func (r *record) has(key string) bool {
	return slices.ContainsFunc(r.members, func(m member) bool { return string(m.key) == key })
}

func readPoll(rule *record, raw []byte) *poll {
	r := open(raw)
	p := &poll{ofAll: r.flag("of_all"), measures: r.texts("dimensions")}
	p.bar = readBar(r, "threshold")
	p.favour = r.count("favour")
	r.perhaps("about", "firm", "committee", "street") // in words only
	rule.take("poll", r)
	return p
}

func readBar(r *record, key string) bar {
	t := open(r.raw(key))
	found := bar{t.number("num"), t.number("den"), t.flag("strict")}
	r.take(key, t)
	return found
}
