package messages

// witnesses: the street's own key, and what it signs.
var witnesses = []line{
	{"witness_key_invalid", "这不是见证公钥的登记文字，或者没有贴全。请在街道的电脑上运行 gongjue witness keygen，把它输出的登记文字全部贴上。"},
	{"witness_key_exists", "这把公钥已经登记过了。"},
	{"witness_keys_full", "这个街道登记的公钥太多了，请先停用不用的。"},
	{"witness_fingerprint_differs", "与登记的指纹不一致，没有确认。请对照纸上的指纹逐位核对；仍不一致的，请不要确认，与登记的人当面核对。"},
	{"cosignature_invalid", "这不是签过名的内容，或者签名对不上。请把程序输出的文字原样、全部交来。"},
	{"cosignature_foreign", "这里没有会议通知写明的见证公钥的签名。"},
	{"checkpoint_unknown", "本系统没有签过这个指纹。请保存好手里的文件，核对网址和会议；确认没有弄错的，请告诉街道和区县：记录可能有两份，或者数据退回过以前的状态。"},
	{"cosign_limited", "没有通过的签名太多，请过一小时再试。"},
	{"witness_ahead", "见证人看到过的记录比本系统现在的还多：数据可能退回过以前的状态。请不要签名，保存好手里的文件，告诉街道和区县。"},
	{"unwitnessed", "会议通知写明了街道的见证公钥，街道还没有见证计票结果，暂时不能公布。请通知街道运行见证程序；街道实在不能见证的，由街道在“街道见证”页面写明原因。"},
}
