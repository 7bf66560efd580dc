package cli

import (
	"context"
	"crypto/sha256"
	_ "embed" // the sample roster travels in the binary
	"encoding/hex"
	"fmt"

	"gongjue/api"
	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/roster"
	"gongjue/web"
)

//go:embed testdata/roster-standard.xlsx
var sampleRoster []byte

// demoPassword is the one password of the demo's accounts; it is printed, and the data is thrown away.
const demoPassword = "gongjue-demo-2026"

// demoStage plays the sample community's past on the demo's clock, through the same use cases that people use.
type demoStage struct {
	store     *models.Store
	clock     *demoClock
	community models.Community
	by        map[models.Role]models.Actor
	publicURL string // that papers print
	scan      []byte // see signedPapers
}

// demoSample is what the demo prints.
type demoSample struct {
	accounts []web.DemoLink
	token    string // of a sheet that has not voted yet
	label    string
}

// demoAccounts are the accounts of the demo, one for each role.
var demoAccounts = []struct {
	role  models.Role
	login string
	name  string
}{
	{models.RoleConvener, "convener", "样例业委会"}, {models.RoleTeller, "teller", "样例计票人"}, {models.RoleStreet, "street", "样例街道"},
	{models.RoleDistrict, "district", "样例区住建局"}, {models.RoleOperator, "operator", "样例运维"},
}

// build makes the community, a meeting that has been certified, and one that is open now; before them, where it is asked
// for, a district of many communities.
func (d *demoStage) build(ctx context.Context, district bool) (demoSample, error) {
	today := calendar.StartOfDay(d.clock.now())
	var supervisor web.DemoLink
	if district {
		var err error
		if supervisor, err = d.wholeDistrict(ctx, today); err != nil {
			return demoSample{}, fmt.Errorf("the district: %w", err)
		}
	}
	at := func(days int, hours int64) { d.clock.set(today + int64(days)*demoDay + hours*demoHour) }
	at(-75, 9)
	sample, err := d.people(ctx)
	if err != nil {
		return sample, err
	}
	list, err := d.roster(ctx, func() { at(-59, 9) })
	if err != nil {
		return sample, err
	}
	if err := d.firstTerm(ctx, today); err != nil {
		return sample, fmt.Errorf("the first committee: %w", err)
	}
	if err := d.pastMeeting(ctx, list, today, at); err != nil {
		return sample, fmt.Errorf("the past meeting: %w", err)
	}
	sample.token, sample.label, err = d.openMeeting(ctx, list, today, at)
	if err != nil {
		return sample, fmt.Errorf("the open meeting: %w", err)
	}
	if district {
		sample.accounts = append(sample.accounts, supervisor)
	}
	d.clock.release()
	return sample, nil
}

const demoHour = demoDay / 24

func (d *demoStage) people(ctx context.Context) (demoSample, error) {
	var sample demoSample
	var err error
	d.community, err = d.store.CreateCommunity(ctx, models.System, "样例区", "样例街道", "样例花园")
	if err != nil {
		return sample, err
	}
	scopes := map[models.Role]string{models.RoleDistrict: d.community.DistrictID, models.RoleStreet: d.community.StreetID,
		models.RoleConvener: d.community.ID, models.RoleTeller: d.community.ID}
	d.by = map[models.Role]models.Actor{}
	for _, account := range demoAccounts {
		staff, err := d.store.AddStaff(ctx, models.System, models.NewStaff{Login: account.login, Name: account.name, Password: demoPassword,
			Role: account.role, Scope: scopes[account.role]})
		if err != nil {
			return sample, err
		}
		d.by[account.role] = staff.Actor()
		sample.accounts = append(sample.accounts, web.DemoLink{Role: string(account.role), User: account.login})
	}
	return sample, nil
}

// roster imports the sample spreadsheet, displays it and freezes it after the display.
func (d *demoStage) roster(ctx context.Context, afterDisplay func()) (models.Roster, error) {
	const name = "roster-standard.xlsx"
	sheets, err := workbook.ReadBytes(sampleRoster, name)
	if err != nil {
		return models.Roster{}, err
	}
	parsed, issues := roster.Parse(sheets)
	sum := sha256.Sum256(sampleRoster)
	list, err := d.store.ImportRoster(ctx, d.by[models.RoleConvener], d.community.ID, models.RosterFile{Name: name,
		SHA256: hex.EncodeToString(sum[:]), Roster: parsed, Issues: issues,
		Confirmed: "示范数据", Parking: roster.Policy{ParkingCountsArea: true, ParkingCountsHeads: true}})
	if err != nil {
		return models.Roster{}, err
	}
	display := models.Display{Until: calendar.EndOfDay(d.clock.now(), 15), AnswerDays: 5, Contact: demoContact, Place: demoPlace}
	if err := d.store.PublishRoster(ctx, d.by[models.RoleConvener], d.community.ID, list.ID, display); err != nil {
		return models.Roster{}, err
	}
	afterDisplay()
	if err := d.store.FreezeRoster(ctx, d.by[models.RoleStreet], d.community.ID, list.ID); err != nil {
		return models.Roster{}, err
	}
	return d.store.Roster(ctx, d.community.ID, list.ID)
}

