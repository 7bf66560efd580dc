package tallyfile

import (
	"maps"
	"slices"
	"strings"

	"gongjue/voting/explain"
)

// Explain is [Answer] for a person: the result in plain Chinese, every comparison with its article, and the
// formal sentence of a notice. The second answer tells whether the file has an outcome; if not, the text
// says why and where.
func Explain(data []byte) (string, bool) {
	d, err := decide(data)
	if err != nil {
		return explainFault(faultOf(err)), false
	}
	names := explain.Names{Title: explain.Kind(d.matter.Kind)}
	lines := []string{explain.Resident(d.matter, d.outcome, names)}
	for _, step := range d.outcome.Steps {
		lines = append(lines, "  "+names.Step(step))
	}
	for _, name := range slices.Sorted(maps.Keys(d.outcome.Variants)) {
		lines = append(lines, "如果换一种算法，"+explain.Variant(name)+"："+explain.Reading(d.matter, d.outcome, name, names))
	}
	lines = append(lines, explain.Formal(d.law, d.matter, d.outcome, names))
	return strings.Join(lines, "\n"), true
}

// ExplainRefusal is [Refuse] for a person.
func ExplainRefusal(code Code) string { return explainFault(code, "") }

func explainFault(code Code, field string) string {
	place := ""
	if field != "" {
		place = field + "："
	}
	return "没有计算：" + place + sentence(code, field) + "（" + string(code) + "）"
}
