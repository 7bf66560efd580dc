package web

import "strings"

// fieldNames are the labels of form fields as the list of problems on top of a form cites them. A name that
// stands for different things on different forms has the word that fits all of them.
var fieldNames = map[string]string{
	"title": "名称", "convener_kind": "召集人类型", "convener_name": "召集人名称", "roster": "使用哪一版名册", "opens": "投票开始", "closes": "投票截止",
	"place": "地点", "contact": "联系人与电话", "objection_days": "公示几天", "answer_days": "几天内答复异议", "delivery_times": "表决票什么时候、怎么送",
	"platform": "市平台名称", "channel_conflict": "在平台和本系统都有票的", "received_from": "从哪里收到", "confirmed": "确认", "own_copy": "文件的来源", "rows": "打印件上的票数",
	"seal_kept": "钥匙由谁保管", "repeats": "是不是重新表决作废的会议", "again": "原来的卡作废",
	"silence": "没有投的怎么算", "silence_document": "规定这一做法的文件", "silence_clause": "哪一条", "void_participates": "废票算参与表决吗",
	"blank": "没有选的怎么算", "rank": "候选人怎么排名", "shortfall": "当选人数不足怎么办",
	"kind": "事项的种类", "item": "属于法律列出的哪一类", "text": "内容", "options": "候选人或企业", "method": "投票方式", "seats": "应选几位",
	"poll_share": "同意的比例", "poll_strict": "怎样算达到这个比例", "poll_of_all": "占谁的比例", "poll_by": "看人数还是面积", "poll_scale": "业主怎样回答", "poll_about": "满意度调查的对象",
	"tie_way": "平票办法", "seat_groups": "名额按楼幢或类别分配", "sitting": "在任并留任的委员几位", "min_members": "业主委员会最少几位委员", "firm_act": "这个议案对现任物业服务企业", "linked_to": "前面的哪一项", "linked_when": "那一项的结果",
	"max_choices": "每票最多选几位", "alternates": "候补最多几位", "scope": "表决的楼幢",
	"building": "楼幢", "stair": "单元", "room": "房号", "phone": "手机号", "code": "编号或验证码", "serial": "票号",
	"district": "区县", "street": "街道（乡镇）", "name": "小区名称", "user": "账号", "password": "密码",
	"parking_area": "车位的面积", "parking_heads": "只有车位的业主", "unit": "房屋", "subject": "关于", "answer": "书面答复", "outcome": "结论",
	"number": "号码", "fields": "要看的内容",
	"reason": "理由", "reasons": "需要补正的地方", "note": "说明", "checked": "核对",
	"capacity": "以什么身份投票", "owner": "哪位业主", "person": "投票人姓名", "document": "看过的文件",
	"firm": "物业服务人", "principal": "甲方", "fee_mode": "收费方式", "price": "每月每平方米多少元", "signed_on": "签订日期", "from": "服务开始", "to": "服务到期", "terms": "说明",
	"decision": "业主的决定", "day": "日期", "until": "终止日期", "side": "谁不再续约", "parties": "谁参加",
	"matter": "哪一项", "candidate": "候选人", "about": "哪里不对", "wanted": "应当是什么", "file": "证明材料", "area": "面积", "area_source": "面积来源", "usage": "用途", "owners": "业主", "keep": "仍然是业主的", "phone_of": "哪位业主",
	"mode": "送达方式", "result": "结果", "due": "抽签时间", "manner": "怎样抽出号码", "digits": "号码几位", "drawn_at": "什么时候抽的", "witnesses": "在场见证的人", "delivered_at": "送达时间", "relation": "谁收的", "proof": "凭证",
}

// named is what a problem says away from its field: 这一项 gives way to the field's name.
func named(p Problem) string {
	rest, unnamed := strings.CutPrefix(p.Text, "这一项")
	name := fieldNames[p.Field]
	if !unnamed || name == "" {
		return p.Text
	}
	return "“" + name + "”" + rest
}
