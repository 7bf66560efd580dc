package web

import (
	"slices"
	"strconv"

	"gongjue/voting"
)

// lotRecipe is how a public lot comes about, for somebody who never heard of it.
const lotRecipe = "先公布时间、地点和号码的位数，再当众抽出一个号码。投票截止那一刻投票记录的指纹，加上这个号码，就是“种子”；" +
	"每个并列的姓名或名称和种子一起算出一个值，小的在先。指纹在知道有并列以前已经固定，号码在截止以后才抽出，谁都不能单独定结果；到场的人都知道抽出的是什么号码，任何人都可以用电脑重算一遍。"

// PaperFormula is the lot to the byte, as the printed notice announces it.
var PaperFormula = Parameter{"抽签的算法", "SHA-256", "四行文字：gongjue.lot/v1；种子，即 64 位的指纹、一条斜线“/”和号码；事项编号；姓名或名称。" +
	"行与行之间一个换行符，末尾没有，按 UTF-8 编码计算 SHA-256，结果写成十六进制，小的在先。事项编号在公开的结果里可以查到。"}

// Lots tells whether a public lot settles the ties of some matter.
func (a Announced) Lots() bool { return slices.Contains(a.Ties, voting.TieByLot) }

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

// lotDigits says how the number of a lot is typed.
func lotDigits(digits int64) string {
	return strconv.FormatInt(digits, 10) + " 位数字，与现场抽出的完全一样，开头的 0 也要写。"
}

// lotEarliest says from when a lot may be drawn.
func lotEarliest(earliest Instant) string {
	return "公布以后至少 24 小时，而且在公示期结束以后：最早 " + earliest.String() + "。"
}

// The sentences that tell staff what a lot waits for.
const (
	LotNextDisplay  = "有并列要公开抽签。请召集人先公示初步结果。"
	LotNextAnnounce = "请召集人公布抽签的时间和地点。"
	LotNextWait     = "到公布的时间当众抽签，抽完由召集人、计票人或街道录入号码。"
	LotNextRecord   = "抽签的时间已到。抽完由召集人、计票人或街道录入号码。"
	LotNextSecond   = "号码已经录入一遍，请另一种身份的人用自己的账号再录一遍。"
	LotNextPublish  = "抽签已经完成，请召集人公布最终结果。"
)

// WorkLot names a lot whose number waits to be typed a second time.
func WorkLot(community, meeting string) string {
	return community + "：“" + meeting + "”抽签结果待确认，请再录一遍号码"
}

// LotCheck tells whether a lot stands in the way of the final result.
func LotCheck(due bool) Check {
	if due {
		return Check{CheckError, message("lot_due"), ""}
	}
	return Check{CheckOK, "并列已经公开抽签，先后已定。", ""}
}
