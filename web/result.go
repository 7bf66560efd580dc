package web

import "gongjue/voting"

// Result is the preliminary count (Preliminary) or the final result of a meeting. It is public.
type Result struct {
	Shell
	Community      string
	CommunityURL   string
	Meeting        string
	State          string
	Preliminary    bool
	ConvenerName   string
	Opens          Instant
	Closes         Instant
	PublishedAt    Instant // of this page's figures
	ObjectionsTill Instant // preliminary only
	ObjectionHow   string  // where to object: place and contact
	Roster         RosterCard
	Matters        []ResultMatter
	Announced      Announced
	Channels       []ChannelCount // ballots per channel, heads only
	PDFURL         string
	BundleURL      string // the file for the offline check
	NoticeURL      string
	ReceiptURL     string
	CertificateURL string
	LedgerSize     int64  // leaves
	LedgerRoot     string // hex
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
	Subject      string   // what was filed, such as 业主大会决定 or 业主委员会（第一届）
	Elected      []string // as consented; empty if no election
	Street       string
	CertifiedAt  Instant
	Officer      string   // post, not a name
	Checked      []string // what the street looked at
	RecordDigest string   // SHA-256 of the filed record
	ResultURL    string
	BoardURL     string
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
