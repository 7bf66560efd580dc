package explain

import (
	"testing"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
	"gongjue/voting/rules"
	"gongjue/voting/stage"
)

// worded: every constant of the list has a word, no two share one, and the table holds nothing else.
func worded[T ~string](t *testing.T, name string, words table[T], list []T, word func(T) string) {
	t.Helper()
	seen := map[string]T{}
	for _, constant := range list {
		text := word(constant)
		if text == "" {
			t.Errorf("%s %q has no word", name, constant)
		}
		if other, twice := seen[text]; twice {
			t.Errorf("%s %q and %q are both %s", name, other, constant, text)
		}
		seen[text] = constant
	}
	if len(words) != len(list) {
		t.Errorf("%s: %d words for %d constants", name, len(words), len(list))
	}
}

func TestEveryConstantHasItsOwnWord(t *testing.T) {
	worded(t, "kind", kinds, voting.Kinds, Kind)
	worded(t, "method", methods, voting.Methods, Method)
	worded(t, "mark", marks, []voting.Mark{voting.Yes, voting.No, voting.Abstain, voting.FollowMajority}, Mark)
	worded(t, "dimension", dimensions, voting.Dimensions, Dimension)
	worded(t, "result", results, voting.Results, Result)
	worded(t, "reason", reasons, voting.Reasons, Reason)
	worded(t, "step", stepKinds, []voting.StepKind{voting.Participation, voting.Approval}, StepKind)
	worded(t, "shortness", shortnesses, voting.Shortnesses, Shortness)
	worded(t, "committee", committeeStates, voting.CommitteeStates, CommitteeState)
	worded(t, "silence", silences, voting.Silences, Silence)
	worded(t, "blank", blanks, voting.Blanks, Blank)
	worded(t, "rank", ranks, voting.Ranks, Rank)
	worded(t, "shortfall", shortfalls, voting.Shortfalls, Shortfall)
	worded(t, "tie", tieWays, voting.TieWays, TieWay)
	worded(t, "act", firmActs, voting.FirmActs, FirmAct)
	worded(t, "condition", conditions, voting.Conditions, Condition)
	worded(t, "effect", effects, voting.Effects, func(e voting.Effect) string { return Effect(voting.Matter{}, e) })
	worded(t, "handling", handlings, voting.Handlings, Handling)
	worded(t, "class of voter", voterClasses, voting.VoterClasses, VoterClass)
	worded(t, "incident", incidents, voting.Incidents, Incident)
	worded(t, "variant", variants, voting.VariantNames, Variant)
	worded(t, "level", levels, rules.Levels, Level)
	worded(t, "class", classes, rules.Classes, func(c rules.Class) string { return Class(rules.Pack{}, c) })
	worded(t, "convener", conveners, lifecycle.ConvenerKinds, Convener)
	worded(t, "actor", actors, lifecycle.Actors, Actor)
	worded(t, "channel", channels, lifecycle.Channels, Channel)
	worded(t, "roster", rosterStates, lifecycle.RosterStates, RosterState)
	worded(t, "meeting", meetingStates, lifecycle.MeetingStates, MeetingState)
	worded(t, "filing", filingStates, lifecycle.FilingStates, FilingState)
	worded(t, "mandate", mandates, lifecycle.MandateKinds, Mandate)
	worded(t, "amendment", amendmentStates, lifecycle.AmendmentStates, AmendmentState)
	worded(t, "objection", objectionStates, lifecycle.ObjectionStates, ObjectionState)
	worded(t, "term", termStates, lifecycle.CommitteeStates, TermState)
	worded(t, "origin", committeeOrigins, lifecycle.CommitteeOrigins, CommitteeOrigin)
	worded(t, "member", memberStates, lifecycle.MemberStates, MemberState)
	worded(t, "post", memberPosts, lifecycle.MemberPosts, MemberPost)
	worded(t, "capacity", memberCapacities, lifecycle.MemberCapacities, MemberCapacity)
	worded(t, "ground", leavingGrounds, lifecycle.LeavingGrounds, LeavingGround)
	worded(t, "entry", committeeEntries, lifecycle.CommitteeEntryKinds, CommitteeEntry)
	worded(t, "stage of a contract", contractStages, stage.ContractStages, ContractStage)
	worded(t, "filing of a contract", contractFilings, lifecycle.ContractFilings, ContractFiling)
	worded(t, "kind of a contract", contractKinds, lifecycle.ContractKinds, ContractKind)
	worded(t, "fee mode", feeModes, lifecycle.FeeModes, FeeMode)
	worded(t, "event of a contract", contractEvents, lifecycle.ContractEvents, ContractEvent)
	worded(t, "side of a contract", contractSides, lifecycle.ContractSides, ContractSide)
	worded(t, "handover", handoverKinds, lifecycle.HandoverKinds, HandoverKind)
	worded(t, "event", events, lifecycle.Events, Event)
}

func TestTheSpecialClassSaysItsShare(t *testing.T) {
	for id, want := range map[string]string{
		"cn-civil-code-2021":   "特别事项（四分之三以上同意）",
		"cn-property-law-2007": "特别事项（三分之二以上同意）",
	} {
		pack, err := rules.For(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := Class(pack, rules.Special); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
}

func TestThresholdInWords(t *testing.T) {
	tests := []struct {
		threshold       voting.Threshold
		want, law, miss string
	}{
		{voting.TwoThirds, "不少于三分之二", "三分之二以上", "未达三分之二"},
		{voting.OverHalf, "过半数", "过半数", "未过半数"},
		{voting.ThreeQuarters, "不少于四分之三", "四分之三以上", "未达四分之三"},
		{voting.Threshold{Num: 1, Den: 2}, "不少于二分之一", "二分之一以上", "未达二分之一"},
		{voting.Threshold{Num: 2, Den: 3, Strict: true}, "超过三分之二", "超过三分之二", "未超过三分之二"},
		{voting.Threshold{Num: 20, Den: 100}, "不少于百分之二十", "百分之二十以上", "未达百分之二十"},
		{voting.Threshold{Num: 11, Den: 25}, "不少于二十五分之十一", "二十五分之十一以上", "未达二十五分之十一"},
		{voting.Threshold{Num: 10, Den: 99}, "不少于九十九分之十", "九十九分之十以上", "未达九十九分之十"},
	}
	for _, test := range tests {
		if got := Threshold(test.threshold); got != test.want {
			t.Errorf("%v: %s", test.threshold, got)
		}
		if got := shareOf(test.threshold); got != test.law {
			t.Errorf("%v: %s", test.threshold, got)
		}
		if got := missed(test.threshold); got != test.miss {
			t.Errorf("%v: %s", test.threshold, got)
		}
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1_000: "1,000", 1_234_567: "1,234,567", -1_000: "-1,000", -999: "-999"} {
		if got := Count(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	for area, want := range map[voting.Area]string{
		731_035_000: "73,103.50", 675_000_001: "67,500.0001", 1: "0.0001", -12_000_000: "-1,200.00", 9_990_000: "999.00",
	} {
		if got := SquareMetres(area); got != want {
			t.Errorf("%d cm²: %s", int64(area), got)
		}
	}
}
