package rules

import (
	"slices"
	"strings"
	"testing"
)

// confirmed are the local rules whose articles were read in the text and on which the program acts: where, which parameter,
// which article, and what it says. A pack may say more, never less.
var confirmed = []struct{ place, key, article, says string }{
	{"北京市", "eligibility", "第30条", "已交付的专有部分面积达到50%"},
	{"北京市", "application_share", "第30条", "5%以上的业主"},
	{"北京市", "notice_days", "第35条", "提前 15 日"},
	{"北京市", "extraordinary_share", "第35条", "20%以上"},
	{"北京市", "agenda", "第35条", "不得表决"},
	{"北京市", "evote", "第35条", "只能使用主管部门建立的系统"},
	{"北京市", "result_days", "第37条", "3 日内"},
	{"北京市", "alternates", "第39条", "不超过委员人数"},
	{"北京市", "term_years", "第41条", "不超过 5 年"},
	{"北京市", "filing_days", "第43条", "30 日内"},
	{"北京市", "certify_working_days", "第43条", "5 个工作日"},
	{"北京市", "delegation", "第44条", "不得授权"},
	{"北京市", "renewal_months", "第49条", "6 个月前"},
	{"北京市", "interim_body", "第52条至第59条", "7 人以上，单数"},
	{"北京市", "contract_filing_days", "第63条", "15 日内"},
	{"北京市", "firm_renewal_months", "第75条", "6 个月前"},
	{"北京市", "street_convenes", "第36条", "逾期仍不召开的，由其组织召开"},
	{"北京市", "change_filing_days", "第50条", "30 日内办理变更备案"},
	{"北京市", "supervision", "第51条", "街道办事处"},
	{"上海市", "street_convenes", "第25条", "应业主要求"},
	{"上海市", "eligibility", "第13条", "已交付的建筑面积达到50%，或者首次交付满 2 年"},
	{"上海市", "evote", "第18条", "没有电子投票"},
	{"上海市", "filing_documents", "第23条", "专项维修资金管理规约、委员书面承诺、委员培训记录"},
	{"上海市", "renewal_months", "第28条", "5 个月前"},
	{"上海市", "handover_to", "第29条", "房管机构保管"},
	{"上海市", "frozen_powers", "第28条", "选聘、解聘物业服务企业、调整物业服务收费、物业维修、更新、改造"},
	{"浙江省/宁波市", "handover_to", "第36条", "街道办事处"},
	{"浙江省/宁波市", "frozen_powers", "第36条", "选聘、解聘物业服务企业、调整物业服务收费、物业维修、更新、改造"},
	{"北京市", "interim_body", "第52条至第59条", "决定须经全体委员过半数签字同意；会议须有过半数的业主委员到场"},
	{"上海市", "certify_days", "第34条", "20 日内"},
	{"上海市", "contract_filing_days", "第44条", "30 日内"},
	{"浙江省/杭州市", "extraordinary_notice_days", "第19条", "提前 7 日"},
	{"浙江省/杭州市", "notice_days", "第19条", "提前 15 日"},
	{"浙江省/杭州市", "voting_days", "第20条", "5 至 60 日"},
	{"浙江省/杭州市", "paper", "第20条", "业主要求的，提供纸质"},
	{"浙江省/杭州市", "eligibility", "第22条", "达到60%，或者首次交付满 2 年并且已交付的比例达到30%"},
	{"浙江省/杭州市", "candidate_display_days", "第26条", "不少于 7 日"},
	{"浙江省/杭州市", "shortfall", "第27条", "超过约定名额的一半"},
	{"浙江省/杭州市", "alternates_order", "第28条", "得票达到法定比例的人选"},
	{"浙江省/宁波市", "parking", "第18条", "车位的面积不计入"},
	{"浙江省/宁波市", "evote", "第25条", "可以电子投票"},
	{"浙江省/宁波市", "candidate_display_days", "第31条", "不少于 10 日"},
	{"浙江省/宁波市", "firm_renewal_months", "第57条", "4 个月前"},
	{"广东省/清远市", "evote", "第17条", "只能使用主管部门建立的系统"},
	{"广东省/清远市", "result_days", "第17条", "7 日内"},
	{"广东省/清远市", "display_days", "第17条", "15 日以上"},
	{"广东省/清远市", "certificate_by", "第21条", "由街道办事处（乡镇人民政府）出具"},
	{"广东省/清远市", "certify_days", "第21条", "5 日内"},
	{"山东省/潍坊市", "evote", "第32条", "只能使用主管部门建立的系统"},
	{"山东省/潍坊市", "proxy_cap", "第32条", "最多接受 3 名"},
	{"山东省/潍坊市", "delegation", "第33条", "不得授权"},
	{"山东省/聊城市", "paper", "第16条", "线上和线下同时进行，合并计票"},
	{"山东省/聊城市", "silence", "第16条", "也可以由临时管理规约约定"},
	{"山东省/聊城市", "certify_working_days", "第24条", "10 个工作日"},
	{"山东省/聊城市", "filing_authorities", "第24条", "区县物业主管部门"},
	{"北京市", "committee_publish_days", "第45条", "3 日内"},
	{"山东省", "evote", "第26条", "可以电子投票"},
	{"山东省", "certificate_by", "第31条", "由区县物业主管部门出具"},
	{"山东省", "certify_days", "第31条", "10 日内"},
	{"山东省", "renewal_days", "第33条", "90 日前"},
	{"山东省/青岛市", "eligibility", "第21条", "首次交付满 2 年并且已交付业主的人数达到25%"},
	{"山东省/青岛市", "evote", "第27条", "可以电子投票"},
	{"山东省/青岛市", "seal_proof_by", "第37条", "印章刻制证明由区县物业主管部门出具"},
	{"山东省/青岛市", "street_convenes", "第29条", "责令限期召开"},
	{"山东省/菏泽市", "evote", "第5条", "实名"},
	{"山东省/菏泽市", "proxy_cap", "第9条", "由议事规则规定"},
	{"山东省/淄博市", "first_committee_days", "第30条", "3 日内"},
	{"山东省/淄博市", "alternates_order", "第30条", "按得票多少"},
	{"浙江省/台州市", "evote", "第17条", "可以电子投票"},
	{"浙江省/湖州市", "evote", "第24条", "认可的系统"},
	{"浙江省/湖州市", "alternates", "第21条", "50%"},
	{"浙江省/嘉兴市", "evote", "第6条", "可以电子投票"},
	{"浙江省/绍兴市", "publication_working_days", "第9条", "5 个工作日"},
	{"浙江省/绍兴市", "first_meeting_days", "第16条", "90 日内"},
	{"浙江省/舟山市", "public_service_days", "第17条", "不少于 7 日"},
	{"浙江省/舟山市", "firm_staff_proxy", "第17条", "不得担任业主的代理人"},
	{"浙江省/丽水市", "evote", "第12条", "实名"},
	{"山东省/滨州市", "public_service_days", "第13条", "不少于 5 日"},
	{"山东省/日照市", "evote", "第35条", "实名"},
	{"山东省/日照市", "street_convenes", "第34条", "由街道办事处（乡镇人民政府）组织召开"},
}

