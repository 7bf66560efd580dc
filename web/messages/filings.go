package messages

// filings: the record at the street, and its certificate.
var filings = []line{
	{"filing_open", "这次会议已经有一份备案在办理中，请等街道答复。"},
	{"filing_incomplete", "备案材料不齐，请补全页面列出的材料后再提交。"},
	{"filing_moved", "生成材料包的时候，会议的记录有了变动。请再提交一次。"},
	{"package_not_kept", "这一次报送的时候，系统还没有保存材料包。请召集人重新生成。"},
	{"filing_not_due", "结果公布之后才能提交备案。"},
	{"filing_closed", "这份备案已经办结，不能再改动。"},
	{"unknown_filing", "没有找到这份备案。"},
	{"checks_missing", "请逐项核对并勾选后再出具备案证明。"},
	{"check_code_unknown", "没有查到这个查验码。请核对每一位字符；仍查不到时，请向街道核实证明的真伪。"},
	{"filing_received", "这份备案已经受理，不能再退回补正。材料不实或者不符合规定的，请不予备案并说明理由。"},
	{"not_certifier", "这里的备案不由本机关办理。规则写明了由谁出具备案证明。"},
	{"returned_once", "需要补正的地方已经一次告知过。再次退回，只能指出没有改正的地方，或者补正本身带来的问题。"},
	{"defect_unknown", "请从上次告知的问题里勾选，每项一次。"},
	{"ground_missing", "请选择不予备案的依据。"},
	{"change_missing", "请写明备案证明上的哪些内容有变更。"},
	{"not_supervisor", "这里的规则没有把责令改正和撤销交给本机关。"},
	{"limit_not_over", "改正的期限还没有到，召集人也还没有报告改正情况，现在不能撤销。"},
	{"certificate_cancelled", "这份备案证明已经注销。"},
	{"target_exists", "这一天已经有一个目标。要改数字，请先撤下它再重新填写。"},
	{"certificate_withdrawn", "这份备案证明已经撤回。"},
}
