package models

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// marked is the same mark on everything of a sheet, as somebody reads it.
func marked(sheet Sheet, mark voting.Mark) PaperEntry {
	entry := PaperEntry{VoterID: sheet.VoterID, Marks: map[string]ledger.PaperMark{}, InBox: true}
	for id, choice := range answers(sheet.Matters, mark) {
		entry.Marks[id] = ledger.PaperMark{Choice: choice}
	}
	return entry
}

// enter enters a sheet and checks how it then stands.
func (h *hall) enter(role Role, meeting Meeting, entry PaperEntry, want PaperState) {
	h.t.Helper()
	state, err := h.EnterPaper(h.ctx(), h.by(role), h.community.ID, meeting.ID, entry)
	h.must(err)
	if state != want {
		h.t.Errorf("the entry of the %s left the sheet %s, want %s", role, state, want)
	}
}

func (h *hall) enterRefused(role Role, meeting Meeting, entry PaperEntry, code string) {
	h.t.Helper()
	_, err := h.EnterPaper(h.ctx(), h.by(role), h.community.ID, meeting.ID, entry)
	h.refused(err, code)
}

func (h *hall) desk(meeting Meeting) PaperDesk {
	h.t.Helper()
	desk, err := h.PaperDeskOf(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID)
	h.must(err)
	return desk
}

// acts are the steps on record about a sheet.
func (h *hall) acts(sheet Sheet) string {
	h.t.Helper()
	log, err := h.Audit(h.ctx(), h.community.ID, sheet.VoterID)
	h.must(err)
	list := make([]string, len(log))
	for i, entry := range log {
		list[i] = strings.TrimPrefix(entry.Act, "paper_")
	}
	return strings.Join(list, " ")
}

func TestASheetIsRecordedWhenTwoPeopleReadItAlike(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[2] // the couple
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enterRefused(RoleTeller, meeting, marked(sheet, voting.Yes), "paper_same_person")
		h.enterRefused(RoleStreet, meeting, marked(sheet, voting.Yes), "forbidden")
		if desk := h.desk(meeting); desk.Waiting != 1 || desk.Paper != 0 || desk.Issued != 6 || len(desk.Open) != 1 || !desk.Open[0].Mine {
			t.Errorf("after one entry: %+v", desk)
		}
		h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
		if desk := h.desk(meeting); desk.Waiting != 0 || desk.Paper != 1 || len(desk.Open) != 0 {
			t.Errorf("after the second: %+v", desk)
		}
		var row ballotRow
		h.must(h.db.Where("meeting_id = ? AND voter_id = ?", meeting.ID, sheet.VoterID).Take(&row).Error)
		var leaf leafRow
		h.must(h.db.Where("meeting_id = ? AND idx = ?", meeting.ID, row.LeafIndex).Take(&leaf).Error)
		_, body, err := ledger.Decode(leaf.Body)
		h.must(err)
		paper, isPaper := body.(ledger.Paper)
		serial, err := ledger.ParseSerial(sheet.Serial)
		h.must(err)
		if !isPaper || paper.Serial != ledger.SerialHash(meeting.ID, serial) || paper.First == paper.Second || row.Channel != lifecycle.Paper {
			t.Errorf("the leaf is %+v of channel %s", body, row.Channel)
		}
		h.must(h.TellOfBallots(h.ctx()))
		var told int64
		h.must(h.db.Table("outbox").Where("kind = ?", BallotRecorded).Count(&told).Error)
		if told != 2 {
			t.Errorf("%d of two owners are told", told)
		}
		h.enterRefused(RoleTeller, meeting, marked(sheet, voting.No), "already_voted")
		if got := h.acts(sheet); got != "entered refused recorded refused" {
			t.Errorf("on record: %s", got)
		}
		_, err = h.cast(sheet, voting.No, key1)
		h.refused(err, "already_voted")
	})
}

func TestASheetReadDifferentlyIsEnteredAfresh(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[1]
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheet, voting.No), PaperDisputed)
		if desk := h.desk(meeting); desk.Disputed != 1 || desk.Waiting != 0 || desk.Paper != 0 {
			t.Errorf("after two different entries: %+v", desk)
		}
		// Neither of the two entries is left to be agreed with.
		h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperRecorded)
		if got := h.acts(sheet); got != "entered disputed entered recorded" {
			t.Errorf("on record: %s", got)
		}
		var kept int64
		h.must(h.db.Table("paper_entry").Where("mac IS NOT NULL OR sealed IS NOT NULL OR wrapped_key IS NOT NULL").Count(&kept).Error)
		if kept != 0 {
			t.Errorf("%d entries are kept after their rounds", kept)
		}
	})
}

