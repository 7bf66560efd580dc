package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"testing"

	"gongjue/voting"
)

// slowBallot is what the reader of all JSON bodies makes of a body.
func slowBallot(body []byte) (map[string]voting.Mark, bool) {
	var in ballotRequest
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&in) != nil || decoder.More() {
		return nil, false
	}
	marks := map[string]voting.Mark{}
	for id, choice := range in.Choices {
		if choice.Names != nil || choice.Each != nil {
			return nil, false
		}
		marks[id] = choice.Mark
	}
	return marks, true
}

func marksOf(choices map[string]voting.Choice) map[string]voting.Mark {
	marks := map[string]voting.Mark{}
	for id, choice := range choices {
		marks[id] = choice.Mark
	}
	return marks
}

func TestPlainBallotsAreReadAtOnce(t *testing.T) {
	for body, plain := range map[string]bool{
		`{"choices":{"a":{"mark":"yes"}}}`:                                                    true,
		" {\t\"choices\" :\r\n{ \"a\":{\"mark\" : \"yes\" } , \"b\" : {\"mark\":\"no\"}} }\n": true,
		`{"choices":{"a":{"names":["x"]}}}`:                                                   false,
		`{"choices":{"a":{"mark":"yes","mark":"no"}}}`:                                        false,
		`{"choices":{"a":{"mark":"yes"},"a":{"mark":"no"}}}`:                                  false,
		`{"choices":{"a":{"mark":"y\u0065s"}}}`:                                               false,
		`{"choices":{"楼":{"mark":"yes"}}}`:                                                    false,
		`{"choices":{"a":{"mark":"yes"}}} x`:                                                  false,
		`{"choices":{"a":{"mark":"yes"}}`:                                                     false,
		`{"choices":{"a":{"mark":"yes"},}}`:                                                   false,
		`{"choices":{}}`:                                                                      false,
		`{"choices":{"a":{"mark":"yes"}},"more":1}`:                                           false,
		`{"other":{"a":{"mark":"yes"}}}`:                                                      false,
		``:                                                                                    false,
	} {
		choices, ok := plainBallot(body)
		if ok != plain {
			t.Errorf("%s: read %v, want %v", body, ok, plain)
		}
		if want, known := slowBallot([]byte(body)); ok && (!known || !maps.Equal(marksOf(choices), want)) {
			t.Errorf("%s: read %v, the other reader %v", body, choices, want)
		}
	}
}

// FuzzPlainBallots holds the quick reader to the slow one: what it takes, it reads alike.
func FuzzPlainBallots(f *testing.F) {
	f.Add([]byte(`{"choices":{"0190a1b2-0000-7000-8000-000000000000":{"mark":"abstain"}}}`))
	f.Add([]byte(`{"choices":{"a":{"mark":"yes"},"b":{"mark":"no"}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		choices, ok := plainBallot(string(body))
		if !ok {
			return
		}
		if want, known := slowBallot(body); !known || !maps.Equal(marksOf(choices), want) {
			t.Errorf("%q: read %v, the other reader %v", body, choices, want)
		}
	})
}
