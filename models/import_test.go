package models

import (
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/platform"
	"gongjue/voting/roster"
)

const cityPlatform = "样例市业主投票平台"

// cityVote is a meeting in 潍坊, where electronic votes are cast on the city's system alone, with that system announced.
func (h *hall) cityVote(conflict voting.ChannelConflict) Meeting {
	h.t.Helper()
	community, err := h.CreateCommunity(h.ctx(), System, "山东省/潍坊市/样例区", "样例街道", "样例小区")
	h.must(err)
	h.community = community
	h.announce = func(m *MeetingTerms) { m.Platform, m.Conflict = " "+cityPlatform+" ", conflict }
	meeting := h.voting()
	if meeting.Platform != cityPlatform {
		h.t.Fatalf("announced %q", meeting.Platform)
	}
	return meeting
}

// there is a row of the platform's result: the same answer on everything, at an hour of the second day.
func there(building, room, mark, at string) []string {
	row := []string{building, "1单元", room, mark, "全部" + mark, "样例物业二", "", at, building + room}
	if building == "2号楼" {
		row[6] = mark
	}
	return row
}

const secondDay = "2026-03-23 10:00:00"

// platformFile reads rows as the file of a meeting's platform.
func (h *hall) platformFile(meeting Meeting, rows ...[]string) PlatformFile {
	h.t.Helper()
	plan, err := h.ImportPlan(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	sheet := roster.Sheet{Name: "结果", Rows: []roster.Row{{Number: 1, Cells: []string{"楼栋", "单元", "房号", "事项一", "事项二", "事项三", "事项四", "提交时间", "流水号"}}}}
	var text strings.Builder
	for i, row := range rows {
		sheet.Rows = append(sheet.Rows, roster.Row{Number: i + 2, Cells: row})
		text.WriteString(strings.Join(row, ",") + "\n")
	}
	return PlatformFile{Name: "结果.xlsx", SHA256: ledger.Sum([]byte(text.String())).String(), File: platform.Read([]roster.Sheet{sheet}, plan)}
}

func (h *hall) upload(role Role, meeting Meeting, file PlatformFile, reason string) error {
	return h.UploadImport(h.ctx(), h.by(role), h.community.ID, meeting.ID, ImportUpload{File: file, ReceivedFrom: "样例市住建局", Reason: reason, Confirmed: true})
}

func (h *hall) confirm(role Role, meeting Meeting, file PlatformFile) error {
	return h.ConfirmImport(h.ctx(), h.by(role), h.community.ID, meeting.ID, ImportConfirmation{File: file, Rows: int64(file.Rows), OwnCopy: true})
}

func (h *hall) importDesk(meeting Meeting) ImportDesk {
	h.t.Helper()
	desk, err := h.ImportDeskOf(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return desk
}

// importActs are the steps of imports on record.
func (h *hall) importActs(meeting Meeting) string {
	h.t.Helper()
	log, err := h.Audit(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	var list []string
	for _, entry := range log {
		if act, is := strings.CutPrefix(entry.Act, "import_"); is {
			list = append(list, act)
			if !strings.Contains(entry.Detail, `"sha256":"`) || !strings.Contains(entry.Detail, "样例市住建局") {
				h.t.Errorf("%s records %s", act, entry.Detail)
			}
		}
	}
	return strings.Join(list, " ")
}

func (h *hall) count(meeting Meeting) Result {
	h.t.Helper()
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return results[0]
}

// TestPaperAndThePlatformsResultAreCountedTogether: persons 2 and 5 on paper, persons 1 (both homes) and 6 on the platform.
func TestPaperAndThePlatformsResultAreCountedTogether(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote("")
		sheets := h.sheets(meeting)
		for _, sheet := range []Sheet{sheets[1], sheets[3]} {
			h.enter(RoleTeller, meeting, marked(sheet, voting.Yes), PaperWaiting)
			h.enter(RoleConvener, meeting, marked(sheet, voting.Yes), PaperRecorded)
		}
		file := h.platformFile(meeting, there("1号楼", "101", "反对", secondDay), there("2号楼", "101", "反对", secondDay), there("2号楼", "102", "同意", ""),
			[]string{"1号楼", "1单元", "201"})
		h.refused(h.upload(RoleConvener, meeting, file, ""), "import_too_early")
		h.wait(10*day + CloseGrace)
		h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "import_missing")
		h.must(h.upload(RoleConvener, meeting, file, ""))
		h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "import_open")
		waiting := h.importDesk(meeting).In(ImportWaiting)
		if waiting == nil || waiting.Rows != 3 || waiting.Voters != 2 || waiting.AlsoVoted != 0 || waiting.SHA256 != file.SHA256 || waiting.FirstName != "convener" || len(waiting.Columns) != 9 {
			t.Fatalf("waiting: %+v", waiting)
		}
		h.must(h.confirm(RoleTeller, meeting, file))
		if desk := h.desk(meeting); desk.Imported != 2 || desk.Paper != 2 || desk.Outstanding != 2 {
			t.Errorf("the sheets add up to %+v", desk)
		}
		result := h.count(meeting)
		counted := result.Matters[0].Outcome.Counted
		if want := (voting.Weight{Heads: 3, Area: 900_000 + 1_000_000 + 800_000}); counted.Options[voting.OptionYes] != want {
			t.Errorf("yes %+v, want %+v", counted.Options[voting.OptionYes], want)
		}
		if want := (voting.Weight{Heads: 1, Area: 1_700_000}); counted.Options[voting.OptionNo] != want || result.Ballots != 4 {
			t.Errorf("no %+v of %d ballots, want %+v of 4", counted.Options[voting.OptionNo], result.Ballots, want)
		}
		if got := result.Matters[3].Outcome.Counted.Options; got[voting.OptionYes] != (voting.Weight{Heads: 1, Area: 800_000}) || got[voting.OptionNo] != (voting.Weight{Heads: 1, Area: 800_000}) {
			t.Errorf("building 2: %+v", got)
		}
		channels, err := h.ChannelsOf(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if len(channels) != 2 || channels[0] != (ChannelHeads{lifecycle.Imported, 2}) || channels[1] != (ChannelHeads{lifecycle.Paper, 2}) {
			t.Errorf("channels %+v", channels)
		}
		h.refused(h.upload(RoleConvener, meeting, file, "更正"), "import_closed")
		if got := h.importActs(meeting); got != "received confirmed" {
			t.Errorf("on record: %s", got)
		}
		h.publishAndCertify(meeting)
	})
}

