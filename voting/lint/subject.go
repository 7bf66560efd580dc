package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gongjue/voting"
)

// subject is what a text is about, found by its words; law are the words by which it finds its item in the list of
// whatever law is in force, because the numbers differ between the laws.
type subject struct {
	name  string
	words *regexp.Regexp
	law   []string
}

const (
	committeeWords = `(业主委员会|业委会|委员)`
	electWords     = `(选举|换届|改选|补选|增补|罢免|推选)`
	electedWords   = `(选举|换届|改选|补选|罢免|增补(委员|成员|[0-9０-９一二两三四五六七八九十]+[名人位]|$|[，；。,;\n]))`
	hireWords      = `(选聘|续聘|解聘|聘用|聘请|另聘|辞退|续签)`

	// Between the verb and its object stands nothing that begins with another: 更换电梯并授权业委会 replaces no committee.
	object = `[^，；。,;\n物并由授托经交]{0,16}`
	// What is replaced stands right behind the verb, with hardly more than 部分 or 现在的 between.
	replaced  = `(更换|撤换)(部分|全体|全部|个别|现任|现在的?|现有的?|目前的?|当前的?|原来?的?|本届|上届|小区的?|前期|不称职的?|[0-9０-９一二两三四五六七八九十]+[名位家个])*`
	firmWords = `(物业服务企业|物业公司|物业企业|物业服务人|管理人|物业服务合同)`
	fundWords = `(维修资金|维修基金)`

	// What stands on common ground for money, and common ground that becomes something else.
	businessWords = `广告|出租|租赁|从事.{0,4}经营|经营活动|用于经营|改变.{0,12}用途|停车收费|收费停车|场地费|摊位|快递柜|自动售货|通信基站|` +
		`(绿地|绿化带|花园|架空层|垃圾房|车棚|车库|道路|空地|场地|活动室|管理用房)[^，；。,;\n]{0,4}(改为|改成|改作|改造成|改造为|变更为)`
)

var subjects = []subject{
	{"议事规则", regexp.MustCompile(`(制定|修改|修订|通过).{0,12}议事规则|议事规则.{0,6}(修改|修订|修正)`), []string{"议事规则"}},
	{"管理规约", regexp.MustCompile(`(制定|修改|修订|通过).{0,16}(管理规约|业主公约)|管理规约.{0,6}(修改|修订|修正)`), []string{"管理规约"}},
	{"选举或者更换业主委员会", regexp.MustCompile(electWords + object + committeeWords + `|` + replaced + committeeWords + `|` + committeeWords + `.{0,8}` + electedWords), []string{"业主委员会"}},
	{"选聘或者解聘物业服务企业", regexp.MustCompile(hireWords + `[^。；;\n并由授]{0,16}` + firmWords + `|` + replaced + firmWords + `|` + firmWords + `.{0,6}(续聘|解聘|续签|选聘)`), []string{"物业服务企业"}},
	{"使用维修资金", regexp.MustCompile(`(使用|动用|支取|列支|提取|支出)[^。；;\n]{0,16}` + fundWords + `|` + fundWords + `.{0,4}(使用|支出|列支)`), []string{"使用", "维修资金"}},
	{"筹集维修资金", regexp.MustCompile(`(筹集|续筹|归集|补交|续交|补充交存|交存)[^。；;\n]{0,16}` + fundWords + `|` + fundWords + `.{0,4}(筹集|续筹|续交|补交)`), []string{"筹集", "维修资金"}},
	{"改建、重建", regexp.MustCompile(`改建|重建|扩建|(加装|增设|增装).{0,6}电梯`), []string{"重建"}},
	{"改变共有部分的用途或者从事经营活动", regexp.MustCompile(businessWords), []string{"用途"}},
	{"公共收益的使用和分配", regexp.MustCompile(revenueWords), []string{otherMatters}},
}

// otherMatters are the words of the last item of both laws.
const otherMatters = "其他重大事项"

// revenueWords: spending what common parts earned is ordinary; starting to earn is not (domain trap 5).
const revenueWords = `(公共|共有|经营)(部分|部位)?(的)?(经营)?(性)?(收益|收入)`

// spent takes the words of earnings out of a text, so that 经营收益 is not read as starting business.
var spent = regexp.MustCompile(revenueWords)

func subjectsOf(words string) []subject {
	var found []subject
	rest := spent.ReplaceAllString(words, "")
	for _, s := range subjects {
		text := rest
		if s.law[0] == otherMatters {
			text = words
		}
		if s.words.MatchString(text) {
			found = append(found, s)
		}
	}
	return found
}

