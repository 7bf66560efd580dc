package verify

import "fmt"

// Text is a sentence for people in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// say fills the same values into both sentences.
func say(zh, en string, values ...any) Text {
	return Text{fmt.Sprintf(zh, values...), fmt.Sprintf(en, values...)}
}

// Class says what kind of evidence a check is about; the exit code follows from it.
type Class string

// The classes.
const (
	Record    Class = "record"   // files, log, signatures: what cryptography shows
	Witness   Class = "witness"  // signatures of somebody else than the operator
	Counting  Class = "counting" // figures
	ByReceipt Class = "receipt"  // one ballot
)

// Check is one of the numbered checks. Numbers and names never change their meaning; a new check gets a new number.
type Check struct {
	Number int
	Name   string // stable, for programs
	Class  Class
	Asks   Text // what it asks
}

// The numbers of the checks.
const (
	checkManifest = 1 + iota
	checkLeaves
	checkTree
	checkSignatures
	checkOpening
	checkAmendments
	checkBallots
	checkPaper
	checkVoids
	checkClose
	checkCommitments
	checkCount
	checkResult
	checkReceipt
	checkRegister
	checkCertificate
	checkPrinted
	checkFigures
	checkLaw
	checkHomes
	checkWitness
	checkLot
	checkImport
	checkSameLog
	checkRecord
	checkSeal
	checkCertified
	checkStreet
	checkValidity
)

// Checks lists every check in the order of its number.
var Checks = []Check{
	{checkManifest, "manifest", Record, Text{"文件齐全，大小和校验值与清单一致，没有多余的文件", "every file has the size and hash of the manifest, and there is no other file"}},
	{checkLeaves, "leaves", Record, Text{"投票记录逐条连续，格式正确，时间不倒退", "the leaves are well formed, numbered without a gap, and their times never decrease"}},
	{checkTree, "tree", Record, Text{"由全部记录重新算出的指纹，与每一次签名的指纹一致", "the roots computed from the leaves are those of every checkpoint"}},
	{checkSignatures, "signatures", Record, Text{"每一个指纹都有系统的签名", "every checkpoint is signed by the log's key"}},
	{checkOpening, "opening", Record, Text{"开始投票时固定的通知、规定和名册，就是这里的通知、规定和名册", "the open leaf fixes exactly this notice, these rules and this roster"}},
	{checkAmendments, "amendments", Record, Text{"开始投票时固定的内容没有改过；锁定以后对名册的更正和转让，都由两个人办理、如实公开，不改变本次计票", "nothing that the open leaf fixed was changed afterwards; what became known of the roster took two people, is published as recorded, and changes no count"}},
	{checkBallots, "ballots", Record, Text{"每一张票都记录在投票时间以内，截止以后没有再添（市平台的票见“导入”）", "every ballot was recorded within the window, and none after the close; for those of a city's platform see import"}},
	{checkPaper, "paper", Record, Text{"每一张纸质票编号不重复，由两个人分别录入", "every paper sheet has a serial of its own and two different enterers"}},
	{checkVoids, "voids", Counting, Text{"公布的废票原因，与逐张票上记的一致", "the published reasons of void answers are those of the book"}},
	{checkClose, "close", Record, Text{"截止时记下的票数，与记录里各种方式的票数一致", "the close leaf counts exactly the ballots recorded before it, by channel"}},
	{checkCommitments, "commitments", Record, Text{"打开的每一张票，都是当时封存的那一张，一张不多、一张不少", "the book opens the commitment of every ballot leaf, no more and no less"}},
	{checkCount, "count", Counting, Text{"从每一张票重新计票，得到的每个数字和结论都与公布的一致", "counting every ballot again gives every published figure and outcome"}},
	{checkResult, "result", Counting, Text{"重新写出的结果文件，与公布的逐字节一致", "the result document written anew is the published one, byte for byte"}},
	{checkReceipt, "receipt", ByReceipt, Text{"回执上的票在投票记录里，没有被改动或者取代", "the ballot of the receipt is in the log, unaltered and not superseded"}},
	{checkRegister, "register", Record, Text{"哪一户投了票的名单，就是计票前固定的那一份，与记录的票数一致；不在名单上的没有票", "the register of who voted is the one fixed before the count and agrees with the log; whoever is not in it has no ballot"}},
	{checkCertificate, "certificate", Record, Text{"备案证明记在结果之后，责令改正和撤销按记录公布", "the certificate is recorded after the result; orders and revocations are published as recorded"}},
	{checkPrinted, "printed", Record, Text{"印在纸上的指纹或者校验值，与这里的一致", "the printed fingerprint is one of this record"}},
	{checkFigures, "figures", Counting, Text{"公布的结果就是计票时固定的那一份，数字、比例和结论前后一致", "the result is the one fixed at the count, and its totals, tests and outcomes follow from each other"}},
	{checkLaw, "law", Counting, Text{"采用的比例标准，就是投票开始时法律规定的标准", "the majorities are those of the law in force when voting began"}},
	{checkHomes, "homes", Record, Text{"名册每一行对应的房屋，与锁定名册时一致", "every line of the roster is the home that it was when the roster was frozen"}},
	{checkWitness, "witness", Witness, Text{"有足够多的见证人（如街道）签名，签到了公布的结果", "enough witnesses, such as the street, have signed, up to the announced result"}},
	{checkLot, "lot", Record, Text{"抽签的号码事先约定、事后登记，顺序由截止时的指纹和号码算出", "the lot was announced before it was drawn, and its seed is the root at the close and the drawn number"}},
	{checkImport, "import", Record, Text{"导入的是会议通知写明的平台的结果，由两个人分别交来，计票以前记下；它的票一张不多、一张不少，被替换的都不计", "an imported result is of the announced platform, was handed in by two people and recorded before the count with exactly its ballots, and what it replaced does not count"}},
	{checkSameLog, "copies", Record, Text{"与另一份记录（别人手里的核对文件，或者见证人留存的指纹）是同一份，没有矛盾", "other copies of the record, bundles or checkpoints that others kept, are of the same log and do not contradict it"}},
	{checkRecord, "record", ByReceipt, Text{"本户记录上写的，就是记录和名单里有的：列出的票都在，没有列出的一张也没有", "what the record of a home says is what log and register hold: every ballot that it lists, and no other"}},
	{checkSeal, "seal", Record, Text{"由三方保管钥匙的，记下了截止以后是哪两方的开票卡打开的选票", "where three hold the key, the log tells which two of their cards opened the ballots, after the close"}},
	{checkCertified, "certified", Record, Text{"备案证明文件有系统的签名，没有被改动", "the certificate file is signed by its log, unaltered"}},
	{checkStreet, "street", Witness, Text{"街道用自己的密钥签了这份备案证明", "the street signed the certificate with its own key"}},
	{checkValidity, "validity", Record, Text{"备案证明出具以后有没有变更、撤回或者注销", "the certificate was not changed, withdrawn or cancelled later"}},
}
