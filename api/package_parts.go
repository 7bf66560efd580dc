package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"gongjue/models"
	documents "gongjue/notify/filing"
	papers "gongjue/notify/form"
	"gongjue/notify/paper"
	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// forms adds what people still sign or complete, and the texts that were adopted.
func (p *packer) forms() error {
	data, err := p.formData()
	if err != nil {
		return err
	}
	for _, one := range []struct {
		name  string
		write func(io.Writer, papers.Data) error
		there bool
	}{
		{web.FileRegistration, papers.Registration, true}, {web.FileMinutes, papers.Minutes, true}, {web.FileDecision, papers.Decision, true},
		{web.FileCommittee, papers.Committee, len(data.Members) > 0}, {web.FilePromises, papers.Promises, len(data.Members) > 0}, {web.FileSheetsForm, papers.Sheets, true},
	} {
		if !one.there {
			continue
		}
		var file bytes.Buffer
		if err := one.write(&file, data); err != nil {
			return fmt.Errorf("write %s: %w", one.name, err)
		}
		p.add(one.name, "docx", web.PagesByPrint, file.Bytes())
	}
	return nil
}

// formData is what the forms share.
func (p *packer) formData() (papers.Data, error) {
	m, community := p.meeting, p.result.Community
	data := papers.Data{Community: community.Name, Assembly: explain.Assembly(community.Name), Street: community.StreetName, Convener: m.ConvenerName,
		ConvenerIs: explain.Convener(m.ConvenerKind), Contact: m.Contact, Place: m.Place, Title: m.Title, Kind: meetingKind(m), Manner: waysOf(m).Manner(),
		NoticedAt: m.NoticedAt, OpensAt: m.OpensAt, ClosesAt: m.ClosesAt, CountedAt: m.TalliedAt, PreparedAt: m.PreliminaryAt, PublishedAt: m.PublishedAt,
		MadeAt: p.pack.MadeAt, Units: p.result.Roster.Units, Total: p.result.Roster.Weight, Ballots: p.result.Result.Ballots,
		Roster: web.PaperVersion(p.result.Roster.Version), Rules: m.Pack.Name}
	for _, authority := range authoritiesOf(m.Pack) {
		data.Authorities = append(data.Authorities, web.FilingAuthority(authority, community.DistrictName, community.StreetName))
	}
	p.addMatters(&data)
	for _, wanted := range p.papers {
		data.Papers = append(data.Papers, papers.Line{Name: wanted.Name, Value: web.PaperStanding(string(wanted.State))})
	}
	data.Digests = []papers.Line{{Name: web.DocumentNotice, Value: m.NoticeHash}, {Name: web.SheetRoster, Value: p.result.Roster.Root}, {Name: web.DocumentResult, Value: p.result.Result.SHA256}}
	if data.Committee != "" {
		says, err := p.store.ParticularsOf(p.ctx, models.Filing{CommunityID: m.CommunityID, MeetingID: m.ID})
		if err != nil {
			return data, err
		}
		data.Term, data.Chair = web.TermOf(says.Term, says.TermFrom, says.TermTo), says.Chair
	}
	if err := p.addObjections(&data); err != nil {
		return data, err
	}
	return data, p.addSheets(&data)
}

// authoritiesOf are where a filing goes; the street where the pack says nothing.
func authoritiesOf(pack rules.Pack) []rules.Word {
	if listed := pack.Procedure.FilingAuthorities; listed != nil {
		return listed.Values
	}
	return []rules.Word{rules.StreetOffice}
}

// addMatters adds what became of every matter, and whom the elections seated.
func (p *packer) addMatters(data *papers.Data) {
	law, printed := p.meeting.Pack.Law(), resultNoticeData(p.result, p.publicURL, p.pack.MadeAt)
	for i, effect := range models.Effects(p.result.Result.Matters) {
		matter := p.result.Result.Matters[i]
		inForce := effect != voting.Lapsed
		data.Matters = append(data.Matters, papers.Matter{Number: int(matter.Position), Title: matter.Title, Law: lawOf(p.meeting, matter.Rule), Scope: paperScope(matter.Rule),
			Participated: documents.Participation(printed.Matters[i]), Word: explain.Certified(matter.Rule, matter.Outcome, effect),
			Sentence: explain.Formal(law, matter.Rule, matter.Outcome, explain.Names{Title: matter.Title}), InForce: inForce && decides(matter)})
		if !inForce {
			continue
		}
		if committee := explain.CommitteeName(data.Community, matter.Rule, matter.Outcome.Committee); committee != "" {
			data.Committee = committee
		}
		for rank, name := range matter.Outcome.Elected {
			data.Members = append(data.Members, papers.Member{Name: name, Place: web.ElectedPlace(rank + 1)})
		}
		for rank, name := range matter.Outcome.Alternates {
			data.Members = append(data.Members, papers.Member{Name: name, Place: web.AlternatePlace(rank + 1), Alternate: true})
		}
	}
}