// pastMeeting is a meeting with all kinds of decision, walked to the street's certificate.
func (d *demoStage) pastMeeting(ctx context.Context, list models.Roster, today int64, at func(int, int64)) error {
	at(-58, 9)
	meeting, err := d.notice(ctx, demoTerms(list, "样例花园业主大会定期会议", today-42*demoDay, today-28*demoDay), pastMatters)
	if err != nil {
		return err
	}
	if err := d.tickAt(ctx, meeting.OpensAt); err != nil {
		return err
	}
	at(-40, 10)
	if _, err := d.vote(ctx, meeting, 1000, pastTaste); err != nil {
		return err
	}
	if err := d.tickAt(ctx, meeting.ClosesAt+models.CloseGrace); err != nil {
		return err
	}
	at(-27, 10)
	convener, id := d.by[models.RoleConvener], d.community.ID
	if err := d.store.Count(ctx, d.by[models.RoleTeller], id, meeting.ID); err != nil {
		return err
	}
	if err := d.store.DisplayPreliminary(ctx, convener, id, meeting.ID); err != nil {
		return err
	}
	at(-19, 10)
	if err := d.store.PublishFinal(ctx, convener, id, meeting.ID); err != nil {
		return err
	}
	if err := d.signedPapers(ctx, id, meeting.ID); err != nil {
		return err
	}
	filing, err := d.handIn(ctx, meeting.ID, "附会议记录")
	if err != nil {
		return err
	}
	at(-18, 10)
	if err := d.firstSitting(ctx); err != nil {
		return err
	}
	at(-18, 15)
	if err := d.store.ReturnFiling(ctx, d.by[models.RoleStreet], id, filing.ID, models.FilingReturn{Reasons: []string{"请说明业主委员会的任期起止日期。"}}); err != nil {
		return err
	}
	at(-17, 9)
	if filing, err = d.handIn(ctx, meeting.ID, "任期五年，自公告之日起。"); err != nil {
		return err
	}
	at(-16, 9)
	if err := d.certify(ctx, filing, today-19*demoDay); err != nil { // the day on which the result was announced
		return err
	}
	if err := d.firmContract(ctx, meeting.ID, list, at); err != nil {
		return err
	}
	if err := d.books(ctx, meeting.ID, list, at); err != nil {
		return fmt.Errorf("the disclosure: %w", err)
	}
	return nil
}

// certify issues the certificate with what the register of committees knows, for five years from a day, and the note with
// which the seals are engraved.
func (d *demoStage) certify(ctx context.Context, filing models.Filing, elected int64) error {
	says, err := d.store.ParticularsOf(ctx, filing)
	if err != nil {
		return err
	}
	says.TermFrom, says.TermTo, says.Office = calendar.DayText(elected), calendar.DayText(calendar.AddMonths(elected, 60)), demoPlace
	street := d.by[models.RoleStreet]
	if err := d.store.CertifyFiling(ctx, street, d.community.ID, filing.ID, models.FilingChecks, says); err != nil {
		return err
	}
	return d.store.IssueSealProof(ctx, street, d.community.ID, filing.ID)
}

// handIn hands the result in with its package, as the page does.
func (d *demoStage) handIn(ctx context.Context, meetingID, note string) (models.Filing, error) {
	pack, err := api.BuildPackage(ctx, d.store, d.publicURL, d.community.ID, meetingID, true)
	if err != nil {
		return models.Filing{}, err
	}
	return d.store.SubmitFiling(ctx, d.by[models.RoleConvener], d.community.ID, meetingID, note, &pack)
}

// tickAt lets the server open or close what is due at an instant of the demo's past.
func (d *demoStage) tickAt(ctx context.Context, ms int64) error {
	d.clock.set(ms)
	return d.store.Tick(ctx)
}

// openMeeting is a meeting that has been open since yesterday, with some hundred ballots: enough for the law's
// two thirds, so that its count decides something.
func (d *demoStage) openMeeting(ctx context.Context, list models.Roster, today int64, at func(int, int64)) (token, label string, err error) {
	at(-17, 10)
	terms := demoTerms(list, "样例花园业主大会临时会议", today-demoDay, today+9*demoDay)
	terms.Extraordinary = true
	meeting, err := d.notice(ctx, terms, openMatters)
	if err != nil {
		return "", "", err
	}
	if err := d.tickAt(ctx, meeting.OpensAt); err != nil {
		return "", "", err
	}
	at(-1, 9)
	left, err := d.vote(ctx, meeting, 630, openTaste)
	if err != nil {
		return "", "", err
	}
	return left.Token, left.Label, nil
}

func (d *demoStage) notice(ctx context.Context, terms models.MeetingTerms, matters []models.Matter) (models.Meeting, error) {
	convener := d.by[models.RoleConvener]
	meeting, err := d.store.CreateMeeting(ctx, convener, d.community.ID, terms)
	if err != nil {
		return meeting, err
	}
	for _, matter := range matters {
		if _, err := d.store.AddMatter(ctx, convener, d.community.ID, meeting.ID, matter); err != nil {
			return meeting, fmt.Errorf("matter %s: %w", matter.Rule.Kind, err)
		}
	}
	if err := d.store.IssueNotice(ctx, convener, d.community.ID, meeting.ID); err != nil {
		return meeting, err
	}
	return d.store.Meeting(ctx, d.community.ID, meeting.ID)
}

// Whom the demo's owners turn to, and where they go.
const (
	demoContact = "样例花园业委会办公室，电话 0000-0000000"
	demoPlace   = "物业服务中心一楼"
)

func demoTerms(list models.Roster, title string, opens, closes int64) models.MeetingTerms {
	voidCounts := true
	return models.MeetingTerms{Title: title, ConvenerKind: "committee", ConvenerName: "样例花园业主委员会",
		Contact: demoContact, Place: demoPlace, RosterID: list.ID,
		OpensAt: opens + 8*demoHour, ClosesAt: closes + 18*demoHour, ObjectionDays: 7,
		Policies: voting.Policies{VoidParticipates: &voidCounts}}
}