func TestAnImportStandsInTheLogWithItsBallotsAndIsToldToTheirOwners(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote("")
		h.wait(10*day + CloseGrace)
		file := h.platformFile(meeting, there("1号楼", "102", "同意", secondDay), there("1号楼", "201", "反对", secondDay))
		h.must(h.upload(RoleTeller, meeting, file, ""))
		h.must(h.confirm(RoleStreet, meeting, file))
		var rows []leafRow
		h.must(h.db.Where("meeting_id = ?", meeting.ID).Order("idx").Find(&rows).Error)
		var bodies []ledger.Body
		for _, row := range rows {
			_, body, err := ledger.Decode(row.Body)
			h.must(err)
			bodies = append(bodies, body)
		}
		if len(bodies) != 5 { // open, close, import, two ballots
			t.Fatalf("%d leaves", len(bodies))
		}
		leaf, is := bodies[2].(ledger.Import)
		if !is || leaf.Ballots != 2 || leaf.Platform != ledger.PlatformHash(cityPlatform) || leaf.First == leaf.Second {
			t.Errorf("%+v", bodies[2])
		}
		if at, err := ledger.EffectiveImport(bodies); at != 2 || err != nil {
			t.Errorf("the import in force is leaf %d, %v", at, err)
		}
		note, err := h.Checkpoint(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if !strings.Contains(note, "\n5\n") {
			t.Errorf("the signed head is %s", note)
		}
		told := 0
		messages, err := h.ClaimMessages(h.ctx(), 100)
		h.must(err)
		for _, message := range messages {
			if message.Kind == BallotRecorded && message.Platform == cityPlatform {
				told++
			}
		}
		if told != 3 { // person 2 and the couple
			t.Errorf("%d owners were told", told)
		}
		home, err := h.HomeOf(h.ctx(), h.sheets(meeting)[1].Token)
		h.must(err)
		if !home.Voted || home.Channel != lifecycle.Imported {
			t.Errorf("the home shows %v by %s", home.Voted, home.Channel)
		}
	})
}

