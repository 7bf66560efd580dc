package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// elect is a published election in which 甲, 乙 and 丙 win the three seats, and 丁 and 戊 follow as alternates.
func (h *hall) elect() Meeting {
	h.t.Helper()
	return h.electAmong(voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"戊", "丁", "丙", "乙", "甲"}, Seats: 3,
		Alternates: 2, MinMembers: 3})
}

// against are the candidates whom the voter at a place refuses: 甲 has the most votes, 戊 the fewest that are enough, and 庚 too few.
var against = map[string]string{"1号楼/1单元/101": "庚", "1号楼/1单元/102": "丙戊庚", "1号楼/1单元/201": "庚", "1号楼/1单元/202": "丁", "2号楼/1单元/102": "乙戊"}

func (h *hall) electAmong(rule voting.Matter) Meeting {
	h.t.Helper()
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	_, err = h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, Matter{Title: "选举业主委员会", Body: "应选三人。", Rule: rule})
	h.must(err)
	return h.held(meeting)
}

// held takes a drafted meeting to its final result.
func (h *hall) held(meeting Meeting) Meeting {
	h.t.Helper()
	h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	h.wait(h.again(meeting).OpensAt - h.now)
	for place, refused := range against {
		sheet := h.sheetAt(meeting, place)
		choices := answers(sheet.Matters, voting.Yes)
		for _, choice := range choices {
			for name := range choice.Each {
				if strings.Contains(refused, name) {
					choice.Each[name] = voting.No
				}
			}
		}
		_, err := h.CastBallot(h.ctx(), Cast{Session: h.session(sheet), Choices: choices, IdemKey: key1})
		h.must(err)
	}
	h.wait(10*day + CloseGrace)
	h.must(h.Count(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID))
	h.published(meeting)
	return h.meeting(meeting)
}

func (h *hall) register() []Committee {
	h.t.Helper()
	list, err := h.Committees(h.ctx(), h.community.ID)
	h.must(err)
	return list
}

// people prints the members of a term: position, name, state and post.
func people(c Committee) string {
	var list []string
	for _, m := range c.Members {
		list = append(list, fmt.Sprintf("%d%s %s %s", m.Position, m.Name, m.State, m.Post))
	}
	return strings.Join(list, ", ")
}

// memberNamed is a member of a term by name.
func memberNamed(c Committee, name string) CommitteeMember {
	i := slices.IndexFunc(c.Members, func(m CommitteeMember) bool { return m.Name == name })
	return c.Members[i]
}

// constituted is a term whose first meeting chose 甲 as its chair.
func (h *hall) constituted() (Meeting, Committee) {
	h.t.Helper()
	meeting := h.elect()
	term := h.register()[0]
	h.must(h.ChoosePosts(h.ctx(), h.by(RoleConvener), h.community.ID, term.ID, h.choice(term)))
	return meeting, h.register()[0]
}

// choice makes 甲 the chair and 乙 the deputy, by all three.
func (h *hall) choice(term Committee) CommitteeChoice {
	return CommitteeChoice{HeldOn: calendar.DayText(h.now), Present: 3, InFavour: 2, Chair: memberNamed(term, "甲").ID, Deputies: []string{memberNamed(term, "乙").ID}}
}

func TestWhomAnElectionElectsComesIntoTheRegisterAsCounted(t *testing.T) {
	inHall(t, func(h *hall) {
		_, err := h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.refused(err, "no_committee")
		meeting := h.elect()
		list := h.register()
		if len(list) != 1 {
			t.Fatalf("%d terms", len(list))
		}
		term := list[0]
		if term.State != lifecycle.CommitteeElected || term.Number != 1 || term.Seats != 3 || term.MeetingID != meeting.ID || term.BeganAt != meeting.PublishedAt {
			t.Errorf("%+v", term)
		}
		if got := people(term); got != "1甲 serving member, 2乙 serving member, 3丙 serving member, 4丁 alternate , 5戊 alternate " {
			t.Errorf("members: %s", got)
		}
		_, err = h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.refused(err, "no_committee") // nobody presides yet
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID), "already_registered")
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleTeller), h.community.ID, meeting.ID), "illegal_step")
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleStreet), h.community.ID, "nothing"), "not_found")
		filing := h.submit(meeting, "")
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{Committee: "样例小区业主委员会", Term: 4, TermFrom: "2026-04-08", TermTo: "2029-04-07"}))
		term, err = h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.must(err)
		if term.State != lifecycle.CommitteeServing || term.Number != 4 || term.Name != "样例小区业主委员会" || calendar.DayText(term.TermTo) != "2029-04-07" {
			t.Errorf("certified: %+v", term)
		}
		if term.Lapsed(term.TermTo) || !term.Lapsed(term.TermTo+1) {
			t.Error("the term is over after its last moment, not before")
		}
		entries, err := h.CommitteeEntries(h.ctx(), h.community.ID, true)
		h.must(err)
		if len(entries) != 2 || entries[0].Kind != lifecycle.EntryElected || entries[1].Kind != lifecycle.EntryCertified || entries[1].Number != 2 {
			t.Errorf("entries: %+v", entries)
		}
	})
}

