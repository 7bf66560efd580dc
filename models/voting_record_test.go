package models

import (
	"bytes"
	"strings"
	"testing"

	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/lifecycle"
	"gongjue/voting/verify"
)

// recordOf asks what is recorded for the home of a sheet, as an owner who proved who they are at the roster.
func (h *hall) recordOf(meeting Meeting, sheet Sheet, open bool) (VotingRecord, []byte) {
	h.t.Helper()
	owners, err := ownersOfVoter(h.db, h.community.ID, sheet.VoterID)
	h.must(err)
	record, err := h.VotingRecord(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: sheet.VoterID, Owner: owners[0].ID}, open)
	h.must(err)
	text, err := h.SignRecord(record, "本户投票记录")
	h.must(err)
	return record, text
}

// recordFinding is what the program that shares no code with this one makes of a record, beside a bundle or alone.
func (h *hall) recordFinding(b *bundle.Bundle, text []byte) verify.Finding {
	h.t.Helper()
	report, err := verify.Alone(verify.Options{Record: text})
	if b != nil {
		var packed bytes.Buffer
		h.must(b.Write(&packed, "说明"))
		report, err = verify.Verify(packed.Bytes(), verify.Options{Record: text})
	}
	h.must(err)
	for _, finding := range report.Findings {
		if finding.Name == "record" {
			return finding
		}
	}
	h.t.Fatal("no finding about the record")
	return verify.Finding{}
}

func (h *hall) recordIs(what string, b *bundle.Bundle, text []byte, want verify.State) {
	h.t.Helper()
	if finding := h.recordFinding(b, text); finding.State != want {
		h.t.Errorf("%s: %s, want %s: %s", what, finding.State, want, finding.Detail.EN)
	}
}

func TestEveryHomeCanAskWhatIsRecordedForItAlsoThatNothingIs(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		sheets := h.sheets(meeting)
		_, err := h.VotingRecord(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: sheets[0].VoterID}, false)
		h.refused(err, "meeting_not_started")
		h.wait(20 * day)
		online, paper, silent := sheets[0], sheets[1], sheets[4]
		_, err = h.VotingRecord(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: newID()}, false)
		h.refused(err, "not_found")
		_, nothingYet := h.recordOf(meeting, online, false)
		receipt, err := h.cast(online, voting.Yes, key1)
		h.must(err)
		h.enter(RoleTeller, meeting, marked(paper, voting.No), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(paper, voting.No), PaperRecorded)
		open, atOnce := h.recordOf(meeting, online, true)
		if open.Opened || open.MayOpen || open.Counted || len(open.Ballots) != 1 || open.Ballots[0].Answers != nil || open.Ballots[0].Code != receipt.Code ||
			open.Ballots[0].Number != receipt.Number || !strings.Contains(open.Ballots[0].By, "*") {
			t.Errorf("while voting is open: %+v", open.Ballots)
		}
		if bytes.Contains(atOnce, []byte(`"choices"`)) || bytes.Contains(atOnce, []byte(`"register"`)) {
			t.Error("a record tells choices or who voted while voting is open")
		}
		none, promise := h.recordOf(meeting, silent, false)
		if len(none.Ballots) != 0 || len(none.Places) != len(silent.Units) {
			t.Errorf("nothing was cast: %+v", none)
		}
		if open.Size != receipt.Number+1 || none.Size != 1 {
			t.Errorf("records tell how many have voted: %d and %d leaves", open.Size, none.Size)
		}
		h.recordIs("a promise", nil, promise, verify.Absent)
		h.recordIs("a ballot", nil, atOnce, verify.Passed)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		if counted, _ := h.recordOf(meeting, online, true); counted.Opened || counted.Counted {
			t.Error("figures are told before they are displayed")
		}
		h.published(meeting)
		read, mine := h.recordOf(meeting, paper, true)
		if !read.Opened || len(read.Ballots) != 1 || read.Ballots[0].Channel != lifecycle.Paper || read.Ballots[0].By != "" ||
			read.Ballots[0].Answers[meeting.Matters[0].ID].Choice.Mark != voting.No || len(read.Ballots[0].Salt) != 64 {
			t.Errorf("opened: %+v", read.Ballots)
		}
		closed, kept := h.recordOf(meeting, paper, false)
		if closed.Opened || !closed.MayOpen || closed.Ballots[0].Answers != nil || bytes.Contains(kept, []byte(`"choices"`)) || !bytes.Contains(kept, []byte(`"slot_salt"`)) {
			t.Errorf("unasked: %+v", closed.Ballots)
		}
		_, proof := h.recordOf(meeting, silent, true)
		public, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		owners, tellers := h.handOut(RoleStreet, meeting, bundle.Owners), h.handOut(RoleStreet, meeting, bundle.Tellers)
		for name, b := range map[string]*bundle.Bundle{"alone": nil, "public": &public, "owners": &owners, "tellers": &tellers} {
			h.recordIs(name+": an opened paper sheet", b, mine, verify.Passed)
			h.recordIs(name+": a closed paper sheet", b, kept, verify.Passed)
			h.recordIs(name+": a closed one", b, kept, verify.Passed)
			h.recordIs(name+": nothing was cast", b, proof, verify.Passed)
			h.recordIs(name+": an online ballot, asked for at once", b, atOnce, verify.Passed)
		}
		h.recordIs("tellers: nothing yet", &tellers, nothingYet, verify.Passed)
		h.recordIs("public: nothing yet", &public, nothingYet, verify.Absent)
		lie := bytes.Replace(proof, []byte(`"ballots":[]`), []byte(`"ballots":[0]`), 1)
		h.recordIs("public: altered", &public, lie, verify.Failed)
	})
}

