package lint

import (
	"regexp"
	"slices"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// power is what a place may freeze while its committee is being renewed, found by the subjects of a text or by its words.
type power struct {
	word     rules.Word
	name     string
	subjects []string
	words    *regexp.Regexp // nil where the subjects say it all
}

const feeWords = `(物业(服务|管理)?(收费|费)|收费标准|停车收费)`

var powers = []power{
	{rules.FrozenFirm, "选聘、解聘物业服务企业", []string{"选聘或者解聘物业服务企业"}, nil},
	{rules.FrozenFees, "调整物业服务收费", nil,
		regexp.MustCompile(`(调整|提高|上调|上涨|降低|下调|变更)[^，；。,;\n]{0,10}` + feeWords + `|` + feeWords + `[^，；。,;\n]{0,8}(调整|提高|上调|上涨|涨价|降低|下调|变更)`)},
	{rules.FrozenWorks, "维修、更新、改造等重大事项", []string{"使用维修资金", "改建、重建"},
		regexp.MustCompile(`大修|中修|(维修|更新|改造|翻新|加装)[^，；。,;\n]{0,6}(工程|项目|方案)|更新改造`)},
}

// PowerNames are the powers in words, in the order in which a law names them.
func PowerNames(frozen []rules.Word) (names []string) {
	for _, p := range powers {
		if slices.Contains(frozen, p.word) {
			names = append(names, p.name)
		}
	}
	return names
}

// Frozen names what a text decides although it is frozen; empty where its words say nothing of the kind.
func Frozen(text string, frozen []rules.Word) string {
	about := subjectsOf(text)
	for _, p := range powers {
		if !slices.Contains(frozen, p.word) {
			continue
		}
		named := slices.ContainsFunc(about, func(s subject) bool { return slices.Contains(p.subjects, s.name) })
		if named || p.words != nil && p.words.MatchString(text) {
			return p.name
		}
	}
	return ""
}

// frozenItem is the same by the item of the law's list that a matter has.
func frozenItem(item Item, frozen []rules.Word) string {
	for _, p := range powers {
		if !slices.Contains(frozen, p.word) {
			continue
		}
		for _, s := range subjects {
			if slices.Contains(p.subjects, s.name) && s.names(item) {
				return p.name
			}
		}
	}
	return ""
}

// checkFrozen finds what is not to be voted on while the renewal group prepares the next election. A poll decides nothing.
func checkFrozen(d Draft, m Matter) []Finding {
	if len(d.Frozen) == 0 || m.Rule.Kind == voting.Consult || m.Rule.Kind == voting.Election {
		return nil
	}
	name := Frozen(m.words(), d.Frozen)
	if name == "" && m.Rule.Item >= 1 && m.Rule.Item <= len(d.Items) {
		name = frozenItem(d.Items[m.Rule.Item-1], d.Frozen)
	}
	if name == "" {
		return nil
	}
	return []Finding{finding(PowersFrozen, name).under(d.FrozenArticle)}
}
