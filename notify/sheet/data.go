package sheet

import "gongjue/voting"

// Meeting is what every sheet and the poster of one meeting share, as the notice froze it.
type Meeting struct {
	Stamp     string // across every page of a preview; empty for real sheets
	Community string // 小区名称
	Title     string // 会议名称
	Convener  string // 召集人 with its kind, such as "测试小区业主委员会"
	OpensAt   int64  // Unix ms; printed in 北京时间
	ClosesAt  int64  // Unix ms; the first moment at which no vote is taken any more
	Scope     string // 投票范围; empty = 全体业主
	Link      string // public page of the meeting, the poster's QR

	CountingRule string   // 计票规则: a line for each rule, which names its matters
	SilenceRule  string   // warning on delivered-but-silent ballots with its clause; empty = they count for nothing
	Hints        []string // 有效票与无效票; empty = the usual four
	ReturnPlace  string   // where a paper ballot goes
	NoOnline     bool     // no vote may be cast on this system here: the codes lead to the notice alone
	Platform     string   // the city's platform on which votes are cast too; empty for none
	ReturnBefore int64    // Unix ms; 0 = ClosesAt
	Contact      string   // person or body and phone, as announced
	Opening      Head     // of the ballot log, for the poster; none before the opening
	Matters      []Matter // in the order of the agenda
	NoticedAt    int64    // Unix ms; dates the files of Zip
}

// Head is a signed head of the ballot log, for comparing what others see with what hung on the wall.
type Head struct {
	Mark string // size and the beginning of the root; empty for none
	At   int64  // Unix ms
	Link string // page that compares it; QR
}

// Matter is one question as it stands on the paper.
type Matter struct {
	Number     int // 1-based place on the agenda
	Kind       voting.Kind
	Method     voting.Method // election and selection
	Title      string
	Text       string        // full text
	Notes      []string      // what else was announced: on what it depends, how seats are shared out
	Short      string        // printed instead of a text beyond MaxText characters; empty = the text's beginning
	TextHash   string        // SHA-256 (hex) of the full text, printed when the text is not printed whole
	Law        string        // statute, article and majority, such as "《民法典》第二百七十八条第一款第四项；…过半数"
	Scope      string        // such as "3号楼"; empty = the whole community
	Options    []Option      // election and selection, in the order of the ballot
	Seats      int           // election
	MaxChoices int           // pick: how many names may be marked; 0 = Seats, and 1 in a selection
	Marks      []voting.Mark // the squares, as voting.Matter.Marks offers them on every other ballot
}

// Option is a candidate or a firm with the description it consented to.
type Option struct {
	Name  string
	About string
}

// Voter is one 投票权人 and what is handed to the household; it holds personal data.
type Voter struct {
	Serial  string   // readable serial, unique in the meeting
	Owners  []string // unmasked: the sheet goes to the owners themselves
	Units   []Unit
	Total   voting.Area // sum over Units
	Heads   int64       // 1 for every voter
	Link    string      // personal link, put into the QR and nowhere else; empty in a preview: no code is printed
	Matters []int       // Numbers of the matters this voter decides; nil = all
}

// Unit is one 专有部分 of the voter.
type Unit struct {
	Place string // such as "3号楼1单元302室"
	Area  voting.Area
	Note  string // such as "车位，不计面积"; empty for a dwelling
}
