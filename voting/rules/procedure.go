package rules

import (
	"slices"

	"gongjue/voting/calendar"
	"gongjue/voting/committee"
)

// Procedure are the clauses beside the majorities. A nil clause means that the pack says nothing. What each
// of them means is told by the table of parameters.
type Procedure struct {
	Eligibility             *Eligibility `yaml:"eligibility" json:"eligibility,omitempty"`
	ApplicationShare        *Share       `yaml:"application_share" json:"application_share,omitempty"` // of heads or of area
	GroupDays               *Clause      `yaml:"group_days" json:"group_days,omitempty"`
	PreparationDisplayDays  *Clause      `yaml:"preparation_display_days" json:"preparation_display_days,omitempty"`
	FirstMeetingDays        *Clause      `yaml:"first_meeting_days" json:"first_meeting_days,omitempty"`
	NoticeDays              *Clause      `yaml:"notice_days" json:"notice_days,omitempty"` // notice to start of voting, at least
	ExtraordinaryNoticeDays *Clause      `yaml:"extraordinary_notice_days" json:"extraordinary_notice_days,omitempty"`
	ExtraordinaryShare      *Share       `yaml:"extraordinary_share" json:"extraordinary_share,omitempty"`
	Agenda                  *Choice      `yaml:"agenda" json:"agenda,omitempty"`
	PublicServiceDays       *Clause      `yaml:"public_service_days" json:"public_service_days,omitempty"`           // notice in place of a delivery that failed
	PublicationWorkingDays  *Clause      `yaml:"publication_working_days" json:"publication_working_days,omitempty"` // any notice, at least
	VotingDays              *Range       `yaml:"voting_days" json:"voting_days,omitempty"`
	EVote                   *Choice      `yaml:"evote" json:"evote,omitempty"`
	Paper                   *Choice      `yaml:"paper" json:"paper,omitempty"`
	ProxyCap                *ProxyCap    `yaml:"proxy_cap" json:"proxy_cap,omitempty"`
	FirmStaffProxy          *Choice      `yaml:"firm_staff_proxy" json:"firm_staff_proxy,omitempty"`
	Silence                 *Choice      `yaml:"silence" json:"silence,omitempty"`
	Parking                 *Choice      `yaml:"parking" json:"parking,omitempty"`
	VoidParticipates        *Choice      `yaml:"void_participates" json:"void_participates,omitempty"`
	ObjectionDays           *Clause      `yaml:"objection_days" json:"objection_days,omitempty"` // display of the preliminary count, at least
	ResultDays              *Clause      `yaml:"result_days" json:"result_days,omitempty"`       // decision to its publication, at most
	DisplayDays             *Clause      `yaml:"display_days" json:"display_days,omitempty"`     // display of the final result, at least
	Committee               *Committee   `yaml:"committee" json:"committee,omitempty"`
	TermYears               *Range       `yaml:"term_years" json:"term_years,omitempty"`
	CandidateDisplayDays    *Clause      `yaml:"candidate_display_days" json:"candidate_display_days,omitempty"`
	Rank                    *Choice      `yaml:"rank" json:"rank,omitempty"`
	Tie                     *Choice      `yaml:"tie" json:"tie,omitempty"`
	Shortfall               *Choice      `yaml:"shortfall" json:"shortfall,omitempty"`
	Alternates              *Share       `yaml:"alternates" json:"alternates,omitempty"` // at most, of the members
	AlternatesOrder         *Choice      `yaml:"alternates_order" json:"alternates_order,omitempty"`
	FirstCommitteeDays      *Clause      `yaml:"first_committee_days" json:"first_committee_days,omitempty"`
	CommitteeDecision       *Choice      `yaml:"committee_decision" json:"committee_decision,omitempty"`
	CommitteePublishDays    *Clause      `yaml:"committee_publish_days" json:"committee_publish_days,omitempty"`
	DisclosureMonths        *Number      `yaml:"disclosure_months" json:"disclosure_months,omitempty"`           // from one disclosure of a committee to the next
	DisclosureDays          *Clause      `yaml:"disclosure_days" json:"disclosure_days,omitempty"`               // display of it, at least
	DisclosureAnswerDays    *Clause      `yaml:"disclosure_answer_days" json:"disclosure_answer_days,omitempty"` // a question about it to its answer
	ReElection              *Choice      `yaml:"re_election" json:"re_election,omitempty"`                       // when too few members are left
	Delegation              *Choice      `yaml:"delegation" json:"delegation,omitempty"`
	RenewalMonths           *Number      `yaml:"renewal_months" json:"renewal_months,omitempty"` // before the term ends
	RenewalDays             *Clause      `yaml:"renewal_days" json:"renewal_days,omitempty"`
	HandoverDays            *Clause      `yaml:"handover_days" json:"handover_days,omitempty"`
	HandoverFrom            *Choice      `yaml:"handover_from" json:"handover_from,omitempty"`
	HandoverTo              *Choice      `yaml:"handover_to" json:"handover_to,omitempty"`     // who keeps it until the next committee, where somebody does
	FrozenPowers            *Listing     `yaml:"frozen_powers" json:"frozen_powers,omitempty"` // not decided from the renewal group to the next election
	FilingDays              *Clause      `yaml:"filing_days" json:"filing_days,omitempty"`     // election to filing, at most
	FilingAuthorities       *Listing     `yaml:"filing_authorities" json:"filing_authorities,omitempty"`
	FilingUsual             *Listing     `yaml:"filing_usual" json:"filing_usual,omitempty"`
	FilingDocuments         *Listing     `yaml:"filing_documents" json:"filing_documents,omitempty"`         // beside the usual ones
	CertifyWorkingDays      *Clause      `yaml:"certify_working_days" json:"certify_working_days,omitempty"` // filing to certificate, at most
	CertifyDays             *Clause      `yaml:"certify_days" json:"certify_days,omitempty"`
	CertificateBy           *Choice      `yaml:"certificate_by" json:"certificate_by,omitempty"` // where the text names one of several authorities
	SealProofBy             *Choice      `yaml:"seal_proof_by" json:"seal_proof_by,omitempty"`   // where it is not who certifies
	ChangeFilingDays        *Clause      `yaml:"change_filing_days" json:"change_filing_days,omitempty"`
	Supervision             *Listing     `yaml:"supervision" json:"supervision,omitempty"`         // who orders correction or revokes
	StreetConvenes          *Choice      `yaml:"street_convenes" json:"street_convenes,omitempty"` // where the committee fails to
	ContractFilingDays      *Clause      `yaml:"contract_filing_days" json:"contract_filing_days,omitempty"`
	FirmRenewalMonths       *Number      `yaml:"firm_renewal_months" json:"firm_renewal_months,omitempty"` // before the contract ends
	FirmDismissalDays       *Clause      `yaml:"firm_dismissal_days" json:"firm_dismissal_days,omitempty"` // written notice of the owners, at least
	FirmDeclineDays         *Clause      `yaml:"firm_decline_days" json:"firm_decline_days,omitempty"`     // notice of a firm that wants no other term, before the end
	FirmHandoverDays        *Clause      `yaml:"firm_handover_days" json:"firm_handover_days,omitempty"`   // end of the contract to the handing over
	InterimBody             *InterimBody `yaml:"interim_body" json:"interim_body,omitempty"`
	Retention               *Choice      `yaml:"retention" json:"retention,omitempty"`
}

