package api

import (
	"errors"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/web"
)

// inField puts a refusal without a field of its own beside a field of the request.
func inField(err error, field string) error {
	if refusal, ok := asRefusal(err); ok && refusal.Field == "" {
		return refuseField(refusal.Code, field)
	}
	return err
}

// renamed gives the field of a refusal the name that it has in the request.
func renamed(err error, field, asked string) error {
	if refusal, ok := asRefusal(err); ok && refusal.Field == field {
		return refuseField(refusal.Code, asked)
	}
	return err
}

// ruleRefusal gives a refusal of the rules the form of this package's own.
func ruleRefusal(err error) error {
	var rule *voting.Refusal
	if errors.As(err, &rule) {
		return &models.Refusal{Code: string(rule.Code), Field: rule.Field}
	}
	return err
}

// atFields leads problems of one entry of a list, such as options[2], or of its parts, such as seat_groups.seats, to
// the list's field on the page.
func atFields(problems []web.Problem) []web.Problem {
	for i := range problems {
		if end := strings.IndexAny(problems[i].Field, "[."); end >= 0 {
			problems[i].Field = problems[i].Field[:end]
		}
	}
	return problems
}

// sentencesOf joins what refused a step that has no fields to show it at.
func sentencesOf(problems []web.Problem) string {
	texts := make([]string, len(problems))
	for i, problem := range problems {
		texts[i] = problem.Text
	}
	return strings.Join(texts, "")
}

func weight(heads int64, area voting.Area) voting.Weight {
	return voting.Weight{Heads: heads, Area: area}
}
