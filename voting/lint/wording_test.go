package lint

import (
	"slices"
	"testing"

	"gongjue/voting"
)

func TestSilenceIsNotCountedByTheTextOfAMatter(t *testing.T) {
	for _, text := range []string{
		"未投票的视为同意。",
		"是否同意更换电梯？未投票的业主视为同意。",
		"逾期未表决的，一律视为同意。",
		"到期没有投票的，默认为同意。",
		"业主不表态视为赞成。",
		"送达后七日内未反馈意见的，视同同意本方案。",
		"未参与表决的，其投票权数计入多数票。",
		"未在规定时间内交回表决票的，按同意计算。",
		"不投票即为同意。",
		"公示期内没有提出异议的，视为同意。",
		"物业公司上门征求意见，业主逾期未答复的视为同意。",
		"弃权票计入多数票。",
		"弃权的视为同意。",
		"未投票的视为弃权。",
		"拒不投票的业主，视为支持多数意见。",
		"沉默视为认可。",
		"没有收到书面反对意见即为通过。",
		"未投票的不视为反对，视为同意。",
		"逾期视为同意。",
		"逾期默认同意。",
		"未投反对票的视为同意。",
		"没有明确反对的，视为同意。",
		"未到场的业主视为同意会议决定。",
		"缺席的按同意计算。",
		"物业管理委员会征求意见，逾期未答复的视为同意。",
	} {
		if found, _ := consentIn(text); found == "" {
			t.Errorf("not found: %s", text)
		}
	}
	for _, text := range []string{
		"是否同意更换电梯？",
		"未投票的不视为同意。",
		"未投票的，不得视为同意，也不计入多数票。",
		"未投票的不能当作同意。",
		"逾期未投票的，不计入参与表决。",
		"未签字的表决票作废。",
		"空白的表决票视为弃权。",
		"某一事项没有表决的，该事项视为弃权。",
		"没有选择任何选项的，视为弃权。",
		"乙方收到整改通知后逾期未答复的，视为同意解除合同。",
		"投标人未提出异议的，视为认可招标文件。",
		"物业公司未在期限内回复的，视为同意退场。",
		"不能到场投票的业主可以委托他人，按本人意见投同意或者反对。",
		"参与表决的业主过半数同意的，视为通过。",
		"弃权票不计入同意票。",
		"弃权票算参与表决，不算同意。",
		"未交物业费的，视为违约。",
		"同意的请在同意栏打勾。",
		"候选人名单公示期满无异议的，视为通过资格审查。",
		"竣工后十日内没有提出异议的，视为验收通过。",
		"乙方逾期视为同意解除合同。",
		"未投票业主的票不计入同意，也不计入反对。",
		"不反对也不赞成的，请选弃权。",
		"未在截止前投票的，视为没有参与表决。",
		"逾期交回的表决票无效。",
		"公示期满无异议后签订合同。",
		"没有参加上次会议的业主，这次请投票表示同意或者反对。",
	} {
		if found, _ := consentIn(text); found != "" {
			t.Errorf("%s: found %s", text, found)
		}
	}
}

func TestAMandateHasAnEnd(t *testing.T) {
	for _, text := range []string{
		"授权业委会全权处理本小区一切事务。",
		"是否同意更换电梯并授权业委会全权办理？",
		"委托业主委员会全权负责选聘物业服务企业。",
		"小区公共收益由业委会自行决定使用。",
		"全权委托物业管理委员会处理。",
		"授权业主委员会代表全体业主决定相关事项。",
		"授权业委会酌情决定维修项目。",
		"授权业委会选聘物业服务企业。",
		"授权业委会决定物业费标准。",
		"同意授权下一届业委会解聘物业公司。",
	} {
		if mandateIn(text) == "" {
			t.Errorf("not found: %s", text)
		}
	}
	for _, text := range []string{
		"授权业委会与中标企业签订物业服务合同。",
		"授权业委会办理备案手续。",
		"授权业委会按照表决结果选聘物业服务企业。",
		"授权业委会组织选聘物业公司。",
		"授权业委会选聘物业公司的招标工作。",
		"授权业委会招标选聘物业服务企业。",
		"授权业委会在5万元以内自行决定零星维修。",
		"单项不超过3000元的支出，由业委会自行决定。",
		"业委会不得全权处理公共收益。",
		"不授权业委会选聘物业公司。",
		"由物业公司全权负责日常保洁。",
		"是否同意更换电梯并授权业委会签订合同？",
		"由业委会公布账目。",
	} {
		if found := mandateIn(text); found != "" {
			t.Errorf("%s: found %s", text, found)
		}
	}
}