func TestARecordHasTheBallotsOfEveryChannelAndWhatTheyAreWorth(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote(voting.PaperWins)
		h.wait(5 * day)
		sheet := h.sheets(meeting)[1]
		h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
		h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
		h.wait(5*day + CloseGrace)
		file := h.platformFile(meeting, there("1号楼", "102", "反对", secondDay))
		h.must(h.upload(RoleConvener, meeting, file, ""))
		h.must(h.confirm(RoleTeller, meeting, file))
		h.count(meeting)
		h.published(meeting)
		record, text := h.recordOf(meeting, sheet, true)
		if len(record.Ballots) != 2 || record.Ballots[0].Channel != lifecycle.Paper || record.Ballots[0].Standing != "" ||
			record.Ballots[1].Channel != lifecycle.Imported || record.Ballots[1].Standing != ReceiptPassed || record.Ballots[1].Answers == nil {
			t.Fatalf("%+v", record.Ballots)
		}
		tellers := h.handOut(RoleStreet, meeting, bundle.Tellers)
		h.recordIs("paper and platform", &tellers, text, verify.Passed)
		h.recordIs("paper and platform, alone", nil, text, verify.Passed)
	})
}

func TestWhoActsForAHomeStandsInItsRecord(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		list := h.roster(meeting.RosterID)
		seller := h.ownersAt(list, "1号楼/1单元/102")[0]
		h.actFor(list, lifecycle.Buyer, "1号楼/1单元/102", "", stranger)
		sheet := h.sheetAt(meeting, "1号楼/1单元/102")
		_, err := h.cast(sheet, voting.Yes, key1)
		h.must(err)
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.published(meeting)
		record, _ := h.recordOf(meeting, sheet, true) // for the seller, who is on the roster
		if len(record.Ballots) != 1 || !strings.Contains(record.Ballots[0].By, "（") || strings.Contains(record.Ballots[0].By, stranger.Name) {
			t.Fatalf("%+v", record.Ballots)
		}
		if record.MayOpen || record.Opened || record.Ballots[0].Answers != nil {
			t.Errorf("whoever sold a home reads what its buyer chose: %s", seller.ID)
		}
	})
}

func TestARecordOfAnAlteredLogIsNotGiven(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		_, err := h.cast(sheets[0], voting.Yes, key1)
		h.must(err)
		h.recordOf(meeting, sheets[0], false) // the tree is in memory now
		h.must(h.alter("UPDATE ledger_leaf SET body = ? WHERE meeting_id = ? AND idx = 1", []byte("{}"), meeting.ID).Error)
		_, err = h.VotingRecord(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: sheets[0].VoterID}, false)
		h.refused(err, "ledger_mismatch")
		fresh := h.replica(func(*vault.Raw) {})
		_, err = fresh.VotingRecord(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: sheets[1].VoterID}, false)
		h.refused(err, "ledger_mismatch")
	})
}

func TestAReceiptFileProvesItsBallotWithoutABundle(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		sheets := h.sheets(meeting)
		var early []byte
		for i := range 5 {
			receipt, err := h.cast(sheets[i], voting.Yes, key1)
			h.must(err)
			lines, err := h.ReceiptLines(h.ctx(), receipt)
			h.must(err)
			text := []byte("投票回执\r\n" + strings.Join(lines, "\r\n") + "\r\n")
			report, err := verify.Alone(verify.Options{Receipt: text})
			h.must(err)
			if len(report.Findings) != 1 || report.Findings[0].State != verify.Passed {
				t.Errorf("ballot %d: %+v", i, report.Findings)
			}
			if early == nil {
				early = text
			}
		}
		h.wait(10*day + CloseGrace)
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.published(meeting)
		public, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		var packed bytes.Buffer
		h.must(public.Write(&packed, "说明"))
		report, err := verify.Verify(packed.Bytes(), verify.Options{Receipt: early})
		h.must(err)
		if report.Exit() != verify.ExitOK || report.Findings[13].State != verify.Passed {
			t.Errorf("a receipt of the first ballot: %+v", report.Findings[13])
		}
	})
}

func TestARecordIsAskedForAfterTheCloseAndOnALaterRoster(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		query := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}
		_, err := h.RequestRecordCode(h.ctx(), meeting.ID, query, elsewhere)
		h.refused(err, "meeting_not_started")
		h.wait(20 * day)
		for _, after := range []int64{0, 10*day + CloseGrace, 300 * day} {
			h.wait(after)
			sent, err := h.RequestRecordCode(h.ctx(), meeting.ID, query, elsewhere)
			h.must(err)
			token, err := h.RedeemRosterCode(h.ctx(), sent.Request, h.sentCode(sent.Request), elsewhere)
			h.must(err)
			session, err := h.RosterOwner(token)
			h.must(err)
			record, err := h.VotingRecord(h.ctx(), RecordReader{Meeting: meeting.ID, Voter: session.Voter, Owner: session.Owner}, false)
			h.must(err)
			if len(record.Places) == 0 || record.Places[0] != "1号楼/1单元/102" {
				t.Errorf("after %d: %v", after, record.Places)
			}
		}
	})
}
