package messages

// committees: the register of committees, their members and what one term hands to the next.
var committees = []line{
	{"no_committee", "登记册里没有正在履职的业主委员会或者物业管理委员会。"},
	{"no_committee_elected", "这次会议的最终结果没有产生业主委员会，没有可以登记的内容。"},
	{"already_registered", "这次会议的选举结果已经登记过了。"},
	{"not_over_half", "须有全体委员过半数同意，推选才有效。请核对同意的人数。"},
	{"committee_in_office", "登记册里已经有一届在任。只有任期已满、早于在任的一届才能作为历史补记。"},
	{"term_taken", "这一届已经登记过，请核对届数。"},
}
