package web

import (
	"slices"

	"gongjue/voting"
)

// lotRecipe is how a public lot comes about, for somebody who never heard of it.
const lotRecipe = "先公布时间、地点和号码的位数，再当众抽出一个号码。投票截止那一刻投票记录的指纹，加上这个号码，就是“种子”；" +
	"每个并列的姓名或名称和种子一起算出一个值，小的在先。指纹在知道有并列以前已经固定，号码在截止以后才抽出，谁都不能单独定结果；任何人都可以用电脑重算一遍。"

// tieNote stands beside a matter whose ties are drawn. It is short: sheets print it too.
const tieNote = "名额不够而票数完全相同的，公开抽签：种子是投票截止时投票记录的指纹加上当众抽出的号码，任何人都可以重算。"

// tieParameters says what happens between options that are equal: one line where every matter has the same way out,
// both where they differ.
func tieParameters(ways []voting.TieWay) []Parameter {
	named := func(name string, way voting.TieWay) Parameter {
		p := policyOf("tie_way", string(way))
		return Parameter{name, p.name, p.meaning}
	}
	lot := slices.Contains(ways, voting.TieByLot)
	revote := slices.ContainsFunc(ways, func(way voting.TieWay) bool { return way != voting.TieByLot })
	switch {
	case lot && revote:
		return []Parameter{named("名额不够而票数相同（写明抽签的事项）", voting.TieByLot), named("名额不够而票数相同（其他事项）", voting.TieByRevote)}
	case lot:
		return []Parameter{named("名额不够而票数相同", voting.TieByLot)}
	}
	return []Parameter{named("名额不够而票数相同", voting.TieByRevote)}
}