func TestAnEarlierElectionIsRegisteredWithItsCertificate(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.elect()
		filing := h.submit(meeting, "")
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{TermFrom: "2026-04-08", TermTo: "2029-04-07"}))
		h.must(h.alter("DELETE FROM committee_entry WHERE meeting_id = ?", meeting.ID).Error)
		h.must(h.db.Exec("DELETE FROM committee_member").Error)
		h.must(h.db.Exec("DELETE FROM committee").Error)
		h.must(h.RegisterElection(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
		term, err := h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.must(err)
		if term.BeganAt != meeting.PublishedAt || calendar.DayText(term.TermTo) != "2029-04-07" || term.AllAt(h.now) != 3 {
			t.Errorf("%+v", term)
		}
	})
}

func TestAnElectionThatElectsNobodyRegistersNothing(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.final() // four equal candidates for three seats
		if list := h.register(); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID), "no_committee_elected")
	})
}

func TestTheFirstMeetingOfACommitteeChoosesByMoreThanHalfOfAll(t *testing.T) {
	inHall(t, func(h *hall) {
		h.elect()
		term := h.register()[0]
		constitute := func(role Role, held CommitteeChoice) error {
			return h.ChoosePosts(h.ctx(), h.by(role), h.community.ID, term.ID, held)
		}
		for name, c := range map[string]struct {
			spoil func(*CommitteeChoice)
			code  string
		}{
			"one of three in favour":       {func(f *CommitteeChoice) { f.InFavour = 1 }, "not_over_half"},
			"more in favour than present":  {func(f *CommitteeChoice) { f.InFavour = 4 }, "bad_value"},
			"more present than members":    {func(f *CommitteeChoice) { f.Present = 4 }, "bad_value"},
			"held tomorrow":                {func(f *CommitteeChoice) { f.HeldOn = calendar.DayText(h.now + day) }, "bad_value"},
			"held before the election":     {func(f *CommitteeChoice) { f.HeldOn = calendar.DayText(term.BeganAt - day) }, "bad_value"},
			"an alternate as chair":        {func(f *CommitteeChoice) { f.Chair = memberNamed(term, "丁").ID }, "bad_value"},
			"nobody as chair":              {func(f *CommitteeChoice) { f.Chair = "" }, "bad_value"},
			"chair and deputy in one":      {func(f *CommitteeChoice) { f.Deputies = []string{f.Chair} }, "bad_value"},
			"a deputy twice":               {func(f *CommitteeChoice) { f.Deputies = append(f.Deputies, f.Deputies[0]) }, "bad_value"},
			"minutes that are a programme": {func(f *CommitteeChoice) { f.FileName, f.File = "a.exe", []byte("MZ") }, "file_kind"},
		} {
			held := h.choice(term)
			c.spoil(&held)
			if err := constitute(RoleConvener, held); err == nil || err.(*Refusal).Code != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.refused(constitute(RoleTeller, h.choice(term)), "illegal_step")
		held := h.choice(term)
		held.FileName, held.File = "会议纪要.pdf", []byte("%PDF-1.4")
		h.must(constitute(RoleConvener, held))
		term, err := h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.must(err)
		if term.State != lifecycle.CommitteeConstituted || people(term) != "1甲 serving chair, 2乙 serving deputy, 3丙 serving member, 4丁 alternate , 5戊 alternate " {
			t.Errorf("%s: %s", term.State, people(term))
		}
		if len(term.VotersAt(h.now)) != 3 || term.AllAt(h.now) != 3 || term.AllAt(term.BeganAt-1) != 0 {
			t.Error("three members since the election")
		}
		entries, err := h.CommitteeEntries(h.ctx(), h.community.ID, true)
		h.must(err)
		if last := entries[len(entries)-1]; last.InFavour != 2 || len(last.Evidence) != 1 || last.Authority != lifecycle.Convener {
			t.Errorf("%+v", last)
		}
	})
}

func TestACommitteeFallsWithItsElection(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting, _ := h.constituted()
		_, err := h.supervise(RoleStreet, meeting, WantedSupervision{Kind: lifecycle.Revoked, Breached: "法律一", Basis: "物业管理条例第19条第2款", Body: "选举违法，撤销。"})
		h.must(err)
		term := h.register()[0]
		if term.State != lifecycle.CommitteeRevoked || term.EndedAt != h.now || term.AllAt(h.now) != 0 {
			t.Errorf("%+v", term)
		}
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleStreet), h.community.ID, meeting.ID), "illegal_step")
	})
}

