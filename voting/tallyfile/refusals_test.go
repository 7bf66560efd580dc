package tallyfile

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

const (
	motionTotals = `{"pack":"cn-civil-code-2021","policies":{},"matter":{"kind":"motion","item":9},
 "total":{"heads":9,"area_m2":"820.5"},"counts":{"options":{"yes":{"heads":4,"area_m2":"371.25"},"no":{"heads":2,"area_m2":"180"}}}}`
	pickBallots = `{"pack":"cn-civil-code-2021","policies":{},"matter":{"kind":"selection","item":4,"method":"pick","options":["A","B"]},
 "voters":[{"id":"u","area_m2":"90"},{"id":"w","area_m2":"80"}],"ballots":[{"voter":"u","choice":["A"]}],"delivered":["w"]}`
	eachBallots = `{"pack":"cn-civil-code-2021","policies":{},"matter":{"kind":"election","item":3,"method":"approval_each","options":["A","B"],"seats":1},
 "voters":[{"id":"u","area_m2":"90"}],"ballots":[{"voter":"u","choice":{"A":"yes"}}]}`
	poll = `{"pack":"cn-civil-code-2021","matter":{"kind":"consult","threshold":{"fraction":"1/2","strict":false,"of":"all"}},
 "voters":[{"id":"u","area_m2":"90"}],"ballots":[{"voter":"u","choice":"yes"}]}`
	scoped = `{"pack":"cn-civil-code-2021","matter":{"kind":"motion","item":5,"scope":["7"]},
 "voters":[{"id":"u","units":[{"place":"7/1/301","area_m2":"90"}]}],"ballots":[{"voter":"u","choice":"yes"}]}`
)

