package verify_test

import (
	"cmp"
	"fmt"
	"slices"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// log writes the leaves of the meeting with its books.
func (w *town) log(t failer, b *bundle.Bundle, groups map[string]int64) {
	t.Helper()
	d := &draft{t: t, at: w.opens, forge: w.forgeLeaf}
	total, err := ledger.CheckRoster(b.Roster)
	must(t, err)
	d.add(ledger.Open{RosterRoot: ledger.RosterRoot(b.Roster), Units: int64(len(b.Roster)), Heads: total.Heads, Area: total.Area, Rules: ledger.Sum(b.Rules),
		Agenda: ledger.Sum(b.Announced), Opens: w.opens, Closes: w.opens + 240*hour, LogKey: logKeyText(), StreetKeys: w.witnesses, Profile: ledger.ClosedBook})
	d.sign()
	amended := w.amend(d, ledger.RosterRoot(b.Roster), total)
	opened, channels := w.cast(d, groups)
	ballots := int64(0)
	for _, n := range channels {
		ballots += n
	}
	d.at = w.opens + 241*hour
	d.add(ledger.Close{Leaves: d.edge.Size, Ballots: ballots, ByChannel: channels})
	d.sign()
	if w.city != nil {
		opened = append(opened, w.city.take(d, groups)...)
		d.sign()
	}
	voted, voids := w.standing(t, groups)
	slices.SortFunc(voted, func(x, y ledger.Voted) int { return cmp.Compare(x.Slot, y.Slot) })
	var handled []ledger.Handled
	for voter, handling := range w.sheets {
		handled = append(handled, ledger.Handled{Slot: groups[voter], Result: handling})
	}
	slices.SortFunc(handled, func(x, y ledger.Handled) int { return cmp.Compare(x.Slot, y.Slot) })
	book, register := ledger.Book(opened, handled), forged(w.forgeRegister, ledger.VotedBook(voted))
	b.Standing = bundle.Standing{Meeting: meetingID, Community: "样例小区", State: lifecycle.MeetingPublished, PublishedAt: w.published, Voids: voids, Amendments: amended,
		Waiver: w.waiver}
	b.Standing.Objections = w.objections
	w.publish(d, b, ledger.Result{FullBook: ledger.Sum(book), PublicBook: ledger.Sum(register)})
	for _, entry := range w.entries {
		body, text, err := entry.Leaf()
		if err != nil {
			panic(err)
		}
		d.add(body)
		d.sign()
		b.Standing.Entries = append(b.Standing.Entries, text)
	}
	if w.certified {
		b.Standing.Certificate = &bundle.Certificate{Number: "2026-000001", CheckCode: "K7QF-2M9T-XR4D-8HVC-2", Record: ledger.Sum(nil).String()}
		d.add(ledger.Certify{Certificate: b.Standing.Certificate.Hash()})
		d.sign()
	}
	if w.tier != bundle.Public {
		b.Copy, b.Voted = d.add(ledger.Access{Tier: string(w.tier)}), register
		d.sign()
	}
	if w.tier == bundle.Tellers {
		b.Book = book
	}
	b.Leaves, b.Checkpoints = d.leaves, d.notes
}

// publish writes the result, and where a lot was drawn for its ties, the lot and the result in its order.
func (w *town) publish(d *draft, b *bundle.Bundle, leaf ledger.Result) {
	d.t.Helper()
	counted := w.result(d.t)
	text, err := counted.Encode()
	must(d.t, err)
	settled, tied := w.settled(d, counted)
	if !tied {
		text = forged(w.forgeResult, text)
	}
	b.Result, leaf.Outcome = text, ledger.Sum(text)
	if w.unseal != nil && !w.unsealLate {
		d.add(*w.unseal)
	}
	d.add(leaf)
	if w.unseal != nil && w.unsealLate {
		d.add(*w.unseal)
	}
	d.sign()
	if w.waiver != nil {
		hash, err := w.waiver.Hash()
		must(d.t, err)
		d.add(ledger.Waive{Result: leaf.Outcome, Waiver: hash})
		d.sign()
	}
	if !tied {
		return
	}
	b.Standing.Lot = []bundle.LotAnnouncement{{AnnouncedAt: d.at, AnnouncedBy: "convener", Digits: int64(len(w.number)), DueAt: d.at + hour, Manner: "摸球", Place: "一层"}}
	announcements, err := bundle.AnnouncementsHash(b.Standing.Lot)
	must(d.t, err)
	lot := ledger.Lot{Root: w.closeRoot(d), Number: w.number, Result: ledger.Sum(text), Announcements: announcements, Announced: d.at, Due: d.at + hour,
		Drawn: d.at + hour, First: "staff-1", Second: "staff-2"}
	d.at += 2 * hour
	d.add(lot)
	text, err = settled.Encode()
	must(d.t, err)
	b.Result = forged(w.forgeResult, text)
	leaf.Outcome = ledger.Sum(b.Result)
	d.add(leaf)
	d.sign()
}

func (w *town) closeRoot(d *draft) ledger.Hash {
	var hashes []ledger.Hash
	for _, leaf := range d.leaves {
		hashes = append(hashes, ledger.LeafHash(leaf))
		if _, body, err := ledger.Decode(leaf); err == nil && body.Type() == ledger.LeafClose {
			break
		}
	}
	return ledger.Root(hashes)
}

// settled is the result in the order of the lot; false where none is drawn.
func (w *town) settled(d *draft, counted bundle.Result) (bundle.Result, bool) {
	d.t.Helper()
	outcomes := make([]voting.Outcome, len(w.matters))
	for i, matter := range counted.Matters {
		outcomes[i] = matter.Outcome
	}
	awaiting, err := voting.AwaitingLot(w.matters, outcomes)
	must(d.t, err)
	if w.number == "" || !slices.Contains(awaiting, true) {
		return counted, false
	}
	counted.Matters = slices.Clone(counted.Matters)
	for i := range counted.Matters {
		if awaiting[i] {
			outcomes[i], err = voting.ResolveTie(w.pack.Law(), w.policies, w.matters[i], outcomes[i], voting.LotSeed(w.closeRoot(d), w.number), w.matterID(i))
			must(d.t, err)
			counted.Matters[i].Outcome = outcomes[i]
		}
	}
	effects, err := voting.Effective(w.matters, outcomes)
	must(d.t, err)
	for i, m := range w.matters {
		if m.LinkedTo > 0 {
			counted.Matters[i].Effect = effects[i]
		}
	}
	return counted, true
}

// cast writes a leaf for every ballot; a later one of a voter replaces the one before. It counts those that were not
// replaced by their channel.
func (w *town) cast(d *draft, groups map[string]int64) ([]ledger.Opened, map[lifecycle.Channel]int64) {
	var opened []ledger.Opened
	earlier, last := map[string]ledger.Opened{}, map[string]lifecycle.Channel{}
	for i, b := range w.ballots {
		d.at = w.castAt(i)
		before := earlier[b.voter]
		salt, cast := saltOf("ballot", i), ledger.Cast{Meeting: meetingID, Slot: groups[b.voter], Revision: before.Revision + 1}
		text := ledger.CanonicalPaper(b.answers)
		slot, c := ledger.SlotCommitment(salt.SlotSalt(), cast), ledger.BallotCommitment(salt, cast, text, ledger.VoterHash(meetingID, b.voter))
		var body ledger.Body = ledger.Ballot{Slot: slot, Channel: b.channel, Revision: cast.Revision, Choices: c, Evidence: ledger.Sum(nil), Supersedes: before.Leaf}
		if b.channel == lifecycle.Paper {
			body = ledger.Paper{Slot: slot, Revision: cast.Revision, Choices: c, Evidence: ledger.Sum(nil), Supersedes: before.Leaf,
				Serial: ledger.Sum(fmt.Appendf(nil, "sheet %d", i)), First: "staff-1", Second: "staff-2"}
		}
		opened = append(opened, ledger.Opened{Leaf: d.add(body), Slot: cast.Slot, Revision: cast.Revision, Choices: text, Salt: salt})
		earlier[b.voter], last[b.voter] = opened[i], b.channel
	}
	channels := map[lifecycle.Channel]int64{}
	for _, channel := range last {
		channels[channel]++
	}
	return opened, channels
}

// standing are the lines of the register, and the reasons of what is void.
func (w *town) standing(t failer, groups map[string]int64) ([]ledger.Voted, map[string]map[ledger.VoidReason]int64) {
	t.Helper()
	var voted []ledger.Voted
	voids := map[string]map[ledger.VoidReason]int64{}
	for _, b := range w.effective(t) {
		voted = append(voted, ledger.Voted{Slot: groups[b.voter], Channel: b.channel})
		for id, answer := range b.answers {
			if answer.Void != "" {
				if voids[id] == nil {
					voids[id] = map[ledger.VoidReason]int64{}
				}
				voids[id][answer.Void]++
			}
		}
	}
	return voted, voids
}
