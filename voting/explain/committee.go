package explain

import (
	"slices"

	"gongjue/voting/lifecycle"
)

var termStates = table[lifecycle.CommitteeState]{
	lifecycle.CommitteeDisplayed: "名单公示中", lifecycle.CommitteeElected: "已选出，等待首次会议推选主任", lifecycle.CommitteeConstituted: "已推选主任，等待备案",
	lifecycle.CommitteeServing: "履职中", lifecycle.CommitteeRenewal: "换届中", lifecycle.CommitteeEnded: "已由新一届接任",
	lifecycle.CommitteeDissolved: "已终止", lifecycle.CommitteeRevoked: "选举被撤销",
}

// TermState names where a term of a committee stands.
func TermState(s lifecycle.CommitteeState) string { return termStates[s] }

var committeeOrigins = table[lifecycle.CommitteeOrigin]{
	lifecycle.FromElection: "在本系统表决选出", lifecycle.FromPapers: "街道根据备案材料登记", lifecycle.FromOrder: "街道组建",
}

// CommitteeOrigin names how a committee came into the register.
func CommitteeOrigin(o lifecycle.CommitteeOrigin) string { return committeeOrigins[o] }

var memberStates = table[lifecycle.MemberState]{
	lifecycle.MemberAlternate: "候补", lifecycle.MemberServing: "在任", lifecycle.MemberSuspended: "暂停履职", lifecycle.MemberLeft: "已离任",
}

// MemberState names where a member stands.
func MemberState(s lifecycle.MemberState) string { return memberStates[s] }

var memberPosts = table[lifecycle.MemberPost]{lifecycle.Chair: "主任", lifecycle.Deputy: "副主任", lifecycle.PlainMember: "委员"}

// MemberPost names a post; an alternate has none.
func MemberPost(p lifecycle.MemberPost) string { return memberPosts[p] }

var memberCapacities = table[lifecycle.MemberCapacity]{
	lifecycle.AsOwner: "业主", lifecycle.ForStreet: "街道代表", lifecycle.ForResidents: "居民委员会代表", lifecycle.ForParty: "社区党组织代表",
	lifecycle.ForPolice: "公安派出所代表", lifecycle.ForDeveloper: "建设单位代表", lifecycle.ForOtherOffices: "其他单位代表",
}

// MemberCapacity names for whom a member of an interim body sits.
func MemberCapacity(c lifecycle.MemberCapacity) string { return memberCapacities[c] }

var leavingGrounds = table[lifecycle.LeavingGround]{
	lifecycle.Resigned: "书面辞职", lifecycle.NoOwner: "不再是业主", lifecycle.Incapable: "丧失民事行为能力", lifecycle.Died: "去世",
	lifecycle.Convicted: "因犯罪被判处刑罚", lifecycle.Disqualified: "不再符合委员条件", lifecycle.Recalled: "业主大会罢免",
	lifecycle.Declined: "放弃递补", lifecycle.TermOver: "任期结束",
}

// LeavingGround names why a member left, in full: for staff.
func LeavingGround(g lifecycle.LeavingGround) string { return leavingGrounds[g] }

// PublicGround names why a member left for everybody: what is nobody's business stays with the street.
func PublicGround(g lifecycle.LeavingGround) string {
	if PrivateGround(g) {
		return "委员资格依法终止"
	}
	return leavingGrounds[g]
}

// PrivateGround tells whether a ground is nobody's business.
func PrivateGround(g lifecycle.LeavingGround) bool {
	return slices.Contains(lifecycle.AutomaticGrounds, g)
}

var committeeEntries = table[lifecycle.CommitteeEntryKind]{
	lifecycle.EntryElected: "选举产生", lifecycle.EntryEntered: "根据备案材料登记", lifecycle.EntryFormed: "街道组建，公示名单", lifecycle.EntryTookOffice: "公示期满，开始履职",
	lifecycle.EntryConstituted: "召开首次会议，推选主任", lifecycle.EntryCertified: "备案", lifecycle.EntryPost: "重新推选职务", lifecycle.EntryLeft: "离任",
	lifecycle.EntrySuspended: "暂停履职", lifecycle.EntryLifted: "恢复履职", lifecycle.EntryFilled: "候补委员递补", lifecycle.EntryJoined: "补选产生",
	lifecycle.EntryGroup: "成立换届小组", lifecycle.EntryAudit: "换届审计", lifecycle.EntryRefused: "移交被拒绝", lifecycle.EntryHandedOver: "移交完毕",
	lifecycle.EntryEnded: "由新一届接任", lifecycle.EntryDissolved: "终止", lifecycle.EntryRevoked: "选举被撤销，同时终止",
	lifecycle.EntryAppointed: "街道补足成员", lifecycle.EntryUnseated: "补选或者再次表决被撤销，由它产生的资格同时终止", lifecycle.EntryStoodBack: "席位所依据的表决被撤销，回到候补",
	lifecycle.EntryReinstated: "罢免被撤销，恢复委员资格",
}

// CommitteeEntry names what an entry of the register tells.
func CommitteeEntry(k lifecycle.CommitteeEntryKind) string { return committeeEntries[k] }

var handoverKinds = table[lifecycle.HandoverKind]{
	lifecycle.HandoverSeals: "印章", lifecycle.HandoverPapers: "档案资料", lifecycle.HandoverAccounts: "账册凭证和财物", lifecycle.HandoverFund: "维修资金和公共收益资料",
	lifecycle.HandoverContracts: "合同", lifecycle.HandoverOther: "其他",
}

// HandoverKind names what a committee hands over.
func HandoverKind(k lifecycle.HandoverKind) string { return handoverKinds[k] }