// item finds the subject's item in the law's list: the first that has all its words, else 其他重大事项.
func (s subject) item(items []Item) (Item, bool) {
	if at := slices.IndexFunc(items, s.names); at >= 0 {
		return items[at], true
	}
	at := slices.IndexFunc(items, func(item Item) bool { return strings.Contains(item.Text, otherMatters) })
	if at < 0 {
		return Item{}, false
	}
	return items[at], true
}

// checkItem compares the item with the subject of the words. Several subjects are the other check's business; here
// it is enough that one fits, unless another needs the higher majority and the item does not: a convener is never sent
// from a higher majority that the words ask for to a lower one.
func checkItem(d Draft, m Matter) []Finding {
	if m.Rule.Kind == voting.Consult || m.Rule.Item < 1 || m.Rule.Item > len(d.Items) {
		return nil
	}
	chosen := d.Items[m.Rule.Item-1]
	var other Item
	var about subject
	fits := false
	for _, s := range subjectsOf(m.words()) {
		item, known := s.item(d.Items)
		switch {
		case !known:
		case item.Number == chosen.Number:
			fits = true
		case item.Special && !other.Special, other.Number == 0:
			other, about = item, s
		}
	}
	if other.Number == 0 || (fits && (chosen.Special || !other.Special)) {
		return nil
	}
	code := ItemMismatch
	if other.Special != chosen.Special {
		code = ClassMismatch
	}
	found := finding(code, about.name, chosen.Number).under(other.Article)
	found.Mend = fmt.Sprintf(found.Mend, other.Number)
	return []Finding{found}
}

// names tells whether an item has all the words of the subject.
func (s subject) names(item Item) bool {
	return !slices.ContainsFunc(s.law, func(word string) bool { return !strings.Contains(item.Text, word) })
}

var (
	joint    = regexp.MustCompile(`和|并|及|与|同时|；|;|、|，|,|\n`)
	asks     = regexp.MustCompile(`是否`)
	numbered = regexp.MustCompile(`(?:[（(]?[一二三四五六七八九1-9][）)、.．]|[一二三]是)[^（(；;。\n]{0,40}?(?:是否|同意|选聘|续聘|解聘|选举|使用|筹集|改建|加装|修改|授权)`)
	plans    = regexp.MustCompile(`(方案|计划)[一二三甲乙丙ABC1-3].*(方案|计划)[一二三甲乙丙ABC1-3]|[一二三甲乙丙ABC1-3](方案|计划).*[一二三甲乙丙ABC1-3](方案|计划)`)
)

// checkQuestions finds one matter that asks for two answers.
func checkQuestions(_ Draft, m Matter) []Finding {
	var found []Finding
	words := m.words()
	about := subjectsOf(words)
	names := make([]string, len(about))
	for i, s := range about {
		names[i] = s.name
	}
	switch {
	case len(about) > 1 && joint.MatchString(words):
		found = append(found, finding(TwoQuestions, strings.Join(names, "；")))
	case len(asks.FindAllString(m.Text, -1)) > 1:
		found = append(found, finding(TwoQuestions, "写了两个“是否”"))
	case len(numbered.FindAllString(m.Text, -1)) > 1:
		found = append(found, finding(TwoQuestions, "分了几个小项"))
	}
	if (m.Rule.Kind == voting.Motion || m.Rule.Kind == voting.Consult) && plans.MatchString(strings.ReplaceAll(words, "\n", " ")) {
		found = append(found, finding(PlansInMotion))
	}
	return found
}

var neither = regexp.MustCompile(`都不|均不|都反对|均反对|以上都|不选|不同意|反对`)

// checkChoice: an owner who wants none of the options must be able to say so (domain §13).
func checkChoice(_ Draft, m Matter) []Finding {
	if m.Rule.Kind != voting.Selection || m.Rule.Method != voting.Pick {
		return nil
	}
	for _, option := range m.Rule.Options {
		if neither.MatchString(option) {
			return []Finding{finding(NeitherAsOption, option)}
		}
	}
	return []Finding{finding(NoRejectOption)}
}

var decides = regexp.MustCompile(`决定|批准|授权|表决通过|审议通过|予以通过|生效|选聘|续聘|解聘`)

func checkPoll(_ Draft, m Matter) []Finding {
	if m.Rule.Kind != voting.Consult {
		return nil
	}
	if word := decides.FindString(m.words()); word != "" {
		return []Finding{finding(PollAsDecision, word)}
	}
	return nil
}
