package messages

// samples: what a street asks the owners after a count.
var samples = []line{
	{"sample_open", "这次会议已经有一轮抽样回访在进行。先做完，或者撤回再公布新的一轮。"},
	{"sample_none", "现在没有可以办理这一步的抽样回访。页面可能已经过时，请刷新后再看。"},
	{"sample_empty", "没有计入结果的表决票，不需要回访。"},
	{"sample_too_early", "抽签时间要在公布 24 小时以后，让愿意到场的人来得及。"},
	{"sample_waiting", "已经有人录入了号码，正等另一种身份的人录第二遍。录错了请由第一个人重录。"},
	{"sample_unasked", "还有没问过的票。每张票至少问过一次，才能结束。"},
}
