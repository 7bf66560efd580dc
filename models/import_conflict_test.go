package models

import (
	"bytes"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

// TestWhoAnsweredTwiceIsCountedByTheAnnouncedRule: person 2 says yes to everything on paper, entered on day 5 of the window,
// and no on the platform on the day given.
func TestWhoAnsweredTwiceIsCountedByTheAnnouncedRule(t *testing.T) {
	const before, after = "2026-03-23 10:00:00", "2026-03-30 10:00:00"
	one := voting.Weight{Heads: 1, Area: 900_000}
	for _, test := range []struct {
		name           string
		rule           voting.ChannelConflict
		at             string
		yes, no, void  voting.Weight
		paper, there   ReceiptStanding
		paper1, there1 int64 // heads per channel
	}{
		{"the first valid one came on the platform", voting.FirstValid, before, voting.Weight{}, one, voting.Weight{}, ReceiptPassed, "", 0, 1},
		{"the first valid one came on paper", voting.FirstValid, after, one, voting.Weight{}, voting.Weight{}, "", ReceiptPassed, 1, 0},
		{"the platform gives no time", voting.FirstValid, "", one, voting.Weight{}, voting.Weight{}, "", ReceiptPassed, 1, 0},
		{"the electronic one wins", voting.ElectronicWins, after, voting.Weight{}, one, voting.Weight{}, ReceiptPassed, "", 0, 1},
		{"the paper wins", voting.PaperWins, before, one, voting.Weight{}, voting.Weight{}, "", ReceiptPassed, 1, 0},
		{"what differs is void", voting.IdenticalElseVoid, before, voting.Weight{}, voting.Weight{}, one, ReceiptCompared, ReceiptCompared, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting := h.cityVote(test.rule)
				h.wait(5 * day)
				sheet := h.sheets(meeting)[1]
				h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
				h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
				h.wait(5*day + CloseGrace)
				file := h.platformFile(meeting, there("1号楼", "102", "反对", test.at))
				h.must(h.upload(RoleConvener, meeting, file, ""))
				if in := h.importDesk(meeting).In(ImportWaiting); in.AlsoVoted != 1 {
					t.Errorf("%d voters have a ballot of another channel", in.AlsoVoted)
				}
				h.must(h.confirm(RoleTeller, meeting, file))
				here, onPlatform := h.paperCode(meeting, sheet.VoterID), h.importedCode(meeting, sheet.VoterID)
				h.stands(here, ReceiptBeside)
				h.stands(onPlatform, ReceiptBeside)
				result := h.count(meeting)
				c := result.Matters[0].Outcome.Counted
				if c.Options[voting.OptionYes] != test.yes || c.Options[voting.OptionNo] != test.no || c.Void != test.void || result.Ballots != 1 {
					t.Errorf("%d ballots: %+v, void %+v", result.Ballots, c.Options, c.Void)
				}
				h.stands(here, test.paper)
				h.stands(onPlatform, test.there)
				channels, err := h.ChannelsOf(h.ctx(), h.community.ID, meeting.ID)
				h.must(err)
				by := map[lifecycle.Channel]int64{}
				for _, channel := range channels {
					by[channel.Channel] = channel.Heads
				}
				if by[lifecycle.Paper] != test.paper1 || by[lifecycle.Imported] != test.there1 {
					t.Errorf("channels %+v", channels)
				}
				found, err := h.ImportedOf(h.ctx(), h.meeting(meeting))
				h.must(err)
				if found.Voters != 1 || found.Twice != 1 || len(found.Standing) != 1 || found.SHA256 != file.SHA256 {
					t.Errorf("taken over: %+v", found)
				}
				sheets, err := h.SheetBalanceOf(h.ctx(), h.meeting(meeting))
				h.must(err)
				if sheets.Returned != 1 || sheets.Valid != test.paper1 || sheets.Duplicate != test.there1 || sheets.Void != 0 {
					t.Errorf("sheets: %+v", sheets)
				}
				h.published(meeting) // counts once more
				h.verifies(meeting, 1)
			})
		})
	}
}

// verifies has every tier of a published meeting's record checked by the program that shares no code with this one.
func (h *hall) verifies(meeting Meeting, ballots int64) {
	h.t.Helper()
	public, err := h.PublicBundle(h.ctx(), meeting.ID)
	h.must(err)
	for _, b := range []bundle.Bundle{public, h.handOut(RoleConvener, meeting, bundle.Owners), h.handOut(RoleStreet, meeting, bundle.Tellers)} {
		var packed bytes.Buffer
		h.must(b.Write(&packed, "说明"))
		report, err := verify.Verify(packed.Bytes(), verify.Options{})
		h.must(err)
		if report.Ballots != ballots || report.Exit() != verify.ExitOK {
			h.t.Errorf("%s: %d ballots", b.Tier, report.Ballots)
		}
		for _, finding := range report.Findings {
			if finding.State == verify.Failed || finding.State == verify.Blocked {
				h.t.Errorf("%s: %s is %s: %s", b.Tier, finding.Name, finding.State, finding.Detail.EN)
			}
		}
	}
}

func (h *hall) meeting(m Meeting) Meeting {
	h.t.Helper()
	found, err := h.Meeting(h.ctx(), h.community.ID, m.ID)
	h.must(err)
	return found
}

