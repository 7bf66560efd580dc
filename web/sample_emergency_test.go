package web

// sampleEmergency is one in every state.
func sampleEmergencies() []Emergency {
	var list []Emergency
	for i, state := range []string{"proposed", "confirmed", "refused", "withdrawn", "done"} {
		use := Emergency{ID: state, Number: int64(5 - i), State: state, Cause: EmergencyCause("lift"), Place: "3号楼 2单元 1 号电梯", Estimate: "48,600.00", ProposedAt: sampleOpens,
			Body: "5 月 12 日检验发现曳引钢丝绳断股，检验机构责令停用。\n更换钢丝绳 8 根，工期 2 天。", Contractor: "示范电梯维修有限公司"}
		if state != "proposed" {
			use.DecidedAt = sampleNow
		}
		if state == "refused" {
			use.Refusal = "可以先限速运行，请由业主表决。"
		}
		if state == "done" {
			use.Cost, use.Over, use.Overrun, use.Acceptance, use.DoneAt = "52,300.00", "3,700.00", "导向轮同时更换", "业委会三名委员、楼栋业主两名", sampleCloses
		}
		list = append(list, use)
	}
	return list
}

func sampleEmergencyPages() map[string]Page {
	public := EmergencyPublic{Shell: Shell{Title: TitleEmergency, Now: sampleNow}, Community: "共决示范花园", BoardURL: "/b/1", Uses: sampleEmergencies()[1:]}
	none := public
	none.Uses = nil
	street := EmergencyPage{Shell: staffShell(TitleEmergency, "street"), Community: "共决示范花园", CommunityURL: "/c/1", PublicURL: "/b/1/emergencies", Uses: sampleEmergencies()}
	convener := street
	convener.Shell, convener.Uses = staffShell(TitleEmergency, "convener"), sampleEmergencies()
	street.Uses[0].ConfirmURL, street.Uses[0].Refuse = "/confirm", &EmergencyRefusal{Form: sampleForm("reason"), Reason: "可以等"}
	convener.Uses[0].WithdrawURL = "/withdraw"
	convener.Uses[1].Complete = &EmergencyDone{Form: sampleForm("cost", "overrun"), Cost: "5 万", Acceptance: "业委会三名委员"}
	convener.Propose = &EmergencyForm{Form: sampleForm("cause", "estimate"), Cause: "leak", Place: "屋面", Body: "漏水", Contractor: "示范公司", Estimate: "三万"}
	return map[string]Page{"emergencies": public, "emergencies none": none, "emergency street": street, "emergency convener": convener}
}