func TestAFirstEntryCannotBeRead(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[0]
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		var row paperRow
		h.must(h.db.Where("voter_id = ?", sheet.VoterID).Take(&row).Error)
		choices := ledger.CanonicalChoices(answers(sheet.Matters, voting.Yes))
		contents := [][]byte{row.Sealed, row.MAC, row.WrappedKey}
		if file := h.sqliteFile(); file != "" {
			for _, name := range []string{file, file + "-wal"} {
				content, err := os.ReadFile(name)
				h.must(err)
				contents = append(contents, content)
			}
		}
		for i, content := range contents {
			if len(content) == 0 || bytes.Contains(content, choices) || bytes.Contains(content, []byte(`"mark":"yes"`)) {
				t.Errorf("content %d is empty or shows a choice", i)
			}
		}
	})
}

func TestPaperAndOnlineMakeOneBallot(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		_, err := h.cast(sheets[0], voting.Yes, key1)
		h.must(err)
		h.enterRefused(RoleTeller, meeting, marked(sheets[0], voting.No), "already_voted")
		_, err = h.FindSheet(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, SheetQuery{Serial: sheets[0].Serial})
		h.refused(err, "already_voted")
		_, err = h.PaperSheetOf(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, sheets[0].VoterID)
		h.refused(err, "already_voted")
		if got := h.acts(sheets[0]); got != "duplicate refused" {
			t.Errorf("on record: %s", got)
		}
		// Between the two entries the household votes by phone: the first valid ballot counts.
		h.enter(RoleTeller, meeting, marked(sheets[1], voting.No), PaperWaiting)
		_, err = h.cast(sheets[1], voting.Yes, key1)
		h.must(err)
		if desk := h.desk(meeting); desk.Duplicate != 2 || desk.Waiting != 0 || desk.Online != 0 {
			t.Errorf("before the second entry: %+v", desk)
		}
		h.enterRefused(RoleConvener, meeting, marked(sheets[1], voting.No), "already_voted")
		h.wait(10*day + CloseGrace)
		desk := h.desk(meeting)
		if desk.Duplicate != 2 || desk.Online != 2 || desk.Paper != 0 || desk.Outstanding != 4 {
			t.Errorf("after the close: %+v", desk)
		}
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	})
}

func TestSheetsFromTheBoxAreRecordedUntilTheCount(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		early := PaperEntry{VoterID: sheets[0].VoterID, Void: ledger.VoidUnsigned, InBox: true}
		h.enterRefused(RoleTeller, meeting, early, "paper_void_early")
		h.mu.Lock()
		h.now = meeting.ClosesAt // nobody has run Tick yet
		h.mu.Unlock()
		outside := marked(sheets[1], voting.Yes)
		outside.InBox = false
		h.enterRefused(RoleTeller, meeting, outside, "in_box_missing")
		h.enter(RoleTeller, meeting, marked(sheets[1], voting.Yes), PaperWaiting)
		h.wait(hour)
		h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "paper_open")
		h.enterRefused(RoleConvener, meeting, outside, "in_box_missing")
		h.enter(RoleConvener, meeting, marked(sheets[1], voting.Yes), PaperRecorded)
		h.enter(RoleTeller, meeting, early, PaperWaiting)
		h.enter(RoleConvener, meeting, early, PaperRecorded)
		var kinds []ledger.LeafType
		h.must(h.db.Table("ledger_leaf").Where("meeting_id = ?", meeting.ID).Order("idx").Pluck("kind", &kinds).Error)
		if want := []ledger.LeafType{ledger.LeafOpen, ledger.LeafClose, ledger.LeafPaper, ledger.LeafPaper}; !slices.Equal(kinds, want) {
			t.Errorf("the log holds %v", kinds)
		}
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.enterRefused(RoleTeller, meeting, marked(sheets[2], voting.Yes), "paper_closed")
		h.refused(h.WithdrawPaper(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, sheets[2].VoterID), "paper_closed")
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		counts := results[0].Matters[0].Outcome.Counted
		if want := (voting.Weight{Heads: 2, Area: 2_600_000}); results[0].Ballots != 2 || counts.Participants != want {
			t.Errorf("%d ballots, participants %+v, want 2 and %+v", results[0].Ballots, counts.Participants, want)
		}
		channels, err := h.ChannelsOf(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if len(channels) != 1 || channels[0].Channel != lifecycle.Paper || channels[0].Heads != 2 {
			t.Errorf("channels %+v", channels)
		}
	})
}

