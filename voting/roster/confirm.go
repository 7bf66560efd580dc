package roster

// Confirmation is a person's word that a warning is right as it stands. It holds for one doubt: whoever
// confirms all of a kind confirms each that was shown, and not those of the next file.
type Confirmation struct {
	Key  string `json:"key"` // of the issue
	Code Code   `json:"code"`
	Unit string `json:"unit,omitempty"`
	By   string `json:"by"`
	Why  string `json:"why"`
	At   int64  `json:"at"` // Unix ms
}

// Review is how far the issues of a file are settled.
type Review struct {
	Errors    []Issue        `json:"errors"`    // to be mended
	Open      []Issue        `json:"open"`      // warnings that nobody confirmed
	Confirmed []Settled      `json:"confirmed"` // warnings and who confirmed them
	Lapsed    []Confirmation `json:"lapsed"`    // of doubts that the file does not raise any more
}

// Settled is a warning with the word of the one who confirmed it.
type Settled struct {
	Issue
	Confirmation Confirmation `json:"confirmation"`
}

// Ready tells whether nothing is left to mend or to confirm.
func (r Review) Ready() bool { return len(r.Errors) == 0 && len(r.Open) == 0 }

// ReviewIssues matches confirmations with the issues of a file, whichever file they were given for. An error
// cannot be confirmed away.
func ReviewIssues(issues []Issue, confirmations []Confirmation) Review {
	given := map[string]Confirmation{}
	for _, c := range confirmations {
		given[c.Key] = c
	}
	met := map[string]bool{}
	var review Review
	for _, issue := range issues {
		c, confirmed := given[issue.Key]
		switch {
		case issue.Severity == Error:
			review.Errors = append(review.Errors, issue)
		case confirmed && issue.Key != "":
			met[issue.Key] = true
			review.Confirmed = append(review.Confirmed, Settled{issue, c})
		default:
			review.Open = append(review.Open, issue)
		}
	}
	for _, c := range confirmations {
		if !met[c.Key] {
			review.Lapsed = append(review.Lapsed, c)
		}
	}
	return review
}

// ConfirmAll confirms the open warnings of one code, each by its key. Of a code that is an error nothing is
// confirmed.
func ConfirmAll(review Review, code Code, by, why string, at int64) []Confirmation {
	var list []Confirmation
	for _, issue := range review.Open {
		if issue.Code == code && issue.Key != "" {
			list = append(list, Confirmation{Key: issue.Key, Code: code, Unit: issue.Unit, By: by, Why: why, At: at})
		}
	}
	return list
}
