package lint

import (
	"regexp"
	"strings"

	"gongjue/voting"
)

var (
	sentences = regexp.MustCompile(`[^。；;！!？?\n]+`)

	// negation is what stands right before a verb that it turns round.
	negation = regexp.MustCompile(`(不|勿|未|非|别|禁止|严禁|不得|不能|不可|不可以|不应|不应当|不会|并不|不再)(再|被|一律|直接|自动|自然|当然|就|简单地?)?$`)

	// others are parties of a contract or a tender, whose silence is no owner's.
	others = regexp.MustCompile(`甲方|乙方|丙方|企业|公司|投标|中标|施工|承包|开发商|建设单位|供应商|租户|承租|监理|厂家`)
	owners = regexp.MustCompile(`业主|住户|各户|投票权|表决权|表决票|选票`)
)

// consent is a text by which whoever says nothing is counted: who is silent, a gap, the verb, and to what it counts. A
// blank answer on a ballot that came back is another thing, and has words of its own.
var consent = regexp.MustCompile(`((?:未|没有?|不|逾期|拒不|拒绝)[^，,、]{0,8}?(?:投(?:出)?(?:反对)?票|表决|表态|反馈|回复|答复|回应|回票|交回|交票|返回|退回|送回|参加|参与|参会|到会|到场|出席|反对|签字|签名|发表意见|提出?(?:书面)?(?:异议|反对|意见)|表示(?:反对|异议)|收到[^，,、]{0,8}(?:异议|反对意见))|` +
	`无(?:书面)?(?:异议|反对意见)|沉默|缺席|逾期|弃权)` + // who
	`([^，,]{0,8}[，,]?[^，,]{0,6}?)` +
	`(视为|视作|视同|看作|当作|当成|算作|算|默认为?|推定为?|认定为|等于|等同于?|即为|就是|统计为|计入|归入|并入|按照?)` +
	`([^，,不]{0,8}?)` +
	`(同意|赞成|赞同|支持|认可|通过|多数|弃权)`)

// consentIn finds how a text counts silence, and to what; empty where it does not, or says that silence is not so counted.
func consentIn(words string) (found, to string) {
	for _, sentence := range sentences.FindAllString(words, -1) {
		for rest := sentence; ; {
			at := consent.FindStringSubmatchIndex(rest)
			if at == nil {
				break
			}
			who, verb, to := rest[at[2]:at[3]], at[6], rest[at[10]:at[11]]
			before := sentence[:len(sentence)-len(rest)+at[0]]
			switch {
			case negation.MatchString(rest[:verb]), spokenOfOthers(before):
			case examined.MatchString(rest[at[8]:min(len(rest), at[1]+len("资格审查"))]):
			case strings.HasPrefix(rest[verb:], "按") && at[8] != at[9]: // 按本人意见计入, not 按同意计算
			case to == "弃权" && (who == "弃权" || blankAnswer.MatchString(sentence)):
			default:
				return rest[at[0]:at[1]], to
			}
			rest = rest[verb:]
		}
	}
	return "", ""
}

// examined are works and candidates that pass an examination, not a vote.
var examined = regexp.MustCompile(`验收|资格|审查|审核|评审|备案`)

// blankAnswer are the words of a blank on a ballot that came back: what that means is announced by itself.
var blankAnswer = regexp.MustCompile(`事项|选项|空白|栏|表态`)

// spokenOfOthers tells whether the nearest party before the silence is none of the owners.
func spokenOfOthers(before string) bool {
	party, owner := others.FindAllStringIndex(before, -1), owners.FindAllStringIndex(before, -1)
	return len(party) > 0 && (len(owner) == 0 || owner[len(owner)-1][0] < party[len(party)-1][0])
}

// joins tells whether the announced policy counts silence as the text says.
func joins(policy voting.Silence, to string) bool {
	switch to {
	case "多数":
		return policy == voting.JoinMajority || policy == voting.JoinMajorityIfOverHalfOfAll
	case "弃权":
		return policy == voting.SilenceAbstains
	}
	return false
}

// rulesItems are the rules of procedure and the covenant, in both laws: a clause on silence may stand in them, for the
// meetings that come after.
const rulesItems = 2