func (h *hall) stands(code string, want ReceiptStanding) {
	h.t.Helper()
	receipt, err := h.CheckReceipt(h.ctx(), code)
	h.must(err)
	if receipt.Standing != want {
		h.t.Errorf("the receipt stands %q, want %q", receipt.Standing, want)
	}
}

func (h *hall) paperCode(meeting Meeting, voter string) string {
	h.t.Helper()
	var row ballotRow
	h.must(h.db.Where("meeting_id = ? AND voter_id = ?", meeting.ID, voter).Take(&row).Error)
	return h.receipt(row, false).Code
}

// TestWhatIsAlikeCountsOnce: person 2 differs on the motion alone.
func TestWhatIsAlikeCountsOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote(voting.IdenticalElseVoid)
		sheet := h.sheets(meeting)[1]
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
		h.wait(10*day + CloseGrace)
		row := there("1号楼", "102", "同意", secondDay)
		row[3], row[5] = "反对", "样例物业一"
		file := h.platformFile(meeting, row)
		h.must(h.upload(RoleConvener, meeting, file, ""))
		h.must(h.confirm(RoleTeller, meeting, file))
		result, one := h.count(meeting), voting.Weight{Heads: 1, Area: 900_000}
		if got := result.Matters[0].Outcome.Counted; got.Void != one || got.Voted != (voting.Weight{}) {
			t.Errorf("the motion: %+v", got)
		}
		if got := result.Matters[2].Outcome.Counted; got.Options["样例物业一"] != one || got.Void != (voting.Weight{}) {
			t.Errorf("the firm: %+v", got)
		}
	})
}

// TestASheetFromTheBoxIsEnteredAlsoAfterTheImport: whoever is in the platform's file may have put a sheet into the box.
func TestASheetFromTheBoxIsEnteredAlsoAfterTheImport(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote(voting.PaperWins)
		h.wait(10*day + CloseGrace)
		file := h.platformFile(meeting, there("1号楼", "102", "反对", secondDay))
		h.must(h.upload(RoleConvener, meeting, file, ""))
		h.must(h.confirm(RoleTeller, meeting, file))
		sheet := h.sheets(meeting)[1]
		voter, err := h.FindSheet(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID, SheetQuery{Serial: sheet.Serial})
		h.must(err)
		if voter != sheet.VoterID {
			t.Fatalf("found %s", voter)
		}
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
		if desk := h.desk(meeting); desk.Outstanding != 5 || desk.Imported != 1 || desk.Paper != 1 || desk.Duplicate != 0 {
			t.Errorf("the sheets add up to %+v", desk)
		}
		if got := h.count(meeting).Matters[0].Outcome.Counted.Options[voting.OptionYes]; got.Heads != 1 {
			t.Errorf("yes %+v", got)
		}
		h.published(meeting)
		h.verifies(meeting, 1)
	})
}

func TestAnImportThatWasAlteredIsNotCounted(t *testing.T) {
	for name, sql := range map[string]string{
		"a ballot deleted":             "DELETE FROM imported_ballot WHERE leaf_index = 4",
		"a voter exchanged":            "UPDATE imported_ballot SET voter_id = (SELECT id FROM voter WHERE kind = 'developer') WHERE leaf_index = 4",
		"a time moved":                 "UPDATE imported_ballot SET cast_at = cast_at - 1 WHERE leaf_index = 4",
		"a number exchanged":           "UPDATE imported_ballot SET serials = 'x' WHERE leaf_index = 4",
		"the import out of force":      "UPDATE platform_import SET state = 'withdrawn'",
		"another file":                 "UPDATE platform_import SET file_sha256 = '" + fewZeros + "'",
		"another salt":                 "UPDATE platform_import SET salt = (SELECT receipt_hash FROM imported_ballot WHERE leaf_index = 4)",
		"the leaf of the import gone":  "DELETE FROM ledger_leaf WHERE kind = 'import'",
		"another platform":             "UPDATE meeting SET platform = '别的平台'",
		"the paper's time moved":       "UPDATE ballot SET cast_at = cast_at - 1",
		"an imported ballot as online": "UPDATE ledger_leaf SET body = (SELECT other.body FROM ledger_leaf AS other WHERE other.idx = 1) WHERE idx = 4",
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting := h.cityVote("")
				sheet := h.sheets(meeting)[0]
				h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
				h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
				h.wait(10*day + CloseGrace)
				file := h.platformFile(meeting, there("1号楼", "102", "同意", secondDay), there("1号楼", "202", "同意", secondDay))
				h.must(h.upload(RoleConvener, meeting, file, ""))
				h.must(h.confirm(RoleTeller, meeting, file))
				result := h.alter(sql)
				h.must(result.Error)
				if result.RowsAffected != 1 {
					t.Fatalf("the alteration hit %d rows", result.RowsAffected)
				}
				err := h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID)
				if name == "the import out of force" {
					h.refused(err, "import_missing")
					return
				}
				h.refused(err, "ledger_mismatch")
			})
		})
	}
}

const fewZeros = "0000000000000000000000000000000000000000000000000000000000000000"
