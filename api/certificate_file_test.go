package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// seatedTown has the certificate of an election, issued after its street registered a key.
func seatedTown(t *testing.T, o func(*town) office) (*town, models.Filing, office) {
	t.Helper()
	election := models.Matter{Title: "选举业主委员会", Body: "应选三人。", Rule: voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach,
		Options: []string{"候选人甲", "候选人乙", "候选人丙"}, Seats: 3, MinMembers: 3}}
	w := displayed(t, []models.Matter{election}, voting.Yes, voting.Yes, voting.Yes, voting.Yes, voting.Yes)
	w.wait(6 * aDay)
	w.must(w.store.PublishFinal(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID))
	key := o(w)
	key.registered()
	w.sign(&w.own)
	filed, err := w.store.SubmitFiling(w.ctx(), w.own.convener, w.own.ID, w.own.meeting.ID, "", nil)
	w.must(err)
	says := models.FilingParticulars{Term: 2, TermFrom: "2026-12-01", TermTo: "2031-11-30", Chair: "样例甲"}
	w.must(w.store.CertifyFiling(w.ctx(), w.own.street, w.own.ID, filed.ID, models.FilingChecks, says))
	filed, err = w.store.Filing(w.ctx(), w.own.ID, filed.ID)
	w.must(err)
	return w, filed, key
}

func TestTheStreetSignsACertificateAndAnybodyChecksItAlone(t *testing.T) {
	w, filed, o := seatedTown(t, func(w *town) office { return w.office(31) })
	public, shown := w.browser(), certificateURL(filed.CheckCode)
	file := public.get(certificateTextURL(filed.CheckCode))
	file.says(t, "the text", http.StatusOK, "备案号："+filed.Number, "street_key "+o.witness().String())
	if disposition := file.header.Get("Content-Disposition"); !strings.HasPrefix(disposition, "attachment") {
		t.Errorf("the text is shown: %s", disposition)
	}
	public.get(shown).says(t, "before the street signed", http.StatusOK, "下载签名文件")
	signer, err := ledger.NewCosigner(officeName, o.key, w.now.Load())
	w.must(err)
	signed, err := ledger.Cosign([]byte(file.body), signer)
	w.must(err)

	street, convener := w.signIn(models.RoleStreet), w.signIn(models.RoleConvener)
	desk, act := staffMeetingURL(w.own.meeting)+"/filing", "/staff/communities/"+w.own.ID+"/filings/"+filed.ID+"/signature"
	convener.get(desk).hides(t, "the convener's page", `action="`+act+`"`)
	form := street.get(desk).form(t, act)
	street.post(act, form.with(t, "note", "随便写的。")).says(t, "words that are none", http.StatusUnprocessableEntity, "签名对不上", "随便写的。")
	if sent := street.post(act, form.with(t, "note", strings.ReplaceAll(string(signed), "\n", "\r\n"))); sent.location() != desk+"?done=certificate_signed" {
		t.Fatalf("hand in: %d %s", sent.status, sent.body)
	}
	public.get(shown).says(t, "afterwards", http.StatusOK, officeName, o.witness().Fingerprint().Printed())
	answer := decode[certificateJSON](t, public.get("/api/v1/public/certificates/"+filed.CheckCode))
	if len(answer.Signers) != 1 || answer.Signers[0].Name != officeName || answer.Number != filed.Number {
		t.Errorf("the JSON says %+v", answer.Signers)
	}
	report, err := verify.Alone(verify.Options{Certificate: []byte(public.get("/api/v1/public/certificates/" + filed.CheckCode + "/text").body), StreetKey: o.witness().String()})
	if err != nil || report.Exit() != verify.ExitOK {
		t.Errorf("checked alone: %v %+v", err, report)
	}

	api := "/api/v1/public/certificates/" + filed.CheckCode + "/signatures"
	send := func(text, media string) page {
		return public.send(http.MethodPost, api, media, strings.NewReader(text))
	}
	for name, c := range map[string]struct {
		answer page
		status int
		code   string
	}{
		"the same again":  {send(string(signed), "text/plain"), http.StatusOK, ""},
		"without a line":  {send(file.body, "text/plain"), http.StatusForbidden, "cosignature_foreign"},
		"a form":          {send(string(signed), "application/x-www-form-urlencoded"), http.StatusBadRequest, "wrong_type"},
		"more than there": {send(strings.Repeat("x", models.MostCertificate+2), "text/plain"), http.StatusRequestEntityTooLarge, "body_too_big"},
	} {
		if c.answer.status != c.status || (c.code != "" && c.answer.code(t) != c.code) {
			t.Errorf("%s: %d %s", name, c.answer.status, c.answer.body)
		}
	}
}

func TestTheNoteForTheSealsIsPrintedWhileTheCertificateStands(t *testing.T) {
	w, filed, _ := seatedTown(t, func(w *town) office { return w.office(31) })
	street, district := w.signIn(models.RoleStreet), w.signIn(models.RoleDistrict)
	desk, act := staffMeetingURL(w.own.meeting)+"/filing", "/staff/communities/"+w.own.ID+"/filings/"+filed.ID+"/seal-proof"
	pdf := certificateURL(filed.CheckCode) + "/seal-proof.pdf"
	if early := w.browser().get(pdf); early.status != http.StatusNotFound {
		t.Errorf("before it is issued: %d", early.status)
	}
	district.get(desk).hides(t, "the district's page", `action="`+act+`"`)
	if refused := district.json(http.MethodPost, apiURL(act), `{}`); refused.code(t) != "not_seal_prover" {
		t.Errorf("the district where the street proves: %s", refused.body)
	}
	street.get(desk).form(t, act)
	if sent := street.post(act, url.Values{}); sent.location() != desk+"?done=seal_proof_issued" {
		t.Fatalf("issue: %d %s", sent.status, sent.body)
	}
	if twice := street.json(http.MethodPost, apiURL(act), `{}`); twice.code(t) != "seal_proof_issued" {
		t.Errorf("issued twice: %s", twice.body)
	}
	w.browser().get(certificateURL(filed.CheckCode)).says(t, "the certificate", http.StatusOK, pdf)
	if printed := w.browser().get(pdf); printed.status != http.StatusOK || !strings.HasPrefix(printed.body, "%PDF") {
		t.Errorf("the note: %d", printed.status)
	}
	w.must(w.store.CancelFiling(w.ctx(), w.own.street, w.own.ID, filed.ID, "区域调整。"))
	w.browser().get(certificateURL(filed.CheckCode)).hides(t, "a certificate that is over", pdf)
	if ended := w.browser().get(pdf); ended.status != http.StatusConflict {
		t.Errorf("after the certificate ended: %d", ended.status)
	}
}
