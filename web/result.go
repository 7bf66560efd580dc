package web

import (
	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// Result is the preliminary count (Preliminary) or the final result of a meeting. It is public.
type Result struct {
	Shell
	Community      string
	CommunityURL   string
	Meeting        string
	Kind           string // 定期会议, 临时会议 or 首次会议
	Related        []Link // the meeting that led to this further vote, or the further vote of this one
	State          string
	Preliminary    bool
	ConvenerName   string
	Opens          Instant
	Closes         Instant
	PublishedAt    Instant // of this page's figures
	ObjectionsTill Instant // preliminary only
	ObjectionHow   string  // where to object: place and contact
	Objections     ObjectionEffect
	KeptUntil      Instant   // until when at least the final result is kept on display; 0 where no rule says
	ObjectURL      string    // [Objecting]; empty where no count was on display for objections
	Displayed      Displayed // of a preliminary count: what took its place
	EarlyURL       string    // of a final result: the preliminary count that it replaced
	Roster         RosterCard
	Matters        []ResultMatter
	Lot            *Lot // nil where no tie waits for one, or did
	Announced      Announced
	Channels       []ChannelCount // ballots per channel, heads only
	Sheets         *SheetBalance  // of paper
	Imported       *Imported      // from a city's platform; nil without one
	PDFURL         string
	PosterURL      string // to hang up
	BundleURL      string // the file for the offline check
	CheckerURL     string // the page that checks it without a network
	RecordURL      string // [VotingRecord]
	NoticeURL      string
	ReceiptURL     string
	CertificateURL string
	Supervised     []Link // notices of authorities about the decisions, the oldest first
	Revoked        string // see [RevokedMatters]
	LedgerSize     int64  // leaves
	LedgerRoot     string // hex
	Witnessing     Witnessing
	LogURL         string // LogPage
	SampleURL      string // SamplePublic; empty before the first round
	Digest         string // SHA-256 of the stored result, in hex; the PDF prints its beginning
}

// ResultMatter is a decided matter. The page writes verdict, sentence, tables, charts and steps itself.
type ResultMatter struct {
	Number  int
	Title   string
	Text    string
	Law     string
	Matter  voting.Matter
	Outcome voting.Outcome

	Effect        voting.Effect      // of a matter that depends on another; empty for every other
	Robust        *voting.Robustness // what ballots under open objections could change; nil without any
	Policies      voting.Policies    // as announced
	Silence       voting.Silence     // in force for this matter; empty or the default: silent ballots take no part
	SilenceSource string             // see [SilenceSource]
	Delivered     ClassLine          // sheets delivered with proof, those included who voted
	Classes       []ClassLine        // nil where no register of deliveries was kept
}

// ChannelCount are the ballots that came one way: online, paper, onsite, proxy or imported.
type ChannelCount struct {
	Channel string
	Heads   int64
}

// Certificate is the street's certificate of filing 备案证明, public by its check code.
type Certificate struct {
	Shell
	Number       string
	CheckCode    string // groups of four
	QR           QR     // of the certificate's address
	Status       string // certified, cancelled, withdrawn
	Community    string
	Meeting      string
	Convener     string
	Sentence     string // see [CertificateSentence]
	Note         string // see [CertificateNote]
	Standing     string // see [CertificateStanding]
	Matters      []CertifiedMatter
	Elected      []string // as consented; empty if no election
	Alternates   []string // by rank
	Street       string
	CertifiedAt  Instant
	Officer      string   // post, not a name
	Checked      []string // what the street looked at
	ResultDigest string   // SHA-256 of the filed result, in hex
	RecordDigest string   // SHA-256 of the filed record, in hex
	Supervised   []Link   // notices of authorities about the decisions
	Revoked      string   // see [RevokedMatters]
	Replaced     string   // address of the certificate that took this one's place; empty without one
	PDFURL       string
	TextURL      string // the signed text; empty of a certificate from before there was one
	Signers      []CertificateSigner
	SealProof    *CertificateSealProof // nil where none was issued or the certificate holds no more
	ResultURL    string
	BoardURL     string
}

// CertificateSigner is a key of the street that signed a certificate.
type CertificateSigner struct {
	Name        string
	Fingerprint string
	At          Instant // by the street's clock
}

// CertificateSealProof leads to the note with which seals are engraved.
type CertificateSealProof struct {
	Prover string
	At     Instant
	URL    string
}

// CertificateFileName is the name under which the signed text of a certificate is saved.
func CertificateFileName(number string) string { return "备案证明 " + number + ".txt" }

// CertifiedMatter is one matter on record with the word of its outcome.
type CertifiedMatter struct {
	Number int
	Title  string
	Word   string
}

// CertificateSentence says what was filed and that it is on record, on the page and on paper. What was
// filed is a meeting: whether it decided anything is said by its matters.
func CertificateSentence(convener, meeting string) string {
	return convener + "报送的“" + meeting + "”会议记录和结果，材料齐全，本机关已经核对，准予备案。"
}

// CertificateNote says that a meeting decided nothing; empty where it did.
func CertificateNote(formed bool) string {
	if formed {
		return ""
	}
	return "本次会议没有表决通过的事项，未形成业主大会决定。"
}

// CertificateStanding says that a certificate holds no more; empty while it does.
func CertificateStanding(state lifecycle.FilingState) string {
	if state == lifecycle.FilingCertified {
		return ""
	}
	return "这份备案证明" + explain.FilingState(state) + "，不再有效"
}

// CheckCode asks for the check code of a certificate. Field: `code`. A found code leads to [Certificate];
// Unknown is set when it is not known.
type CheckCode struct {
	Shell
	Form
	Code    string
	Unknown bool
	HomeURL string
}
