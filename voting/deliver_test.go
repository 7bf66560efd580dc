package voting_test

import (
	"slices"
	"testing"

	"gongjue/voting"
)

func TestSilencePolicyNeedsItsGround(t *testing.T) {
	full := voting.SilenceConditions{RuleAdopted: true, Document: "业主大会议事规则", Clause: "第二十一条", DeliveryProofPerBallot: true, WarningShown: true}
	covenant := func(s *voting.SilenceConditions) {
		s.FirstMeeting, s.RuleAdopted, s.InterimCovenant = true, false, true
		s.Document, s.Law = "临时管理规约", "聊城市物业管理条例第16条"
	}
	tests := []struct {
		name    string
		silence voting.Silence
		change  func(*voting.SilenceConditions)
		kinds   []voting.Kind
		want    []voting.Code
	}{
		{"everything is there", voting.JoinMajority, func(*voting.SilenceConditions) {}, []voting.Kind{voting.Motion}, nil},
		{"the default needs nothing", "", func(s *voting.SilenceConditions) { *s = voting.SilenceConditions{} }, voting.Kinds, nil},
		{"nor when it is written out, at a first meeting", voting.NotParticipating, func(s *voting.SilenceConditions) { s.FirstMeeting = true }, nil, nil},
		{"a rule that is still to be adopted", voting.SilenceAbstains, func(s *voting.SilenceConditions) { s.RuleAdopted = false }, nil, []voting.Code{voting.CodeSilenceRule}},
		{"no document", voting.SilenceAbstains, func(s *voting.SilenceConditions) { s.Document = "" }, nil, []voting.Code{voting.CodeSilenceRule}},
		{"no clause", voting.SilenceAbstains, func(s *voting.SilenceConditions) { s.Clause = "" }, nil, []voting.Code{voting.CodeSilenceRule}},
		{"no proof", voting.JoinMajority, func(s *voting.SilenceConditions) { s.DeliveryProofPerBallot = false }, nil, []voting.Code{voting.CodeSilenceProof}},
		{"no warning", voting.JoinMajority, func(s *voting.SilenceConditions) { s.WarningShown = false }, nil, []voting.Code{voting.CodeSilenceWarning}},
		{"an election the clause does not name", voting.JoinMajority, func(*voting.SilenceConditions) {}, []voting.Kind{voting.Election}, []voting.Code{voting.CodeSilenceElections}},
		{"an election it names", voting.JoinMajority, func(s *voting.SilenceConditions) { s.CoversElections = true }, []voting.Kind{voting.Election}, nil},
		{"nothing is there, and all of it is told", voting.JoinMajority, func(s *voting.SilenceConditions) { *s = voting.SilenceConditions{} }, []voting.Kind{voting.Election},
			[]voting.Code{voting.CodeSilenceRule, voting.CodeSilenceProof, voting.CodeSilenceWarning, voting.CodeSilenceElections}},
		{"a first meeting has no rule, whatever is said", voting.JoinMajority, func(s *voting.SilenceConditions) { s.FirstMeeting = true }, nil, []voting.Code{voting.CodeSilenceFirstMeeting}},
		{"the interim covenant stands in where the place says so", voting.JoinMajority, covenant, []voting.Kind{voting.Motion}, nil},
		{"nor without an article that says so", voting.JoinMajority, func(s *voting.SilenceConditions) { covenant(s); s.Law = "" }, nil, []voting.Code{voting.CodeSilenceFirstMeeting}},
		{"it needs its clause", voting.SilenceAbstains, func(s *voting.SilenceConditions) { covenant(s); s.Clause = "" }, nil, []voting.Code{voting.CodeSilenceRule}},
		{"and proof for every sheet", voting.SilenceAbstains, func(s *voting.SilenceConditions) { covenant(s); s.DeliveryProofPerBallot = false }, nil, []voting.Code{voting.CodeSilenceProof}},
		{"and has to name elections", voting.SilenceAbstains, covenant, []voting.Kind{voting.Election}, []voting.Code{voting.CodeSilenceElections}},
		{"at a later meeting it was never adopted", voting.JoinMajority, func(s *voting.SilenceConditions) { covenant(s); s.FirstMeeting = false }, nil, []voting.Code{voting.CodeSilenceRule}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conditions := full
			test.change(&conditions)
			var codes []voting.Code
			for _, refusal := range conditions.Check(test.silence, test.kinds...) {
				codes = append(codes, refusal.Code)
				if !slices.Contains(voting.Codes, refusal.Code) {
					t.Errorf("%s is not in Codes", refusal.Code)
				}
			}
			if !slices.Equal(codes, test.want) {
				t.Errorf("%v", codes)
			}
		})
	}
}

func TestSheetsAreReconciled(t *testing.T) {
	tests := []struct {
		name   string
		sheets voting.SheetCount
		want   []voting.Discrepancy
	}{
		{"a notice of 福州: 1708 printed, 42 issued, 41 returned", voting.SheetCount{Printed: 1708, NotIssued: 1666, Issued: 42, Returned: 41, Outstanding: 1}, nil},
		{"one more returned than issued", voting.SheetCount{Printed: 50, NotIssued: 8, Issued: 42, Returned: 43},
			[]voting.Discrepancy{{Incident: voting.ReturnedAboveIssued, Sheets: 1}, {Incident: voting.IssuedNotClosed, Sheets: 1}}},
		{"exactly as many", voting.SheetCount{Printed: 42, Issued: 42, Returned: 42}, nil},
		{"two are missing", voting.SheetCount{Printed: 42, Issued: 42, Returned: 39, Outstanding: 1}, []voting.Discrepancy{{Incident: voting.IssuedNotClosed, Sheets: 2}}},
		{"more sheets than were printed", voting.SheetCount{Printed: 40, Issued: 42, Returned: 42}, []voting.Discrepancy{{Incident: voting.PrintedNotClosed, Sheets: 2}}},
		{"printed sheets are missing", voting.SheetCount{Printed: 45, NotIssued: 2, Issued: 42, Returned: 42}, []voting.Discrepancy{{Incident: voting.PrintedNotClosed, Sheets: 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := voting.Reconcile(test.sheets); err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
	_, err := voting.Reconcile(voting.SheetCount{Outstanding: -1})
	refused(t, err, voting.CodeBadValue, "sheets.outstanding")
	_, err = voting.Reconcile(voting.SheetCount{Printed: voting.MaxNumber + 1})
	refused(t, err, voting.CodeBadValue, "sheets.printed")
}
