package web

// ActText is how a step is called and what it does, before anybody takes it.
type ActText struct {
	Button, Explains string
	Final            bool // cannot be taken back
	Danger           bool // ends or refuses something
	AsksReason       bool
}

// StaffActs are the steps of staff by the codes that the pages use.
var StaffActs = map[string]ActText{
	"intake_discard":     {Button: "不用这份文件", Explains: "删除文件和对它的更正、核对，不入册。", Danger: true},
	"mandate_approve":    {Button: "核准登记", Explains: "请先核对文件。核准以后，只有登记的人能投这一户的票；已经投的票有效。登记记入投票记录，写明是哪一处房屋，不写姓名；转让还在通知和结果里公开。名册更正过的，在用的各版一并生效。", Final: true},
	"mandate_refuse":     {Button: "不予核准", Explains: "投票的人不变。理由记录在案，召集人看得到。", Danger: true, AsksReason: true},
	"mandate_withdraw":   {Button: "撤回", Explains: "投票的人不变。撤回的记录仍然保留。"},
	"amendment_approve":  {Button: "核准更正", Explains: "请先核对证明材料。核准以后：", Final: true},
	"amendment_refuse":   {Button: "不予核准", Explains: "名册不变。理由记录在案，召集人看得到。", Danger: true, AsksReason: true},
	"amendment_withdraw": {Button: "撤回", Explains: "名册不变。撤回的记录仍然保留。"},
	"roster_freeze":      {Button: "锁定名册", Explains: "总人数、总面积和名册指纹从此固定，印在会议通知上。表决只按这一版计算。", Final: true},

	"notice":         {Button: "发布会议通知", Explains: "请先看完上面的检查、提醒和预览。按下按钮以后：", Final: true},
	"cancel":         {Button: "撤回会议", Explains: "会议不再举行。已经发过通知的，理由会公布。", Final: true, Danger: true, AsksReason: true},
	"count":          {Button: "计票", Explains: "打开封存的表决票，逐张与投票记录核对，然后按公布的规则计算。对不上就停止，什么都不计。", Final: true},
	"display":        {Button: "公示初步结果", Explains: "各事项的人数、面积和结论向所有人公开，异议期开始。", Final: true},
	"publish":        {Button: "公布最终结果", Explains: "重新计算一次，与公示的初步结果一致才公布；有公开抽签的，按抽签的先后。公布以后就是最终结果，可以向街道备案。", Final: true},
	"run_off":        {Button: "发起再次表决", Explains: "按这次的结果起草一次新的会议：名册和计票规则照旧，候选人或企业和应选人数按结果填好。新的会议要另行公布通知、另行投票；发布通知以前都可以修改。"},
	"bundle_owners":  {Button: "下载业主查阅件", Explains: "供本小区业主在办公室查阅：哪一户投了票、用哪种方式。没有姓名、电话，也没有任何人的选择。每次下载都会记入投票记录，写明是哪个账号。"},
	"bundle_tellers": {Button: "下载完整核对件", Explains: "供计票人和街道重新计算：里面有每一户的选择，请妥善保管，核对完就删除。每次下载都会记入投票记录，写明是哪个账号。"},
	"annul":          {Button: "宣布作废并重新表决", Explains: "本次表决的票全部作废，结果不再公布。只在票箱、封存或程序出了问题时使用，理由会公布。", Final: true, Danger: true, AsksReason: true},
}

// NewAct is a step as a page shows it, posted to action.
func NewAct(code, action string) Act {
	text := StaffActs[code]
	return Act{Action: action, Button: text.Button, Explains: text.Explains, Final: text.Final, Danger: text.Danger, AsksReason: text.AsksReason}
}
