package voting

// Code names why something is refused; the Chinese sentence of each stands with the messages for people.
type Code string

// The codes of this package.
const (
	CodeMissingField   Code = "missing_field"    // a required field is absent
	CodeBadValue       Code = "bad_value"        // not in the list, out of range, or of another kind of matter
	CodeUnknownName    Code = "unknown_name"     // an option not on the ballot, or a ballot of nobody on the roster
	CodeDuplicate      Code = "duplicate"        // an option, place, dimension, voter or ballot twice
	CodeDoesNotAddUp   Code = "does_not_add_up"  // a part is more than its whole
	CodeTooManyNames   Code = "too_many_names"   // more different names than the ballot allows (多选)
	CodeMarkNotOffered Code = "mark_not_offered" // such as 从众 where it was not announced

	CodeLotNotAnnounced  Code = "lot_not_announced" // the announced way out of a tie is another vote
	CodeNothingTied      Code = "nothing_tied"      // a lot needs at least two who are equal
	CodeNoRunOff         Code = "no_run_off"        // the outcome leaves nothing to vote on again
	CodeNominationNeeded Code = "nomination_needed" // nobody is left to stand for the open seats
	CodeLinkInvalid      Code = "link_invalid"      // a matter depends on itself, a later one, a poll, or one that is not there

	CodeSilenceFirstMeeting Code = "silence_first_meeting"     // no rule of the owners' own exists yet
	CodeSilenceRule         Code = "silence_rule_missing"      // no adopted document, or no clause of it
	CodeSilenceProof        Code = "silence_proof_missing"     // deliveries are not proved ballot by ballot
	CodeSilenceWarning      Code = "silence_warning_missing"   // notice and ballot do not say what silence leads to
	CodeSilenceElections    Code = "silence_elections_missing" // the clause does not reach elections
)

// Codes lists every code of this package.
var Codes = []Code{
	CodeMissingField, CodeBadValue, CodeUnknownName, CodeDuplicate, CodeDoesNotAddUp,
	CodeTooManyNames, CodeMarkNotOffered,
	CodeLotNotAnnounced, CodeNothingTied, CodeNoRunOff, CodeNominationNeeded, CodeLinkInvalid,
	CodeSilenceFirstMeeting, CodeSilenceRule, CodeSilenceProof, CodeSilenceWarning, CodeSilenceElections,
}

// Refusal says which input is refused and why. It never carries the value itself: values may be names
// of owners or choices on a ballot.
type Refusal struct {
	Code  Code
	Field string // path of the input, such as options[2] or ballots[0].choice
}

// Error prints the code and the field, for logs and tests; people read the sentence of the code.
func (r *Refusal) Error() string { return string(r.Code) + ": " + r.Field }

func refuse(code Code, field string) *Refusal { return &Refusal{Code: code, Field: field} }
