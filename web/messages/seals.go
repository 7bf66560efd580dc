package messages

// seals: the cards that open the ballots where three people hold a meeting's key.
var seals = []line{
	{"seal_cards_missing", "三张开票卡还没有全部领取并试过。请召集人、街道、计票人各自登录，在“开票卡”页面领卡、试卡，然后再发布通知。"},
	{"seal_by_server", "这次会议的钥匙由服务器保管，没有开票卡。"},
	{"seal_by_holders", "这次会议的钥匙由三方保管。请三方中的任意两方到“开票卡”页面，各自录入自己的卡，两张到齐就计票。"},
	{"seal_card_missing", "您这一方还没有领取开票卡，请先领卡。"},
	{"seal_card_tried", "您这一方的卡已经领取并试过。确实要换一张新卡的，请勾选“原来的卡作废”。"},
	{"seal_card_role", "这不是您这一方的开票卡。召集人、街道、计票人各用自己的账号录入自己的卡。"},
	{"seal_card_wrong", "这张卡与您这一方最后领取的卡对不上，可能是换卡以前的旧卡。请找出最后领取的那一张。"},
	{"seal_too_early", "投票还没有截止，谁的卡都不能用。截止以后再来。"},
	{"seal_limited", "一小时内录错的卡太多了，请一小时以后再试。"},
	{"seal_share_altered", "服务器上存的开票份额与通知发布时不一致，可能被改动过，没有打开任何票。请停止操作，报告街道，并从备份中查找原因。"},
	{"card_mistyped", "开票卡有一组没有抄对或者没有写全，请对照卡片再看一遍。"},
	{"card_foreign", "这是另一次会议的开票卡，请找出这次会议的卡。"},
}
