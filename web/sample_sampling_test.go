package web

import (
	"testing"

	"gongjue/voting/sample"
)

var sampledPlan = sample.Plan{Ballots: 706, Certain: 2, Drawn: 58, Certainty: sample.Certainties[0], Wrong: []int64{31, 0}}

var sampledTitles = []string{fundTitle, "选举第一届业主委员会委员"}

// sampledRound is a round in a state.
func sampledRound(state string) SampleRound {
	round := SampleRound{Round: 2, State: state, Plan: SamplePlan(sampledPlan, sampledTitles), Due: sampleCloses, Place: samplePlace, Manner: "请到场的业主摸球六次", Digits: 6, AnnouncedAt: sampleNow}
	if state == "drawn" || state == "ended" {
		round.Drawn = &LotDrawn{Number: "038617", At: sampleCloses, Witnesses: "街道一名、居民委员会一名、业主五名", First: LotRole("street"), Second: LotRole("teller"), Differed: 1}
		round.Certain, round.ByLot = NewNumbers([]int64{12, 407}), NewNumbers([]int64{88, 3, 512, 640, 21, 99})
		round.Command, round.Progress = SampleCommand(sampleRoot+"/038617", 88), SampleProgress(17, 60)
	}
	if state == "ended" {
		finding := sample.Finding{Confirmed: 57, Denied: 1, Open: 2, AtMost: 74, Stands: []bool{false, true}, IfRight: []bool{true, true}}
		round.Progress, round.EndedAt, round.Finding = "", sampleCloses, SampleFinding(sampledPlan, finding, sampledTitles)
	}
	return round
}

func sampleSamplingPages(testing.TB) map[string]Page {
	withdrawn := sampledRound("withdrawn")
	withdrawn.Round, withdrawn.Reason = 1, "当天停电，改期"
	all := SamplePublic{Shell: Shell{Title: "抽样回访", Now: sampleNow}, Community: "共决示范花园", CommunityURL: "/c/1", Meeting: sampleCard.Title, ResultURL: "/r", JSONURL: "/j",
		CloseRoot: sampleRoot, Rounds: []SampleRound{sampledRound("ended"), withdrawn}}
	none := all
	none.Rounds = nil
	desk := SamplePage{Shell: staffShell("抽样回访", "street"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", PublicURL: "/m/1/sample", Next: SampleNextAnnounce}
	calling, recording, asking := desk, desk, desk
	calling.Announce = &SampleAnnounceForm{Form: sampleForm("certainty", "due"), Choices: []Option{SampleChoice("19/20", sampledPlan), SampleChoice("9/10", sampledPlan)}, Earliest: sampleCloses,
		Certainty: "19/20", Due: sampleCloses.Local(), Place: samplePlace, Manner: "摸球六次", Digits: "6"}
	recording.Rounds, recording.Next = []SampleRound{sampledRound("recorded"), withdrawn}, SampleNextSecond
	recording.Record = &LotRecordForm{Form: sampleForm("number"), Digits: 6, Number: "38617", DrawnAt: sampleCloses.Local(), Witnesses: "业主五名"}
	recording.Confirm = &LotConfirmForm{Form: sampleForm("number"), Digits: 6, Number: "038671"}
	recording.Withdraw = &SampleWithdrawForm{Form: sampleForm("reason"), Reason: "停电"}
	asking.Rounds, asking.Next = []SampleRound{sampledRound("drawn")}, SampleNextCalls
	asking.Calls = &SampleCalls{AnswerURL: "/answers", EndURL: "/end", More: 7,
		Open: []SampleCall{{Leaf: 12, Why: SampleWhy(false), Home: "建设单位", Channel: "paper"},
			{Leaf: 88, Why: SampleWhy(true), Home: "3号楼 1单元 101", Channel: "online", People: []Link{{"示*", "/o/1"}, {"例*", ""}}, Tries: 2, Answer: SampleAnswer("unreached"), At: sampleNow}},
		Done: []SampleCall{{Leaf: 3, Home: "1号楼 1单元 101", Answer: SampleAnswer("confirmed"), At: sampleNow}}}
	return map[string]Page{"samples": all, "samples none": none, "sample announce": calling, "sample record": recording, "sample calls": asking}
}
