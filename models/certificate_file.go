package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/explain"
	"gongjue/voting/ledger"
)

type certificateFileRow struct {
	CommunityID string
	FilingID    string
	Note        string // signed by the log
	At          int64
}

func (certificateFileRow) TableName() string { return "certificate_file" }

type certificateSignatureRow struct {
	CommunityID string
	FilingID    string
	VerifierKey string
	Line        string // of the note
	SignedAt    int64  // by the street's clock
	ReceivedAt  int64
}

func (certificateSignatureRow) TableName() string { return "certificate_signature" }

// CommitteeName is the name of the committee that the filed elections formed; empty where they formed none.
func (r FilingRecord) CommitteeName() (name string) {
	for i, effect := range Effects(r.Matters) {
		matter := r.Matters[i]
		if committee := explain.CommitteeName(r.Community, matter.Rule, matter.Outcome.Committee); committee != "" && effect != voting.Lapsed {
			name = committee
		}
	}
	return name
}

// Seated are the members and the alternates that the filed elections left, by rank.
func (r FilingRecord) Seated() (members, alternates []string) {
	for _, matter := range InForce(r.Matters) {
		members = slices.Concat(members, matter.Outcome.Elected)
		alternates = slices.Concat(alternates, matter.Outcome.Alternates)
	}
	return members, alternates
}

// Committee is the name of the committee that a certificate is about; empty where none is.
func (f Filing) Committee() string {
	name := f.Record.CommitteeName()
	if name != "" && f.Particulars.Committee != "" {
		return f.Particulars.Committee
	}
	return name
}

// facts are what a certificate says to people, in its file.
func (f Filing) facts(certifiedAt int64) []ledger.Fact {
	record, says := f.Record, f.Particulars
	members, alternates := record.Seated()
	told := explain.CertificateRecord{Assembly: explain.Assembly(record.Community), Committee: f.Committee(), Term: says.Term, TermFrom: says.TermFrom, TermTo: says.TermTo,
		Chair: says.Chair, Members: members, Alternates: alternates, Office: says.Office, Meeting: record.Title, Convener: record.ConvenerName,
		Authority: explain.Authority(f.Certifier, record.Street, record.District), Day: calendar.DayText(certifiedAt), Result: record.ResultSHA256}
	for i, effect := range Effects(record.Matters) {
		matter := record.Matters[i]
		told.Matters = append(told.Matters, explain.CertifiedMatter{Position: matter.Position, Title: matter.Title, Word: explain.Certified(matter.Rule, matter.Outcome, effect)})
	}
	var facts []ledger.Fact
	for _, line := range told.Lines() {
		facts = append(facts, ledger.Fact(line))
	}
	return facts
}

// keepCertificateFile writes what a certificate says as a text that the log signs, with the keys of the street: those that
// the notice named and those in force now.
func (s *Store) keepCertificateFile(tx *gorm.DB, log *logWriter, at int64, row filingRow) error {
	filing, err := row.view()
	if err != nil {
		return err
	}
	keys, err := certificateKeys(tx, row.CommunityID, row.MeetingID)
	if err != nil {
		return err
	}
	logKey, err := s.verifierKey(row.MeetingID)
	if err != nil {
		return err
	}
	signer, err := s.logSigner(row.MeetingID)
	if err != nil {
		return err
	}
	file := ledger.CertificateFile{Facts: filing.facts(at), Number: filing.Number, CheckCode: filing.CheckCode, Meeting: row.MeetingID, Record: filing.RecordSHA256,
		IssuedAt: at, Checkpoint: ledger.Checkpoint{Origin: ledger.Origin(s.origin, row.MeetingID), Size: log.edge.Size, Root: log.edge.Root()},
		LogKey: logKey, StreetKeys: keys}
	signed, err := file.Sign(signer)
	if err != nil {
		return fmt.Errorf("write the certificate of filing %s: %w", row.ID, err)
	}
	if err := tx.Create(&certificateFileRow{CommunityID: row.CommunityID, FilingID: row.ID, Note: string(signed), At: at}).Error; err != nil {
		return fmt.Errorf("keep a certificate file: %w", raced(err))
	}
	return nil
}

