package models

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"gorm.io/gorm"

	"gongjue/e2e/pgtest"
	"gongjue/migrations"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/roster"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// hall is a store with a clock to move, one community and one account of each role.
type hall struct {
	*Store
	t         *testing.T
	mu        sync.Mutex
	now       int64
	community Community
	staff     map[Role]Staff
	announce  func(m *MeetingTerms) // changes what the next meeting announces; nil: nothing
	ready     func(m Meeting)       // does what the notice still needs; nil: nothing
	url       string                // of the database
}

func (h *hall) clock() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// wait moves the clock on and lets the server open and close what is due.
func (h *hall) wait(ms int64) {
	h.t.Helper()
	h.mu.Lock()
	h.now += ms
	h.mu.Unlock()
	h.must(h.Tick(h.ctx()))
}

func (h *hall) ctx() context.Context { return h.t.Context() }

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// refused checks that an error is exactly this refusal.
func (h *hall) refused(err error, code string) {
	h.t.Helper()
	if !errors.Is(err, &Refusal{Code: code}) {
		h.t.Errorf("got %v, want the refusal %s", err, code)
	}
}

const password = "kaihui-toupiao-2026"

// inHall runs a test on both databases, each time in a fresh hall at 2026-03-02 09:00 北京时间.
func inHall(t *testing.T, run func(h *hall)) {
	t.Helper()
	pgtest.Both(t, func(t *testing.T, url string) {
		h := &hall{t: t, url: url, now: calendar.Date(2026, 3, 2) + 9*hour, staff: map[Role]Staff{}}
		keys, err := vault.NewKeys(vault.Raw{Field: fill(1), Token: fill(2), Seal: fill(3), Log: fill(4)})
		h.must(err)
		h.Store, err = Open(h.ctx(), Options{URL: url, Keys: keys, Clock: h.clock, Origin: "test.example"})
		h.must(err)
		t.Cleanup(func() { _ = h.Close() })
		_, err = h.Migrate(h.ctx())
		h.must(err)
		h.community, err = h.CreateCommunity(h.ctx(), System, "样例区", "样例街道", "样例小区")
		h.must(err)
		scopes := map[Role]string{RoleOperator: "", RoleDistrict: h.community.DistrictID, RoleStreet: h.community.StreetID,
			RoleConvener: h.community.ID, RoleTeller: h.community.ID}
		for _, role := range Roles {
			account, err := h.AddStaff(h.ctx(), System, NewStaff{Login: string(role), Name: string(role), Password: password, Role: role, Scope: scopes[role]})
			h.must(err)
			h.staff[role] = account
		}
		run(h)
		h.nobodyIsWithoutParent()
	})
}

// nobodyIsWithoutParent looks for rows of a roster whose version, voter or owner is not there or stands in another
// community: since 00024 the database does not, so that whatever a test has done is held to it.
func (h *hall) nobodyIsWithoutParent() {
	h.t.Helper()
	if h.sql.Ping() != nil {
		return // the test has closed the store
	}
	for _, tie := range [][3]string{{"voter", "roster_id", "roster"}, {"unit", "roster_id", "roster"}, {"unit", "voter_id", "voter"},
		{"owner", "roster_id", "roster"}, {"voter_owner", "voter_id", "voter"}, {"voter_owner", "owner_id", "owner"}} {
		var lost int64
		h.must(h.db.Raw("SELECT COUNT(*) FROM " + tie[0] + " AS child WHERE NOT EXISTS (SELECT 1 FROM " + tie[2] +
			" AS parent WHERE parent.community_id = child.community_id AND parent.id = child." + tie[1] + ")").Scan(&lost).Error)
		if lost != 0 {
			h.t.Errorf("%d rows of %s without their %s", lost, tie[0], tie[2])
		}
	}
}

