// Package tallyfile reads a tally file (one matter, as totals or as single ballots) and writes the
// explained outcome: bytes in, bytes out. It only translates; the counting is voting's.
package tallyfile

import (
	"bytes"
	"encoding/json"
	"errors"

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
	outcome, matter, err := decide(data)
	if err != nil {
		return refusal(err), false
	}
	return encode(answerOf(matter, outcome, true)), true
}

// Refuse is the answer to a file that could not be opened.
func Refuse(code Code) []byte { return refusal(&fault{code, ""}) }

func decide(data []byte) (voting.Outcome, voting.Matter, error) {
	tree, err := parse(data)
	if err != nil {
		return voting.Outcome{}, voting.Matter{}, err
	}
	file := read(tree)
	if file.first != nil {
		return voting.Outcome{}, voting.Matter{}, file.first
	}
	counts := file.counts
	if err := file.matter.Validate(file.law); err != nil {
		return voting.Outcome{}, voting.Matter{}, err
	}
	if file.byBallots {
		counts, err = voting.Count(file.matter, file.policies, file.voters, file.ballots, file.delivered)
		if err != nil {
			return voting.Outcome{}, voting.Matter{}, err
		}
	}
	outcome, err := voting.Decide(file.law, file.policies, file.matter, counts)
	return outcome, file.matter, err
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
	var ours *fault
	var rule *voting.Refusal
	switch {
	case errors.As(err, &ours):
		answer.Error.Code, answer.Error.Field = ours.code, ours.field
	case errors.As(err, &rule):
		answer.Error.Code, answer.Error.Field = Code(rule.Code), rule.Field
		if rule.Code == voting.CodeMarkNotOffered { // the file format has no code of its own for it
			answer.Error.Code = CodeBadValue
		}
	}
	answer.Error.Message = messages[answer.Error.Code]
	return encode(answer)
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
