package messages

// objections: to a roster on display, with the corrections that follow, and to a count.
var objections = []line{
	{"objections_full", "这一户对这次计票提出的异议已经很多，不能再提出新的。请等召集人答复，或者直接联系召集人。"},
	{"roster_objections_open", "还有异议没有答复，暂时不能锁定名册。请召集人先逐件书面答复。"},
	{"objection_exists", "这一户的这个问题已经提出，正在等答复，不用重复提出。"},
	{"unit_unknown", "名册上没有这个房屋，请检查楼幢、单元和房号；确实没有的，请选“名册漏了”。"},
	{"unit_exists", "名册上已经有这个房屋，请选具体哪里不对，不要选“名册漏了”。"},
	{"owner_unknown", "这位业主不在这一户的名册上，请刷新页面后重新选择。"},
	{"id_name_conflict", "这个证件号码在名册上登记的是另一个姓名，请先核对是哪一处写错。"},
	{"owner_invalid", "业主的姓名、证件号码或手机号不对，请逐行核对：姓名，证件号码，手机号（没有可以不填）。"},
	{"correction_missing", "异议成立，就要写明改成什么；填写的内容与名册上的相同，等于没有更正。"},
	{"area_invalid", "面积要写成大于零的平方米数，最多四位小数，例如 89.13。"},
}