func TestAnImportTakesTwoPeopleOfTwoRolesWithTheSameResult(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote("")
		h.wait(10*day + CloseGrace)
		file := h.platformFile(meeting, there("1号楼", "102", "同意", secondDay))
		for _, role := range []Role{RoleStreet, RoleDistrict, RoleOperator} {
			h.refused(h.upload(role, meeting, file, ""), "forbidden")
		}
		h.refused(h.confirm(RoleTeller, meeting, file), "import_nothing")
		h.refused(h.WithdrawImport(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "import_nothing")
		h.must(h.upload(RoleTeller, meeting, file, ""))
		h.refused(h.upload(RoleConvener, meeting, file, ""), "import_waiting")
		h.refused(h.confirm(RoleConvener, meeting, file), "forbidden")
		h.refused(h.confirm(RoleTeller, meeting, file), "import_same_person")
		second, err := h.AddStaff(h.ctx(), System, NewStaff{Login: "teller-2", Name: "teller-2", Password: password, Role: RoleTeller, Scope: h.community.ID})
		h.must(err)
		confirmation := ImportConfirmation{File: file, Rows: 1, OwnCopy: true}
		h.refused(h.ConfirmImport(h.ctx(), second.Actor(), h.community.ID, meeting.ID, confirmation), "import_same_role")
		other := h.platformFile(meeting, there("1号楼", "102", "反对", secondDay))
		h.refused(h.confirm(RoleStreet, meeting, other), "import_differs")
		confirmation.Rows = 2
		h.refused(h.ConfirmImport(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, confirmation), "import_rows_differ")
		confirmation.Rows, confirmation.OwnCopy = 1, false
		h.refused(h.ConfirmImport(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, confirmation), "import_own_copy")
		repacked := file
		repacked.SHA256 = ledger.Sum([]byte("the same result, packed at another minute")).String()
		h.must(h.confirm(RoleStreet, meeting, repacked))
		h.refused(h.confirm(RoleStreet, meeting, file), "import_nothing") // a second click
		if got := h.importActs(meeting); got != "received refused refused refused refused confirmed" {
			t.Errorf("on record: %s", got)
		}
		if in := h.importDesk(meeting).In(ImportEffective); in == nil || in.SHA256 != file.SHA256 || in.SecondName != "street" {
			t.Errorf("in force: %+v", in)
		}
	})
}

func TestAFileWithErrorsOrUnseenDoubtsLeavesNothing(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote("")
		h.wait(10*day + CloseGrace)
		wrong, doubtful := h.platformFile(meeting, there("1号楼", "999", "同意", secondDay)), h.platformFile(meeting, there("1号楼", "101", "同意", secondDay))
		h.refused(h.upload(RoleConvener, meeting, wrong, ""), "import_errors")
		h.refused(h.UploadImport(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, ImportUpload{File: doubtful, ReceivedFrom: "住建局"}), "import_unconfirmed")
		h.refused(h.UploadImport(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, ImportUpload{File: doubtful, ReceivedFrom: " ", Confirmed: true}), "required")
		h.refused(h.UploadImport(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, ImportUpload{File: doubtful, ReceivedFrom: strings.Repeat("局", longestSource+1), Confirmed: true}), "too_long")
		if desk := h.importDesk(meeting); len(desk.Imports) != 0 || h.importActs(meeting) != "" {
			t.Errorf("kept: %+v", desk.Imports)
		}
		h.must(h.upload(RoleConvener, meeting, doubtful, ""))
		h.refused(h.confirm(RoleTeller, meeting, wrong), "import_errors")
		h.must(h.WithdrawImport(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
		h.refused(h.confirm(RoleTeller, meeting, doubtful), "import_nothing")
		h.must(h.upload(RoleConvener, meeting, doubtful, "")) // nothing is in force, so that no reason is asked for
		if got := h.importActs(meeting); got != "received withdrawn received" {
			t.Errorf("on record: %s", got)
		}
	})
}