// checkConsent finds silence counted by the text of a matter. Only a rule that was adopted before may say so, as an announced
// parameter, and never more than that it joins the majority, which may be against.
func checkConsent(d Draft, m Matter) []Finding {
	found, to := consentIn(m.words())
	switch {
	case found == "":
		return nil
	case m.Rule.Kind == voting.Motion && m.Rule.Item >= 1 && m.Rule.Item <= rulesItems:
		if to == "多数" || to == "弃权" {
			return nil
		}
		return []Finding{finding(SilenceInRules, found)}
	case joins(d.Policies.Silence, to):
		return nil
	}
	return []Finding{finding(SilenceAsConsent, found)}
}

const bodies = `(?:业主委员会|业委会|物管会|物业管理委员会|居委会|居民委员会|筹备组|换届小组|召集人)`

var (
	// blanket is a mandate without an end: to whom, a gap, and how far it goes.
	blanket = regexp.MustCompile(`(?:授权|委托|交由|交给|责成|由)[^，,、]{0,8}?` + bodies +
		`([^。]{0,14}?)(全权|一切(?:事|权)|所有(?:事项|事宜|权利|权力)|(?:自行|自主|单独|直接)(?:研究)?决定|代(?:为|替|表)(?:全体|广大)?业主[^，,]{0,4}(?:决定|表决|行使|作出)|酌情(?:决定|处理)|视情况(?:决定|处理))` +
		`|全权(?:授权|委托|交由|交给)[^，,、]{0,8}?` + bodies)
	// handed is one of the law's own decisions, handed to a committee.
	handed = regexp.MustCompile(`(?:授权|委托|交由|交给)[^，,、]{0,6}?` + bodies +
		`([^，,]{0,6}?)((?:选聘|解聘|续聘|另聘|更换)[^，,]{0,8}?(?:物业|服务企业|管理人)|(?:决定|确定)[^，,]{0,8}?(?:维修资金|物业费|收费标准|物业服务企业|物业公司))`)
	// bounded is a mandate for a sum, and carriedOut one to do what the meeting decided.
	bounded    = regexp.MustCompile(`[0-9０-９一二三四五六七八九十百千万][ 0-9.，,]*[万千百]?元|限额|额度|不超过|不得超过|上限|范围内|以内`)
	carriedOut = regexp.MustCompile(`组织|招标|招投标|开展|启动|实施|办理|落实|发布|按照?|依照?|根据|与`)
	asWork     = regexp.MustCompile(`^[^，,]{0,4}(工作|招标|程序|手续|方案的?起草|谈判)`)
)

// mandateIn finds a mandate that leaves the owners' own decisions to somebody else; empty where it does not.
func mandateIn(words string) string {
	for _, sentence := range sentences.FindAllString(words, -1) {
		if at := blanket.FindStringSubmatchIndex(sentence); at != nil && !bounded.MatchString(sentence) {
			refused := negation.MatchString(sentence[:at[0]]) || (at[4] >= 0 && negation.MatchString(sentence[:at[4]]))
			if !refused {
				return clauseFrom(sentence, at[0], at[1])
			}
		}
		if at := handed.FindStringSubmatchIndex(sentence); at != nil {
			done := carriedOut.MatchString(sentence[at[2]:at[3]]) || asWork.MatchString(sentence[at[1]:])
			if !done && !negation.MatchString(sentence[:at[0]]) && !negation.MatchString(sentence[:at[4]]) {
				return clauseFrom(sentence, at[0], at[1])
			}
		}
	}
	return ""
}

// clauseFrom gives a part of a sentence with the rest of its clause.
func clauseFrom(sentence string, from, to int) string {
	rest := sentence[to:]
	if end := strings.IndexAny(rest, "，,、：:"); end >= 0 {
		rest = rest[:end]
	}
	return sentence[from:to] + rest
}

// checkMandate finds a mandate without an end: what the law has the owners decide together they decide themselves.
func checkMandate(d Draft, m Matter) []Finding {
	found := mandateIn(m.words())
	switch {
	case found == "":
		return nil
	case d.Rules.NoDelegation:
		return []Finding{finding(MandateBarred, found).under(d.Rules.DelegationArticle)}
	}
	return []Finding{finding(BlanketMandate, found)}
}
