package verify

import "slices"

// bar is a share that a part of a whole must reach; strict means more than it.
type bar struct {
	num, den int64
	strict   bool
}

// statute are the majorities of a national law as its text has them.
type statute struct {
	from            int64 // Unix ms of the first day, 北京时间
	partake         bar   // of everybody in the scope
	ordinary        bar
	special         bar
	ofAll           bool // approval is a share of everybody, not of those who take part
	items           int64
	specialItems    []int64
	partakeArticle  string
	approvalArticle string
}

// statutes in the order of their days. The older law holds for votes begun before 2021: participation above half,
// approval a share of all (物权法第76条; 物业管理条例第11条、第12条). Since then: participation at least two thirds,
// approval a share of those who take part, more than half, or at least three quarters for items 6 to 8
// (民法典第278条). 以上 includes the number itself, 过半数 does not (民法典第1259条).
var statutes = []statute{
	{partake: bar{1, 2, true}, ordinary: bar{1, 2, true}, special: bar{2, 3, false}, ofAll: true, items: 7, specialItems: []int64{5, 6},
		partakeArticle: "物业管理条例第12条第1款", approvalArticle: "物权法第76条第2款"},
	{from: 1_609_430_400_000, partake: bar{2, 3, false}, ordinary: bar{1, 2, true}, special: bar{3, 4, false}, items: 9,
		specialItems: []int64{6, 7, 8}, partakeArticle: "民法典第278条第2款", approvalArticle: "民法典第278条第2款"},
}

// electionItem is the number of 选举业主委员会 in both lists.
const electionItem = 3

// statuteAt is the law in force at the start of voting.
func statuteAt(opens int64) statute {
	law := statutes[0]
	for _, later := range statutes[1:] {
		if opens >= later.from {
			law = later
		}
	}
	return law
}

// approvalOf is the majority that an item needs.
func (s statute) approvalOf(item int64) bar {
	if slices.Contains(s.specialItems, item) {
		return s.special
	}
	return s.ordinary
}

// checkLawOf compares the majorities of the announced rules with the law's, and the agenda with its list.
func checkLawOf(b *book, a announced, rules []byte) {
	law, r := statuteAt(a.opens), open(rules)
	tests := open(r.raw("majorities"))
	for _, test := range []struct {
		key   string
		want  bar
		ofAll bool
	}{{"participation", law.partake, true}, {"ordinary", law.ordinary, law.ofAll}, {"special", law.special, law.ofAll}} {
		one := open(tests.raw(test.key))
		got := bar{one.number("num"), one.number("den"), one.flag("strict")}
		if of := one.text("of"); got != test.want || (of == "total") != test.ofAll {
			b.fail(checkLaw, say("规定里的比例“%s”不是法律的比例", "the majority %q of the rules is not the law's", test.key))
		}
	}
	special := []int64{}
	items := r.objects("items")
	for i, item := range items {
		if item.number("number") != int64(i+1) {
			b.fail(checkLaw, say("规定里的事项没有按顺序编号", "the items of the rules are not numbered in order"))
		}
		if item.text("class") == "special" {
			special = append(special, int64(i+1))
		}
	}
	if int64(len(items)) != law.items || !slices.Equal(special, law.specialItems) || r.number("election_item") != electionItem {
		b.fail(checkLaw, say("规定里的事项不是法律列举的事项", "the items of the rules are not those of the law"))
	}
	for _, m := range a.matters {
		if m.kind != consult && (m.item < 1 || m.item > law.items) || m.kind == election && m.item != electionItem {
			b.fail(checkLaw, say("事项 %d 不在法律列举的事项里", "matter %d is no item of the law", m.position))
		}
	}
	if a.policies.interim && !carriesSilence(r) {
		b.fail(checkLaw, say("首次会议按临时管理规约处理没有投的票，规定里却没有这一条", "silence counts at a first meeting by the interim covenant, which the rules do not allow"))
	}
	b.pass(checkLaw, Text{law.approvalArticle, law.approvalArticle})
}

// carriesSilence tells whether the announced rules of the place let the interim covenant of a first meeting carry a silence
// rule. They are data of the bundle, as the majorities of the law are not.
func carriesSilence(rules *record) bool {
	procedure := open(rules.raw("procedure"))
	clause := procedure.maybe("silence")
	return clause != nil && open(clause).text("value") == "interim_covenant_too"
}
