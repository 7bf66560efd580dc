// Package tallyfile reads a tally file (one matter, as totals or as single ballots) and writes the
// explained outcome: bytes in, bytes out. It only translates; the counting is voting's.
package tallyfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// Code names why a file was refused.
type Code string

// The codes.
const (
	CodeUnreadable   Code = "unreadable" // no such file; given by whoever opens it
	CodeBadJSON      Code = "bad_json"
	CodeUnknownField Code = "unknown_field"
	CodeMissingField Code = Code(voting.CodeMissingField)
	CodeBadValue     Code = Code(voting.CodeBadValue)
	CodeUnknownName  Code = Code(voting.CodeUnknownName)
	CodeDuplicate    Code = Code(voting.CodeDuplicate)
	CodeDoesNotAddUp Code = Code(voting.CodeDoesNotAddUp)
)

// Codes lists every code.
var Codes = []Code{
	CodeUnreadable, CodeBadJSON, CodeUnknownField, CodeMissingField, CodeBadValue, CodeUnknownName,
	CodeDuplicate, CodeDoesNotAddUp,
}

// Answer turns a tally file into one line of JSON without the line's end. The second answer tells whether
// the file has an outcome; if not, the line is {"error": …}.
func Answer(data []byte) ([]byte, bool) {
	d, err := decide(data)
	if err != nil {
		return refusal(err), false
	}
	return encode(answerOf(d.matter, d.outcome, true)), true
}

// Refuse is the answer to a file that could not be opened.
func Refuse(code Code) []byte { return refusal(&fault{code, ""}) }

// decided is a file with its outcome.
type decided struct {
	law     voting.Law
	matter  voting.Matter
	outcome voting.Outcome
}

func decide(data []byte) (decided, error) {
	tree, err := parse(data)
	if err != nil {
		return decided{}, err
	}
	file := read(tree)
	if file.first != nil {
		return decided{}, file.first
	}
	counts := file.counts
	if err := file.matter.Validate(file.law); err != nil {
		return decided{}, at("matter", err)
	}
	if file.byBallots {
		counts, err = voting.Count(file.matter, file.policies, file.voters, file.ballots, file.delivered)
		if err != nil {
			return decided{}, err
		}
	}
	outcome, err := voting.Decide(file.law, file.policies, file.matter, counts)
	return decided{file.law, file.matter, outcome}, at("counts", err)
}

// inFile are the engine's words that the file calls differently.
var inFile = strings.NewReplacer("poll.threshold", "threshold.fraction", "poll", "threshold", "against", "options")

// at gives a refusal of the engine the path that its field has in the file; a nil error stays nil.
func at(parent string, err error) error {
	var rule *voting.Refusal
	if !errors.As(err, &rule) || rule.Field == "total" {
		return err
	}
	return &voting.Refusal{Code: rule.Code, Field: parent + "." + inFile.Replace(rule.Field)}
}

func lawOf(id string) (voting.Law, bool) {
	pack, err := rules.For(id)
	return pack.Law(), err == nil && pack.Level == rules.National
}

func refusal(err error) []byte {
	answer := struct {
		Error struct {
			Code    Code   `json:"code"`
			Field   string `json:"field"`
			Message string `json:"message"`
		} `json:"error"`
	}{}
	answer.Error.Code, answer.Error.Field = faultOf(err)
	answer.Error.Message = sentence(answer.Error.Code, answer.Error.Field)
	return encode(answer)
}

func faultOf(err error) (Code, string) {
	var ours *fault
	var rule *voting.Refusal
	switch {
	case errors.As(err, &ours):
		return ours.code, ours.field
	case !errors.As(err, &rule):
		return "", ""
	case rule.Code == voting.CodeMarkNotOffered: // the file format has no code of its own for it
		return CodeBadValue, rule.Field
	}
	return Code(rule.Code), rule.Field
}

var messages = map[Code]string{
	CodeUnreadable:   "文件打不开。",
	CodeBadJSON:      "文件不是一个完整的 JSON 对象。",
	CodeUnknownField: "这里不能有这个字段。",
	CodeMissingField: "缺少必填的字段。",
	CodeBadValue:     "这个值不在允许的范围内。",
	CodeUnknownName:  "名单中没有这个名称。",
	CodeDuplicate:    "同一项出现了两次。",
	CodeDoesNotAddUp: "数字合不拢：部分大于总数，或者有面积而没有人数。",
}

// encode writes one line; texts are printed as they are, not escaped for HTML.
func encode(answer any) []byte {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(answer) // plain structs into memory: cannot fail
	return bytes.TrimSuffix(line.Bytes(), []byte("\n"))
}
