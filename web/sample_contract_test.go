package web

import (
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// sampleContract is one with everything filled in.
func sampleContract(number int64, where stage.ContractStage) Contract {
	return Contract{ID: "k" + string(where), Number: number, Kind: ContractKind(lifecycle.OwnersContract), Firm: "示范物业服务有限公司", Principal: "共决示范花园业主大会，由业主委员会代表",
		Stage: ContractStage(where), Serving: where.Serving(), Filing: ContractFiling(lifecycle.ContractReturned), FileBy: Clock{sampleNow, ClockWords(30, false, "《上海市住宅物业管理规定》第44条")},
		Area: "128,450.36", FeeMode: FeeMode(lifecycle.LumpSum), Price: "1.95", Terms: "商铺每月每平方米 3.60 元。\n地面车位每月 150 元，归全体业主。", Signed: sampleOpens, From: sampleOpens, To: sampleCloses,
		Last: sampleNow, DecideBy: Clock{sampleCloses, MonthsBefore(4, "《宁波市住宅小区物业管理条例》第57条")}, HandBy: Clock{sampleCloses, ClockWords(15, false, "《杭州市物业管理条例》第57条")},
		Meeting: "2026 年第一次业主大会会议", MeetURL: "/m/1/result", Revoked: true, Files: []Attachment{{Name: "物业服务合同.pdf", URL: "/f", Bytes: 345_678, Digest: "0123456789abcdef"}},
		Entries: []ContractEntry{{Event: ContractEvent(lifecycle.EventInspect), Day: sampleNow, Parties: "业委会三名委员、物业项目负责人", Body: "消防泵一台不能启动，物业在六月底前修复。\n2号楼屋面渗漏。", At: sampleNow},
			{Event: ContractEvent(lifecycle.EventDecline), Side: ContractSide(lifecycle.FirmSide), Day: sampleNow, Late: true, At: sampleNow},
			{Event: ContractEvent(lifecycle.EventDismiss), Day: sampleNow, Until: sampleCloses, Body: "合同第十二条。", At: sampleNow}}}
}

func sampleContractPages() map[string]Page {
	public := ContractPublic{Shell: Shell{Title: TitleContracts, Now: sampleNow}, Community: "共决示范花园", BoardURL: "/b/1", Contracts: []Contract{sampleContract(2, stage.ContractExpiring), sampleContract(1, stage.ContractHandover)}}
	none := public
	none.Contracts = nil
	decisions := []Option{{Value: "1:1", Text: ContractDecision("2026 年第一次业主大会会议", "选聘物业服务企业", "示范物业服务有限公司"), Note: "2026年5月18日"}}
	desk := ContractPage{Shell: staffShell(TitleContracts, "convener"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/contracts",
		Decided: &ContractForm{Form: sampleForm("decision", "price"), Decisions: decisions, Decision: "1:1", Principal: "业主大会", Area: "一万", FeeMode: "lump_sum", Price: "两元", SignedOn: "2026-05-18", From: "2026-06-01", To: "2028-05-31", Terms: "无"},
		Earlier: &ContractForm{Form: sampleForm("firm", "file"), Kind: "preliminary", Firm: "示范物业", Principal: "示范置业有限公司", Area: "12,000", FeeMode: "commission", Price: "1.20", SignedOn: "2018-05-18", From: "2018-06-01"}}
	full := sampleContract(1, stage.ContractLeaving)
	full.Proofs, full.Publish = []Attachment{{Name: "合同.pdf", URL: "/p", Bytes: 1234}}, &ContractFileForm{Form: sampleForm("file")}
	full.Files[0].RemoveURL = "/remove"
	for _, event := range lifecycle.ContractEvents {
		if event == lifecycle.EventRenew || event == lifecycle.EventSupersede {
			continue
		}
		step := NewContractStep(event)
		step.Form = sampleForm()
		if step.BodyLabel != "" {
			step.Form = sampleForm("body")
		}
		step.Form.Action = "/steps"
		step.Day, step.Until, step.Side, step.Parties, step.BodyTyped = "2026-05-18", "2026-07-18", "firm", "业委会", "说明"
		if event == lifecycle.EventDecline {
			step.Decisions, step.Decision = decisions, "1:1"
		}
		full.Steps = append(full.Steps, step)
	}
	desk.Contracts = []Contract{full}
	empty := desk
	empty.Contracts, empty.Decided, empty.Earlier = nil, nil, nil
	return map[string]Page{"contracts": public, "contracts none": none, "contractdesk": desk, "contractdesk none": empty}
}
