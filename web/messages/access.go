package messages

// access: who is asking, from where, how often, and what went wrong on our side.
var access = []line{
	{"not_found", "没有找到这个页面或这条记录。请检查网址，或从首页重新进入。"},
	{"forbidden", "您的账号没有办理这件事的权限。"},
	{"sign_in", "请先登录。"},
	{"session_expired", "您离开的时间较长，为了安全已自动退出，请重新开始。已经提交的内容不受影响。"},
	{"login_failed", "账号或密码不对，请重新输入。"},
	{"login_limited", "尝试的次数太多，请过一段时间再登录。"},
	{"too_many_requests", "操作太频繁，请稍等一会儿再试。"},
	{"cross_site", "这次提交不是从本网站的页面发出的，已被拒绝。请回到本网站重新操作。"},
	{"method_not_allowed", "这个网址不支持这种操作方式。"},
	{"busy", "现在同时办理的人很多，请等几秒钟再点一次。重复提交不会重复计票。"},
	{"internal", "系统出了问题，没有保存您刚才的操作。请稍后再试；仍不行时，请把页面上的编号告诉工作人员。"},
	{"schema_behind", "系统正在升级，暂时不能使用，请稍后再来。"},
	{"schema_ahead", "系统版本与数据不一致，暂时不能使用，请联系管理员。"},
	{"staff_exists", "这个账号名已经有人使用，请换一个。"},
	{"unknown_staff", "没有这个工作账号。"},
	{"role_invalid", "没有这种角色。"},
	{"password_short", "密码太短，请至少用 12 个字符。"},
	{"unknown_community", "没有找到这个小区。"},
	{"community_exists", "同一街道已经有这个名称的小区。"},
	{"name_taken", "这个名称已经有了，请换一个。"},
	{"two_roles_needed", "这一步要由两种角色的两个人分别确认，您已经确认过，请等待另一方。"},
	{"already_approved", "您已经确认过了。"},
	{"delivery_failed", "消息没有送达，系统会自动再试。"},
	{"letter_not_dead", "这条消息不在失败清单里，不需要重发。"},
}
