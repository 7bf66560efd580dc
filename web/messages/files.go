package messages

// files: uploads of every kind.
var files = []line{
	{"file_missing", "请选择一个文件。"},
	{"file_kind", "不能接收这种文件。名册请用 .xlsx 或 .csv 文件，附件请用 PDF 或图片文件。"},
	{"file_too_big", "文件太大，没有接收。名册请删去多余的空行、空列和工作表，附件请压缩或拆分，然后再上传。"},
	{"file_hostile", "文件里有不安全的内容，没有接收。请另存为普通文件后再上传。"},
	{"file_macros", "文件里带有宏，没有接收。请另存为不带宏的 .xlsx 文件后再上传。"},
	{"file_save_as", "这种表格文件（.xls、.xlsb、.et、.ods）系统读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 文件后再上传。"},
	{"file_password", "文件设了打开密码，系统读不了。请取消密码，另存一份再上传。"},
	{"file_unreadable", "文件打不开，可能已损坏或编码认不出来。请在电脑上能正常打开后，另存一份再上传。"},
	{"file_empty", "文件是空的，请检查后再上传。"},
	{"file_exists", "已经有一个同名的附件，请改名后再上传。"},
	{"too_many_files", "附件太多，请合并或删除一些后再上传。"},
	{"file_name", "文件名里有不能使用的字符，请改名后再上传。"},
}