func TestThePacksSayWhatWasReadInTheTexts(t *testing.T) {
	packs, err := List()
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, rule := range confirmed {
		t.Run(rule.place+" "+rule.key, func(t *testing.T) {
			at := slices.IndexFunc(packs, func(p Pack) bool { return slices.Contains(p.Places, rule.place) })
			if at < 0 {
				t.Fatal("no pack")
			}
			checked[packs[at].ID] = true
			for _, line := range packs[at].Lines() {
				if line.Key != rule.key {
					continue
				}
				if line.Source.Article != rule.article || !strings.Contains(line.Text, rule.says) {
					t.Errorf("%s says %s", line.Source, line.Text)
				}
				return
			}
			t.Error("the pack is silent")
		})
	}
	for _, pack := range packs {
		if pack.Level == Local && !checked[pack.ID] {
			t.Errorf("nothing of %s is checked", pack.ID)
		}
	}
}

// Places whose texts nobody confirmed, which expired, or of which only practice was seen, have the national rules alone.
func TestUnconfirmedPlacesHaveNoPack(t *testing.T) {
	for _, place := range []string{
		"浙江省/金华市", "浙江省/温州市", "浙江省/衢州市", "河南省/郑州市", "广东省/深圳市", "广东省/广州市", "广东省/东莞市", "广东省/江门市", "广东省/佛山市",
		"福建省/福州市", "山西省/大同市", "辽宁省/盘锦市", "贵州省/安顺市", "吉林省/长春市", "吉林省/梅河口市", "安徽省/合肥市", "四川省/成都市", "湖北省/武汉市",
		"江苏省/南京市", "陕西省/西安市",
	} {
		if pack, err := At(place+"/示例区", today); err != nil || pack.ID != "cn-civil-code-2021" || len(pack.Layers) != 0 {
			t.Errorf("%s: %s, %v", place, pack.ID, err)
		}
	}
}