func TestAMandateIsQuotedToTheEndOfItsClause(t *testing.T) {
	for text, want := range map[string]string{
		"是否同意更换电梯，并授权业委会全权处理相关事宜？": "授权业委会全权处理相关事宜",
		"授权业委会选聘物业服务企业，期限三年。":      "授权业委会选聘物业服务企业",
	} {
		if got := mandateIn(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestWhatAMatterIsAbout(t *testing.T) {
	for text, want := range map[string][]string{
		"更换电梯并授权业委会签订合同":   nil,
		"更换电梯并授权业委会":       nil,
		"更换水泵，由业委会组织施工":    nil,
		"更换门禁并由物业公司施工":     nil,
		"选举工作由业委会组织":       nil,
		"授权业委会增补消防器材":      nil,
		"更换小区大门，委员会监督":     nil,
		"更换业委会成员":          {"选举或者更换业主委员会"},
		"更换部分业主委员会委员":      {"选举或者更换业主委员会"},
		"撤换业委会主任":          {"选举或者更换业主委员会"},
		"选举第三届业主委员会":       {"选举或者更换业主委员会"},
		"补选两名业委会委员":        {"选举或者更换业主委员会"},
		"业主委员会增补委员":        {"选举或者更换业主委员会"},
		"业委会换届":            {"选举或者更换业主委员会"},
		"罢免张三的业委会委员职务":     {"选举或者更换业主委员会"},
		"更换物业公司":           {"选聘或者解聘物业服务企业"},
		"更换现在的物业服务企业":      {"选聘或者解聘物业服务企业"},
		"续聘样例物业公司为物业服务企业":  {"选聘或者解聘物业服务企业"},
		"停止使用旧水箱。补交维修资金":   {"筹集维修资金"},
		"使用专项维修资金更换电梯":     {"使用维修资金"},
		"使用2号楼电梯更换所需的维修资金": {"使用维修资金"},
	} {
		var got []string
		for _, s := range subjectsOf(text) {
			got = append(got, s.name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// The clause may stand in the rules that are to be adopted, for the meetings that come after; and a text may repeat what
// was announced.
func TestWhereAClauseOnSilenceMayStand(t *testing.T) {
	joining := func(d *Draft) { d.Policies.Silence, d.SilenceJudged = voting.JoinMajority, true }
	for name, c := range map[string]struct {
		change func(*Draft)
		matter Matter
		want   Code
	}{
		"in a matter that is about something else":   {nil, motion(5, "使用维修资金", "使用维修资金。未投票的计入多数票。"), SilenceAsConsent},
		"in the rules that are to be adopted":        {nil, motion(1, "修改议事规则", "修改议事规则：已送达未表决的，计入已表决的多数票。"), ""},
		"as consent, even there":                     {nil, motion(1, "修改议事规则", "修改议事规则：未投票的视为同意。"), SilenceInRules},
		"as announced":                               {joining, motion(5, "使用维修资金", "使用维修资金。未投票的计入多数票。"), ""},
		"as consent, where it was announced to join": {joining, motion(5, "使用维修资金", "使用维修资金。未投票的视为同意。"), SilenceAsConsent},
		"in a poll":      {nil, poll("您是否希望提前锁门？没有回复的视为同意。"), SilenceAsConsent},
		"in an election": {nil, func() Matter { m := seats(nil); m.Text = "未投票的视为同意全部候选人。"; return m }(), SilenceAsConsent},
	} {
		t.Run(name, func(t *testing.T) {
			var got Code
			for _, f := range Check(yes(t, c.change, c.matter)) {
				got = f.Code
			}
			if got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}
