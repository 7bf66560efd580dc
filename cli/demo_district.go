package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/roster"
	"gongjue/web"
)

// The district of the demo lies in a province whose rules set days for filing, certificates and renewal.
const (
	demoDistrict   = "山东省/样例市/示范区"
	demoSupervisor = "supervisor"
)

// demoStreets are its streets, each with what becomes of its twenty communities: see [demoFates].
var demoStreets = []struct{ name, ending, fates string }{
	{"示范东街道", "苑", "CCCCCCCCCCCRLVPFOUB."},
	{"示范南街道", "里", "CCCCCCCRLLVVPFOUBB.."},
	{"示范西街道", "园", "CCCCLVVPPFFUUBB....."},
}

// demoNames are the invented names of communities, before the ending of their street.
var demoNames = strings.Split("松涛 竹影 梅溪 兰亭 荷塘 菊韵 桂香 枫林 柳岸 杏坛 银杏 海棠 丁香 紫藤 茉莉 石榴 芙蓉 梧桐 青槐 白杨", " ")

// demoFate is how far a community came: the days since its roster was handed in, and its last step.
type demoFate struct {
	began int // days ago; 0: long ago, another for each community
	last  demoStep
	term  int // days until the end of the term; 0: five years
}

// demoFates are the fates, by their letters; a dot is a community in which nothing has happened.
var demoFates = map[rune]demoFate{
	'C': {0, stepCertify, 0}, 'R': {650, stepCertify, 60}, 'L': {690, stepCertify, -45}, 'V': {37, stepOpen, 0}, 'P': {21, stepNotice, 0},
	'F': {63, stepFile, 0}, 'O': {110, stepFile, 0}, 'U': {130, stepPublish, 0}, 'B': {25, stepFreeze, 0},
}

// demoStep is a step of an election, in order.
type demoStep int

const (
	stepImport demoStep = iota
	stepFreeze
	stepNotice
	stepOpen
	stepClose
	stepPublish
	stepFile
	stepCertify
)

// demoDays are the days after the hand-in of the roster on which the steps are taken.
var demoDays = map[demoStep]int{stepImport: 0, stepFreeze: 16, stepNotice: 17, stepOpen: 33, stepClose: 43, stepPublish: 53, stepFile: 57, stepCertify: 63}

// demoElection is the election of one community on its way.
type demoElection struct {
	*demoStage
	opens   int64
	term    int64 // its last day
	roster  string
	meeting models.Meeting
	filing  models.Filing
}

// demoEvent is a step at its time.
type demoEvent struct {
	at       int64
	step     demoStep
	election *demoElection
}

// wholeDistrict plays two years of a district, all steps in the order of their times, and gives the supervisor's account.
func (d *demoStage) wholeDistrict(ctx context.Context, today int64) (web.DemoLink, error) {
	d.clock.set(today - 760*demoDay)
	var events []demoEvent
	by, long := map[models.Role]models.Actor{models.RoleConvener: {Role: string(models.RoleConvener), ID: "demo-convener"},
		models.RoleTeller: {Role: string(models.RoleTeller), ID: "demo-teller"}, models.RoleStreet: {Role: string(models.RoleStreet), ID: "demo-street"},
		models.RoleDistrict: {Role: string(models.RoleDistrict), ID: "demo-district"}}, 0
	var community models.Community
	for _, street := range demoStreets {
		for i, letter := range street.fates {
			var err error
			if community, err = d.store.CreateCommunity(ctx, models.System, demoDistrict, street.name, "样例"+demoNames[i]+street.ending); err != nil {
				return web.DemoLink{}, err
			}
			fate, fated := demoFates[letter]
			if !fated {
				continue
			}
			if fate.began == 0 {
				fate.began = 72 + long*29
				long++
			}
			stage := &demoStage{store: d.store, clock: d.clock, community: community, by: by}
			events = append(events, (&demoElection{demoStage: stage}).plan(today, fate)...)
		}
	}
	staff, err := d.store.AddStaff(ctx, models.System, models.NewStaff{Login: demoSupervisor, Name: "示范区住建局", Password: demoPassword,
		Role: models.RoleDistrict, Scope: community.DistrictID})
	if err != nil {
		return web.DemoLink{}, err
	}
	slices.SortStableFunc(events, func(a, b demoEvent) int { return cmp.Compare(a.at, b.at) })
	for _, event := range events {
		d.clock.set(event.at)
		if err := event.election.take(ctx, event); err != nil {
			return web.DemoLink{}, fmt.Errorf("step %d of %s: %w", event.step, event.election.community.Name, err)
		}
	}
	d.clock.set(today)
	if err := d.keepRecords(ctx, staff); err != nil {
		return web.DemoLink{}, err
	}
	return web.DemoLink{Role: string(models.RoleDistrict), User: demoSupervisor}, nil
}

