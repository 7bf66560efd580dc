package cli

import (
	"errors"
	"fmt"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/web/messages"
)

// complain prints why a verb failed, on one line: the Chinese sentence of a refusal with its code, or the
// error as it is.
func (p *program) complain(err error) {
	text := err.Error()
	if code, field := refusalOf(err); code != "" {
		if sentence, ok := messages.Text(code); ok {
			text = fmt.Sprintf("%s（%s）", sentence, joinField(code, field))
		}
	}
	_, _ = fmt.Fprintln(p.err, "gongjue:", text) // nobody is left to tell
}

// refusalOf finds the code of a refusal of any room; empty for the system's own errors.
func refusalOf(err error) (code, field string) {
	var (
		stored *models.Refusal
		file   *workbook.Refusal
		rule   *voting.Refusal
	)
	switch {
	case errors.As(err, &stored):
		return stored.Code, stored.Field
	case errors.As(err, &file):
		return string(file.Code), ""
	case errors.As(err, &rule):
		return string(rule.Code), rule.Field
	}
	return "", ""
}

func joinField(code, field string) string {
	if field == "" {
		return code
	}
	return code + ": " + field
}