// before is a term as its papers tell it.
func (h *hall) before() EnteredCommittee {
	return EnteredCommittee{Number: 2, Seats: 5, Document: "样例街备〔2022〕7号", BeganOn: "2022-05-18", TermFrom: "2022-05-20", TermTo: "2027-05-19", Chair: "赵一", Deputies: []string{"钱二"},
		Members: []string{"孙三", "李四"}, Alternates: []string{"周五"}, FileName: "备案.pdf", File: []byte("%PDF-1.4")}
}

func TestTheStreetEntersAnOlderCommitteeWithItsPapers(t *testing.T) {
	inHall(t, func(h *hall) {
		enter := func(role Role, wanted EnteredCommittee) error {
			return h.EnterCommittee(h.ctx(), h.by(role), h.community.ID, wanted)
		}
		for name, c := range map[string]struct {
			spoil func(*EnteredCommittee)
			code  string
		}{
			"without its filing":          {func(e *EnteredCommittee) { e.FileName, e.File = "", nil }, "required"},
			"without a number of papers":  {func(e *EnteredCommittee) { e.Document = " " }, "required"},
			"without a term":              {func(e *EnteredCommittee) { e.TermTo = "" }, "bad_value"},
			"that ends before it begins":  {func(e *EnteredCommittee) { e.TermTo = "2022-05-19" }, "bad_value"},
			"without a chair":             {func(e *EnteredCommittee) { e.Chair = " " }, "bad_value"},
			"with one name twice":         {func(e *EnteredCommittee) { e.Members = []string{"赵一"} }, "bad_value"},
			"with fewer seats than heads": {func(e *EnteredCommittee) { e.Seats = 3 }, "bad_value"},
			"elected in the future":       {func(e *EnteredCommittee) { e.BeganOn = "2030-01-01" }, "bad_value"},
		} {
			wanted := h.before()
			c.spoil(&wanted)
			if err := enter(RoleStreet, wanted); err == nil || err.(*Refusal).Code != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.refused(enter(RoleConvener, h.before()), "illegal_step")
		h.must(enter(RoleStreet, h.before()))
		h.refused(enter(RoleStreet, h.before()), "term_taken")
		term, err := h.CommitteeInOffice(h.ctx(), h.community.ID)
		h.must(err)
		if term.State != lifecycle.CommitteeServing || term.Seats != 5 || term.AllAt(h.now) != 4 || memberNamed(term, "赵一").Named {
			t.Errorf("%+v", term)
		}
		earlier := h.before()
		earlier.Number = 1
		h.refused(enter(RoleStreet, earlier), "committee_in_office")
		earlier.BeganOn, earlier.TermFrom, earlier.TermTo = "2017-05-18", "2017-05-20", "2022-05-19"
		h.must(enter(RoleStreet, earlier))
		list := h.register()
		if len(list) != 2 || list[1].State != lifecycle.CommitteeEnded || list[1].Number != 1 {
			t.Errorf("history: %+v", list)
		}
		meeting := h.elect()
		h.must(h.ChoosePosts(h.ctx(), h.by(RoleConvener), h.community.ID, h.register()[0].ID, h.choice(h.register()[0])))
		list = h.register()
		if list[0].MeetingID != meeting.ID || list[0].Number != 3 || list[1].State != lifecycle.CommitteeEnded || list[1].EndedAt != h.now || memberNamed(list[1], "赵一").Ground != lifecycle.TermOver {
			t.Errorf("the next one took its place: %+v", list)
		}
	})
}

// furtherWords are those of a further vote.
var furtherWords = RunOffWords{Title: func(title string) string { return "再次表决：" + title },
	Text: func(Meeting, MatterResult, voting.Matter, string) string { return "空缺一人。" }}

func TestAFurtherVoteCompletesTheCommitteeOfTheFirst(t *testing.T) {
	inHall(t, func(h *hall) {
		h.announce = func(terms *MeetingTerms) { terms.Policies.Shortfall = voting.OverHalfStands }
		first := h.electAmong(voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"庚", "乙", "甲"}, Seats: 3, MinMembers: 2})
		term := h.register()[0]
		if term.MeetingID != first.ID || people(term) != "1甲 serving member, 2乙 serving member" || term.Seats != 3 {
			t.Fatalf("two of three: %+v", term)
		}
		second, err := h.DraftRunOff(h.ctx(), h.by(RoleConvener), h.community.ID, first.ID, furtherWords)
		h.must(err)
		matter := second.Matters[0]
		matter.Rule.Options = []string{"丙"}
		h.must(h.UpdateMatter(h.ctx(), h.by(RoleConvener), h.community.ID, second.ID, matter))
		second = h.held(second)
		list := h.register()
		if len(list) != 1 || people(list[0]) != "1甲 serving member, 2乙 serving member, 3丙 serving member" || memberNamed(list[0], "丙").MeetingID != second.ID {
			t.Fatalf("completed: %+v", list)
		}
		h.refused(h.RegisterElection(h.ctx(), h.by(RoleStreet), h.community.ID, second.ID), "already_registered")
	})
}