// alter does what an insider can who owns the database: it takes the triggers away and changes what must not change.
func (h *hall) alter(statement string, values ...any) *gorm.DB {
	h.t.Helper()
	for _, table := range migrations.Kept {
		if h.dialect == migrations.Postgres {
			h.must(h.db.Exec("ALTER TABLE " + table + " DISABLE TRIGGER USER").Error)
			continue
		}
		h.must(h.db.Exec("DROP TRIGGER IF EXISTS " + table + "_kept_UPDATE").Error)
		h.must(h.db.Exec("DROP TRIGGER IF EXISTS " + table + "_kept_DELETE").Error)
	}
	return h.db.Exec(statement, values...)
}

func fill(b byte) []byte {
	key := make([]byte, 32)
	for i := range key {
		key[i] = b
	}
	return key
}

func (h *hall) by(role Role) Actor { return h.staff[role].Actor() }

// smallRoster has four homes in building 1, two in building 2, one owner of two of them, a couple, a parking
// space and two unsold units of the developer: seven heads.
func smallRoster() roster.Roster {
	person := func(n int) roster.Owner {
		return roster.Owner{Name: fmt.Sprintf("样例%d", n), IDKind: roster.ResidentID, IDNumber: fmt.Sprintf("99000019700101%04d", n),
			Phone: fmt.Sprintf("1990000%04d", n)}
	}
	unit := func(building, room string, area voting.Area, owners ...roster.Owner) roster.Unit {
		return roster.Unit{Building: building, Stair: "1单元", Room: room, Usage: roster.UsageDwelling, Area: area, AreaSource: roster.Register,
			Delivered: true, CountsArea: true, CountsHeads: true, Owners: owners}
	}
	units := []roster.Unit{
		unit("1号楼", "101", 900_000, person(1)), unit("1号楼", "102", 900_000, person(2)),
		unit("1号楼", "201", 1_000_000, person(3), person(4)), unit("1号楼", "202", 1_000_000, person(5)),
		unit("2号楼", "101", 800_000, person(1)), unit("2号楼", "102", 800_000, person(6)),
		unit("2号楼", "201", 700_000), unit("2号楼", "202", 700_000),
		unit("车库", "B1", 120_000, person(7)),
	}
	units[6].DeveloperHeld, units[7].DeveloperHeld = true, true
	units[8].Usage, units[8].Parking = roster.UsageParking, true
	return roster.Roster{Units: units}
}

// shownUntil is a display that owners may object to until the instant.
func shownUntil(ms int64) Display {
	return Display{Until: ms, AnswerDays: 5, Contact: "物业楼一层"}
}

// frozenRoster imports, publishes and freezes the small roster.
func (h *hall) frozenRoster() Roster {
	h.t.Helper()
	list, err := h.ImportRoster(h.ctx(), h.by(RoleConvener), h.community.ID, RosterFile{Name: "roster.xlsx", SHA256: "00", Roster: smallRoster()})
	h.must(err)
	h.must(h.PublishRoster(h.ctx(), h.by(RoleConvener), h.community.ID, list.ID, shownUntil(h.now)))
	h.wait(1) // the display is over
	h.must(h.FreezeRoster(h.ctx(), h.by(RoleStreet), h.community.ID, list.ID))
	list, err = h.Roster(h.ctx(), h.community.ID, list.ID)
	h.must(err)
	return list
}

// terms are a lawful meeting that opens in 20 days and takes 10.
func (h *hall) terms(list Roster) MeetingTerms {
	counted := true
	terms := MeetingTerms{Title: "第一次会议", ConvenerKind: "committee", ConvenerName: "样例小区业主委员会", Contact: "物业楼一层 8:30—17:30",
		RosterID: list.ID, OpensAt: h.now + 20*day, ClosesAt: h.now + 30*day, ObjectionDays: 5,
		Policies: voting.Policies{VoidParticipates: &counted}}
	if h.announce != nil {
		h.announce(&terms)
	}
	return terms
}

