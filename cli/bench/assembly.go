package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"gongjue/models"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/roster"
)

const day = int64(24 * time.Hour / time.Millisecond)

// assembly is one invented community with a meeting, made through the same use cases that people use, on a clock that only
// the benchmark moves.
type assembly struct {
	store     *models.Store
	steps     *stepClock
	community models.Community
	meeting   models.Meeting
	now       atomic.Int64
	by        map[models.Role]models.Actor
}

// Origin stands first in the name of every ledger that is made here.
const Origin = "bench.example"

// openAssembly makes a community of so many homes, one voter each, on an empty database with keys of its own; its meeting
// with these matters is open for voting. The caller closes the store.
func openAssembly(ctx context.Context, place database, homes int, matters []models.Matter) (*assembly, error) {
	a, err := emptyAssembly(ctx, place, freshKeys(), time.Now().UnixMilli())
	if err != nil {
		return nil, err
	}
	if err := a.build(ctx, homes, matters); err != nil {
		return nil, errors.Join(fmt.Errorf("build the assembly: %w", err), a.store.Close())
	}
	return a, nil
}

// emptyAssembly opens an empty database whose clock stands at start (Unix ms). The caller closes the store.
func emptyAssembly(ctx context.Context, place database, raw vault.Raw, start int64) (*assembly, error) {
	a := &assembly{by: map[models.Role]models.Actor{}, steps: &stepClock{steps: map[models.CountStep]float64{}}}
	a.now.Store(start)
	keys, err := vault.NewKeys(raw)
	if err != nil {
		return nil, err
	}
	a.store, err = models.Open(ctx, models.Options{URL: place.url, Keys: keys, Clock: a.now.Load, Origin: Origin, Watch: a.steps.begin})
	return a, err
}

// Opened is a meeting that is open for voting until five days from now.
type Opened struct {
	CommunityID string
	MeetingID   string
	ClosesAt    int64    // Unix ms
	Requests    [][]byte // the whole request with each voter's ballot, in a shuffled order
}

// OpenMeeting fills an empty database with an invented community of so many voters whose meeting is open now.
func OpenMeeting(ctx context.Context, url string, raw vault.Raw, voters int) (opened Opened, err error) {
	a, err := emptyAssembly(ctx, database{url: url}, raw, openedLongAgo())
	if err != nil {
		return Opened{}, err
	}
	defer func() { err = errors.Join(err, a.store.Close()) }()
	if err := a.build(ctx, voters, castAgenda); err != nil {
		return Opened{}, err
	}
	keys, err := vault.NewKeys(raw)
	if err != nil {
		return Opened{}, err
	}
	requests, err := castRequests(ctx, a, keys)
	return Opened{CommunityID: a.community.ID, MeetingID: a.meeting.ID, ClosesAt: a.meeting.ClosesAt, Requests: requests}, err
}

// openedLongAgo is when an assembly begins (Unix ms) whose notice, opening and all days but five lie behind.
func openedLongAgo() int64 { return time.Now().UnixMilli() - 25*day }

func freshKeys() vault.Raw {
	var raw [4][vault.KeySize]byte
	for i := range raw {
		_, _ = rand.Read(raw[i][:]) // never fails: the runtime ends the process rather than give poor randomness
	}
	return vault.Raw{Field: raw[0][:], Token: raw[1][:], Seal: raw[2][:], Log: raw[3][:]}
}

func (a *assembly) build(ctx context.Context, homes int, matters []models.Matter) error {
	if _, err := a.store.Migrate(ctx); err != nil {
		return err
	}
	var err error
	if a.community, err = a.store.CreateCommunity(ctx, models.System, "样例区", "样例街道", "样例小区"); err != nil {
		return err
	}
	scopes := map[models.Role]string{models.RoleStreet: a.community.StreetID, models.RoleConvener: a.community.ID, models.RoleTeller: a.community.ID}
	for role, scope := range scopes {
		staff, err := a.store.AddStaff(ctx, models.System, models.NewStaff{Login: string(role), Name: string(role), Password: rand.Text(), Role: role, Scope: scope})
		if err != nil {
			return err
		}
		a.by[role] = staff.Actor()
	}
	list, err := a.roster(ctx, homes)
	if err != nil {
		return err
	}
	return a.open(ctx, list, matters)
}

