package lint

import "testing"

func TestWhatOnlyOwnersDecideIsKnownByItsWords(t *testing.T) {
	for text, want := range map[string]string{
		"续聘现物业服务企业两年":         "选聘或者解聘物业服务企业",
		"使用维修资金更换3号楼水泵":       "使用维修资金",
		"利用外墙设置广告":            "改变共有部分的用途或者从事经营活动",
		"罢免委员甲":               "选举或者更换业主委员会",
		"修改管理规约第十条":           "管理规约",
		"提请召开业主大会会议，续聘物业服务企业": "",
		"征求业主对使用维修资金的意见":      "",
		"用公共收益更换门禁，五千元以内":     "",
		"与物业服务企业约谈保洁质量":       "",
		"检查消防设施":              "",
	} {
		if got := OwnersDecide(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
