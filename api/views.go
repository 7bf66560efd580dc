package api

import (
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/web"
)

// announced are the parameters that a meeting announces, as pages print them.
func announced(meeting models.Meeting, list models.Roster) web.Announced {
	var ties []voting.TieWay
	for _, matter := range meeting.Matters {
		if matter.Rule.Kind == voting.Election || matter.Rule.Kind == voting.Selection {
			ties = append(ties, matter.Rule.TieWay)
		}
	}
	return web.Announced{Ways: waysOf(meeting), Policies: meeting.Policies, ObjectionDays: int(meeting.ObjectionDays), SilenceRule: meeting.SilenceRule, DeliveryTimes: meeting.DeliveryTimes, Ties: ties,
		ParkingArea: list.Parking.ParkingCountsArea, ParkingHeads: list.Parking.ParkingCountsHeads, Pack: meeting.Pack.Name}
}

// waysOf is how the owners of a meeting can answer.
func waysOf(meeting models.Meeting) web.Ways {
	ways := web.Ways{Place: meeting.Place, Barred: meeting.OnlineBarred(), Platform: meeting.Platform, Conflict: meeting.Conflict, SealKept: string(meeting.SealKept)}
	if rule := meeting.Pack.Procedure.EVote; rule != nil && ways.Barred {
		ways.CityOnly, ways.Law = rule.Value == rules.CitySystemOnly, articleOf(rule.Source)
	}
	return ways
}

// rosterCard is a roster version as everyone may see it; contact is who answers questions, if known.
func rosterCard(list models.Roster, contact string) web.RosterCard {
	card := web.RosterCard{Version: int(list.Version), State: string(list.State), Units: list.Units, Weight: list.Weight,
		Root: list.Root, At: web.Instant(list.PublishedAt), Contact: contact}
	if list.PublishedAt != 0 {
		card.URL = displayURL(list.ID)
	}
	if list.FrozenAt != 0 {
		card.At = web.Instant(list.FrozenAt)
		return card
	}
	card.ObjectionsTill = web.Instant(list.ObjectionUntil)
	return card
}

// countedRoster is the roster that a meeting is counted over, with what was found wrong of it after the notice.
func countedRoster(notice models.Notice) web.RosterCard {
	card := rosterCard(notice.Roster, notice.Meeting.Contact)
	if since := notice.Amended; len(since) > 0 {
		card.Amended, card.AmendedURL = web.AmendedNote(len(since)), displayURL(since[len(since)-1].NextID)+"#amendments"
	}
	card.Sales, card.SalesNote, card.MandatesNote = saleSentences(notice.Sales), web.SalesNote(len(notice.Sales)), web.MandatesNote(notice.Mandates)
	return card
}

func saleSentences(sales []models.Sale) []string {
	var sentences []string
	for _, sale := range sales {
		sentences = append(sentences, web.SaleSentence(web.PlaceWords(sale.Place), sale.Reason, sale.Acts, web.Instant(sale.ApprovedAt)))
	}
	return sentences
}

// noticeMatters is the agenda as announced; bases are the weights inside each scope (models.Store.Bases).
func noticeMatters(meeting models.Meeting, bases map[string]voting.Weight) []web.NoticeMatter {
	law := meeting.Pack.Law()
	list := make([]web.NoticeMatter, len(meeting.Matters))
	for i, matter := range meeting.Matters {
		list[i] = web.NoticeMatter{Number: int(matter.Position), Title: matter.Title, Text: matter.Body, Matter: matter.Rule,
			Threshold: law.Approval(matter.Rule.Item).Threshold, Law: lawOf(meeting, matter.Rule), Base: bases[matter.ID]}
	}
	return list
}

// lawOf cites the item that a matter falls under; empty for a consult poll.
func lawOf(meeting models.Meeting, rule voting.Matter) string {
	item, known := meeting.Pack.Item(rule.Item)
	if !known {
		return ""
	}
	return item.Source.String()
}

// resultMatters are the decided matters of a count, with the texts that were voted on.
// robust is what open objections about ballots could change, by matter (models.Store.Robustness).
func resultMatters(meeting models.Meeting, result models.Result, robust map[string]voting.Robustness) []web.ResultMatter {
	effects := models.Effects(result.Matters)
	texts := make(map[string]string, len(meeting.Matters))
	for _, matter := range meeting.Matters {
		texts[matter.ID] = matter.Body
	}
	list := make([]web.ResultMatter, len(result.Matters))
	for i, matter := range result.Matters {
		list[i] = web.ResultMatter{Number: int(matter.Position), Title: matter.Title, Text: texts[matter.MatterID],
			Law: lawOf(meeting, matter.Rule), Matter: matter.Rule, Outcome: matter.Outcome, Policies: meeting.Policies, Silence: meeting.Policies.SilenceIn(matter.Rule.Kind),
			SilenceSource: web.SilenceSource(meeting.Policies, meeting.SilenceRule)}
		if matter.Rule.LinkedTo > 0 {
			list[i].Effect = effects[i]
		}
		if r, disputed := robust[matter.MatterID]; disputed {
			list[i].Robust = &r
		}
		if matter.Delivery != nil {
			list[i].Delivered, list[i].Classes = web.ClassLine(matter.Delivery.Proved()), classLines(*matter.Delivery)
		}
	}
	return list
}