// clauses names every clause that is set, for whoever checks them.
func (p *Procedure) clauses() map[string]clause {
	set := map[string]clause{}
	for _, parameter := range parameters {
		if c := parameter.get(p); c != nil {
			set[parameter.key] = c
		}
	}
	return set
}

// under gives the procedure with every parameter that it is silent on taken from the wider one. Two keys of
// one family are one parameter: ten working days of a city replace ten days of its province.
func (p Procedure) under(wider Procedure) Procedure {
	spoken := map[string]bool{}
	for _, parameter := range parameters {
		if parameter.get(&p) != nil {
			spoken[parameter.family] = true
		}
	}
	for _, parameter := range parameters {
		if !spoken[parameter.family] {
			parameter.copy(&p, &wider)
		}
	}
	return p
}

// at leaves out the clauses that are not in force at that moment (Unix ms).
func (p Procedure) at(ms int64) Procedure {
	var left Procedure
	for _, parameter := range parameters {
		if c := parameter.get(&p); c != nil && (c.basis().Source == nil || c.basis().Source.inForce(ms)) {
			parameter.copy(&left, &p)
		}
	}
	return left
}

// Notice is the clause on the days of notice before a meeting of the kind: the one on extraordinary meetings where
// there is one, else the one on all; nil where the pack says nothing.
func (p Procedure) Notice(extraordinary bool) *Clause {
	if extraordinary && p.ExtraordinaryNoticeDays != nil {
		return p.ExtraordinaryNoticeDays
	}
	return p.NoticeDays
}