// certificateKeys are the keys with which a meeting's street may sign its certificate.
func certificateKeys(tx *gorm.DB, communityID, meetingID string) ([]string, error) {
	keys, err := witnessesOf(tx, communityID, meetingID)
	if err != nil {
		return nil, err
	}
	var live []string
	err = tx.Table("witness_key").Joins("JOIN community ON community.street_id = witness_key.street_id").
		Where("community.id = ? AND witness_key.confirmed_at IS NOT NULL AND witness_key.ended_at IS NULL", communityID).Pluck("verifier_key", &live).Error
	if err != nil {
		return nil, fmt.Errorf("read the keys of a street: %w", err)
	}
	keys = slices.Concat(keys, live)
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// CertificateText is the signed text of a certificate with the street's signatures, and who signed it.
type CertificateText struct {
	Note    []byte
	Keys    int // that may sign it
	Signers []CertificateSigner
}

// CertificateSigner is a key of the street under a certificate.
type CertificateSigner struct {
	Name        string
	Fingerprint ledger.Hash
	SignedAt    int64 // Unix ms by its own clock
}

// CertificateText reads it. Refusal: not_found (also of a certificate from before there were files).
func (s *Store) CertificateText(ctx context.Context, filing Filing) (CertificateText, error) {
	return certificateText(s.read(ctx), filing.CommunityID, filing.ID)
}

func certificateText(db *gorm.DB, communityID, filingID string) (CertificateText, error) {
	var file certificateFileRow
	if err := db.Where("community_id = ? AND filing_id = ?", communityID, filingID).Take(&file).Error; err != nil {
		return CertificateText{}, orNotFound(err)
	}
	var rows []certificateSignatureRow
	err := db.Where("community_id = ? AND filing_id = ?", communityID, filingID).Find(&rows).Error
	if err != nil {
		return CertificateText{}, fmt.Errorf("read the signatures of a certificate: %w", err)
	}
	slices.SortFunc(rows, func(a, b certificateSignatureRow) int { return strings.Compare(a.VerifierKey, b.VerifierKey) })
	text := CertificateText{Keys: strings.Count(file.Note, "\nstreet_key ")}
	for _, row := range rows {
		file.Note += row.Line
		key, err := ledger.ParseWitness(row.VerifierKey)
		if err != nil {
			return CertificateText{}, fmt.Errorf("read a stored witness key: %w", err)
		}
		text.Signers = append(text.Signers, CertificateSigner{key.Name(), key.Fingerprint(), row.SignedAt})
	}
	text.Note = []byte(file.Note)
	return text, nil
}

// MostCertificate bounds, in bytes, what is handed in as a signed certificate file.
const MostCertificate = 64 << 10

// SignCertificate takes a certificate file that the street signed with its own key, from anybody: the signature says whose
// it is. The first one of a key stays; a certificate that holds no more is not signed. address is what limits count.
// Refusals: check_code_unknown, illegal_step (withdrawn, cancelled or replaced), certificate_file_invalid (another text, or
// a signature that does not hold), cosignature_foreign (no key of the street signed), cosign_limited.
func (s *Store) SignCertificate(ctx context.Context, code string, signed []byte, address string) ([]string, error) {
	refused, err := s.hits(s.read(ctx), limitCosignAddress, address, s.clock())
	if err != nil {
		return nil, err
	}
	if refused >= limitCosignAddress.hits {
		return nil, refuse("cosign_limited")
	}
	filing, err := s.CertificateByCode(ctx, code)
	if err != nil {
		return nil, err
	}
	var names []string
	err = s.judged(ctx, func(tx *gorm.DB, now int64) (answer, failure error) {
		var err error
		names, err = signCertificate(tx, now, filing, signed)
		var refusal *Refusal
		if errors.As(err, &refusal) {
			_, failed := s.count(tx, limitCosignAddress, address, now)
			return err, failed
		}
		return nil, err
	})
	return names, err
}

func signCertificate(tx *gorm.DB, now int64, filing Filing, signed []byte) ([]string, error) {
	if len(signed) > MostCertificate {
		return nil, refuse("certificate_file_invalid")
	}
	locked, err := lockFiling(tx, filing.CommunityID, filing.ID)
	if err != nil {
		return nil, err
	}
	if filing, err = locked.view(); err != nil {
		return nil, err
	}
	if !filing.Stands() {
		return nil, refuse("illegal_step")
	}
	own, err := certificateText(tx, filing.CommunityID, filing.ID)
	if err != nil {
		return nil, err
	}
	given, err := ledger.OpenCertificate(signed)
	if err != nil || !strings.HasPrefix(string(own.Note), given.Text+"\n") {
		return nil, refuse("certificate_file_invalid")
	}
	if len(given.Cosignatures) == 0 {
		return nil, refuse("cosignature_foreign")
	}
	var names []string
	for _, c := range given.Cosignatures {
		names = append(names, c.Witness.Name())
		row := certificateSignatureRow{CommunityID: filing.CommunityID, FilingID: filing.ID, VerifierKey: c.Witness.String(), Line: c.Line, SignedAt: c.At, ReceivedAt: now}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return nil, fmt.Errorf("store the signature of a certificate: %w", err)
		}
	}
	return names, nil
}
