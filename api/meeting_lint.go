package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/voting/rules"
	"gongjue/web"
)

// findingsOf are the doubts about a draft; once the notice is out only what its place says of electronic votes,
// until the count. The days of notice and the treatment of silence are left out: the page and the store judge them themselves.
func findingsOf(desk models.Desk) []lint.Finding {
	meeting := desk.Meeting
	found := lint.Check(lintDraft(desk))
	switch meeting.State {
	case lifecycle.MeetingDraft:
		return found
	case lifecycle.MeetingNoticed, lifecycle.MeetingVoting, lifecycle.MeetingClosed:
		var kept []lint.Finding
		for _, finding := range found {
			if finding.Code == lint.EvoteCityOnly || finding.Code == lint.EvoteNotProvided {
				kept = append(kept, finding)
			}
		}
		return kept
	}
	return nil
}

// lintDraft lays a meeting out for the checks. Void ballots, parking, ranking, ties and open seats are announced
// with every meeting, the defaults as well; proxies are not taken. Where votes are cast on the city's own system, and it
// was announced, nobody means to take them here.
func lintDraft(desk models.Desk) lint.Draft {
	meeting, policies := desk.Meeting, desk.Meeting.Policies
	draft := lint.Draft{SilenceJudged: true, OpensAt: meeting.OpensAt, ClosesAt: meeting.ClosesAt, ParkingArea: desk.Roster.Parking.ParkingCountsArea, Items: lint.ItemsOf(meeting.Pack), Policies: policies, Rules: localRules(meeting.Pack),
		OpenSeats: desk.OpenSeats, Online: meeting.Platform == "" || !meeting.OnlineBarred(), ParkingRule: true, VoidRule: true, RankRule: true,
		TieRule: true, ShortageRule: true}
	if frozen := desk.Frozen; frozen != nil {
		draft.Frozen, draft.FrozenArticle = frozen.Values, articleOf(frozen.Source)
	}
	for _, matter := range meeting.Matters {
		draft.Matters = append(draft.Matters, lint.Matter{Title: matter.Title, Text: matter.Body, Rule: matter.Rule})
	}
	return draft
}

// localRules is what the place says, as far as the checks look at it.
func localRules(pack rules.Pack) lint.Local {
	var local lint.Local
	if clause := pack.Procedure.EVote; clause != nil {
		local.Evote, local.EvoteArticle = lint.Evote(clause.Value), articleOf(clause.Source)
	}
	local.InterimCovenant = pack.InterimCovenant() != nil
	if clause := pack.Procedure.Alternates; clause != nil {
		local.AlternatesNum, local.AlternatesDen = int(clause.Num), int(clause.Den)
		local.AlternatesArticle = articleOf(clause.Source)
	}
	if clause := pack.Procedure.Delegation; clause != nil {
		local.NoDelegation, local.DelegationArticle = clause.Value == rules.NoDelegation, articleOf(clause.Source)
	}
	if clause := pack.Procedure.VotingDays; clause != nil {
		local.VotingDaysMin, local.VotingDaysMax, local.VotingDaysArticle = clause.Min, clause.Max, articleOf(clause.Source)
	}
	if clause := pack.Procedure.Parking; clause != nil {
		local.ParkingExcluded, local.ParkingArticle = clause.Value == rules.Excluded, articleOf(clause.Source)
	}
	if clause := pack.Procedure.Shortfall; clause != nil {
		local.OverHalfStands, local.ShortfallArticle = clause.Value == rules.OverHalfStands, articleOf(clause.Source)
	}
	if clause := pack.Procedure.Committee; clause != nil {
		local.CommitteeMin, local.CommitteeMax, local.CommitteeArticle = clause.Min, clause.Max, articleOf(clause.Source)
		if clause.Small != nil { // how many households there are is not looked at
			local.CommitteeMin = clause.Small.Members
		}
	}
	return local
}

func articleOf(source *rules.Source) string {
	if source == nil {
		return ""
	}
	return source.String()
}

// graveCodes are the codes of the findings that are errors.
func graveCodes(found []lint.Finding) []string {
	var codes []string
	for _, finding := range found {
		if finding.Severity == lint.Error {
			codes = append(codes, string(finding.Code))
		}
	}
	return codes
}

// noticeAct issues the notice. The checks only inform, but an error among them has to be confirmed: lint_unconfirmed.
// What is unlawful for certain the store refuses whatever was confirmed.
var noticeAct = act[noticeRequest]{
	do: func(c *call, in noticeRequest) (done, error) {
		var r reader
		confirmed := r.yes("confirmed", in.Confirmed)
		if err := r.err(); err != nil {
			return done{}, err
		}
		desk, err := c.store.DeskOf(c, c.community.ID, c.Param("meeting"))
		if err != nil {
			return done{}, err
		}
		meeting := desk.Meeting
		if err := c.store.NoticeBarred(c, c.community.ID, meeting.ID); err != nil {
			return done{}, err
		}
		var grave []string
		if meeting.State == lifecycle.MeetingDraft {
			grave = graveCodes(findingsOf(desk))
		}
		if len(grave) > 0 && !confirmed {
			return done{}, refuseField("lint_unconfirmed", "confirmed")
		}
		if err := c.store.IssueNotice(c, c.actor(), c.community.ID, meeting.ID, grave...); err != nil {
			return done{}, err
		}
		return meetingMoved(c, "meeting_noticed")
	},
	again: func(c *call, _ noticeRequest, problems []web.Problem) (web.Page, error) {
		return meetingView(c, trouble{event: lifecycle.EventNotice, problems: problems})
	},
}