// Certifier is who issues the certificate of a filing, [StreetOffice] or [DistrictAuthority]: whom the pack names, and
// else the street wherever it is one of the authorities.
func (p Procedure) Certifier() Word {
	switch {
	case p.CertificateBy != nil:
		return p.CertificateBy.Value
	case p.FilingAuthorities != nil && !slices.Contains(p.FilingAuthorities.Values, StreetOffice):
		return DistrictAuthority
	}
	return StreetOffice
}

// SealProver is who issues the note with which seals are engraved (印章刻制证明).
func (p Procedure) SealProver() Word {
	if p.SealProofBy != nil {
		return p.SealProofBy.Value
	}
	return p.Certifier()
}

// Decides tells whether so many of all members carry a decision of a committee: more than half of all, unless the place's
// text is content with half.
func (p Procedure) Decides(inFavour, all int64) bool {
	if p.CommitteeDecision != nil && p.CommitteeDecision.Value == HalfOfAll {
		return all > 0 && 2*inFavour >= all
	}
	return committee.Majority(inFavour, all)
}

// TooFew tells whether a committee of so many seats has to be elected anew when so many members are left after the
// alternates took their seats.
func (p Procedure) TooFew(holding, seats int64) bool {
	smallest := int64(0)
	if p.ReElection == nil {
		return false
	}
	if p.ReElection.Value == BelowHalfOrSmallest && p.Committee != nil && seats >= int64(p.Committee.Min) {
		smallest = int64(p.Committee.Min)
	}
	return committee.TooFew(holding, seats, smallest)
}

// Supervises tells whether an authority may order a decision to be corrected, or revoke it.
func (p Procedure) Supervises(authority Word) bool {
	return p.Supervision != nil && slices.Contains(p.Supervision.Values, authority)
}

// answerDays is within how many days a committee answers a question about what it disclosed where the pack says nothing:
// the program's, not the law's.
const answerDays = 15

// AnswerWithin is within how many days a question about a disclosure is answered.
func (p Procedure) AnswerWithin() int {
	if p.DisclosureAnswerDays != nil {
		return p.DisclosureAnswerDays.Days
	}
	return answerDays
}

// CertifyClause is the clause on the days until a filing is decided, and whether they are working days; nil where the
// pack sets none.
func (p Procedure) CertifyClause() (clause *Clause, working bool) {
	if p.CertifyWorkingDays != nil {
		return p.CertifyWorkingDays, true
	}
	return p.CertifyDays, false
}

// CertifyBy is the last moment at which a filing that came in at an instant (Unix ms) is to be decided; 0 where the pack
// sets no days.
func (p Procedure) CertifyBy(from int64) int64 {
	clause, working := p.CertifyClause()
	switch {
	case clause == nil:
		return 0
	case working:
		return calendar.WorkingDeadline(from, clause.Days)
	}
	return calendar.Deadline(from, clause.Days)
}