// verdicts are the outcomes of a count in one line each; none before there is a count.
func verdicts(result *models.Result) []web.Verdict {
	if result == nil {
		return nil
	}
	list, effects := make([]web.Verdict, len(result.Matters)), models.Effects(result.Matters)
	for i, matter := range result.Matters {
		list[i] = web.Verdict{Title: matter.Title, Kind: matter.Rule.Kind, Result: matter.Outcome.Result, Lapsed: effects[i] == voting.Lapsed,
			ByLot: matter.Outcome.TieWay == voting.TieByLot}
	}
	return list
}

// turnout is participation in the store's coarse steps at the moment of asking; nil stays nil.
func turnout(now int64, t *models.Turnout) *web.Turnout {
	if t == nil {
		return nil
	}
	return &web.Turnout{AtLeast: t.Cast, Total: t.Total, At: web.Instant(now)}
}

// attachments lists the files of a stage; each is found under base, which ends in a slash.
func attachments(list []models.Attachment, stage models.AttachmentStage, base string) []web.Attachment {
	var files []web.Attachment
	for _, file := range list {
		if file.Stage == stage {
			files = append(files, web.Attachment{Name: file.Name, URL: base + file.ID, Bytes: file.Size, Digest: file.SHA256})
		}
	}
	return files
}

// meetingCard is a meeting on the public board.
func meetingCard(meeting models.Meeting, result *models.Result) web.MeetingCard {
	card := web.MeetingCard{Title: meeting.Title, State: string(meeting.State), Opens: web.Instant(meeting.OpensAt),
		Closes: web.Instant(meeting.ClosesAt), Convener: meeting.ConvenerName, URL: noticeURL(meeting.ID), Ended: endedSentence(meeting), Verdicts: verdicts(result)}
	if meeting.State == lifecycle.MeetingVoting && !meeting.OnlineBarred() {
		card.VoteURL = findHomeURL(meeting.ID)
	}
	if result != nil {
		card.URL = resultURL(meeting.ID)
	}
	return card
}

// endedSentence says when and why a meeting ended without a result; empty where it did not.
func endedSentence(meeting models.Meeting) string {
	return web.EndedSentence(string(meeting.State), meeting.Reason, web.Instant(meeting.EndedAt))
}

// channelCounts are the ballots per channel of a counted meeting.
func channelCounts(list []models.ChannelHeads) []web.ChannelCount {
	counts := make([]web.ChannelCount, len(list))
	for i, channel := range list {
		counts[i] = web.ChannelCount{Channel: string(channel.Channel), Heads: channel.Heads}
	}
	return counts
}

// place names district and street of a community.
func place(community models.Community) string {
	return community.DistrictName + " " + community.StreetName
}

// unitLabels are the places of units as people write them.
func unitLabels(units []voting.Unit) []string {
	labels := make([]string, len(units))
	for i, unit := range units {
		labels[i] = web.PlaceWords(unit.Place)
	}
	return labels
}

// unitLabel names all units of a voter in one line.
func unitLabel(units []voting.Unit) string { return strings.Join(unitLabels(units), "；") }

// The addresses of public pages.
func boardURL(community string) string       { return "/b/" + community }
func displayURL(roster string) string        { return "/r/" + roster }
func proveURL(roster string) string          { return displayURL(roster) + "/home" }
func ownHomeURL(roster string) string        { return displayURL(roster) + "/mine" }
func noticeURL(meeting string) string        { return "/m/" + meeting }
func noticePDFURL(meeting string) string     { return noticeURL(meeting) + "/notice.pdf" }
func resultURL(meeting string) string        { return noticeURL(meeting) + "/result" }
func resultPDFURL(meeting string) string     { return noticeURL(meeting) + "/result.pdf" }
func preliminaryURL(meeting string) string   { return noticeURL(meeting) + "/preliminary" }
func noticeFilesURL(meeting string) string   { return noticeURL(meeting) + "/files/" }
func findHomeURL(meeting string) string      { return noticeURL(meeting) + "/vote" }
func certificateURL(checkCode string) string { return "/certificates/" + checkCode }

// publicResultURL is the result page of a meeting that has one, empty otherwise.
func publicResultURL(meeting models.Meeting) string {
	if !models.HasPublicResult(meeting.State) {
		return ""
	}
	return resultURL(meeting.ID)
}
