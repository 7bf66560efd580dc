package web

func sampleOwners() map[string]Page {
	line := OwnerLine{Name: "样**", IDKind: "resident_id", IDNumber: "990***********001X", Phone: "199****0001", Units: []string{"3号楼 1单元 101", "地下车库 B-017"}}
	reads := []ReadLine{
		{At: sampleNow, Kind: "alarm", Role: "convener", By: "示例召集人", Reads: 15, Window: "hour"},
		{At: sampleNow, Kind: "read", Role: "street", By: "示例人员", Units: line.Units, Reason: "reach", Text: "通知领取表决票。", Fields: []string{"id_number", "phone"}},
		{At: sampleOpens, Kind: "search", Role: "convener", By: "示例召集人", Units: line.Units},
	}
	own := []ReadLine{{At: sampleNow, Kind: "read", Role: "street", Reason: "authority", Fields: []string{"phone"}}}
	without := OwnerLine{Name: "某**", Units: []string{"3号楼 1单元 102"}}
	return map[string]Page{
		"ownersearch": OwnerSearch{Shell: staffShell(TitleOwners, "convener"), Form: sampleForm("room", "number"), Community: "共决示范花园", RosterURL: "/r/2", Version: 2,
			Buildings: []string{"1号楼", "3号楼"}, Building: "3号楼", Stair: "1单元", Room: "101", Found: &OwnersFound{List: []OwnerFound{{line, "/o/1"}, {without, "/o/2"}}, Full: true}, RegisterURL: "/reads"},
		"owner":        OwnerPage{Shell: staffShell(TitleOwner, "convener"), Form: sampleForm("reason", "text", "fields"), Community: "共决示范花园", SearchURL: "/o", Owner: line, Reason: "mend", Text: "手机号少一位。", Fields: []string{"phone"}, Reads: reads[1:2]},
		"ownerrecord":  OwnerRecord{Shell: staffShell(TitleOwner, "street"), Community: "共决示范花园", BackURL: "/o/1", Name: "样例一", IDKind: "resident_id", Units: line.Units, Asked: []string{"id_number", "phone"}, IDNumber: "99000019700101001X", At: sampleNow},
		"readregister": ReadRegister{Shell: staffShell(TitleReadRegister, "street"), Community: "共决示范花园", CommunityURL: "/c/1", Lines: reads, NextURL: "/reads?after=1"},
		"ownrecord":    OwnRecord{Shell: publicShell(TitleOwnRecord), Community: "共决示范花园", Meeting: sampleCard.Title, Owner: line, Reads: own, Contact: sampleTel, BallotURL: "/vote"},
	}
}