// plan are the steps of an election up to the last of its fate.
func (e *demoElection) plan(today int64, fate demoFate) (events []demoEvent) {
	began := today - int64(fate.began)*demoDay
	e.opens = began + int64(demoDays[stepOpen])*demoDay + 8*demoHour
	e.term = began + 1825*demoDay
	if fate.term != 0 {
		e.term = today + int64(fate.term)*demoDay
	}
	for step := stepImport; step <= fate.last; step++ {
		at := began + int64(demoDays[step])*demoDay + 9*demoHour
		switch step {
		case stepOpen:
			at = e.opens
		case stepClose:
			at = e.closes() + models.CloseGrace
		}
		events = append(events, demoEvent{at, step, e})
	}
	return events
}

func (e *demoElection) closes() int64 { return e.opens + 10*demoDay }

// take carries one step out, through the use cases that people use.
func (e *demoElection) take(ctx context.Context, event demoEvent) (err error) {
	convener, street, id := e.by[models.RoleConvener], e.by[models.RoleStreet], e.community.ID
	switch event.step {
	case stepImport:
		return e.importRoster(ctx)
	case stepFreeze:
		return e.store.FreezeRoster(ctx, street, id, e.roster)
	case stepNotice:
		terms := demoTerms(models.Roster{ID: e.roster}, e.community.Name+"首次业主大会会议", 0, 0)
		terms.ConvenerKind, terms.ConvenerName, terms.OpensAt, terms.ClosesAt = "preparation_group", e.community.Name+"业主大会筹备组", e.opens, e.closes()
		e.meeting, err = e.notice(ctx, terms, []models.Matter{{Title: "选举第一届业主委员会委员", Body: "应选委员五名。候选人名单已公示，无异议。",
			Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Seats: 5, MinMembers: 5,
				Options: []string{"候选人甲", "候选人乙", "候选人丙", "候选人丁", "候选人戊"}}},
			{Title: "对物业服务的年度满意度", Body: "过去一年您对物业服务企业的服务满意吗？", Rule: voting.Matter{Kind: voting.Consult, Method: voting.Pick,
				Options: []string{"满意", "基本满意", "不满意"}, Poll: &voting.Poll{Threshold: voting.Threshold{Num: 1, Den: 2}, Dimensions: voting.Dimensions,
					About: voting.AboutFirm, Favour: 2}}}})
		return err
	case stepOpen:
		if err := e.store.Tick(ctx); err != nil {
			return err
		}
		_, err = e.vote(ctx, e.meeting, demoHomes, e.likes)
		return err
	case stepClose:
		if err := e.store.Tick(ctx); err != nil {
			return err
		}
		if err := e.store.Count(ctx, e.by[models.RoleTeller], id, e.meeting.ID); err != nil {
			return err
		}
		return e.store.DisplayPreliminary(ctx, convener, id, e.meeting.ID)
	case stepPublish:
		return e.store.PublishFinal(ctx, convener, id, e.meeting.ID)
	case stepFile:
		if err := e.signedPapers(ctx, id, e.meeting.ID); err != nil {
			return err
		}
		e.filing, err = e.store.SubmitFiling(ctx, convener, id, e.meeting.ID, "", nil)
		return err
	default:
		return e.store.CertifyFiling(ctx, e.by[models.Role(e.filing.Certifier)], id, e.filing.ID, models.FilingChecks, models.FilingParticulars{Committee: e.community.Name + "业主委员会", Term: 1,
			TermFrom: calendar.DayText(event.at), TermTo: calendar.DayText(e.term)})
	}
}

// likes: every candidate is elected, and each community thinks otherwise of its firm.
func (e *demoElection) likes(matter models.Matter, option int) int {
	if matter.Rule.Kind == voting.Consult {
		satisfied := int(e.opens / demoDay % 7 * 10)
		return []int{satisfied, 20, 80 - satisfied}[option]
	}
	return 100
}

// demoHomes are the homes of each community, few enough for sixty of them to be played in seconds.
const demoHomes = 6

func (e *demoElection) importRoster(ctx context.Context) error {
	var list roster.Roster
	for i := range demoHomes {
		list.Units = append(list.Units, roster.Unit{Building: "1号楼", Stair: "1单元", Room: fmt.Sprintf("%d01", i+1), Usage: roster.UsageDwelling,
			Area: voting.Area(900_000 + 10_000*i), AreaSource: roster.Register, Delivered: true, CountsArea: true, CountsHeads: true,
			Owners: []roster.Owner{{Name: fmt.Sprintf("样例%d", i+1), IDKind: roster.ResidentID, IDNumber: fmt.Sprintf("99000019700101%04d", i+1),
				Phone: fmt.Sprintf("1990000%04d", i+1)}}})
	}
	made, err := e.store.ImportRoster(ctx, e.by[models.RoleConvener], e.community.ID, models.RosterFile{Name: "业主名册.xlsx", SHA256: strings.Repeat("0", 64), Roster: list})
	if err != nil {
		return err
	}
	e.roster = made.ID
	return e.store.PublishRoster(ctx, e.by[models.RoleConvener], e.community.ID, made.ID,
		models.Display{Until: calendar.EndOfDay(e.clock.now(), 15), AnswerDays: 5, Contact: "筹备组办公室", Place: demoPlace})
}