// roster imports the homes, displays them and freezes them.
func (a *assembly) roster(ctx context.Context, homes int) (string, error) {
	convener, id := a.by[models.RoleConvener], a.community.ID
	list, err := a.store.ImportRoster(ctx, convener, id, models.RosterFile{Name: "bench.xlsx", SHA256: "00", Roster: roster.Roster{Units: inventedHomes(homes)}})
	if err != nil {
		return "", err
	}
	if err := a.store.PublishRoster(ctx, convener, id, list.ID, models.Display{Until: a.now.Load(), AnswerDays: 1, Contact: "样例"}); err != nil {
		return "", err
	}
	a.now.Add(1) // the display is over
	return list.ID, a.store.FreezeRoster(ctx, a.by[models.RoleStreet], id, list.ID)
}

// inventedHomes are flats in buildings of a hundred, with one owner each who has a phone.
func inventedHomes(n int) []roster.Unit {
	units := make([]roster.Unit, n)
	for i := range units {
		units[i] = roster.Unit{Building: fmt.Sprintf("%d号楼", i/100+1), Stair: fmt.Sprintf("%d单元", i/50%2+1), Room: fmt.Sprintf("%d%02d", i%50/2+1, i%2+1),
			Usage: roster.UsageDwelling, Area: homeArea(i), AreaSource: roster.Register, Delivered: true, CountsArea: true, CountsHeads: true,
			Owners: []roster.Owner{{Name: fmt.Sprintf("样例%d", i), IDKind: roster.OtherDocument, IDNumber: fmt.Sprintf("BENCH%07d", i), Phone: fmt.Sprintf("1990000%04d", i%10_000)}}}
	}
	return units
}

func (a *assembly) open(ctx context.Context, rosterID string, matters []models.Matter) error {
	convener, id, counted := a.by[models.RoleConvener], a.community.ID, true
	meeting, err := a.store.CreateMeeting(ctx, convener, id, models.MeetingTerms{Title: "基准测试会议", ConvenerKind: "committee", ConvenerName: "样例小区业主委员会",
		Contact: "样例", RosterID: rosterID, OpensAt: a.now.Load() + 20*day, ClosesAt: a.now.Load() + 30*day, ObjectionDays: 5,
		Policies: voting.Policies{VoidParticipates: &counted}})
	if err != nil {
		return err
	}
	for _, matter := range matters {
		if _, err := a.store.AddMatter(ctx, convener, id, meeting.ID, matter); err != nil {
			return err
		}
	}
	if err := a.store.IssueNotice(ctx, convener, id, meeting.ID); err != nil {
		return err
	}
	if err := a.tickAt(ctx, meeting.OpensAt); err != nil {
		return err
	}
	a.meeting, err = a.store.Meeting(ctx, id, meeting.ID)
	return err
}

func (a *assembly) tickAt(ctx context.Context, ms int64) error {
	a.now.Store(ms)
	return a.store.Tick(ctx)
}

// voters at the same time while ballots are cast.
const casters = 256

// vote lets every voter but each tenth cast a ballot, and tells how many did; answer fills in the sheet of the i-th.
func (a *assembly) vote(ctx context.Context, answer func(i int, matters []models.Matter) map[string]voting.Choice) (int, error) {
	sheets, err := a.store.Sheets(ctx, a.community.ID, a.meeting.ID)
	if err != nil {
		return 0, err
	}
	var group sync.WaitGroup
	var next, cast atomic.Int64
	failures := make([]error, casters)
	for w := range casters {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(sheets) && failures[w] == nil; i = int(next.Add(1)) - 1 {
				if i%10 == 9 {
					continue
				}
				sheet := sheets[i]
				_, failures[w] = a.store.CastBallot(ctx, models.Cast{Session: models.ResidentSession{Meeting: a.meeting.ID, Voter: sheet.VoterID},
					Choices: answer(i, sheet.Matters), IdemKey: "bench-" + sheet.VoterID})
				cast.Add(1)
			}
		})
	}
	group.Wait()
	return int(cast.Load()), errors.Join(failures...)
}