func (p *packer) addObjections(data *papers.Data) error {
	list, err := p.store.ObjectionsTo(p.ctx, p.meeting.CommunityID, p.meeting.ID)
	for _, objection := range list {
		data.Objections.Raised++
		switch {
		case objection.State == lifecycle.ObjectionWithdrawn:
			data.Objections.Withdrawn++
		case objection.Verdict == models.Upheld:
			data.Objections.Upheld++
		case objection.Verdict == models.Dismissed:
			data.Objections.Dismissed++
		}
	}
	return err
}

// addSheets adds what became of the paper sheets, as a whole and by building.
func (p *packer) addSheets(data *papers.Data) error {
	if balance := sheetBalance(p.result.Sheets); balance != nil {
		data.Warning = balance.Warning()
		for _, line := range balance.Lines() {
			data.Sheets = append(data.Sheets, papers.Line{Name: line.Name, Value: line.Value})
		}
	}
	desk, err := p.store.DeliveryDeskOf(p.ctx, p.meeting.CommunityID, p.meeting.ID)
	for _, part := range desk.Parts {
		data.Buildings = append(data.Buildings, papers.BuildingSheets{Building: web.DeliveryPart{Building: part.Building}.Name(), Issued: part.Issued, Delivered: part.Delivered, Refused: part.Refused,
			Undeliverable: part.Undeliverable, Blank: part.None})
	}
	return err
}

// notices adds what was posted, as it was, and the objections with their answers.
func (p *packer) notices() error {
	if err := p.adopted(); err != nil {
		return err
	}
	err := p.pdf(web.FileMeetingPDF, func(w io.Writer) (paper.Report, error) {
		return documents.MeetingNotice(w, meetingNoticeData(p.result.Notice, p.publicURL))
	})
	if err != nil {
		return err
	}
	if err := p.rosterDisplay(); err != nil {
		return err
	}
	if err := p.early(); err != nil {
		return err
	}
	err = p.pdf(web.FileResultPDF, func(w io.Writer) (paper.Report, error) {
		return documents.ResultNotice(w, resultNoticeData(p.result, p.publicURL, p.pack.MadeAt))
	})
	if err != nil {
		return err
	}
	return p.answers()
}

// adopted adds the texts of the matters that passed, as they were voted on; nothing where none did.
func (p *packer) adopted() error {
	data := documents.AdoptedData{Community: p.result.Community.Name, Meeting: p.meeting.Title}
	for i, effect := range models.Effects(p.result.Result.Matters) {
		matter := p.result.Result.Matters[i]
		if effect == voting.Lapsed || matter.Rule.Kind != voting.Motion || !decides(matter) {
			continue
		}
		at := slices.IndexFunc(p.meeting.Matters, func(m models.Matter) bool { return m.ID == matter.MatterID })
		if at < 0 {
			return fmt.Errorf("matter %s of the result stands on no agenda", matter.MatterID)
		}
		sum := sha256.Sum256([]byte(p.meeting.Matters[at].Body))
		data.Texts = append(data.Texts, documents.AdoptedText{Number: int(matter.Position), Title: matter.Title, Text: p.meeting.Matters[at].Body,
			Word: explain.Certified(matter.Rule, matter.Outcome, effect), TextHash: hex.EncodeToString(sum[:])})
	}
	if len(data.Texts) == 0 {
		return nil
	}
	return p.pdf(web.FileAdopted, func(w io.Writer) (paper.Report, error) { return documents.Adopted(w, data) })
}

// rosterDisplay adds the totals of the roster that was counted over; its list of homes stands in the tables.
func (p *packer) rosterDisplay() error {
	list, err := p.store.PublicRoster(p.ctx, p.meeting.RosterID)
	if err != nil {
		return err
	}
	return p.pdf(web.FileRosterPDF, func(w io.Writer) (paper.Report, error) {
		return documents.RosterDisplay(w, displayData(list, "", nil, p.publicURL))
	})
}

// early adds the preliminary figures as they were displayed, where they were.
func (p *packer) early() error {
	shown, err := p.store.PreliminaryOf(p.ctx, p.meeting.ID)
	if errors.Is(err, refuse("result_not_ready")) {
		return nil
	}
	if err != nil {
		return err
	}
	return p.pdf(web.FileEarlyPDF, func(w io.Writer) (paper.Report, error) {
		return documents.ResultNotice(w, displayedNoticeData(shown, p.publicURL))
	})
}

func (p *packer) answers() error {
	list, err := p.store.ObjectionsTo(p.ctx, p.meeting.CommunityID, p.meeting.ID)
	if err != nil {
		return err
	}
	data := documents.AnswersData{Community: p.result.Community.Name, Meeting: p.meeting.Title, From: p.meeting.PreliminaryAt, Until: p.meeting.ObjectionUntil}
	for _, o := range list {
		state := explain.ObjectionState(o.State)
		if o.Verdict != "" {
			state = web.Word("outcome", string(o.Verdict))
		}
		data.Answers = append(data.Answers, documents.Answer{Number: o.Number, By: web.PlaceWords(o.RaisedBy), About: web.Word("subject", string(o.Subject)), At: o.CreatedAt,
			Text: o.Body, State: state, Answer: o.Answer, AnsweredAt: o.AnsweredAt})
	}
	return p.pdf(web.FileAnswers, func(w io.Writer) (paper.Report, error) { return documents.Answers(w, data) })
}
