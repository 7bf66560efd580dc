package messages

// seals: the cards that open the ballots where three people hold a meeting's key.
var seals = []line{
	{"card_mistyped", "开票卡有一组没有抄对或者没有写全，请对照卡片再看一遍。"},
	{"card_foreign", "这是另一次会议的开票卡，请找出这次会议的卡。"},
}