// noticed is a meeting with a motion, an election, a selection and a motion of building 2, with its notice out.
func (h *hall) noticed() Meeting {
	h.t.Helper()
	meeting, err := h.CreateMeeting(h.ctx(), h.by(RoleConvener), h.community.ID, h.terms(h.frozenRoster()))
	h.must(err)
	for _, matter := range []Matter{
		{Title: "修改议事规则", Body: "同意新的议事规则。", Rule: voting.Matter{Kind: voting.Motion, Item: 1}},
		{Title: "选举业主委员会", Body: "应选三人。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach,
			Options: []string{"候选人甲", "候选人乙", "候选人丙", "候选人丁"}, Seats: 3, Alternates: 1, MinMembers: 3}},
		{Title: "选聘物业服务企业", Body: "二选一。", Rule: voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.Pick,
			Options: []string{"样例物业一", "样例物业二"}}},
		{Title: "使用2号楼维修资金", Body: "更换2号楼水泵。", Rule: voting.Matter{Kind: voting.Motion, Item: 5, Scope: []string{"2号楼"}}},
	} {
		_, err := h.AddMatter(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID, matter)
		h.must(err)
	}
	if h.ready != nil {
		h.ready(meeting)
	}
	h.must(h.IssueNotice(h.ctx(), h.by(RoleConvener), h.community.ID, meeting.ID))
	meeting, err = h.Meeting(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return meeting
}

// voting is a noticed meeting whose voting has begun.
func (h *hall) voting() Meeting {
	h.t.Helper()
	meeting := h.noticed()
	h.wait(20 * day)
	return meeting
}

// session proves who they are for the first owner with a phone behind a sheet, through code and outbox.
func (h *hall) session(sheet Sheet) ResidentSession {
	h.t.Helper()
	home, err := h.HomeOf(h.ctx(), sheet.Token)
	h.must(err)
	sent, err := h.RequestCode(h.ctx(), sheet.Token, home.People[0].OwnerID, "198.51.100.7")
	h.must(err)
	token, err := h.RedeemCode(h.ctx(), sent.Request, h.sentCode(sent.Request), "198.51.100.7")
	h.must(err)
	session, err := h.Resident(token)
	h.must(err)
	return session
}

// sentCode takes the code of a request out of the outbox, as the sender would.
func (h *hall) sentCode(request string) string {
	h.t.Helper()
	code := ""
	messages, err := h.ClaimMessages(h.ctx(), 100)
	h.must(err)
	for _, message := range messages {
		h.must(h.MessagesSent(h.ctx(), message))
		if message.Dedupe == "code:"+request {
			code = message.Code
		}
	}
	return code
}

// answers are the same mark on everything: yes to all, or no to all.
func answers(matters []Matter, mark voting.Mark) map[string]voting.Choice {
	choices := map[string]voting.Choice{}
	for _, matter := range matters {
		choice := voting.Choice{Mark: mark}
		switch {
		case matter.Rule.Method == voting.ApprovalEach:
			choice = voting.Choice{Each: map[string]voting.Mark{}}
			for _, name := range matter.Rule.Options {
				choice.Each[name] = mark
			}
		case matter.Rule.Method == voting.Pick:
			choice = voting.Choice{Names: matter.Rule.Options[:1]}
		}
		choices[matter.ID] = choice
	}
	return choices
}

func (h *hall) cast(sheet Sheet, mark voting.Mark, key string) (Receipt, error) {
	h.t.Helper()
	return h.CastBallot(h.ctx(), Cast{Session: h.session(sheet), Choices: answers(sheet.Matters, mark), IdemKey: key})
}

func (h *hall) sheets(meeting Meeting) []Sheet {
	h.t.Helper()
	sheets, err := h.Sheets(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return sheets
}

func (h *hall) state(meeting Meeting) lifecycle.MeetingState {
	h.t.Helper()
	found, err := h.Meeting(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	return found.State
}
