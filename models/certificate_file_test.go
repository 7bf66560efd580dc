package models

import (
	"bytes"
	"strings"
	"testing"

	"gongjue/voting/rules"
	"gongjue/voting/verify"
)

// certify certifies a filing, has the office sign the certificate and the street issue the note for the seals. A vote
// without a committee is made one with one: what is on the certificate is not what is tried here.
func (h *hall) certify(filing Filing, street office) {
	h.t.Helper()
	h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, FilingParticulars{Term: 1}))
	filing = h.filing(filing.ID)
	_, err := h.SignCertificate(h.ctx(), filing.CheckCode, street.sign(string(h.certificateText(filing).Note)), "198.51.100.7")
	h.must(err)
	row := sealProofRow{CommunityID: h.community.ID, FilingID: filing.ID, Prover: rules.StreetOffice, IssuedAt: h.now, IssuedBy: h.by(RoleStreet).ID}
	h.must(h.db.Create(&row).Error)
}

func (h *hall) certificateText(filing Filing) CertificateText {
	h.t.Helper()
	text, err := h.CertificateText(h.ctx(), filing)
	h.must(err)
	return text
}

// certifiedElection is an election in a place, with its certificate.
func (h *hall) certifiedElection(place string, says FilingParticulars) (Meeting, Filing) {
	h.t.Helper()
	h.livesIn(place)
	meeting := h.elected()
	filing := h.submit(meeting, "")
	h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, FilingChecks, says))
	return meeting, h.filing(filing.ID)
}

// checked is what becomes of the three checks of a certificate.
func (h *hall) checked(options verify.Options) string {
	h.t.Helper()
	report, err := verify.Alone(options)
	h.must(err)
	var states []string
	for _, finding := range report.Findings {
		states = append(states, string(finding.State))
	}
	return strings.Join(states, " ")
}

