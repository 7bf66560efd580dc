package web

// flashes are the sentences after a completed act, by the code that the redirect carries.
var flashes = map[string]string{
	"signed_out":            "您已退出登录。",
	"roster_imported":       "已入册，请核对下面的合计，然后公示。",
	"intake_encoding":       "已换一种编码重新读取，请看各列和疑点对不对。",
	"intake_columns":        "已按您指定的各列重新读取。",
	"intake_mended":         "已更正，疑点重新检查过了。",
	"intake_confirmed":      "已记下您的核对。",
	"intake_decided":        "已按您的决定重新计算人数。",
	"register_compared":     "已对照，请看下面不同的地方。",
	"register_followed":     "已照登记簿另成这一版草稿，原来的版本没有改动。请核对以后公示，公示期满由街道锁定。",
	"register_taken_over":   "已照登记簿改，疑点和人数重新算过了。",
	"intake_discarded":      "文件已删除，没有入册。",
	"roster_published":      "名册已公示。",
	"roster_frozen":         "名册已锁定，人数与面积不再变动。",
	"owner_expired":         "为了安全，请重新验证身份。刚才没有提交的内容没有保存。",
	"roster_objected":       "异议已经提出，答复会写在这一页，也会发短信。",
	"roster_withdrawn":      "异议已撤回。",
	"mandate_proposed":      "已登记，等街道核准。核准以前投票的人不变。",
	"mandate_approved":      "已核准，从现在起由登记的人投票。",
	"mandate_refused":       "已记录：不予核准，投票的人不变。",
	"mandate_withdrawn":     "登记已撤回，投票的人不变。",
	"amendment_proposed":    "已提出，等街道核准。核准以前名册不变。",
	"amendment_approved":    "已核准，名册的新一版已经产生。",
	"amendment_refused":     "已记录：不予核准，名册不变。",
	"amendment_withdrawn":   "更正已撤回，名册不变。",
	"objection_settled":     "答复已登记；成立的，更正已写入名册。",
	"meeting_saved":         "会议草案已保存。",
	"matter_saved":          "表决事项已保存。",
	"matter_deleted":        "表决事项已删除。",
	"attachment_added":      "附件已上传。",
	"attachment_deleted":    "附件已删除。",
	"meeting_noticed":       "会议通知已发布，议程、参数和名册从现在起不能更改。",
	"meeting_cancelled":     "会议已撤回，原因已公布。",
	"meeting_annulled":      "本次表决已作废，需要重新组织。",
	"meeting_counted":       "计票完成。",
	"paper_waiting":         "第一次录入已保存，请放到“待第二人录入”一摞，由另一个人用自己的账号再录一次。",
	"paper_recorded":        "两次录入一致，这张纸质表决票已经记录。名册上有手机号的业主会收到短信。",
	"paper_disputed":        "两次录入不一致，两次的内容都已作废。请核对纸质票，由两个人重新各录一次。",
	"paper_withdrawn":       "已撤回。",
	"import_waiting":        "第一份结果已登记，没有保存任何人的表决。请通知另一种角色的人，从平台另取一份结果来确认。",
	"import_confirmed":      "两份结果一致，平台的票已经封存记录，计票时合并计算。名册上有手机号的业主会收到短信。",
	"import_withdrawn":      "已撤回，可以重新上传。",
	"delivery_recorded":     "已登记，请登记下一户。",
	"deliveries_recorded":   "已成批登记，原来已有登记的各户没有改动。",
	"preliminary_displayed": "初步统计结果已公示，异议期开始。",
	"run_off_drafted":       "再次表决的会议草案已建立。请核对时间、标题和全文，然后发布通知。",
	"lot_announced":         "抽签的时间和地点已公布，所有人都能在结果页面看到。",
	"lot_recorded":          "号码已录入第一遍，等另一种身份的人再录一遍。",
	"lot_withdrawn":         "已撤回等待确认的号码。",
	"contract_noted":        "合同已登记，所有人都能看到。",
	"contract_step":         "已登记。",
	"contract_published":    "文件已公布，所有人都能下载。",
	"contract_removed":      "文件已撤下。",
	"emergency_proposed":    "已提交，等街道确认。",
	"emergency_confirmed":   "已确认，所有人都能看到。",
	"emergency_refused":     "已答复不同意。",
	"emergency_withdrawn":   "已撤回。",
	"emergency_done":        "已公布费用和验收。",
	"sample_announced":      "抽样回访已公布，所有人都能看到。",
	"sample_recorded":       "号码已录入第一遍，等另一种身份的人再录一遍。",
	"sample_drawn":          "两次录入一致，已经抽定要回访的票。",
	"sample_withdrawn":      "已撤回这一轮，原因已公布。",
	"sample_answered":       "已记下。",
	"sample_ended":          "回访已结束，结论已公布。",
	"lot_drawn":             "两次录入一致，抽签完成。",
	"seal_tried":            "卡是对的，截止以后可以用。请收好。",
	"seal_entered":          "您的卡已录入，还没有开票。请另一方登录录入自己的卡。",
	"meeting_published":     "最终结果已公告。",
	"count_objected":        "异议已经提出，答复会写在这一页，也会发短信。",
	"objection_withdrawn":   "异议已撤回。",
	"objection_recorded":    "异议已登记。",
	"objection_answered":    "答复已登记。",
	"filing_submitted":      "备案材料已提交街道。",
	"filing_returned":       "材料已退回，召集人会看到全部原因。",
	"filing_certified":      "备案证明已出具。",
	"certificate_signed":    "街道的签名已收到。",
	"seal_proof_issued":     "印章刻制证明已出具，可以打印盖章。",
	"supervised":            "通告已经发出，小区公示栏和结果页面都能看到。",
	"filing_received":       "已受理，办结的期限从今天起算。",
	"filing_refused":        "已不予备案，召集人会看到理由。",
	"filing_cancelled":      "备案已注销，证明失效。",
	"community_created":     "小区已建立。",
	"target_set":            "目标已保存。",
	"target_withdrawn":      "目标已撤下。",
	"witness_key_proposed":  "公钥已登记，等第二个人对照纸上的指纹确认。",
	"witness_key_confirmed": "公钥已确认，从下一份会议通知起使用。",
	"witness_key_ended":     "公钥已停用。",
	"witness_handed_in":     "签名已收到，核对无误。",
	"witness_waived":        "原因已记录并公开，召集人可以继续公布结果。",
	"message_revived":       "消息已重新排队发送。",
	"clock_moved":           "演示时钟已拨快。",
}

// warnings are the completed acts after which something is wrong and has to be done again.
var warnings = map[string]bool{"paper_disputed": true}

// FlashWarns tells whether the sentence of a completed act is a warning.
func FlashWarns(code string) bool { return warnings[code] }

// Flash gives the sentence of a completed act; empty for an unknown code.
func Flash(code string) string { return flashes[code] }

// The texts of the links in the staff bar.
const (
	LinkFilings     = "备案办理"
	LinkDistrict    = "辖区总览"
	LinkCommunities = "小区管理"
	LinkOutbox      = "未送达消息"
)
