package verify_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/calendar"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// drawTown is a small random meeting with all its paper; few voters and small areas make ties and exact boundaries
// common. In every other one nearly everybody votes and the homes are alike, so that much passes and much is tied.
func drawTown(t *rapid.T) *town {
	w := &town{opens: calendar.Date(2026, 5, 1), sheets: map[string]voting.Handling{}, certified: rapid.Bool().Draw(t, "certified"),
		tier: rapid.SampledFrom(bundle.Tiers).Draw(t, "tier")}
	if rapid.IntRange(0, 4).Draw(t, "older law") == 0 {
		w.opens = calendar.Date(2020, 5, 1)
	}
	w.pack = packAt(t, w.opens)
	w.policies = voting.Policies{
		Silence:        rapid.SampledFrom(voting.Silences).Draw(t, "silence"),
		FirstMeeting:   rapid.IntRange(0, 9).Draw(t, "first") == 0,
		FollowMajority: rapid.Bool().Draw(t, "follow"),
		Blank:          rapid.SampledFrom(voting.Blanks).Draw(t, "blank"),
		Rank:           rapid.SampledFrom(voting.Ranks).Draw(t, "rank"),
		RunOff:         rapid.Bool().Draw(t, "run-off"),
		Shortfall:      rapid.SampledFrom(voting.Shortfalls).Draw(t, "shortfall"),
	}
	if w.policies.FirstMeeting && w.opens > calendar.Date(2021, 1, 29) && rapid.Bool().Draw(t, "covenant") {
		w.inLiaocheng(t)
	}
	if rapid.IntRange(0, 2).Draw(t, "void announced") > 0 {
		inside := rapid.Bool().Draw(t, "void inside")
		w.policies.VoidParticipates = &inside
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "matters") {
		w.matters = append(w.matters, drawMatter(t, w, i))
	}
	alike := rapid.Bool().Draw(t, "alike")
	drawHomes(t, w, alike)
	for _, voter := range w.voters() {
		drawVote(t, w, voter, alike)
	}
	w.ballots = rapid.Permutation(w.ballots).Draw(t, "order")
	drawCity(t, w)
	if rapid.IntRange(0, 3).Draw(t, "lot") > 0 {
		w.number = rapid.StringMatching(`[0-9]{4,20}`).Draw(t, "number")
	}
	return w
}

func drawMatter(t *rapid.T, w *town, position int) voting.Matter {
	m := voting.Matter{Kind: rapid.SampledFrom(voting.Kinds).Draw(t, "kind")}
	if rapid.Bool().Draw(t, "scoped") {
		m.Scope = []string{"1"}
	}
	switch m.Kind {
	case voting.Motion:
		m.Item = rapid.IntRange(1, w.pack.Law().Items).Draw(t, "item")
		if m.Item == voting.FirmItem {
			m.FirmAct = rapid.SampledFrom(voting.FirmActs).Draw(t, "act")
		}
	case voting.Consult:
		den := rapid.Int64Range(1, 4).Draw(t, "den")
		m.Poll = &voting.Poll{
			Threshold:  voting.Threshold{Num: rapid.Int64Range(1, den).Draw(t, "num"), Den: den, Strict: rapid.Bool().Draw(t, "strict")},
			OfAll:      rapid.Bool().Draw(t, "of all"),
			Dimensions: rapid.SampledFrom([][]voting.Dimension{{"heads"}, {"area"}, {"area", "heads"}}).Draw(t, "dimensions"),
			About:      rapid.SampledFrom(append([]voting.Subject{""}, voting.Subjects...)).Draw(t, "about"),
		}
		if grades := rapid.IntRange(1, 4).Draw(t, "grades"); grades > 1 {
			m.Method, m.Options = voting.Pick, []string{"很好", "好", "一般", "差"}[:grades]
			m.Poll.Favour = rapid.IntRange(1, grades-1).Draw(t, "favour")
		}
	case voting.Selection:
		m.Item = 4
		drawOptions(t, &m)
	case voting.Election:
		m.Item = 3
		drawOptions(t, &m)
		drawSeats(t, &m)
	}
	if position > 0 && rapid.Bool().Draw(t, "linked") {
		if on := rapid.IntRange(1, position).Draw(t, "on"); w.matters[on-1].Kind != voting.Consult {
			m.LinkedTo, m.LinkedWhen = on, rapid.SampledFrom(voting.Conditions).Draw(t, "when")
		}
	}
	return m
}

func drawOptions(t *rapid.T, m *voting.Matter) {
	m.Method = rapid.SampledFrom(voting.Methods).Draw(t, "method")
	m.Options = []string{"甲", "乙", "丙", "丁 & \"<戊>\""}[:rapid.IntRange(1, 4).Draw(t, "options")]
	m.TieWay = rapid.SampledFrom(voting.TieWays).Draw(t, "tie")
}

