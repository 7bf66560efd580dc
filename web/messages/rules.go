package messages

// rules: what the counting rules refuse beyond a single ballot.
var rules = []line{
	{"lot_not_announced", "这个事项事先没有公布用抽签解决并列，不能抽签。"},
	{"nothing_tied", "没有并列的选项，不需要抽签。"},
	{"no_run_off", "这个结果没有可以再次表决的内容。"},
	{"nomination_needed", "空缺的席位没有候选人可以再次表决。请先提名候选人，再另行召开会议选举。"},
	{"run_off_drafted", "再次表决的会议已经起草过了，请打开那一次会议。"},
	{"link_invalid", "这个事项的前提设置不对：只能以排在它前面的正式表决事项为前提。"},
	{"silence_rule_missing", "请写明未投票处理办法依据的文件和条款，而且该文件已经通过。"},
	{"silence_proof_missing", "每一张表决票都要有送达凭证，才能适用未投票的处理办法。"},
	{"silence_warning_missing", "公告和表决票上要提示不投票的后果。"},
	{"silence_elections_missing", "所依据的条款没有写明适用于选举。"},
}
