package lint

import (
	"slices"
	"strings"

	"gongjue/voting"
	"gongjue/voting/calendar"
)

func checkNotice(d Draft) []Finding {
	if d.NoticeDays == 0 || d.NoticedAt == 0 || d.OpensAt == 0 {
		return nil
	}
	days := calendar.NoticeDays(d.NoticedAt, d.OpensAt)
	switch {
	case days < d.NoticeDays:
		return []Finding{finding(NoticeShort, days, d.NoticeDays).under(d.NoticeArticle)}
	case days == d.NoticeDays:
		return []Finding{finding(NoticeExact, days).under(d.NoticeArticle)}
	}
	return nil
}

func checkEvote(d Draft) []Finding {
	if !d.Online {
		return nil
	}
	code, found := map[Evote]Code{
		CitySystemOnly: EvoteCityOnly, RecognisedSystem: EvoteRecognised, NotProvided: EvoteNotProvided, "": EvoteUnknown,
	}[d.Rules.Evote]
	if !found {
		return nil
	}
	return []Finding{finding(code).under(d.Rules.EvoteArticle)}
}

func checkProxies(d Draft) []Finding {
	switch {
	case !d.Proxies:
	case d.ProxyCap == 0:
		return []Finding{finding(ProxyCapMissing).under(d.Rules.ProxyArticle)}
	case d.Rules.ProxyCap > 0 && d.ProxyCap > d.Rules.ProxyCap:
		return []Finding{finding(ProxyCapAbove, d.ProxyCap, d.Rules.ProxyCap).under(d.Rules.ProxyArticle)}
	}
	return nil
}

func checkParameters(d Draft) []Finding {
	var found []Finding
	if !d.VoidRule && d.Policies.VoidParticipates == nil {
		found = append(found, finding(VoidMissing))
	}
	if d.Parking && !d.ParkingRule {
		found = append(found, finding(ParkingMissing))
	}
	return found
}

// lacks are the words for what a silence policy has no ground in.
var lacks = map[voting.Code]string{
	voting.CodeSilenceRule:      "没有写明依据哪一份文件的哪一条",
	voting.CodeSilenceProof:     "不能做到每一张票都有送达凭证",
	voting.CodeSilenceWarning:   "公告和表决票上没有提示不投票的后果",
	voting.CodeSilenceElections: "所依据的条款没有写明适用于选举",
}

func checkSilence(d Draft) []Finding {
	if d.SilenceJudged {
		return nil
	}
	var conditions voting.SilenceConditions
	if d.Silence != nil {
		conditions = *d.Silence
	}
	conditions.FirstMeeting = conditions.FirstMeeting || d.Policies.FirstMeeting
	conditions.InterimCovenant = conditions.InterimCovenant && d.Rules.InterimCovenant
	var kinds []voting.Kind
	for _, matter := range d.Matters {
		kinds = append(kinds, matter.Rule.Kind)
	}
	refusals := conditions.Check(d.Policies.Silence, kinds...)
	if len(refusals) == 0 {
		return nil
	}
	if slices.ContainsFunc(refusals, func(r *voting.Refusal) bool { return r.Code == voting.CodeSilenceFirstMeeting }) {
		return []Finding{finding(SilenceFirst)}
	}
	words := make([]string, len(refusals))
	for i, refusal := range refusals {
		words[i] = lacks[refusal.Code]
	}
	return []Finding{finding(SilenceUnfounded, strings.Join(words, "、"))}
}
