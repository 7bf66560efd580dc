package lifecycle

// ConvenerKind is who calls a meeting and answers for it (召集人).
type ConvenerKind string

// The kinds of convener.
const (
	PreparationGroup            ConvenerKind = "preparation_group"             // 首次业主大会会议筹备组
	Committee                   ConvenerKind = "committee"                     // 业主委员会
	RenewalGroup                ConvenerKind = "renewal_group"                 // 换届小组
	PropertyManagementCommittee ConvenerKind = "property_management_committee" // 物业管理委员会
	StreetOffice                ConvenerKind = "street"                        // after an order that the committee did not follow
	ResidentsCommittee          ConvenerKind = "residents_committee"           // 居民委员会
)

// ConvenerKinds lists every kind of convener.
var ConvenerKinds = []ConvenerKind{
	PreparationGroup, Committee, RenewalGroup, PropertyManagementCommittee, StreetOffice, ResidentsCommittee,
}
