package messages

// forms: the shape of what was sent, and what the rules say about single fields.
var forms = []line{
	{"not_an_amount", "请填写金额，单位是元，最多两位小数，例如 48600 或 48600.50。"},
	{"body_too_big", "提交的内容太大，没有接收。请减少文字或压缩文件后再试。"},
	{"body_invalid", "提交的内容格式不对，没有接收。"},
	{"bad_json", "提交的内容不是正确的 JSON 格式，没有接收。"},
	{"unknown_field", "提交的内容里有系统不认识的项目，没有接收。"},
	{"bad_value", "这一项填写的内容不在允许的范围内，请改正。"},
	{"bad_value_list", "请从列出的选项中选择。"},
	{"required", "这一项必须填写。"},
	{"missing_field", "这一项必须填写。"},
	{"too_long", "这一项太长了，请缩短。"},
	{"too_short", "这一项太短了，请补充。"},
	{"wrong_type", "这一项的格式不对，请按提示填写。"},
	{"not_a_number", "请填写整数。"},
	{"moment_invalid", "请填写完整的日期和时间，例如 2026-05-18T09:00（北京时间）。"},
	{"duplicate", "这里有重复的内容，请删去重复的一项。"},
	{"unknown_name", "这里有一个名称不在清单上，请核对。"},
	{"does_not_add_up", "数字对不上：部分大于总数，请核对。"},
	{"cursor_invalid", "翻页的位置已经失效，请从第一页重新看。"},
	{"reason_missing", "请写明理由，对方会看到。"},
	{"idempotency_missing", "这次提交缺少防重复编号，请回到上一页重新操作。"},
	{"idempotency_conflict", "同一个防重复编号已经用于另一次不同的提交。请回到上一页重新操作；先前提交的内容没有改变。"},
}
