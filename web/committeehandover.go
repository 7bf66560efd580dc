package web

import (
	"strings"

	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/voting/rules"
)

// FrozenText says what is not decided while a committee is being renewed.
func FrozenText(clause rules.Listing) string {
	text := strings.Join(lint.PowerNames(clause.Values), "；")
	if clause.Source != nil {
		text += "（" + clause.Source.String() + "）"
	}
	return text
}

// HandoverKeeper is who keeps what a committee hands over until the next one is elected; empty where the place names nobody,
// and once there is another.
func HandoverKeeper(law rules.Procedure, state lifecycle.CommitteeState) string {
	if law.HandoverTo == nil || state != lifecycle.CommitteeRenewal {
		return ""
	}
	return map[rules.Word]string{rules.StreetOffice: "街道办事处（乡镇人民政府）", rules.HousingOffice: "物业所在地的房管机构"}[law.HandoverTo.Value]
}

// HandoverForm lists an item. Fields: `kind`, `text`.
func HandoverForm(action, id string) CommitteeForm {
	var kinds []Option
	for _, kind := range lifecycle.HandoverKinds {
		kinds = append(kinds, Option{Value: string(kind), Text: explain.HandoverKind(kind)})
	}
	return CommitteeForm{Form: Form{Action: action}, ID: "handover-" + id, Title: "列入移交清单", Button: "列入清单", Explains: "逐项列出要移交的印章、资料和财物。清单会公开。",
		Fields: []CommitteeField{{Kind: "select", Name: "kind", Label: "种类", Options: kinds}, {Kind: "area", Name: "text", Label: "名称和数量", Hint: "例如：业主委员会公章一枚。不要写电话和证件号码。", Most: 500}}}
}

// AuditForm attaches the report of the audit. Fields: `document`, `reason`, `file`.
func AuditForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "audit-" + id, Title: "附换届审计报告", Button: "附上报告", Explains: "由谁审计、结论是什么，写在说明里公开；报告全文只有街道和业主委员会能看到。",
		Fields: []CommitteeField{committeeDocument(true), committeeReason("审计单位和结论", publicReason, true), committeeFile("审计报告", false)}}
}

// GiveForm says that an item was given; it has no field.
func GiveForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "give-" + id, Title: "已经交出", Button: "确认已经交出", Explains: "由移交的一方确认。"}
}

// TakeForm says that it was taken; it has no field.
func TakeForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "take-" + id, Title: "已经收到", Button: "确认已经收到", Explains: "由接收的一方用另一个账号确认。确认以后不能更改。"}
}

// RefuseItemForm says that an item is withheld. Fields: `reason`.
func RefuseItemForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "withhold-" + id, Title: "拒绝移交", Button: "登记拒绝移交", Danger: true, Explains: "登记以后，进入街道的待办。",
		Fields: []CommitteeField{committeeReason("情况", publicReason, false)}}
}