func answerCode(t *testing.T, text string) (code, whole string) {
	t.Helper()
	line, _ := Answer([]byte(text))
	var answer struct {
		Outcome string `json:"outcome"`
		Error   struct {
			Code, Message string
		} `json:"error"`
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	if answer.Error.Code == "" {
		return answer.Outcome, string(line)
	}
	if answer.Error.Message == "" {
		t.Errorf("%s has no sentence", answer.Error.Code)
	}
	return answer.Error.Code, string(line)
}

func TestTheUnchangedFilesAreAnswered(t *testing.T) {
	for text, want := range map[string]string{
		motionTotals: "passed", pickBallots: "not_formed", eachBallots: "passed", poll: "passed", scoped: "passed",
	} {
		if got, line := answerCode(t, text); got != want {
			t.Errorf("got %s, want %s: %s", got, want, line)
		}
	}
}

// refusals are changes to a good file, each with the code it is refused with.
var refusals = []struct {
	name, file, old, new string
	code                 string
}{
	{"an empty file", motionTotals, motionTotals, "", "bad_json"},
	{"a list", motionTotals, motionTotals, "[]", "bad_json"},
	{"two objects", motionTotals, motionTotals, "{}{}", "bad_json"},
	{"half an object", motionTotals, `}}}}`, `}}`, "bad_json"},
	{"a comma too many", motionTotals, `"policies":{}`, `"policies":{,}`, "bad_json"},
	{"bytes that are not UTF-8", motionTotals, "motion", "mo\xfftion", "bad_json"},
	{"a bottomless list", motionTotals, `"policies":{}`, `"policies":` + strings.Repeat("[", 500) + strings.Repeat("]", 500), "bad_json"},
	{"a field twice", motionTotals, `"policies":{}`, `"policies":{},"policies":{}`, "duplicate"},
	{"an unknown field", motionTotals, `"policies":{}`, `"quorum":1`, "unknown_field"},
	{"a field in another case", motionTotals, `"policies":{}`, `"Policies":{}`, "unknown_field"},
	{"an unknown policy", motionTotals, `"policies":{}`, `"policies":{"proxy":1}`, "unknown_field"},
	{"a motion with seats", motionTotals, `"item":9`, `"item":9,"seats":3`, "unknown_field"},
	{"a totals file with a scope", motionTotals, `"item":9`, `"item":9,"scope":["7"]`, "unknown_field"},
	{"an unknown part of a weight", motionTotals, `"heads":4,`, `"heads":4,"units":4,`, "unknown_field"},
	{"a motion with voted", motionTotals, `"counts":{`, `"counts":{"voted":{"heads":6,"area_m2":"551.25"},`, "unknown_field"},
	{"a poll with an item", poll, `"kind":"consult"`, `"kind":"consult","item":9`, "unknown_field"},
	{"an election by approval with most choices", eachBallots, `"seats":1`, `"seats":1,"max_choices":1`, "unknown_field"},
	{"a third option of a motion", motionTotals, `"no":`, `"maybe":{"heads":1,"area_m2":"1"},"no":`, "unknown_field"},
	{"no pack", motionTotals, `"pack":"cn-civil-code-2021",`, ``, "missing_field"},
	{"no matter", motionTotals, `"matter":{"kind":"motion","item":9},`, ``, "missing_field"},
	{"no item", motionTotals, `,"item":9`, ``, "missing_field"},
	{"neither form", motionTotals, motionTotals, `{"pack":"cn-civil-code-2021","matter":{"kind":"motion","item":9}}`, "missing_field"},
	{"no counts", motionTotals, `,"counts"`, `,"policies2"`, "missing_field"},
	{"no ballots", eachBallots, `,"ballots":[{"voter":"u","choice":{"A":"yes"}}]`, ``, "missing_field"},
	{"a weight without area", motionTotals, `"heads":4,"area_m2":"371.25"`, `"heads":4`, "missing_field"},
	{"an option left out", motionTotals, `,"no":{"heads":2,"area_m2":"180"}`, ``, "missing_field"},
	{"a scope with voters without units", scoped, `"units":[{"place":"7/1/301","area_m2":"90"}]`, `"area_m2":"90"`, "missing_field"},
	{"an unknown pack", motionTotals, "cn-civil-code-2021", "cn-civil-code-2020", "bad_value"},
	{"an unknown kind", motionTotals, `"kind":"motion"`, `"kind":"vote"`, "bad_value"},
	{"item 10", motionTotals, `"item":9`, `"item":10`, "bad_value"},
	{"item 0", motionTotals, `"item":9`, `"item":0`, "bad_value"},
	{"an item as text", motionTotals, `"item":9`, `"item":"9"`, "bad_value"},
	{"an item with a fraction", motionTotals, `"item":9`, `"item":9.0`, "bad_value"},
	{"an item that is null", motionTotals, `"item":9`, `"item":null`, "bad_value"},
	{"item 8 of the old law", motionTotals, `cn-civil-code-2021","policies":{},"matter":{"kind":"motion","item":9`, `cn-property-law-2007","policies":{},"matter":{"kind":"motion","item":8`, "bad_value"},
	{"an election on item 4", eachBallots, `"item":3`, `"item":4`, "bad_value"},
	{"both forms", motionTotals, `"counts"`, `"voters":[],"counts"`, "bad_value"},
	{"area as a number", motionTotals, `"820.5"`, `820.5`, "bad_value"},
	{"area with five decimals", motionTotals, `"820.5"`, `"820.50000"`, "bad_value"},
	{"area with nine digits", motionTotals, `"820.5"`, `"123456789"`, "bad_value"},
	{"a negative area", motionTotals, `"180"`, `"-180"`, "bad_value"},
	{"area with a bare dot", motionTotals, `"180"`, `"180."`, "bad_value"},
	{"area with full-width digits", motionTotals, `"180"`, `"１８０"`, "bad_value"},
	{"a million and one heads", motionTotals, `"heads":9`, `"heads":1000001`, "bad_value"},
	{"negative heads", motionTotals, `"heads":2`, `"heads":-2`, "bad_value"},
	{"a total of nobody", motionTotals, `"heads":9,"area_m2":"820.5"`, `"heads":0,"area_m2":"0"`, "bad_value"},
	{"a total without area", motionTotals, `"area_m2":"820.5"`, `"area_m2":"0"`, "bad_value"},
	{"a silence that nobody knows", motionTotals, `"policies":{}`, `"policies":{"silence":"agree"}`, "bad_value"},
	{"another tie rule", motionTotals, `"policies":{}`, `"policies":{"tie_on_both":"lots"}`, "bad_value"},
	{"void as null", motionTotals, `"policies":{}`, `"policies":{"void_participates":null}`, "bad_value"},
	{"从众 that was not announced", motionTotals, `"counts":{`, `"counts":{"follow_majority":{"heads":1,"area_m2":"1"},`, "bad_value"},
	{"a 从众 ballot that was not announced", pickBallots, `["A"]`, `"follow_majority"`, "bad_value"},
	{"a yes on a ballot of names", pickBallots, `["A"]`, `"yes"`, "bad_value"},
	{"a list on a motion", scoped, `"choice":"yes"`, `"choice":["yes"]`, "bad_value"},
	{"an object on a ballot of names", pickBallots, `["A"]`, `{"A":"yes"}`, "bad_value"},
	{"a word on a ballot of marks", eachBallots, `{"A":"yes"}`, `"abstain"`, "bad_value"},
	{"a mark that nobody offers", eachBallots, `{"A":"yes"}`, `{"A":"maybe"}`, "bad_value"},
	{"从众 beside a candidate", eachBallots, `"policies":{},"matter":{"kind":"election","item":3,"method":"approval_each","options":["A","B"],"seats":1},
 "voters":[{"id":"u","area_m2":"90"}],"ballots":[{"voter":"u","choice":{"A":"yes"}}]`, `"policies":{"follow_majority":true},"matter":{"kind":"election","item":3,"method":"approval_each","options":["A","B"],"seats":1},
 "voters":[{"id":"u","area_m2":"90"}],"ballots":[{"voter":"u","choice":{"A":"follow_majority"}}]`, "bad_value"},
	{"a name that is a number", pickBallots, `["A"]`, `[1]`, "bad_value"},
	{"no voters", pickBallots, `[{"id":"u","area_m2":"90"},{"id":"w","area_m2":"80"}]`, `[]`, "bad_value"},
	{"an empty scope", scoped, `"scope":["7"]`, `"scope":[]`, "bad_value"},
	{"nobody in the scope", scoped, `"scope":["7"]`, `"scope":["8"]`, "bad_value"},
	{"a threshold above one", poll, `"1/2"`, `"3/2"`, "bad_value"},
	{"a threshold of nothing", poll, `"1/2"`, `"0/2"`, "bad_value"},
	{"a denominator above one hundred", poll, `"1/2"`, `"1/101"`, "bad_value"},
	{"a threshold in words", poll, `"1/2"`, `"half"`, "bad_value"},
	{"no dimension", poll, `"of":"all"`, `"of":"all","dimensions":[]`, "bad_value"},
	{"an unknown dimension", poll, `"of":"all"`, `"of":"all","dimensions":["rooms"]`, "bad_value"},
	{"an empty name", pickBallots, `"options":["A","B"]`, `"options":["A",""]`, "bad_value"},
	{"no names", pickBallots, `"options":["A","B"]`, `"options":[]`, "bad_value"},
	{"an unknown name marked", pickBallots, `["A"]`, `["C"]`, "unknown_name"},
	{"an unknown name judged", eachBallots, `{"A":"yes"}`, `{"C":"yes"}`, "unknown_name"},
	{"a ballot of nobody", pickBallots, `"voter":"u"`, `"voter":"x"`, "unknown_name"},
	{"a delivery to nobody", pickBallots, `"delivered":["w"]`, `"delivered":["x"]`, "unknown_name"},
	{"an option twice", pickBallots, `"options":["A","B"]`, `"options":["A","A"]`, "duplicate"},
	{"a voter twice", pickBallots, `"id":"w"`, `"id":"u"`, "duplicate"},
	{"a dimension twice", poll, `"of":"all"`, `"of":"all","dimensions":["heads","heads"]`, "duplicate"},
	{"two ballots of one voter", pickBallots, `"ballots":[`, `"ballots":[{"voter":"u","void":true},`, "duplicate"},
	{"more votes than voters", motionTotals, `"heads":4`, `"heads":8`, "does_not_add_up"},
	{"more area than there is", motionTotals, `"371.25"`, `"640.5001"`, "does_not_add_up"},
	{"area without heads", motionTotals, `"heads":2,`, `"heads":0,`, "does_not_add_up"},
	{"void ballots beyond the total", motionTotals, `"counts":{`, `"counts":{"void":{"heads":4,"area_m2":"1"},`, "does_not_add_up"},
}

func TestRefusals(t *testing.T) {
	for _, test := range refusals {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(test.file, test.old, test.new, 1)
			if text == test.file {
				t.Fatal("the test changes nothing")
			}
			got, line := answerCode(t, text)
			if got != test.code {
				t.Errorf("got %s, want %s: %s", got, test.code, line)
			}
			told := strings.Contains(line, "应为：")
			if want := slices.Contains([]string{"bad_value", "missing_field", "does_not_add_up"}, got); told != want {
				t.Errorf("what was expected is told: %v, want %v: %s", told, want, line)
			}
		})
	}
}

