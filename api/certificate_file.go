package api

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/voting/explain"
	"gongjue/voting/rules"
	"gongjue/web"
)

// certificateRoutes are what can be had of a certificate beside its page: the text that is checked without this server,
// with the street's own signature, and the note with which seals are engraved.
func certificateRoutes() []route {
	const filing = "/communities/:community/filings/:filing"
	return []route{
		get("/certificates/:code/certificate.txt", public, certificateText),
		get("/certificates/:code/seal-proof.pdf", public, sealProofPDF),
		get("/api/v1/public/certificates/:code/text", public, certificateText),
		post("/api/v1/public/certificates/:code/signatures", public, postCertificateSignature),

		post("/staff"+filing+"/signature", street, signCertificateAct.page),
		post("/staff"+filing+"/seal-proof", receiving, sealProofAct.page),
		post("/api/v1"+filing+"/signature", street, signCertificateAct.api),
		post("/api/v1"+filing+"/seal-proof", receiving, sealProofAct.api),
	}
}

func certificateTextURL(code string) string { return certificateURL(code) + "/certificate.txt" }

// certificateText hands the signed text out, to be kept and checked without this server.
func certificateText(c *call) error {
	filed, err := c.store.CertificateByCode(c, c.Param("code"))
	if err != nil {
		return err
	}
	text, err := c.store.CertificateText(c, filed)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": web.CertificateFileName(filed.Number)}))
	c.Data(http.StatusOK, "text/plain; charset=utf-8", text.Note)
	return nil
}

type certificateSignedJSON struct {
	Accepted []string `json:"accepted"` // names of the keys
}

// postCertificateSignature takes a certificate that the street signed as plain text, from anybody: the signature says
// whose it is.
func postCertificateSignature(c *call) error {
	if media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || media != "text/plain" {
		return refuse("wrong_type")
	}
	signed, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, models.MostCertificate+1))
	if err != nil {
		return refuse("body_too_big")
	}
	names, err := c.store.SignCertificate(c, c.Param("code"), signed, c.address())
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: certificateSignedJSON{names}})
}

// certificateSignRequest is a certificate that the street signed on its own machine.
type certificateSignRequest struct {
	Note string `json:"note" form:"note" binding:"required,max=65000"`
}

var signCertificateAct = act[certificateSignRequest]{
	do: func(c *call, in certificateSignRequest) (done, error) {
		filing, err := c.store.Filing(c, c.community.ID, c.Param("filing"))
		if err != nil {
			return done{}, err
		}
		if filing.CheckCode == "" {
			return done{}, refuse("illegal_step")
		}
		_, err = c.store.SignCertificate(c, filing.CheckCode, []byte(in.Note), c.address())
		if refusal, ok := asRefusal(err); ok && refusal.Field == "" && refusal.Code != "illegal_step" {
			err = refuseField(refusal.Code, "note")
		}
		if err != nil {
			return done{}, err
		}
		return filingMoved(c, "certificate_signed")
	},
	again: func(c *call, in certificateSignRequest, problems []web.Problem) (web.Page, error) {
		return filingAgain(c, filingTrouble{sign: &in, problems: problems})
	},
}

var sealProofAct = act[nothing]{do: func(c *call, _ nothing) (done, error) {
	if err := c.store.IssueSealProof(c, c.actor(), c.community.ID, c.Param("filing")); err != nil {
		return done{}, err
	}
	return filingMoved(c, "seal_proof_issued")
}}

// sealProofPDF is the 印章刻制证明, while the certificate stands.
func sealProofPDF(c *call) error {
	filed, err := c.store.CertificateByCode(c, c.Param("code"))
	if err != nil {
		return err
	}
	proof, err := c.store.SealProofOf(c, filed)
	if err != nil {
		return err
	}
	switch {
	case proof.IssuedAt == 0:
		return refuse("not_found")
	case !filed.Stands():
		return refuse("seal_proof_ended")
	}
	says, record := filed.Particulars, filed.Record
	return c.sendPDF("seal-proof.pdf", func(w io.Writer) (paper.Report, error) {
		return documents.SealProof(w, documents.SealProofData{Number: filed.Number, Assembly: explain.Assembly(record.Community), Committee: filed.Committee(),
			Term: int(says.Term), TermFrom: web.DateWords(says.TermFrom), TermTo: web.DateWords(says.TermTo), Chair: says.Chair, Office: says.Office,
			Certifier: authorityName(filed), Prover: explain.Authority(proof.Prover, record.Street, record.District), CheckCode: filed.CheckCode,
			Link: c.config.PublicURL + certificateURL(filed.CheckCode), CertifiedAt: filed.DecidedAt, IssuedAt: proof.IssuedAt})
	})
}

