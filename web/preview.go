package web

import (
	"slices"
	"strconv"
)

// PreviewStamp marks everything that shows a draft before its notice.
const PreviewStamp = "预览·未发布"

// What a draft can be looked at as, in the order in which a careful convener does.
const (
	PreviewNotice = "会议通知（业主看到的页面）"
	PreviewPDF    = "会议通知（PDF，张贴用）"
	PreviewBallot = "手机上的表决票"
	PreviewSheet  = "纸质表决票样张（PDF）"
)

// The names of the files of a preview.
const (
	FilePreviewNotice = "预览-会议通知.pdf"
	FilePreviewSheet  = "预览-表决票样张.pdf"
)

// Who the sample ballot belongs to: nobody's home, so that a preview holds nothing personal.
const (
	SampleOwner = "（业主姓名）"
	SamplePlace = "样例楼 样例单元 000"
	SampleNote  = "样例"
)

// PreviewOwnMatters tells that a sample shows more than most ballots will.
const PreviewOwnMatters = "样票列出全部事项；发布以后，每户的票上只有这一户有权表决的事项。"

// NoticeWill says what issuing a notice does at once and later, before anybody does it; tellsAll: the service texts all owners.
func NoticeWill(opens, closes Instant, matters int, tellsAll bool) []string {
	will := []string{
		"会议通知立即向所有人公开。" + strconv.Itoa(matters) + " 个表决事项的全文、计票规则、表决范围和投票时间从此固定，谁也不能修改。",
		"每位投票权人得到自己的表决票编号和二维码，可以印发表决票。",
		opens.String() + " 系统自动开始投票，" + closes.String() + " 自动截止，不需要再有人操作。",
		"发布以后发现写错了，只能撤回整个会议、改好后另行发布；撤回的理由会公布，业主要重新等满通知天数。",
	}
	if tellsAll {
		will = slices.Insert(will, 1, "名册上留有手机号的业主，每个号码收到一条通知短信；公示、公布结果、撤回或者作废时也是。")
	}
	return will
}