func drawSeats(t *rapid.T, m *voting.Matter) {
	m.Seats = rapid.IntRange(1, 3).Draw(t, "seats")
	m.Alternates = rapid.IntRange(0, 2).Draw(t, "alternates")
	m.Sitting = rapid.IntRange(0, 3).Draw(t, "sitting")
	m.Forming = m.Sitting > 0 && rapid.Bool().Draw(t, "forming")
	m.MinMembers = rapid.IntRange(0, 3).Draw(t, "smallest")
	if len(m.Options) > 1 && m.Seats > 1 && rapid.Bool().Draw(t, "grouped") {
		m.SeatGroups = []voting.SeatGroup{
			{Name: "东", Seats: 1, Options: slices.Clone(m.Options[len(m.Options)-1:])},
			{Name: "西", Seats: m.Seats - 1, Alternates: m.Alternates, Options: slices.Clone(m.Options[:len(m.Options)-1])},
		}
		if m.Method == voting.Pick {
			m.SeatGroups[1].MaxChoices = rapid.IntRange(0, 2).Draw(t, "most of a group")
		}
		slices.Reverse(m.SeatGroups[1].Options)
		if rapid.IntRange(0, 3).Draw(t, "vacant") == 0 { // a reserved seat that nobody stands for
			m.Seats++
			m.SeatGroups = append(m.SeatGroups, voting.SeatGroup{Name: "北", Seats: 1})
		}
	} else if m.Method == voting.Pick {
		m.MaxChoices = rapid.IntRange(0, 4).Draw(t, "most")
	}
}

// drawHomes gives out a few homes among a few voters; building 1 always has one that counts.
func drawHomes(t *rapid.T, w *town, alike bool) {
	n := rapid.IntRange(1, 14).Draw(t, "homes")
	for i := range n {
		h := home{voter: fmt.Sprintf("voter-%d", rapid.IntRange(0, n-1).Draw(t, "voter")), area: voting.Area(rapid.Int64Range(1, 4).Draw(t, "area")),
			place:      fmt.Sprintf("%s/%d", rapid.SampledFrom([]string{"1/1", "1/2", "11/1", "2/1"}).Draw(t, "place"), i),
			countsArea: rapid.IntRange(0, 7).Draw(t, "area counts") > 0, countsHeads: rapid.IntRange(0, 7).Draw(t, "head counts") > 0}
		if alike {
			h.voter, h.area, h.place = fmt.Sprintf("voter-%d", i), 1, fmt.Sprintf("1/1/%d", i)
		}
		if i == 0 {
			h.place, h.countsArea, h.countsHeads = "1/1/101", true, true
		}
		w.homes = append(w.homes, h)
	}
}

// drawVote lets a voter answer every matter on which they have a weight, online or on paper, or not at all.
func drawVote(t *rapid.T, w *town, voter voting.Voter, alike bool) {
	switch rapid.IntRange(0, 9).Draw(t, "sheet") {
	case 0:
		w.sheets[voter.ID] = voting.SheetRefused
	case 1:
		w.sheets[voter.ID] = voting.SheetUndeliverable
	case 2, 3, 4, 5:
		w.sheets[voter.ID] = voting.SheetDelivered
	}
	if stays := rapid.IntRange(0, 9).Draw(t, "votes"); stays == 0 || stays < 3 && !alike {
		return
	}
	b := drawAnswers(t, w, voter, rapid.SampledFrom(ownChannels).Draw(t, "channel"))
	if len(b.answers) > 0 {
		w.ballots = append(w.ballots, b)
		if rapid.IntRange(0, 7).Draw(t, "again") == 0 {
			b.channel = lifecycle.Online
			w.ballots = append(w.ballots, b)
		}
	}
}

// drawAnswers is a ballot on every matter on which a voter has a weight; on paper and on a platform some are void.
func drawAnswers(t *rapid.T, w *town, voter voting.Voter, channel lifecycle.Channel) ballot {
	b := ballot{voter: voter.ID, channel: channel, answers: map[string]ledger.PaperMark{}}
	for i, m := range w.matters {
		if !voter.Entitled(m.Scope) {
			continue
		}
		mark := ledger.PaperMark{Choice: drawChoice(t, m, w.policies)}
		if (channel == lifecycle.Paper || channel == lifecycle.Imported) && rapid.IntRange(0, 7).Draw(t, "void") == 0 {
			mark = ledger.PaperMark{Void: rapid.SampledFrom(ledger.VoidReasons).Draw(t, "reason")}
		}
		b.answers[w.matterID(i)] = mark
	}
	return b
}

func drawChoice(t *rapid.T, m voting.Matter, p voting.Policies) voting.Choice {
	marks := m.Marks(p)
	switch {
	case m.Method == voting.ApprovalEach:
		marked := map[string]voting.Mark{}
		for _, name := range m.Options {
			if rapid.IntRange(0, 5).Draw(t, "marked") > 0 {
				marked[name] = rapid.SampledFrom(append(marks, voting.Yes, voting.Yes)).Draw(t, name)
			}
		}
		return voting.Choice{Each: marked}
	case m.Method == voting.Pick && rapid.IntRange(0, 4).Draw(t, "names") > 0:
		return voting.Choice{Names: rapid.SliceOfN(rapid.SampledFrom(m.Options), 0, 3).Draw(t, "picked")}
	}
	return voting.Choice{Mark: rapid.SampledFrom(append(marks, "")).Draw(t, "mark")}
}
