package web

// The texts around owners' personal numbers.
const (
	TitleOwners       = "查找业主"
	TitleOwner        = "业主信息"
	TitleReadRegister = "查看记录"
	TitleOwnRecord    = "我的登记信息"
)

// WorkReadAlarm asks to look into an account that read many owners' numbers.
func WorkReadAlarm(community string) string {
	return community + "：有账号短时间内查看了很多业主的完整信息，请核实"
}

// The words of this topic, by family.
var (
	idKindWords = map[string]string{
		"resident_id": "居民身份证", "passport": "护照", "hk_macao_permit": "港澳居民来往内地通行证", "taiwan_permit": "台湾居民来往大陆通行证",
		"foreigner_id": "外国人永久居留身份证", "credit_code": "统一社会信用代码", "other": "其他证件", "": "证件",
	}
	ownerFieldWords = map[string]string{"id_number": "证件号码", "phone": "联系电话"}
	readReasonWords = map[string]string{
		"mend": "核对或更正名册", "reach": "联系业主办理会议事务", "identify": "现场核对身份", "answer": "处理异议或投诉", "authority": "法院、公安等机关依法调取",
	}
	readKindWords = map[string]string{"read": "查看完整信息", "search": "查找业主", "alarm": "查看过多"}
	windowWords   = map[string]string{"hour": "一小时", "day": "一天"}
)