func TestEntriesThatCannotBeOnTheSheet(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheet := h.sheets(meeting)[1] // a home in building 1: no vote on building 2
		for name, try := range map[string]struct {
			code   string
			change func(e *PaperEntry)
		}{
			"a matter left out":         {"choice_missing", func(e *PaperEntry) { delete(e.Marks, sheet.Matters[0].ID) }},
			"another building's matter": {"choice_invalid", func(e *PaperEntry) { e.Marks[meeting.Matters[3].ID] = ledger.PaperMark{} }},
			"a mark nobody offered": {"choice_invalid", func(e *PaperEntry) {
				e.Marks[sheet.Matters[0].ID] = ledger.PaperMark{Choice: voting.Choice{Mark: voting.FollowMajority}}
			}},
			"an answer void for the sheet's reason":    {"choice_invalid", func(e *PaperEntry) { e.Marks[sheet.Matters[0].ID] = ledger.PaperMark{Void: ledger.VoidUnsigned} }},
			"a void sheet with marks":                  {"bad_value", func(e *PaperEntry) { e.Void = ledger.VoidUnsigned }},
			"a reason that is none":                    {"bad_value", func(e *PaperEntry) { e.Marks, e.Void = nil, "BORED" }},
			"a voter of nowhere":                       {"not_found", func(e *PaperEntry) { e.VoterID = newID() }},
			"every answer void, which is a void sheet": {"paper_void_early", func(e *PaperEntry) { voidAll(e) }},
		} {
			entry := marked(sheet, voting.Yes)
			try.change(&entry)
			_, err := h.EnterPaper(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, entry)
			if err == nil || !strings.HasPrefix(err.Error(), try.code) {
				t.Errorf("%s: got %v, want %s", name, err, try.code)
			}
		}
	})
}

func voidAll(e *PaperEntry) {
	for id := range e.Marks {
		e.Marks[id] = ledger.PaperMark{Void: ledger.VoidUnreadable}
	}
}

func TestAWrongEntryIsTakenBackAndADisputeByTwo(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		withdraw := func(role Role, sheet Sheet) error {
			return h.WithdrawPaper(h.ctx(), h.by(role), h.community.ID, meeting.ID, sheet.VoterID)
		}
		h.refused(withdraw(RoleTeller, sheets[0]), "paper_nothing")
		h.enter(RoleTeller, meeting, marked(sheets[0], voting.Yes), PaperWaiting)
		h.refused(withdraw(RoleConvener, sheets[0]), "paper_nothing")
		h.must(withdraw(RoleTeller, sheets[0]))
		if desk := h.desk(meeting); len(desk.Open) != 0 {
			t.Errorf("after the withdrawal: %+v", desk.Open)
		}
		h.enter(RoleTeller, meeting, marked(sheets[0], voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheets[0], voting.No), PaperDisputed)
		h.must(withdraw(RoleTeller, sheets[0]))
		h.refused(withdraw(RoleTeller, sheets[0]), "paper_same_person")
		if desk := h.desk(meeting); desk.Disputed != 1 {
			t.Errorf("one person ended a dispute: %+v", desk)
		}
		h.must(withdraw(RoleConvener, sheets[0]))
		if desk := h.desk(meeting); len(desk.Open) != 0 {
			t.Errorf("two people did not end it: %+v", desk.Open)
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	})
}

func TestASheetIsFoundAsPeopleGiveIt(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		sheet := h.sheets(meeting)[0]
		find := func(query SheetQuery) (string, error) {
			return h.FindSheet(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, query)
		}
		_, err := find(SheetQuery{Serial: sheet.Serial})
		h.refused(err, "meeting_not_started")
		h.enterRefused(RoleTeller, meeting, marked(sheet, voting.Yes), "meeting_not_started")
		h.wait(20 * day)
		other := ledger.Serial{1, 2, 3}
		for name, try := range map[string]struct {
			query SheetQuery
			code  string
		}{
			"as printed":                {SheetQuery{Serial: sheet.Serial}, ""},
			"typed small, with blanks":  {SheetQuery{Serial: " " + strings.ToLower(strings.ReplaceAll(sheet.Serial, "-", " "))}, ""},
			"scanned from its QR":       {SheetQuery{Serial: "https://vote.example/v/" + sheet.Token + "\n"}, ""},
			"by its second home":        {SheetQuery{Building: "2号楼", Stair: "1单元", Room: "101"}, ""},
			"another meeting's serial":  {SheetQuery{Serial: other.String()}, "sheet_unknown"},
			"mistyped":                  {SheetQuery{Serial: sheet.Serial[:19]}, "code_mistyped"},
			"scanned from another QR":   {SheetQuery{Serial: "https://vote.example/v/x"}, "code_mistyped"},
			"a room that is not there":  {SheetQuery{Building: "2号楼", Stair: "1单元", Room: "999"}, "home_unknown"},
			"a parking space by itself": {SheetQuery{Building: "车库", Stair: "1单元", Room: "B1"}, "home_unknown"},
		} {
			voter, err := find(try.query)
			if try.code != "" {
				if err == nil || !strings.HasPrefix(err.Error(), try.code) {
					t.Errorf("%s: got %v, want %s", name, err, try.code)
				}
				continue
			}
			if err != nil || voter != sheet.VoterID {
				t.Errorf("%s: found %q, %v", name, voter, err)
			}
		}
		seen, err := h.PaperSheetOf(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, sheet.VoterID)
		h.must(err)
		if slices.Contains(seen.Names, "样例1") || len(seen.Names) != 1 || len(seen.Units) != 2 || seen.Mine || seen.Late {
			t.Errorf("the sheet shows %+v", seen)
		}
	})
}
