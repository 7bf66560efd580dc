package web

import (
	"strconv"

	"gongjue/voting/explain"
)

// ReviewLimits are the thresholds of the flags, in the measure that people read.
type ReviewLimits struct{ BurstMinutes, BurstLeast, BurstShare, PhoneLeast, VoidShare, ProxyShare, LatePaperDays, NarrowLeast int64 }

// FlagOf is a flag in words, with its threshold: n of all, in the measure of its kind; matter is a position on the agenda.
func FlagOf(kind string, n, all, matter int64, limits ReviewLimits) ReviewFlag {
	count, number := explain.Count, func(value int64) string { return strconv.FormatInt(value, 10) }
	f := ReviewFlag{Kind: kind}
	switch kind {
	case "burst":
		f.Text = "有 " + number(limits.BurstMinutes) + " 分钟里收到 " + count(n) + " 张网上的票，全部网上的票是 " + count(all) + " 张。集中拉票、代人操作都会这样，请抽查其中几户。"
		f.Limit = number(limits.BurstMinutes) + " 分钟内达到 " + number(limits.BurstLeast) + " 张，并且占网上的票 " + number(limits.BurstShare) + "% 以上时提示。系统不保存网络地址，只能按时间看。"
	case "one_phone":
		f.Text = "有 " + count(all) + " 个手机号各为多个投票权人投了票，最多的一个投了 " + count(n) + " 个。请核对是不是同一家人，或者有没有委托。"
		f.Limit = "一个手机号投到 " + number(limits.PhoneLeast) + " 个投票权人时提示。号码不显示。"
	case "voids":
		f.Text = "事项 " + number(matter) + " 有 " + count(n) + " 张无效，共收到 " + count(all) + " 张。请看无效的原因。"
		f.Limit = "无效的达到 3 张，并且占 " + number(limits.VoidShare) + "% 以上时提示。"
	case "proxies":
		f.Text = "委托投票 " + count(n) + " 人，全部参加投票的 " + count(all) + " 人。请抽查委托书。"
		f.Limit = "委托的达到 5 人，并且占 " + number(limits.ProxyShare) + "% 以上时提示。"
	case "amended":
		f.Text = "会议通知以后，名册又更正了 " + count(n) + " 处，只用于以后的会议，不影响本次计票。"
		f.Limit = "有一处就提示。"
	case "mandates":
		f.Text = "名册锁定以后，登记了 " + count(n) + " 次由谁投票或者房屋转让。"
		f.Limit = "有一次就提示。"
	case "upheld":
		f.Text = "有 " + count(n) + " 件异议成立，请看答复和补救。"
		f.Limit = "有一件就提示。"
	case "open":
		f.Text = "还有 " + count(n) + " 件异议没有答复。"
		f.Limit = "有一件就提示。"
	case "late_paper":
		f.Text = "有 " + count(n) + " 张纸质票在截止 " + number(limits.LatePaperDays) + " 日以后才录入，纸质票共 " + count(all) + " 张。请看票箱封条和交接记录。"
		f.Limit = "截止满 " + number(limits.LatePaperDays) + " 日以后录入的，有一张就提示。"
	case "narrow":
		f.Text = "事项 " + number(matter) + " 的结果悬于少数票：" + count(n) + " 张票有问题，结果就可能改变（有效票 " + count(all) + " 张）。"
		f.Limit = "假定有效票的 1%、至少 " + number(limits.NarrowLeast) + " 张全部有问题，按最不利的情形推算。"
	case "unwitnessed":
		f.Text = "会议通知写了街道的见证公钥，但结果上没有街道的签名。"
		f.Limit = "没有签名就提示。"
	}
	return f
}
