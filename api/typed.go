package api

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
)

// The types below keep what was typed into a form, so that a refused form comes back as it was, and take the
// natural value in JSON: a number, a boolean, a list.
type (
	numeral string // a whole number; JSON: integer
	flag    string // yes, no or empty; JSON: boolean
	lines   string // one entry a line; JSON: array of strings
)

// UnmarshalJSON takes an integer, or its digits as a string.
func (n *numeral) UnmarshalJSON(data []byte) error {
	var number int64
	if err := json.Unmarshal(data, &number); err == nil {
		*n = numeral(strconv.FormatInt(number, 10))
		return nil
	}
	return unmarshalText(data, (*string)(n))
}

// UnmarshalJSON takes a boolean, or the form's yes and no.
func (f *flag) UnmarshalJSON(data []byte) error {
	var answer bool
	if err := json.Unmarshal(data, &answer); err == nil {
		*f = "no"
		if answer {
			*f = "yes"
		}
		return nil
	}
	return unmarshalText(data, (*string)(f))
}

// UnmarshalJSON takes an array of strings, or the form's lines.
func (l *lines) UnmarshalJSON(data []byte) error {
	var list []string
	if err := json.Unmarshal(data, &list); err == nil {
		*l = lines(strings.Join(list, "\n"))
		return nil
	}
	return unmarshalText(data, (*string)(l))
}

// unmarshalText is the last attempt of the types above; its error carries the field's name.
func unmarshalText(data []byte, text *string) error {
	if err := json.Unmarshal(data, text); err != nil {
		return &json.UnmarshalTypeError{Value: string(data), Type: reflect.TypeFor[string]()}
	}
	return nil
}

// list gives the entries without blanks around them and without empty lines.
func (l lines) list() []string {
	var entries []string
	for line := range strings.Lines(string(l)) {
		if entry := strings.TrimSpace(line); entry != "" {
			entries = append(entries, entry)
		}
	}
	return entries
}

// reader turns typed values into numbers, moments and answers, and gathers what is wrong with them, so that
// a form is refused once for all of its fields.
type reader struct{ found fieldErrors }

func (r *reader) refuse(code, field string) {
	r.found = append(r.found, &models.Refusal{Code: code, Field: field})
}

// number reads a whole number that is not negative; empty is 0.
func (r *reader) number(field string, typed numeral) int64 {
	text := strings.TrimSpace(string(typed))
	if text == "" {
		return 0
	}
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil || number < 0 {
		r.refuse("not_a_number", field)
		return 0
	}
	return number
}

// yes reads a checkbox or a radio button of yes and no; empty is no.
func (r *reader) yes(field string, typed flag) bool {
	switch typed {
	case "yes":
		return true
	case "", "no":
		return false
	}
	r.refuse("bad_value", field)
	return false
}

// err is nil when every field could be read.
func (r *reader) err() error {
	if len(r.found) == 0 {
		return nil
	}
	return r.found
}

// moment reads a form's day and minute in 北京时间 as Unix ms.
func (r *reader) moment(field, typed string) int64 {
	moment, err := calendar.ParseForm(strings.TrimSpace(typed))
	if err != nil {
		r.refuse("moment_invalid", field)
	}
	return moment
}

// day reads a day; empty is 0.
func (r *reader) day(field, typed string) int64 {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0
	}
	day, err := calendar.ParseDay(typed)
	if err != nil {
		r.refuse("bad_value", field)
	}
	return day
}

// money reads yuan.
func (r *reader) money(field, typed string) voting.Money {
	amount, err := voting.ParseMoney(strings.ReplaceAll(strings.TrimSpace(typed), "，", ","))
	if err != nil {
		r.refuse("not_an_amount", field)
	}
	return amount
}