func TestARefusalSaysWhatWasExpectedWhere(t *testing.T) {
	for _, test := range []struct{ file, old, new, want string }{
		{motionTotals, `"820.5"`, `820.5`, `total.area_m2","message":"这个值不在允许的范围内。应为：加引号的平方米数`},
		{motionTotals, `"heads":9`, `"heads":9.0`, `total.heads","message":"这个值不在允许的范围内。应为：从 0 到 1,000,000 的整数`},
		{motionTotals, `"policies":{}`, `"policies":{"silence":"agree"}`, `应为：not_participating、abstain、join_majority、join_majority_if_over_half_of_all 之一。`},
		{motionTotals, `"heads":4`, `"heads":8`, `counts.voted","message":"数字合不拢：部分大于总数，或者有面积而没有人数。应为：`},
		{eachBallots, `{"A":"yes"}`, `{"A":"maybe"}`, `应为：motion、consult 写`},
		{pickBallots, `"options":["A","B"]`, `"options":["A",""]`, `matter.options[1]","message":"这个值不在允许的范围内。应为：不是空的列表`},
	} {
		if _, line := answerCode(t, strings.Replace(test.file, test.old, test.new, 1)); !strings.Contains(strings.ReplaceAll(line, `\"`, `"`), test.want) {
			t.Errorf("%s: %s", test.new, line)
		}
	}
}

