package web

import "strconv"

// Emergency is an emergency use of the maintenance fund. Amounts are texts in yuan.
type Emergency struct {
	ID         string
	Number     int64
	State      string // proposed, confirmed, refused, withdrawn, done
	Cause      string // in words
	Place      string
	Body       string
	Contractor string
	Estimate   string
	ProposedAt Instant
	DecidedAt  Instant
	Refusal    string
	Cost       string // once the works are done
	Over       string // by how much it cost more than estimated
	Overrun    string // why
	Acceptance string
	Audit      string
	DoneAt     Instant

	ConfirmURL  string // POST without fields; empty for who may not, as below
	WithdrawURL string
	Refuse      *EmergencyRefusal
	Complete    *EmergencyDone
}

// StateText is the state in words.
func (e Emergency) StateText() string { return emergencyStates[e.State] }

var emergencyStates = map[string]string{"proposed": "等待街道确认", "confirmed": "街道已确认，正在维修", "refused": "街道没有同意", "withdrawn": "已撤回", "done": "已完工"}

// EmergencyPublic is the list that everybody reads.
type EmergencyPublic struct {
	Shell
	Community string
	BoardURL  string
	Uses      []Emergency
}

// EmergencyPage is the list for staff.
type EmergencyPage struct {
	Shell
	Community    string
	CommunityURL string
	PublicURL    string
	Propose      *EmergencyForm
	Uses         []Emergency
}

// EmergencyForm proposes a use. Fields: `cause`, `place`, `body`, `contractor`, `estimate` (yuan).
type EmergencyForm struct {
	Form
	Cause, Place, Body, Contractor, Estimate string
}

// Causes are the choices of the form.
func (EmergencyForm) Causes() []Option { return emergencyCauses }

// EmergencyRefusal fields: `reason`.
type EmergencyRefusal struct {
	Form
	Reason string
}

// EmergencyDone says what it cost. Fields: `cost` (yuan), `acceptance`, `audit`, `overrun`.
type EmergencyDone struct {
	Form
	Cost, Acceptance, Audit, Overrun string
}

var emergencyCauses = []Option{
	{Value: "lift", Text: "电梯故障", Note: "危及人身安全"}, {Value: "fire", Text: "消防设施损坏", Note: "消防机构出具整改通知"},
	{Value: "facade", Text: "外墙脱落", Note: "有坠落伤人的危险"}, {Value: "collapse", Text: "有坍塌的危险", Note: "房屋结构、围墙等"},
	{Value: "leak", Text: "严重渗漏", Note: "屋面、外墙"}, {Value: "drain", Text: "排水设施堵塞、爆裂"}, {Value: "other", Text: "其他紧急情况", Note: "写清楚为什么等不到业主表决"},
}

// EmergencyCause is a cause in words.
func EmergencyCause(cause string) string {
	return optionText(emergencyCauses, cause)
}

// WorkEmergency is what waits for the street.
func WorkEmergency(community string, waiting int64) string {
	return WorkText(community, strconv.FormatInt(waiting, 10)+" 项应急使用维修资金等待确认")
}
