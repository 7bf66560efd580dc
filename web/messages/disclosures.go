package messages

// disclosures: of common revenue, the fund and expenses.
var disclosures = []line{
	{"amount_too_big", "合计超过了系统能够精确计算的金额，请检查是不是多写了几位数。"},
	{"amount_negative", "金额不能小于零。退回的款项请标明“退回”。"},
	{"amount_zero", "金额不能是零。没有发生的不用列出。"},
	{"section_empty", "这张表没有内容。确实没有发生的，请勾选“没有发生”。"},
	{"section_not_empty", "这张表已经有内容，不能同时勾选“没有发生”。"},
	{"opening_differs", "期初余额与上一次公布的期末余额不一致，请写明原因。"},
	{"opening_missing", "请填写期初余额，两个账户都要填；没有余额的填 0。"},
	{"too_many_lines", "最多 10000 行，请合并小额的同类项目。"},
	{"period_invalid", "起止日期不对：结束日期应当在开始日期以后，最长两年。"},
	{"period_not_over", "这段时间还没有结束，结束以后才能公布。"},
	{"period_overlaps", "这段时间与已经公布的一份重叠。要改正那一份的，请选择用这一份代替它，并写明原因。"},
	{"header_missing", "没有找到这一列的标题。请用下载的填写表，不要改动标题。"},
	{"section_unknown", "不认识这张表的名称，请从下拉列表里选。"},
	{"basis_unknown", "没有找到这项依据：只能写已经公布结果的表决事项或者街道确认的应急使用，并且只用于“维修资金使用”。本系统启用以前的，写在说明里。"},
	{"returned_unknown", "退回的款项写“是”，其他的留空。"},
	{"draft_changed", "这份草稿已经在别处改过，或者已经公布。请看最新的内容，再办理一次。"},
	{"disclosure_replaced", "这一份已经由新的一份代替，请看新的一份。"},
	{"question_exists", "同样的问题您已经提过了，答复会写在公示页面上。"},
	{"questions_limited", "您提的问题太多了，请过一段时间再提。"},
	{"questions_full", "对这一份公示，您提的问题已经达到上限。"},
	{"question_answered", "这个问题已经答复过了。"},
	{"question_hidden", "这个问题已经由街道隐去，不用答复。"},
	{"day_unchanged", "日期没有变化。"},
}
