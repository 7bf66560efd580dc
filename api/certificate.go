package api

import (
	"errors"
	"io"
	"net/http"

	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/voting/explain"
	"gongjue/web"
)

// certificatePage is the street's certificate, which anyone who has its check code may open.
func certificatePage(c *call) error {
	filed, err := c.store.CertificateByCode(c, c.Param("code"))
	if errors.Is(err, refuse("check_code_unknown")) {
		return c.render(http.StatusNotFound, unknownCode(c, c.Param("code")))
	}
	if err != nil {
		return err
	}
	code, err := qrOf(c.config.PublicURL + certificateURL(filed.CheckCode))
	if err != nil {
		return err
	}
	record := filed.Record
	elected, alternates := record.Seated()
	page := web.Certificate{Shell: c.shell(web.TitleCertificate + " " + filed.Number), Number: filed.Number,
		CheckCode: filed.CheckCode, QR: code, Status: string(filed.State), Standing: web.CertificateStanding(filed.State),
		Community: record.Community, Meeting: record.Title, Convener: record.ConvenerName,
		Sentence: web.CertificateSentence(record.ConvenerName, record.Title), Note: web.CertificateNote(formed(record)),
		Elected: elected, Alternates: alternates, Street: authorityName(filed), CertifiedAt: web.Instant(filed.DecidedAt),
		Checked: checkWords(filed.Checks), ResultDigest: record.ResultSHA256, RecordDigest: filed.RecordSHA256,
		PDFURL: certificateURL(filed.CheckCode) + "/certificate.pdf", ResultURL: resultURL(filed.MeetingID), BoardURL: boardURL(filed.CommunityID)}
	for i, effect := range models.Effects(record.Matters) {
		matter := record.Matters[i]
		page.Matters = append(page.Matters, web.CertifiedMatter{Number: int(matter.Position), Title: matter.Title,
			Word: explain.Certified(matter.Rule, matter.Outcome, effect)})
	}
	found, err := c.supervisedOf(filed)
	if err != nil {
		return err
	}
	page.Supervised, page.Revoked = found.links, found.revoked
	for i := range page.Matters {
		page.Matters[i].Title = found.title(int64(page.Matters[i].Number), page.Matters[i].Title)
	}
	if filed.ReplacedBy != "" {
		newer, err := c.store.Filing(c, filed.CommunityID, filed.ReplacedBy)
		if err != nil {
			return err
		}
		page.Replaced = certificateURL(newer.CheckCode)
	}
	if err := c.addCertificateFile(&page, filed); err != nil {
		return err
	}
	return c.render(http.StatusOK, page)
}

// certificatePDF is the 备案证明 of the street.
func certificatePDF(c *call) error {
	filed, err := c.store.CertificateByCode(c, c.Param("code"))
	if err != nil {
		return err
	}
	found, err := c.supervisedOf(filed)
	if err != nil {
		return err
	}
	data := certificateData(filed, c.config.PublicURL)
	data.Remark = found.revoked
	for i := range data.Matters {
		data.Matters[i].Title = found.title(int64(data.Matters[i].Number), data.Matters[i].Title)
	}
	return c.sendPDF("certificate.pdf", func(w io.Writer) (paper.Report, error) {
		return documents.Certificate(w, data)
	})
}

// certificateData is what the street's certificate says.
func certificateData(filed models.Filing, publicURL string) documents.CertificateData {
	record := filed.Record
	members, alternates := record.Seated()
	data := documents.CertificateData{Number: filed.Number, Authority: authorityName(filed), Assembly: explain.Assembly(record.Community),
		Meeting: record.Title, MeetingFrom: record.OpensAt, MeetingTo: record.ClosesAt, Convener: record.ConvenerName,
		Sentence: web.CertificateSentence(record.ConvenerName, record.Title), Note: web.CertificateNote(formed(record)),
		Standing: web.CertificateStanding(filed.State), Members: members, Alternates: alternates,
		Checked: checkWords(filed.Checks), ResultHash: record.ResultSHA256, RecordHash: filed.RecordSHA256, CheckCode: filed.CheckCode,
		Link: publicURL + certificateURL(filed.CheckCode), CertifiedAt: filed.DecidedAt}
	data.Committee = filed.Committee()
	says := filed.Particulars
	data.Term, data.Chair, data.Office = int(says.Term), says.Chair, says.Office
	data.TermFrom, data.TermTo = web.DateWords(says.TermFrom), web.DateWords(says.TermTo)
	for i, effect := range models.Effects(record.Matters) {
		matter := record.Matters[i]
		data.Matters = append(data.Matters, documents.CertifiedMatter{Number: int(matter.Position), Title: matter.Title,
			Word: explain.Certified(matter.Rule, matter.Outcome, effect)})
	}
	return data
}
