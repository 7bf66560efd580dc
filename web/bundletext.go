package web

import (
	"strings"

	"gongjue/voting/bundle"
)

// bundleText is what one tier of a published record is called and who it is for.
type bundleText struct{ name, reader string }

var bundleTexts = map[bundle.Tier]bundleText{
	bundle.Public:  {"核对文件", "任何人都可以看、可以转发。里面没有姓名、电话、房号，也没有任何人的选择。"},
	bundle.Owners:  {"业主查阅件", "只供本小区业主在办公室查阅，请不要转发。里面有哪一户投了票、用哪种方式，没有姓名、电话，也没有任何人的选择。"},
	bundle.Tellers: {"完整核对件", "只供计票人和街道重新计算，里面有每一户的选择。请妥善保管，核对完就删除，不要转发。"},
}

// BundleName is what the file of a tier is called.
func BundleName(tier bundle.Tier) string { return bundleTexts[tier].name }

// bundleFiles say what is in each file, in the order of the list.
var bundleFiles = []struct {
	name, text string
	tiers      []bundle.Tier
}{
	{bundle.FileAnnounced, "会议通知公布的全部内容：事项、规则、名册总数。它的校验值印在会议通知上。", bundle.Tiers},
	{bundle.FileRules, "适用的法律和地方规定，逐条写明出处。", bundle.Tiers},
	{bundle.FileRoster, "锁定的名册：每个专有部分的面积，没有房号和姓名。", bundle.Tiers},
	{bundle.FileLeaves, "投票记录：开始、每一张票、截止、结果，只增不改。", bundle.Tiers},
	{"checkpoints/", "系统在各个时刻对投票记录的签名。", bundle.Tiers},
	{bundle.FileResult, "表决结果和每一步的数字。它的校验值印在结果公告上。", bundle.Tiers},
	{bundle.FileStanding, "会议现在的状态、异议件数、废票原因、备案证明。", bundle.Tiers},
	{bundle.FilePlaces, "名册里每一行是哪一户。", []bundle.Tier{bundle.Owners, bundle.Tellers}},
	{bundle.FileVoted, "哪一户投了票、用哪种方式。", []bundle.Tier{bundle.Owners, bundle.Tellers}},
	{bundle.FileBook, "每一张票的选择，和送达登记。", []bundle.Tier{bundle.Tellers}},
	{bundle.FileManifest, "以上文件的大小和校验值。", bundle.Tiers},
}

// BundleGuide is the page for people in a published record.
func BundleGuide(tier bundle.Tier, community, meeting string) string {
	text := bundleTexts[tier]
	lines := []string{text.name, "", community, meeting, "", text.reader, "",
		"怎样核对", "在电脑上运行（不需要联网）：", "    gongjue verify 这个文件.zip",
		"程序逐项核对，每一项都说明查的是什么；有一项不符，就指出是哪一项。",
		"没有这个程序的，在结果公告的网页上打开“核对网页”，存下来断开网络也能用。",
		"有回执文件的，可以一起核对：", "    gongjue verify 这个文件.zip --receipt 回执.txt", "",
		"里面有什么"}
	for _, file := range bundleFiles {
		for _, may := range file.tiers {
			if may == tier {
				lines = append(lines, "    "+file.name+"　"+file.text)
			}
		}
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}