// textOf is the signed text of a certificate; the zero text of one from before there were texts.
func (c *call) textOf(filed models.Filing) (models.CertificateText, error) {
	text, err := c.store.CertificateText(c, filed)
	if errors.Is(err, refuse("not_found")) {
		return models.CertificateText{}, nil
	}
	return text, err
}

// addCertificateFile adds what can be had beside the page.
func (c *call) addCertificateFile(page *web.Certificate, filed models.Filing) error {
	text, err := c.textOf(filed)
	if err != nil {
		return err
	}
	if len(text.Note) > 0 {
		page.TextURL = certificateTextURL(filed.CheckCode)
	}
	for _, signer := range text.Signers {
		page.Signers = append(page.Signers, web.CertificateSigner{Name: signer.Name, Fingerprint: signer.Fingerprint.Printed(), At: web.Instant(signer.SignedAt)})
	}
	proof, err := c.store.SealProofOf(c, filed)
	if err != nil || proof.IssuedAt == 0 || !filed.Stands() {
		return err
	}
	page.SealProof = &web.CertificateSealProof{Prover: explain.Authority(proof.Prover, filed.Record.Street, filed.Record.District), At: web.Instant(proof.IssuedAt),
		URL: certificateURL(filed.CheckCode) + "/seal-proof.pdf"}
	return nil
}

// addCertified adds to a filing's page what is left to do once the certificate is there.
func (c *call) addCertified(page *web.FilingPage, meeting models.Meeting, newest models.Filing, t filingTrouble) error {
	if !newest.Stands() {
		return nil
	}
	prover := meeting.Pack.Procedure.SealProver()
	proof, err := c.store.SealProofOf(c, newest)
	if err != nil {
		return err
	}
	if newest.ProvesSeal() {
		page.Seal = &web.FilingSeal{Prover: web.Certifier(prover), IssuedAt: web.Instant(proof.IssuedAt)}
		if proof.IssuedAt == 0 && rules.Word(c.staff.Role) == prover {
			page.Seal.Issue = &web.Form{Action: c.communityURL("filings", newest.ID, "seal-proof")}
		}
		if proof.IssuedAt != 0 {
			page.Seal.URL = certificateURL(newest.CheckCode) + "/seal-proof.pdf"
		}
	}
	text, err := c.textOf(newest)
	if err != nil || len(text.Note) == 0 {
		return err
	}
	page.Sign = &web.FilingSign{TextURL: certificateTextURL(newest.CheckCode), Number: newest.Number, CheckCode: newest.CheckCode, ServerURL: c.config.PublicURL, Keys: text.Keys}
	for _, signer := range text.Signers {
		page.Sign.Signers = append(page.Sign.Signers, signer.Name)
	}
	if c.staff.Role == models.RoleStreet && text.Keys > len(text.Signers) {
		page.Sign.HandIn = &web.WitnessHandIn{Form: web.Form{Action: c.communityURL("filings", newest.ID, "signature")}}
		if t.sign != nil {
			page.Sign.HandIn.Note, page.Sign.HandIn.Problems = t.sign.Note, t.problems
		}
	}
	return nil
}

type certificateSignerJSON struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"` // of its key
	SignedAt    int64  `json:"signed_at"`
}

type sealProofJSON struct {
	Prover   rules.Word `json:"prover"`
	IssuedAt int64      `json:"issued_at"`
}

// certificateJSON is a certificate with what can be had beside it.
type certificateJSON struct {
	filingJSON
	Signers   []certificateSignerJSON `json:"signers"` // keys of the street under its text
	SealProof *sealProofJSON          `json:"seal_proof,omitempty"`
}

// getCertificate shows a certificate to anyone: the record without the convener's note and the names of papers.
func getCertificate(c *call) error {
	filed, err := c.store.CertificateByCode(c, c.Param("code"))
	if err != nil {
		return err
	}
	text, err := c.textOf(filed)
	if err != nil {
		return err
	}
	proof, err := c.store.SealProofOf(c, filed)
	if err != nil {
		return err
	}
	filed.Remark = ""
	filed.Record.Files = nil
	answer := certificateJSON{filingJSON: filingOf(filed), Signers: []certificateSignerJSON{}}
	for _, signer := range text.Signers {
		answer.Signers = append(answer.Signers, certificateSignerJSON{signer.Name, signer.Fingerprint.String(), signer.SignedAt})
	}
	if proof.IssuedAt != 0 {
		answer.SealProof = &sealProofJSON{proof.Prover, proof.IssuedAt}
	}
	return c.sendJSON(done{body: answer})
}
