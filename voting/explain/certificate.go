package explain

import (
	"strconv"
	"strings"
	"unicode"

	"gongjue/voting"
	"gongjue/voting/rules"
)

// Lapsed is what is said of a matter whose condition is not met: the votes stand and lead to nothing, so that no list may
// show them as a decision.
const Lapsed = "前提没有成立"

// Assembly names the owners' assembly of a community.
func Assembly(community string) string { return community + "业主大会" }

// CommitteeName names the committee that an election filled; empty where none was constituted. One that serves goes on,
// whatever came of a by-election.
func CommitteeName(community string, m voting.Matter, state voting.CommitteeState) string {
	if !m.ByElection() && state != voting.Constituted && state != voting.EvenNumber {
		return ""
	}
	return community + "业主委员会"
}

// Certified is what a certificate says of a matter: a street certifies no decision that came to nothing, and no committee
// of an even number without saying so.
func Certified(m voting.Matter, o voting.Outcome, effect voting.Effect) string {
	word := Verdict(m, o)
	if effect == voting.Lapsed {
		return word + "（" + Lapsed + "，不产生效力）"
	}
	even := (m.Sitting+len(o.Elected))%2 == 0
	if o.Committee == voting.EvenNumber || (o.Committee == voting.Constituted && even) {
		return word + "；" + Committee(m, o)
	}
	return word
}

// Authority is the name of the authority that decides on a filing, as papers and pages print it.
func Authority(word rules.Word, street, district string) string {
	if word == rules.DistrictAuthority && district != "" {
		return district + "物业主管部门"
	}
	return street
}

// CertificateRecord is what a certificate says, for its text; empty members are left out.
type CertificateRecord struct {
	Assembly, Committee              string
	Term                             int64 // 届
	TermFrom, TermTo                 string
	Chair, Office, Meeting, Convener string
	Members, Alternates              []string
	Matters                          []CertifiedMatter
	Authority, Day                   string
	Result                           string // SHA-256 of the filed result, in hex
}

// CertifiedMatter is one matter on record with the word of its outcome; see [Certified].
type CertifiedMatter struct {
	Position    int64
	Title, Word string
}

// Fact is one line: a name, and what is on record.
type Fact struct{ Name, Value string }

// Lines are the lines of the text in order. Blanks of any kind become one: a value is a part of a line.
func (r CertificateRecord) Lines() (lines []Fact) {
	add := func(name, value string) {
		if value = strings.Join(strings.FieldsFunc(value, func(c rune) bool { return c < ' ' || unicode.IsSpace(c) }), " "); value != "" {
			lines = append(lines, Fact{name, value})
		}
	}
	add("业主大会名称", r.Assembly)
	add("业主委员会名称", r.Committee)
	if r.Term > 0 {
		add("届别", "第"+strconv.FormatInt(r.Term, 10)+"届")
	}
	if r.TermFrom != "" {
		add("任期", r.TermFrom+" 至 "+r.TermTo)
	}
	add("负责人", r.Chair)
	add("委员", strings.Join(r.Members, "、"))
	add("候补委员", strings.Join(r.Alternates, "、"))
	add("办公地址", r.Office)
	add("会议", r.Meeting)
	add("召集人", r.Convener)
	for _, matter := range r.Matters {
		add("事项"+strconv.FormatInt(matter.Position, 10), matter.Title+"："+matter.Word)
	}
	add("备案机关", r.Authority)
	add("备案日期", r.Day)
	add("结果公告校验值", r.Result)
	add("说明", "本文件证明出具时的内容。以后有没有变更、撤回或者注销，要联网用查验码查询。")
	return lines
}
