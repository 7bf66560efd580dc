package models

import (
	"fmt"
	"slices"
	"testing"

	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
)

// collect walks a list page by page and gives the ids.
func collect[T any](h *hall, n int, page func(Page) ([]T, string, error), id func(T) string) []string {
	h.t.Helper()
	var ids []string
	for after, pages := "", 0; ; pages++ {
		list, next, err := page(Page{After: after, N: n})
		h.must(err)
		if len(list) > n || pages > 20 {
			h.t.Fatalf("page %d has %d entries", pages+1, len(list))
		}
		for _, entry := range list {
			ids = append(ids, id(entry))
		}
		if next == "" {
			return ids
		}
		if next != ids[len(ids)-1] {
			h.t.Fatalf("the cursor %q is not the last entry", next)
		}
		after = next
	}
}

func TestThePagesOfCommunitiesJoinToTheWholeList(t *testing.T) {
	inHall(t, func(h *hall) {
		for _, place := range [][3]string{{"样例区", "样例街道", "百分%园"}, {"样例区", "样例街道", "a_b花园"}, {"样例区", "乙街道", "样例小区"}, {"甲区", "样例街道", "样例小区"}} {
			_, err := h.CreateCommunity(h.ctx(), System, place[0], place[1], place[2])
			h.must(err)
		}
		id := func(c Community) string { return c.ID }
		for _, role := range []Role{RoleOperator, RoleDistrict, RoleStreet, RoleConvener} {
			staff := h.staff[role]
			whole, err := h.CommunitiesOf(h.ctx(), staff)
			h.must(err)
			var want []string
			for _, c := range whole {
				want = append(want, c.ID)
			}
			for n := 1; n <= 6; n++ {
				got := collect(h, n, func(p Page) ([]Community, string, error) { return h.CommunityPage(h.ctx(), staff, p) }, id)
				if !slices.Equal(got, want) {
					t.Errorf("%s in pages of %d: %v, want %v", role, n, got, want)
				}
			}
			if _, _, err := h.CommunityPage(h.ctx(), staff, Page{After: "nobody", N: 5}); err == nil {
				t.Errorf("%s: a strange cursor is taken", role)
			}
		}
		other, err := h.CreateCommunity(h.ctx(), System, "丙区", "丙街道", "别处")
		h.must(err)
		_, _, err = h.CommunityPage(h.ctx(), h.staff[RoleStreet], Page{After: other.ID, N: 5})
		h.refused(err, "cursor_invalid") // a cursor from beyond the bounds tells nothing
		for text, want := range map[string]int{"": 6, "样例小区": 3, "样例街道 样例小区": 2, "%": 1, "_": 1, "a_b": 1, `\`: 0, "区": 6, "甲区 样例": 1} {
			got := collect(h, 2, func(p Page) ([]BoardCommunity, string, error) { return h.BoardCommunities(h.ctx(), text, p) },
				func(c BoardCommunity) string { return c.ID })
			if len(got) != want {
				t.Errorf("%q finds %d communities, want %d", text, len(got), want)
			}
		}
	})
}

func TestThePagesOfFilingsBeginWithWhatWaits(t *testing.T) {
	inHall(t, func(h *hall) {
		list := h.frozenRoster()
		file := func(n int, version int64, state lifecycle.FilingState, at int64, meeting string) string {
			row := filingRow{CommunityID: h.community.ID, ID: fmt.Sprintf("filing-%d", n), MeetingID: meeting, Version: version, State: state, Kind: lifecycle.FirstFiling,
				Certifier: rules.StreetOffice, Record: "{}", Checks: "[]", Defects: "[]", Particulars: "{}", SubmittedAt: at, SubmittedBy: "x"}
			h.must(h.db.Create(&row).Error)
			return row.ID
		}
		meetings := make([]string, 5)
		for i := range meetings {
			meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(list))
			h.must(err)
			meetings[i] = meeting.ID
		}
		file(0, 1, lifecycle.FilingReturned, 1, meetings[0]) // handed in again since
		certified := file(1, 1, lifecycle.FilingCertified, 2, meetings[1])
		late, early, same := file(2, 2, lifecycle.FilingSubmitted, 9, meetings[0]), file(3, 1, lifecycle.FilingSubmitted, 5, meetings[2]), file(4, 1, lifecycle.FilingSubmitted, 5, meetings[3])
		due := file(5, 1, lifecycle.FilingSubmitted, 20, meetings[4]) // the only one with a day on which it is due
		h.must(h.db.Exec("UPDATE filing SET due_at = 100 WHERE id = ?", due).Error)
		want := []string{due, early, same, late, certified}
		for _, role := range []Role{RoleStreet, RoleDistrict, RoleConvener} {
			for n := 1; n <= 5; n++ {
				got := collect(h, n, func(p Page) ([]Filing, string, error) { return h.FilingPage(h.ctx(), h.staff[role], p) }, func(f Filing) string { return f.ID })
				if !slices.Equal(got, want) {
					t.Errorf("%s in pages of %d: %v, want %v", role, n, got, want)
				}
			}
		}
		_, _, err := h.FilingPage(h.ctx(), h.staff[RoleStreet], Page{After: "nobody", N: 5})
		h.refused(err, "cursor_invalid")
		waiting, err := h.Waiting(h.ctx(), h.staff[RoleStreet])
		h.must(err)
		if len(waiting) != 1 || len(waiting[0].Filings) != 4 || len(waiting[0].Meetings) != 0 || len(waiting[0].Rosters) != 0 {
			t.Errorf("what waits is %+v", waiting)
		}
	})
}

// TestWhatIsUnderWayLeavesOutWhatWasWithdrawn: a vote, and a draft that was withdrawn.
func TestWhatIsUnderWayLeavesOutWhatWasWithdrawn(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		h.now++
		later, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(Roster{ID: meeting.RosterID}))
		h.must(err)
		h.must(h.CancelMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, later.ID, "改期"))
		page, _, err := h.Overviews(h.ctx(), h.staff[RoleDistrict], Page{N: 10})
		h.must(err)
		if len(page) != 1 || len(page[0].Meetings) != 2 {
			t.Errorf("the page has %d communities", len(page))
		}
		underWay, err := h.UnderWay(h.ctx(), h.staff[RoleStreet])
		h.must(err)
		if len(underWay) != 1 || len(underWay[0].Meetings) != 1 || underWay[0].Meetings[0].ID != meeting.ID {
			t.Errorf("under way: %+v", underWay)
		}
	})
}
