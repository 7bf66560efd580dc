package messages

// paper: sheets that were handed in on paper, and the people who enter them.
var paper = []line{
	{"sheet_unknown", "没有找到这个票号的表决票。请核对是不是本次会议的票，或者按房屋查找。"},
	{"home_unknown", "名册上没有这处房屋，或者它没有表决票。请核对楼幢、单元和房号。"},
	{"paper_closed", "这次会议已经计票或者已经结束，不能再录入纸质表决票。"},
	{"paper_same_person", "这一步要由另一个人用自己的账号来做：同一张票的两次录入、一张有争议的票的两次撤回，都不能是同一个人。"},
	{"paper_void_early", "整张作废的票在投票截止以后登记。截止前请先放在一边：业主还可以补签，或者改用手机投票。"},
	{"paper_open", "还有纸质表决票只录了一次，或者两次录入不一致。全部录完以后才能计票。"},
	{"sheets_exceed", "收回的纸质票比发放的多，计票已经暂停。请会同街道核对送达登记和票箱，保留全部票纸；查明票箱或票纸有问题的，由召集人或街道宣布作废、重新表决。"},
	{"paper_nothing", "没有可以由您撤回的录入。"},
	{"paper_unchecked", "请核对票面后勾选这一项。"},
	{"paper_choice_missing", "这一项还没有录。票面上没有标记的，请选“没有填写”。"},
	{"paper_choice_invalid", "这一项的标记互相矛盾。票面上确实如此的，请选“本项作废”。"},
	{"in_box_missing", "投票已经截止：只有截止前已投入票箱的票才能录入，请核实后勾选。"},
}
