package messages

// committees: the register of committees, their members and what one term hands to the next.
var committees = []line{
	{"no_committee", "登记册里没有正在履职的业主委员会或者物业管理委员会。"},
	{"no_committee_elected", "这次会议的最终结果没有产生业主委员会，没有可以登记的内容。"},
	{"already_registered", "这次会议的选举结果已经登记过了。"},
	{"not_over_half", "须有全体委员过半数同意，推选才有效。请核对同意的人数。"},
	{"committee_in_office", "登记册里已经有一届在任。只有任期已满、早于在任的一届才能作为历史补记。"},
	{"too_few_callers", "委员提议召开的，提议的委员不少于全体委员的三分之一。"},
	{"too_early", "会议的时间还没有到，不能公布会议记录。"},
	{"too_few_signed", "会议记录要由到场的委员签名，签名的不够作出决定所需要的人数。"},
	{"owners_decide", "从文字看，这是应当由业主共同决定的事项（民法典第278条），业主委员会不能代替业主决定：请提请召开业主大会会议。执行业主大会已经作出的决定的，写明是哪一次会议的哪一项决定。"},
	{"votes_differ", "同意、反对、弃权加起来，应当正好是本人到场的委员人数。"},
	{"not_replaceable", "只有通过了的新决定，才能代替以前通过、现在还有效的决定，每项只能代替一次。"},
	{"term_taken", "这一届已经登记过，请核对届数。"},
	{"not_next", "现在没有空缺，或者轮到的不是这一位。递补只能按得票顺序。"},
	{"no_recall", "这项表决没有通过、没有写明这位委员的姓名、在这一届产生以前，或者已经被撤销，不能据以罢免。"},
	{"no_interim_rules", "当地的规定没有物业管理委员会，不能组建。"},
	{"interim_exists", "已经有一个物业管理委员会。"},
	{"interim_size", "成员人数不符合当地的规定。"},
	{"interim_odd", "当地规定成员为单数。"},
	{"interim_owners", "成员里业主不少于一半。"},
	{"interim_chair", "须有一名主任，并且由当地规定的单位派代表担任。"},
	{"display_open", "名单还在公示，公示期满以后才能履职。"},
}
