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

var handoverSides = map[lifecycle.HandoverSide]string{lifecycle.Outgoing: "移交方", lifecycle.Incoming: "接收方"}

// HandoverGiver is who signed that an item was given.
func HandoverGiver(side lifecycle.HandoverSide) string {
	if side == lifecycle.SignedByStreet {
		return "街道见证"
	}
	return handoverSides[side]
}

// HandoverTaker is who signed that it was taken: during a renewal the street keeps it.
func HandoverTaker(side lifecycle.HandoverSide, state lifecycle.CommitteeState) string {
	switch {
	case side == lifecycle.SignedByStreet && state == lifecycle.CommitteeRenewal:
		return "街道"
	case side == lifecycle.SignedByStreet:
		return "街道见证"
	}
	return handoverSides[side]
}

// HandoverPartyLine says for which side an account acts.
func HandoverPartyLine(name string, side lifecycle.HandoverSide, document string) string {
	text := name + "：代表" + handoverSides[side]
	if document != "" {
		text += "（" + document + "）"
	}
	return text
}

// PartyForm says for which side an account acts. Fields: `account`, `side`, `document`.
func PartyForm(action, id string, accounts []Option) CommitteeForm {
	sides := []Option{{Value: string(lifecycle.Outgoing), Text: "移交方（这一届）"}, {Value: string(lifecycle.Incoming), Text: "接收方（新一届）"}, {Value: "none", Text: "不再代表任何一方"}}
	return CommitteeForm{Form: Form{Action: action}, ID: "party-" + id, Title: "登记谁代表哪一方办理移交", Button: "登记", Explains: "交出由移交方的账号确认，收到由接收方的账号确认。没有人代表的一方，由街道见证。",
		Fields: []CommitteeField{{Kind: "select", Name: "account", Label: "账号", Options: accounts}, {Kind: "select", Name: "side", Label: "代表哪一方", Options: sides}, committeeDocument(true)}}
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

// GiveForm says that an item was given; witness: by the street. It has no field.
func GiveForm(action, id string, witness bool) CommitteeForm {
	form := CommitteeForm{Form: Form{Action: action}, ID: "give-" + id, Title: "确认已经交出", Button: "确认已经交出", Explains: "您代表移交方确认。接收方确认收到以后，不能再更改。"}
	if witness {
		form.Title, form.Explains = "街道见证：已经交出", "移交方没有人代表的，由街道当面见证以后确认。"
	}
	return form
}

// TakeForm says that it was taken; witness: by the street. It has no field.
func TakeForm(action, id string, witness bool) CommitteeForm {
	form := CommitteeForm{Form: Form{Action: action}, ID: "take-" + id, Title: "确认已经收到", Button: "确认已经收到", Explains: "您代表接收方确认。请核对实物和数量；确认以后不能更改。"}
	if witness {
		form.Title, form.Explains = "街道：已经收到", "换届期间由街道保管的，或者接收方没有人代表、由街道当面见证的，核对以后确认。确认以后不能更改。"
	}
	return form
}

// RefuseItemForm says that an item is withheld. Fields: `reason`.
func RefuseItemForm(action, id string) CommitteeForm {
	return CommitteeForm{Form: Form{Action: action}, ID: "withhold-" + id, Title: "拒绝移交", Button: "登记拒绝移交", Danger: true, Explains: "登记以后，进入街道的待办。",
		Fields: []CommitteeField{committeeReason("情况", publicReason, false)}}
}
