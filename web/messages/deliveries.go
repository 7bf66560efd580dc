package messages

// deliveries: what became of the sheets before anybody answered.
var deliveries = []line{
	{"delivery_too_early", "会议通知还没有发布，没有可以登记送达的表决票。"},
	{"delivery_closed", "投票已经截止或者会议已经结束，不能再登记或更正送达。"},
	{"delivery_public_notice", "公告不能算送达：请先登记为“无法送达”，方式选“公告”。公告送达的票永远不按已送达计算。"},
	{"delivery_proof_missing", "登记为“已送达”，必须写明凭证，例如签收存根的编号或者挂号信的单号。"},
	{"delivery_recipient_missing", "当面送达或者现场领取的，请选收件人与业主的关系。"},
	{"delivery_before_notice", "送达时间早于会议通知发布的时间，请核对。"},
	{"delivery_in_future", "送达时间还没有到，请核对。"},
	{"delivery_exists", "这户已经登记过，或者刚刚由别人登记了。请看最新的登记，需要时再更正。"},
	{"delivery_nothing", "这里的每一户都已经有登记，没有需要成批登记的。要改某一户，请单独更正。"},
}
