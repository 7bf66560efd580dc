package tallyfile

import (
	"regexp"
	"strings"

	"gongjue/voting"
)

const (
	flagWords   = "true 或者 false"
	nameWords   = "不是空的文字"
	listWords   = "不是空的列表，每一项是文字"
	countWords  = "从 1 到 1,000,000 的整数，不加引号，不写小数点"
	weightWords = `{"heads": 人数, "area_m2": "面积"}，有面积就要有人数`
	partWords   = weightWords + "，人数和面积都不超过整体"
)

// wanted is what may stand in a field, by its name, or by its name after that of the object it stands in.
var wanted = map[string]string{
	"pack":    "cn-civil-code-2021 或者 cn-property-law-2007",
	"matter":  "一个写明 kind 的对象",
	"counts":  "一个对象；total 和 counts 不能与 voters、ballots、delivered 写在一起",
	"total":   weightWords + "，人数至少 1，面积大于 0",
	"heads":   "从 0 到 1,000,000 的整数，不加引号，不写小数点",
	"area_m2": `加引号的平方米数，最多八位整数、四位小数，如 "90.5"`,

	"policies": "一个对象",
	"silence":  words(voting.Silences), "blank": words(voting.Blanks), "rank": words(voting.Ranks), "shortfall": words(voting.Shortfalls),
	"tie_on_both": "revote", "first_meeting": flagWords, "void_participates": flagWords, "follow_majority": flagWords, "run_off": flagWords,

	"kind": words(voting.Kinds), "method": words(voting.Methods), "matter.options": listWords, "scope": listWords,
	"item":  "所用规则里事项的序号：cn-civil-code-2021 是 1 到 9，cn-property-law-2007 是 1 到 7，选举是 3",
	"seats": countWords, "max_choices": countWords, "min_members": countWords,
	"alternates": "从 0 到 1,000,000 的整数", "sitting": "从 0 到 1,000,000 的整数",
	"threshold": "写明 fraction、strict、of 的对象", "fraction": `加引号的分数，分子不大于分母，分母不大于 100，如 "1/2"`,
	"strict": flagWords, "of": "participants 或者 all", "dimensions": "heads、area 的列表，不能是空的",

	"counts.options": "每个选项一项，不多不少，各选项的人数和面积都不超过 voted",
	"yes":            weightWords, "no": weightWords,
	"voted": partWords + "；voted、void、silent_delivered 之和也不超过", "void": partWords, "silent_delivered": partWords,
	"abstain": partWords, "counts.follow_majority": partWords + "；事先公布了从众才可以有",

	"voters": "不是空的列表，范围里至少有一人、面积大于 0", "ballots": "列表", "delivered": "列表", "units": "不是空的列表，有范围时必填",
	"id": nameWords, "voter": nameWords, "place": nameWords, "ballots.void": flagWords,
	"choice": `motion、consult 写 "yes"、"no"、"abstain"；pick 写名称的列表或者 "abstain"；approval_each 写 {名称: "yes"、"no" 或者 "abstain"}；` +
		`事先公布了从众的 motion 和 selection（pick）可以写 "follow_majority"`,
}

var index = regexp.MustCompile(`\[[0-9]+\]`)

// expected tells what may stand at that path; empty where nothing may. A name given by the file, such as a candidate's,
// says nothing, so the object around it is asked.
func expected(code Code, field string) string {
	if code != CodeMissingField && code != CodeBadValue && code != CodeDoesNotAddUp {
		return ""
	}
	path := strings.Split(index.ReplaceAllString(field, ""), ".")
	for i := len(path) - 1; i >= 0; i-- {
		if i > 0 && wanted[path[i-1]+"."+path[i]] != "" {
			return wanted[path[i-1]+"."+path[i]]
		}
		if wanted[path[i]] != "" {
			return wanted[path[i]]
		}
	}
	return ""
}

// sentence is what is wrong, and what was expected there.
func sentence(code Code, field string) string {
	if want := expected(code, field); want != "" {
		return messages[code] + "应为：" + want + "。"
	}
	return messages[code]
}

func words[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, word := range list {
		texts[i] = string(word)
	}
	return strings.Join(texts, "、") + " 之一"
}
