package messages

// rosters: from the spreadsheet to the freeze.
var rosters = []line{
	{"sheet_empty", "表格里没有数据，请检查是否选错了文件或工作表。"},
	{"roster_wrong_kind", "这个文件不像业主名册：没有找到“楼幢”“房号”“面积”“业主”这几列。请检查是否选错了文件。"},
	{"roster_has_errors", "名册里还有必须改正的错误，改正表格并重新上传后才能公示。"},
	{"roster_not_frozen", "名册还没有锁定，不能进行这一步。请先由两种角色的两个人确认锁定。"},
	{"roster_not_published", "名册还没有公示，不能进行这一步。"},
	{"roster_display_open", "名册的公示期还没有结束，暂时不能锁定。"},
	{"roster_display_over", "这一版名册的公示已经结束，不再逐户公开。"},
	{"roster_in_use", "这一版名册已经用于会议，不能更换。"},
	{"roster_frozen", "名册已经锁定，不能再改动。"},
	{"roster_other_community", "这一版名册属于另一个小区。"},
	{"parking_unanswered", "请说明车位是否计入面积、是否计入人数。这由议事规则决定，系统不能代为选择。"},
	{"roster_not_followed", "有一处更正或列的对应关系用不上，请先核对，再导入名册。"},
	{"roster_empty", "名册里没有可以计入表决的专有部分。"},
	{"reads_closed", "您的账号不能查看这一版名册里业主的完整信息：召集人只能在名册锁定以前查看，锁定以后由街道查看。"},
	{"reads_limited", "查看或查找得太多，已暂停并通知召集人和街道。请过一小时再试；确有批量核对的需要，请与街道商量办法。"},
	{"reason_names_person", "请不要在这里写姓名、电话或证件号码，这段话会长期保存。"},
	{"warnings_open", "还有“请核对”的疑点没有确认。请逐条或成类核对，写明理由。"},
	{"intake_changed", "您看过以后，这份文件又有了新的更正或确认。请再看一遍，然后入册。"},
	{"nothing_to_confirm", "没有勾选要确认的疑点，或者已经确认过了。"},
	{"nothing_changed", "内容没有改动。"},
	{"too_many_corrections", "就地更正的太多了。请在电子表格里改好，重新上传。"},
	{"column_twice", "同一项内容选了两列，请各选一列。"},
	{"unknown_roster", "没有找到这一版名册。"},
}