func TestALaterImportTakesThePlaceOfTheFirst(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote("")
		h.wait(10*day + CloseGrace)
		first := h.platformFile(meeting, there("1号楼", "102", "同意", secondDay), there("1号楼", "202", "同意", secondDay))
		later := h.platformFile(meeting, there("1号楼", "102", "反对", secondDay))
		h.must(h.upload(RoleConvener, meeting, first, ""))
		h.must(h.confirm(RoleTeller, meeting, first))
		old := h.importedCode(meeting, h.sheets(meeting)[3].VoterID)
		h.refused(h.upload(RoleConvener, meeting, later, " "), "reason_missing")
		h.must(h.upload(RoleConvener, meeting, later, "平台更正了一户"))
		h.refused(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "import_open")
		h.must(h.confirm(RoleTeller, meeting, later))
		if got := h.importActs(meeting); got != "received confirmed received replaced confirmed" {
			t.Errorf("on record: %s", got)
		}
		receipt, err := h.CheckReceipt(h.ctx(), old)
		h.must(err)
		if receipt.Standing != ReceiptReplaced || receipt.Channel != lifecycle.Imported || receipt.VoterID != "" {
			t.Errorf("the first receipt: %+v", receipt)
		}
		result := h.count(meeting)
		if got := result.Matters[0].Outcome.Counted; result.Ballots != 1 || got.Options[voting.OptionNo] != (voting.Weight{Heads: 1, Area: 900_000}) || got.Options[voting.OptionYes] != (voting.Weight{}) {
			t.Errorf("%d ballots: %+v", result.Ballots, got.Options)
		}
		var kept, opened int64
		h.must(h.db.Table("imported_ballot").Where("meeting_id = ?", meeting.ID).Count(&kept).Error)
		h.must(h.db.Table("opened_import").Where("meeting_id = ?", meeting.ID).Count(&opened).Error)
		if kept != 3 || opened != 1 {
			t.Errorf("%d ballots are kept and %d opened, want 3 and 1", kept, opened)
		}
		h.published(meeting)
		h.verifies(meeting, 1)
	})
}

// importedCode is the receipt code of a voter's imported ballot.
func (h *hall) importedCode(meeting Meeting, voter string) string {
	h.t.Helper()
	var row importedRow
	h.must(h.db.Where("meeting_id = ? AND voter_id = ?", meeting.ID, voter).Order("leaf_index DESC").Take(&row).Error)
	return h.importedReceipt(row).Code
}

func TestAnEmptyResultSaysThatNobodyVotedThere(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.cityVote("")
		h.wait(10*day + CloseGrace)
		file := h.platformFile(meeting)
		h.must(h.upload(RoleConvener, meeting, file, ""))
		h.must(h.confirm(RoleStreet, meeting, file))
		if result := h.count(meeting); result.Ballots != 0 {
			t.Errorf("%d ballots", result.Ballots)
		}
		h.published(meeting)
		h.verifies(meeting, 0)
	})
}

func TestOnlyAnAnnouncedPlatformIsImported(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		h.wait(10*day + CloseGrace)
		_, err := h.ImportPlan(h.ctx(), h.community.ID, meeting.ID)
		h.refused(err, "import_not_announced")
		_, err = h.ImportDeskOf(h.ctx(), h.community.ID, meeting.ID)
		h.refused(err, "import_not_announced")
		h.refused(h.upload(RoleConvener, meeting, PlatformFile{}, ""), "import_not_announced")
		h.refused(h.confirm(RoleTeller, meeting, PlatformFile{}), "import_not_announced")
		h.refused(h.WithdrawImport(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "import_not_announced")
		h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	})
}

func TestWhereElectronicVotesAreNotProvidedForNoPlatformIsAnnounced(t *testing.T) {
	inHall(t, func(h *hall) {
		community, err := h.CreateCommunity(h.ctx(), System, "上海市/样例区", "样例街道", "样例小区")
		h.must(err)
		h.community = community
		terms := h.terms(h.frozenRoster())
		for _, test := range []struct {
			platform string
			conflict voting.ChannelConflict
			code     string
		}{{cityPlatform, "", "platform_barred"}, {"", "dice", ""}} {
			terms.Platform, terms.Conflict = test.platform, test.conflict
			_, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), community.ID, terms)
			if test.code == "" {
				h.must(err)
				continue
			}
			h.refused(err, test.code)
		}
	})
}

func TestAPlatformIsAnnouncedWithItsRule(t *testing.T) {
	inHall(t, func(h *hall) {
		terms := h.terms(h.frozenRoster())
		for _, test := range []struct {
			platform       string
			conflict, want voting.ChannelConflict
			code           string
		}{
			{cityPlatform, "", voting.FirstValid, ""}, {cityPlatform, voting.PaperWins, voting.PaperWins, ""}, {cityPlatform, "dice", "", "bad_value"},
			{strings.Repeat("平", longestPlatform), "", voting.FirstValid, ""}, {strings.Repeat("平", longestPlatform+1), "", "", "too_long"},
			{"  ", voting.PaperWins, "", ""},
		} {
			terms.Platform, terms.Conflict = test.platform, test.conflict
			meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, terms)
			if test.code != "" {
				h.refused(err, test.code)
				continue
			}
			h.must(err)
			if meeting.Platform != strings.TrimSpace(test.platform) || meeting.Conflict != test.want {
				t.Errorf("%q by %q is kept as %q by %q", test.platform, test.conflict, meeting.Platform, meeting.Conflict)
			}
		}
	})
}
