package models

import (
	"archive/zip"
	"bytes"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// counted is a meeting with four ballots, opened and counted.
func (h *hall) counted() Meeting {
	h.t.Helper()
	meeting := h.voting()
	sheets := h.sheets(meeting)
	for i, mark := range []voting.Mark{voting.Yes, voting.No, voting.Yes, voting.Abstain} {
		_, err := h.cast(sheets[i], mark, key1)
		h.must(err)
	}
	h.deliver(meeting, arrived(sheets[5], h.now))
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	return meeting
}

// published goes on to the final result.
func (h *hall) published(meeting Meeting) {
	h.t.Helper()
	h.must(h.DisplayPreliminary(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	h.wait(6 * day)
	h.must(h.PublishFinal(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
}

// files reads a bundle's zip back.
func (h *hall) files(b bundle.Bundle) map[string]string {
	h.t.Helper()
	var packed, again bytes.Buffer
	h.must(b.Write(&packed, "说明"))
	h.must(b.Write(&again, "说明"))
	if !bytes.Equal(packed.Bytes(), again.Bytes()) {
		h.t.Error("the same bundle has other bytes")
	}
	archive, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	h.must(err)
	texts := map[string]string{}
	for _, file := range archive.File {
		content, err := file.Open()
		h.must(err)
		text, err := io.ReadAll(content)
		h.must(err)
		texts[file.Name] = string(text)
	}
	return texts
}

func (h *hall) handOut(role Role, meeting Meeting, tier bundle.Tier) bundle.Bundle {
	h.t.Helper()
	b, err := h.HandOutBundle(h.ctx(), h.by(role), h.community.ID, meeting.ID, tier)
	h.must(err)
	return b
}

func TestEachTierHoldsWhatItsReadersMaySee(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		h.published(meeting)
		public, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		tiers := map[bundle.Tier]map[string]string{bundle.Public: h.files(public),
			bundle.Owners:  h.files(h.handOut(RoleConvener, meeting, bundle.Owners)),
			bundle.Tellers: h.files(h.handOut(RoleStreet, meeting, bundle.Tellers))}
		// By what a file shows: the tiers that may hold it.
		for text, may := range map[string][]bundle.Tier{
			"1号楼/1单元/101":      {bundle.Owners, bundle.Tellers}, // a place
			`"voter":"`:        {bundle.Owners, bundle.Tellers},
			`"mark":"abstain`:  {bundle.Tellers}, // a choice
			`"leaf":`:          {bundle.Tellers}, // who voted when
			`"delivery":"deli`: {bundle.Tellers},
			"样例1":              nil, // a name
			"1990000":          nil, // a phone
			"9900001970":       nil, // an ID number
		} {
			for tier, files := range tiers {
				held := false
				for _, file := range files {
					held = held || strings.Contains(file, text)
				}
				if held != slices.Contains(may, tier) {
					t.Errorf("%s holds %q: %v", tier, text, held)
				}
			}
		}
		for _, line := range strings.Split(strings.TrimSpace(tiers[bundle.Owners][bundle.FileVoted]), "\n") {
			if !strings.HasPrefix(line, `{"channel":"online","slot":`) {
				t.Errorf("owners read %s", line)
			}
		}
		if n := strings.Count(tiers[bundle.Tellers][bundle.FileBook], "\n"); n != 5 {
			t.Errorf("the book has %d lines, want 4 ballots and 1 delivery", n)
		}
	})
}

func TestWhatABundleHoldsIsWhatTheLogCommitsTo(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		h.published(meeting)
		files := h.files(h.handOut(RoleTeller, meeting, bundle.Tellers))
		var open ledger.Open
		var result ledger.Result
		for _, line := range strings.SplitAfter(files[bundle.FileLeaves], "\n") {
			if line == "" {
				continue
			}
			_, body, err := ledger.Decode([]byte(ledger.LeafPrefix + line))
			h.must(err)
			switch body := body.(type) {
			case ledger.Open:
				open = body
			case ledger.Result:
				result = body
			}
		}
		results, err := h.Results(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		shown, err := ledger.ParseHash(results[1].SHA256)
		h.must(err)
		for name, pair := range map[string][2]ledger.Hash{
			"agenda":         {open.Agenda, ledger.Sum([]byte(files[bundle.FileAnnounced]))},
			"rules":          {open.Rules, ledger.Sum([]byte(files[bundle.FileRules]))},
			"result":         {result.Outcome, ledger.Sum([]byte(files[bundle.FileResult]))},
			"the shown code": {result.Outcome, shown},
			"full book":      {result.FullBook, ledger.Sum([]byte(files[bundle.FileBook]))},
			"owners' book":   {result.PublicBook, ledger.Sum([]byte(files[bundle.FileVoted]))},
		} {
			if pair[0] != pair[1] || pair[0] == (ledger.Hash{}) {
				t.Errorf("%s: the log has %s, the bundle %s", name, pair[0], pair[1])
			}
		}
	})
}

func TestWhoMayHaveWhichBundleAndWhen(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		ask := func(role Role, tier bundle.Tier, code string) {
			t.Helper()
			_, err := h.HandOutBundle(h.ctx(), h.by(role), h.community.ID, meeting.ID, tier)
			h.refused(err, code)
		}
		_, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.refused(err, "result_not_ready")
		ask(RoleTeller, bundle.Owners, "result_not_ready")
		ask(RoleConvener, bundle.Owners, "result_not_ready")
		for _, role := range []Role{RoleConvener, RoleDistrict, RoleOperator} {
			ask(role, bundle.Tellers, "forbidden")
		}
		before, err := h.LogHeadOf(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		first := h.handOut(RoleTeller, meeting, bundle.Tellers)
		h.published(meeting)
		second := h.handOut(RoleStreet, meeting, bundle.Owners)
		ask(RoleDistrict, bundle.Owners, "forbidden")
		ask(RoleStreet, bundle.Public, "forbidden") // the public one needs no desk
		if first.Copy != before.Size || second.Copy != before.Size+1 || int64(len(second.Leaves)) != second.Copy+1 {
			t.Errorf("copies %d and %d after %d leaves", first.Copy, second.Copy, before.Size)
		}
		_, body, err := ledger.Decode(second.Leaves[first.Copy])
		h.must(err)
		if body != (ledger.Access{Tier: "tellers"}) {
			t.Errorf("the copy is recorded as %+v", body)
		}
		trail, err := h.Audit(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		if last := trail[len(trail)-1]; last.Act != "book_handed_out" || last.ActorName != "street" {
			t.Errorf("the audit ends with %+v", last)
		}
		h.must(h.AnnulMeeting(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID, "票箱封条破损"))
		_, err = h.PublicBundle(h.ctx(), meeting.ID)
		h.refused(err, "result_not_ready")
	})
}

func TestABundleIsNotMadeOfAnAlteredAgenda(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		h.published(meeting)
		h.must(h.db.Exec(`UPDATE matter SET body = ? WHERE meeting_id = ? AND position = 1`, "别的内容。", meeting.ID).Error)
		_, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.refused(err, "ledger_mismatch")
	})
}

// A term that nobody fixed could be changed after the notice: whoever adds one adds it to the document.
func TestEveryTermOfAMeetingIsInTheAnnouncedDocument(t *testing.T) {
	under := map[string]string{"Extraordinary": "Kind", "RosterID": "Roster", "SealKept": "Seal"}
	announced := reflect.TypeFor[bundle.Announced]()
	for _, field := range reflect.VisibleFields(reflect.TypeFor[MeetingTerms]()) {
		name := field.Name
		if other, renamed := under[name]; renamed {
			name = other
		}
		if _, there := announced.FieldByName(name); !there {
			t.Errorf("%s is not announced", field.Name)
		}
	}
}

func TestTheBooksAreForFewRoles(t *testing.T) {
	for _, role := range Roles {
		for _, state := range lifecycle.MeetingStates {
			tiers := BundleTiersFor(role, state)
			if slices.Contains(tiers, bundle.Tellers) && role != RoleTeller && role != RoleStreet {
				t.Errorf("%s reads every choice", role)
			}
			if len(tiers) > 0 && !HasPublicBundle(state) && state != lifecycle.MeetingTallied && state != lifecycle.MeetingPreliminary {
				t.Errorf("%s reads a book of a meeting that is %s", role, state)
			}
		}
	}
}