func TestACertificateIsCheckedWithoutTheServerAgainstTheStreetsKey(t *testing.T) {
	inHall(t, func(h *hall) {
		street := h.office("street.example", 21)
		meeting, first := h.certifiedElection("山东省/青岛市/市南区", FilingParticulars{Term: 2, TermFrom: "2026-04-08", TermTo: "2031-04-07", Chair: "样例甲"})
		if text := h.certificateText(first); text.Keys != 0 || h.checked(verify.Options{Certificate: text.Note}) != "passed absent absent" {
			t.Errorf("without a key of the street: %+v", text)
		}
		other := h.elsewhere()
		street.register()
		change := h.submit(meeting, "办公地址变更。")
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, change.ID, FilingChecks, FilingParticulars{Term: 2, Office: "1号楼101室\u3000东侧"}))
		filing := h.filing(change.ID)
		issued := h.certificateText(filing)
		for _, want := range []string{"备案号：" + filing.Number + "\n", "查验码：" + filing.CheckCode + "\n", "业主大会名称：" + h.community.Name + "业主大会\n", "届别：第2届\n",
			"委员：候选人甲、候选人乙", "办公地址：1号楼101室 东侧\n", "record " + filing.RecordSHA256 + "\n", "street_key " + street.witness().String() + "\n"} {
			if !strings.Contains(string(issued.Note), want) {
				t.Errorf("the text does not say %q:\n%s", want, issued.Note)
			}
		}
		options := verify.Options{Certificate: issued.Note, StreetKey: street.witness().String()}
		if got := h.checked(options); got != "passed failed absent" {
			t.Errorf("before the street signed: %s", got)
		}
		signed := street.sign(string(issued.Note))
		for name, c := range map[string]struct {
			code  string
			text  []byte
			wants string
		}{
			"nobody's code":              {"0000-0000-0000-0000-0", signed, "check_code_unknown"},
			"not signed by the street":   {filing.CheckCode, issued.Note, "cosignature_foreign"},
			"another key":                {filing.CheckCode, h.office("other.example", 22).sign(string(issued.Note)), "cosignature_foreign"},
			"another text":               {filing.CheckCode, bytes.Replace(signed, []byte("第2届"), []byte("第3届"), 1), "certificate_file_invalid"},
			"another certificate":        {filing.CheckCode, street.sign(string(h.certificateText(first).Note)), "certificate_file_invalid"},
			"too much":                   {filing.CheckCode, bytes.Repeat([]byte("样"), MostCertificate), "certificate_file_invalid"},
			"a certificate that is over": {first.CheckCode, street.sign(string(h.certificateText(first).Note)), "illegal_step"},
		} {
			_, err := h.SignCertificate(h.ctx(), c.code, c.text, "198.51.100.7")
			if err == nil {
				t.Errorf("%s is taken", name)
			}
			h.refused(err, c.wants)
		}
		for range 2 { // the same again changes nothing
			names, err := h.SignCertificate(h.ctx(), filing.CheckCode, bytes.ReplaceAll(signed, []byte("\n"), []byte("\r\n")), "198.51.100.7")
			h.must(err)
			if len(names) != 1 || names[0] != "street.example" {
				t.Errorf("accepted %v", names)
			}
		}
		kept := h.certificateText(filing)
		options.Certificate = kept.Note
		if got := h.checked(options); got != "passed passed absent" || len(kept.Signers) != 1 || kept.Signers[0].SignedAt/1000 != h.now/1000 {
			t.Errorf("signed: %s, %+v", got, kept.Signers)
		}
		b, err := h.PublicBundle(h.ctx(), meeting.ID)
		h.must(err)
		var packed bytes.Buffer
		h.must(b.Write(&packed, "guide"))
		for name, want := range map[string]int{"as issued": verify.ExitOK, "over a log without it": verify.ExitRecord} {
			given := verify.Options{Certificate: kept.Note}
			if want != verify.ExitOK {
				given.Certificate = other
			}
			report, err := verify.Verify(packed.Bytes(), given)
			h.must(err)
			if report.Exit() != want {
				t.Errorf("beside a bundle, %s: exit %d, %v", name, report.Exit(), report.Failures())
			}
		}
	})
}

// elsewhere is the certificate of another meeting of the same installation.
func (h *hall) elsewhere() []byte {
	h.t.Helper()
	_, filing := h.certified()
	return h.certificateText(filing).Note
}

func TestTheNoteForTheSealsIsIssuedByWhomThePackNamesWhileTheCertificateStands(t *testing.T) {
	inHall(t, func(h *hall) {
		issue := func(role Role, filing Filing) error {
			return h.IssueSealProof(h.ctx(), h.by(role), h.community.ID, filing.ID)
		}
		meeting, unnamed := h.certifiedElection("山东省/青岛市/市南区", FilingParticulars{})
		h.refused(issue(RoleDistrict, unnamed), "seal_without_committee")
		change := h.submit(meeting, "补上届别。")
		h.refused(issue(RoleDistrict, change), "illegal_step") // not certified yet
		h.must(h.CertifyFiling(h.ctx(), h.by(RoleStreet), h.community.ID, change.ID, FilingChecks, FilingParticulars{Term: 1}))
		filing := h.filing(change.ID)
		h.refused(issue(RoleDistrict, unnamed), "illegal_step") // a newer one took its place
		h.refused(issue(RoleStreet, filing), "not_seal_prover")
		h.must(issue(RoleDistrict, filing))
		h.refused(issue(RoleDistrict, filing), "seal_proof_issued")
		proof, err := h.SealProofOf(h.ctx(), filing)
		h.must(err)
		if proof.Prover != rules.DistrictAuthority || proof.IssuedAt != h.now {
			t.Errorf("the note is %+v", proof)
		}
		h.must(h.CancelFiling(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID, "区域调整。"))
		h.refused(issue(RoleDistrict, filing), "illegal_step")
	})
}
