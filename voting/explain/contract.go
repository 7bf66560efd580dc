package explain

import (
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

var contractStages = table[stage.ContractStage]{
	stage.ContractAgreed: "已签订，期限还没有开始", stage.ContractInForce: "履行中", stage.ContractExpiring: "即将到期，要决定续聘或者另聘",
	stage.ContractIndefinite: "已到期，继续服务（不定期合同）", stage.ContractDeclined: "到期不再续约", stage.ContractLeaving: "已解聘，在通知期内",
	stage.ContractHandover: "合同已终止，等待移交", stage.ContractOver: "已结束", stage.ContractWithdrawn: "登记错误，已撤回",
}

// ContractStage names where a contract stands.
func ContractStage(s stage.ContractStage) string { return contractStages[s] }

var contractFilings = table[lifecycle.ContractFiling]{
	lifecycle.ContractUnfiled: "还没有备案", lifecycle.ContractSubmitted: "已提交，等街道收件", lifecycle.ContractReturned: "退回补正", lifecycle.ContractReceived: "已备案",
}

// ContractFiling names where the filing of a contract stands.
func ContractFiling(s lifecycle.ContractFiling) string { return contractFilings[s] }

var contractKinds = table[lifecycle.ContractKind]{lifecycle.PreliminaryContract: "前期物业服务合同", lifecycle.OwnersContract: "物业服务合同"}

// ContractKind names a kind of contract.
func ContractKind(k lifecycle.ContractKind) string { return contractKinds[k] }

var feeModes = table[lifecycle.FeeMode]{lifecycle.LumpSum: "包干制", lifecycle.Commission: "酬金制"}

// FeeMode names how a firm is paid.
func FeeMode(m lifecycle.FeeMode) string { return feeModes[m] }

var contractEvents = table[lifecycle.Event]{
	lifecycle.EventSubmit: "提交合同备案", lifecycle.EventReceive: "街道收件备案", lifecycle.EventReturn: "街道退回补正", lifecycle.EventInspect: "承接查验",
	lifecycle.EventRenew: "续签了新合同", lifecycle.EventSupersede: "业主大会选聘的物业服务合同生效，前期合同终止", lifecycle.EventDecline: "到期不再续约",
	lifecycle.EventDismiss: "解聘，书面通知物业服务人", lifecycle.EventHandOver: "完成移交", lifecycle.EventOverstay: "物业服务人没有按期移交或者退出", lifecycle.EventWithdraw: "撤回登记",
}

// ContractEvent names what was recorded of a contract.
func ContractEvent(e lifecycle.Event) string { return contractEvents[e] }

var contractSides = table[lifecycle.ContractSide]{lifecycle.FirmSide: "物业服务人提出", lifecycle.OwnersSide: "业主决定"}

// ContractSide names who does not want another term.
func ContractSide(s lifecycle.ContractSide) string { return contractSides[s] }
