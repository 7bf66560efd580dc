package models

import (
	"errors"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// Refusal is an answer for the person asking: a stable code with the field it is about, if any. Its
// Chinese sentence stands in the message table. Every other error of this package is the system's own.
type Refusal struct {
	Code  string
	Field string
}

// Error prints the code, for logs and tests.
func (r *Refusal) Error() string {
	if r.Field == "" {
		return r.Code
	}
	return r.Code + ": " + r.Field
}

// Is makes errors.Is compare codes, whatever the field.
func (r *Refusal) Is(target error) bool {
	other, ok := target.(*Refusal)
	return ok && other.Code == r.Code
}

func refuse(code string) error { return &Refusal{Code: code} }

func refuseField(code, field string) error { return &Refusal{Code: code, Field: field} }

// asRefusal gives a refusal of the rules the same form as this package's own.
func asRefusal(err error) error {
	var rule *voting.Refusal
	if errors.As(err, &rule) {
		return refuseField(string(rule.Code), rule.Field)
	}
	var illegal *lifecycle.Illegal
	if errors.As(err, &illegal) {
		return refuse("illegal_step")
	}
	return err
}

// orNotFound turns an empty result into the refusal not_found.
func orNotFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return refuse("not_found")
	}
	return err
}
