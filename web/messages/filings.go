package messages

// filings: the record at the street, and its certificate.
var filings = []line{
	{"filing_open", "这次会议已经有一份备案在办理中，请等街道答复。"},
	{"filing_incomplete", "备案材料不齐，请补全页面列出的材料后再提交。"},
	{"filing_not_due", "结果公布之后才能提交备案。"},
	{"filing_closed", "这份备案已经办结，不能再改动。"},
	{"unknown_filing", "没有找到这份备案。"},
	{"checks_missing", "请逐项核对并勾选后再出具备案证明。"},
	{"check_code_unknown", "没有查到这个查验码。请核对每一位字符；仍查不到时，请向街道核实证明的真伪。"},
	{"certificate_cancelled", "这份备案证明已经注销。"},
	{"certificate_withdrawn", "这份备案证明已经撤回。"},
}