func TestAFurtherVoteFormsTheCommitteeThatTheFirstDidNot(t *testing.T) {
	inHall(t, func(h *hall) {
		first := h.electAmong(voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"庚", "乙", "甲"}, Seats: 3, MinMembers: 3})
		if list := h.register(); len(list) != 0 {
			t.Fatalf("no committee came of two of three: %+v", list)
		}
		second, err := h.DraftRunOff(h.ctx(), h.by(RoleConvener), h.community.ID, first.ID, furtherWords)
		h.must(err)
		matter := second.Matters[0]
		matter.Rule.Options = []string{"丙"}
		h.must(h.UpdateMatter(h.ctx(), h.by(RoleConvener), h.community.ID, second.ID, matter))
		second = h.held(second)
		term := h.register()[0]
		if term.MeetingID != second.ID || term.Seats != 3 || people(term) != "1甲 serving member, 2乙 serving member, 3丙 serving member" || memberNamed(term, "甲").MeetingID != first.ID {
			t.Fatalf("formed: %+v", term)
		}
	})
}

func TestTheRegisterTellsWhatACertificateSays(t *testing.T) {
	for _, c := range []struct {
		name, place, from, to string
	}{
		{"a place that sets no term leaves it open", "", "", ""},
		{"a place that sets the longest term gives its days", "北京市/朝阳区", "2026-04-07", "2031-04-07"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting := h.elect()
				h.sign(meeting)
				if c.place != "" {
					h.livesIn(c.place)
				}
				filing, err := h.SubmitFiling(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, "", nil)
				h.must(err)
				before, err := h.ParticularsOf(h.ctx(), filing)
				h.must(err)
				if before.Committee == "" || before.Term != 1 || before.Chair != "" || before.TermFrom != c.from || before.TermTo != c.to {
					t.Errorf("before a chair was chosen: %+v", before)
				}
				term := h.register()[0]
				h.must(h.ChoosePosts(h.ctx(), h.by(RoleConvener), h.community.ID, term.ID, h.choice(term)))
				after, err := h.ParticularsOf(h.ctx(), filing)
				h.must(err)
				if before.Chair = term.Members[0].Name; after != before {
					t.Errorf("after a chair was chosen: %+v, want %+v", after, before)
				}
			})
		})
	}
}
