package messages

// contracts: with property firms.
var contracts = []line{
	{"contract_recorded", "这项决定的合同已经登记过，不能再登记一次。登记错了的，先撤回那一份。"},
	{"decision_does_not_fit", "这项决定与这份合同不相符：请选已经公布结果、仍然有效、在合同签订以后作出的决定。"},
	{"contract_not_over", "合同还没有终止，不能登记没有按期移交。"},
	{"contract_filed", "街道已经收件备案，不能撤回登记。合同有变化的，登记新的合同。"},
}