func TestAnOptionAboveTheValidBallotsDoesNotAddUp(t *testing.T) {
	const file = `{"pack":"cn-civil-code-2021","matter":{"kind":"election","item":3,"method":"approval_each","options":["A"],"seats":1},
 "total":{"heads":9,"area_m2":"900"},"counts":{"options":{"A":{"yes":{"heads":4,"area_m2":"400"},"no":{"heads":2,"area_m2":"200"}}},
 "voted":{"heads":6,"area_m2":"600"}}}`
	if got, line := answerCode(t, file); got != "passed" {
		t.Fatalf("exactly all: %s", line)
	}
	for _, change := range [][2]string{{`"heads":2`, `"heads":3`}, {`"200"`, `"200.0001"`}} {
		if got, line := answerCode(t, strings.Replace(file, change[0], change[1], 1)); got != "does_not_add_up" {
			t.Errorf("%s: %s", change[1], line)
		}
	}
	if got, line := answerCode(t, strings.Replace(file, `"A":{"yes"`, `"C":{"yes":{"heads":1,"area_m2":"1"},"no":{"heads":0,"area_m2":"0"}},"A":{"yes"`, 1)); got != "unknown_name" {
		t.Errorf("a candidate who does not stand: %s", line)
	}
}

func TestAcceptedOddities(t *testing.T) {
	tests := []struct{ name, file, old, new string }{
		{"zero 从众 ballots that were not announced", motionTotals, `"counts":{`, `"counts":{"follow_majority":{"heads":0,"area_m2":"0"},`},
		{"a policy that does not concern the matter", motionTotals, `"policies":{}`, `"policies":{"rank":"sum_of_shares","shortfall":"over_half_stands","run_off":true}`},
		{"the choice of a void ballot is not looked at", pickBallots, `"choice":["A"]`, `"void":true,"choice":{"x":[1]}`},
		{"a delivery named twice", pickBallots, `["w"]`, `["w","w"]`},
		{"a choice that is null", pickBallots, `["A"]`, `null`},
		{"a place of the scope named twice", scoped, `["7"]`, `["7","7"]`},
		{"units without a scope", pickBallots, `{"id":"w","area_m2":"80"}`, `{"id":"w","units":[{"place":"1/1","area_m2":"80"}]}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(test.file, test.old, test.new, 1)
			if text == test.file {
				t.Fatal("the test changes nothing")
			}
			if line, decided := Answer([]byte(text)); !decided {
				t.Errorf("refused: %s", line)
			}
		})
	}
}

func TestEveryCodeHasASentence(t *testing.T) {
	for _, code := range Codes {
		if messages[code] == "" {
			t.Errorf("%s has none", code)
		}
	}
	if line := string(Refuse(CodeUnreadable)); !strings.Contains(line, `"code":"unreadable"`) || strings.Contains(line, "\n") {
		t.Errorf("unreadable: %s", line)
	}
}

func TestExampleOfTheFormat(t *testing.T) {
	const file = `{"pack":"cn-civil-code-2021","policies":{"silence":"abstain","void_participates":true},
 "matter":{"kind":"motion","item":9},"total":{"heads":9,"area_m2":"820.5"},
 "counts":{"options":{"yes":{"heads":4,"area_m2":"371.25"},"no":{"heads":2,"area_m2":"180"}},
           "void":{"heads":1,"area_m2":"88"},"silent_delivered":{"heads":1,"area_m2":"90.75"}}}`
	line, _ := Answer([]byte(file))
	for _, want := range []string{
		`{"outcome":"rejected","reason":null,"binding":true,"counted":{"total":{"heads":9,"area_m2":"820.50"}`,
		`{"what":"approval","option":"yes","dimension":"heads","part":4,"whole":8,"threshold":"1/2","strict":true,"met":false,"share":"50.00","margin":-1,"law":"民法典第278条第2款"}`,
		`{"what":"approval","option":"yes","dimension":"area","part":"371.25","whole":"730.00","threshold":"1/2","strict":true,"met":true,"share":"50.86","margin":"6.2499","law":"民法典第278条第2款"}`,
		`"variants":{"without_silence":{"outcome":"passed","reason":null,"binding":true,`,
	} {
		if !strings.Contains(string(line), want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
}
