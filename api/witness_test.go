package api

import (
	"bytes"
	"crypto/ed25519"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/notify/paper/papertest"
	"gongjue/voting"
	"gongjue/voting/ledger"
)

// office is a street's own machine.
type office struct {
	w   *town
	key ed25519.PrivateKey
}

const officeName = "street.example"

func (w *town) office(seed byte) office {
	return office{w, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))}
}

func (o office) witness() ledger.Witness {
	o.w.t.Helper()
	key, err := ledger.NewWitness(officeName, o.key.Public())
	o.w.must(err)
	return key
}

func (o office) proof() string {
	o.w.t.Helper()
	signer, err := ledger.NewCosigner(officeName, o.key, o.w.now.Load())
	o.w.must(err)
	proof, err := ledger.WitnessProof(o.witness(), signer)
	o.w.must(err)
	return proof
}

// sign fetches what a meeting's log offers and cosigns it.
func (o office) sign(meeting string) string {
	o.w.t.Helper()
	answer := o.w.browser().get("/api/v1/public/meetings/" + meeting + "/checkpoint?from=0")
	offer, err := ledger.ParseOffer([]byte(answer.body))
	o.w.must(err)
	signer, err := ledger.NewCosigner(officeName, o.key, o.w.now.Load())
	o.w.must(err)
	signed, err := ledger.Cosign(offer.Note, signer)
	o.w.must(err)
	return string(signed)
}

func (b *browser) cosign(meeting, signed string, headers ...string) page {
	b.w.t.Helper()
	return b.send(http.MethodPost, "/api/v1/public/meetings/"+meeting+"/cosignatures", "text/plain", strings.NewReader(signed), headers...)
}

// witnessKey proposes a key of the community's street and gives its id.
func (w *town) witnessKey(p *quarter) string {
	w.t.Helper()
	o := w.office(41)
	if p.StreetID != w.own.StreetID {
		o = w.office(42)
	}
	key, err := w.store.ProposeWitnessKey(w.ctx(), models.Staff{ID: p.street.ID, Role: models.RoleStreet, StreetID: p.StreetID}, o.proof())
	w.must(err)
	return key.ID
}

// registered has the street propose its key on the page and the district confirm it.
func (o office) registered() {
	w, t := o.w, o.w.t
	t.Helper()
	street, district := w.signIn(models.RoleStreet), w.signIn(models.RoleDistrict)
	desk := street.get(witnessKeysURL)
	wrong := street.post(witnessKeysURL, desk.form(t, witnessKeysURL).with(t, "proof", "街道的公钥"))
	wrong.says(t, "a proof that is none", http.StatusUnprocessableEntity, "贴全", "街道的公钥")
	sent := street.post(witnessKeysURL, desk.form(t, witnessKeysURL).with(t, "proof", strings.ReplaceAll(o.proof(), "\n", "\r\n")))
	if sent.status != http.StatusSeeOther {
		t.Fatalf("propose: %d %s", sent.status, sent.body)
	}
	mark := o.witness().Fingerprint().Printed()
	street.get(witnessKeysURL).says(t, "the proposer's page", http.StatusOK, "等第二个人确认", mark)
	list := district.get(witnessKeysURL)
	list.hides(t, "the page of whoever confirms", mark)
	keys, err := w.store.WitnessKeys(w.ctx(), w.staff[models.RoleDistrict])
	w.must(err)
	confirm := witnessKeysURL + "/" + keys[0].ID + "/confirm"
	street.post(confirm, url.Values{"fingerprint": {mark}}).says(t, "the proposer confirms", http.StatusConflict, "两个人")
	district.post(confirm, list.form(t, confirm).with(t, "fingerprint", "0000000000000000")).says(t, "another fingerprint", http.StatusUnprocessableEntity, "不一致", "0000000000000000")
	if sent := district.post(confirm, list.form(t, confirm).with(t, "fingerprint", mark)); sent.status != http.StatusSeeOther {
		t.Fatalf("confirm: %d %s", sent.status, sent.body)
	}
	street.get(witnessKeysURL).says(t, "afterwards", http.StatusOK, "使用中")
}

// TestAStreetWitnessesAMeeting goes from the key to the announced result, by the program's addresses and by hand.
func TestAStreetWitnessesAMeeting(t *testing.T) {
	w := newTown(t)
	o := w.office(31)
	o.registered()
	w.noticed(&w.own)
	id, public := w.own.meeting.ID, w.browser()
	public.get(noticeURL(id)).says(t, "the notice", http.StatusOK, o.witness().Fingerprint().Printed())
	if early := public.get("/api/v1/public/meetings/" + id + "/checkpoint"); early.status != http.StatusConflict {
		t.Errorf("before the start: %d %s", early.status, early.body)
	}
	w.wait(20 * aDay)
	logs := public.get("/api/v1/public/logs?witness=" + url.QueryEscape(o.witness().String()))
	logs.says(t, "the logs of the witness", http.StatusOK, id, "test.example/m/"+id)
	for name, c := range map[string]struct {
		answer page
		status int
		code   string
	}{
		"a stranger's key":    {public.cosign(id, w.office(32).sign(id)), http.StatusForbidden, "cosignature_foreign"},
		"garbage":             {public.cosign(id, strings.Repeat("— x\n", 100)), http.StatusUnprocessableEntity, "cosignature_invalid"},
		"too much":            {public.cosign(id, strings.Repeat("x", mostCosigned+1)), http.StatusRequestEntityTooLarge, "body_too_big"},
		"JSON":                {public.json(http.MethodPost, "/api/v1/public/meetings/"+id+"/cosignatures", `{}`), http.StatusBadRequest, "wrong_type"},
		"another site's page": {public.cosign(id, o.sign(id), "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"), http.StatusForbidden, "cross_site"},
		"a negative size":     {public.get("/api/v1/public/meetings/" + id + "/checkpoint?from=-1"), http.StatusUnprocessableEntity, "bad_value"},
		"a size to come":      {public.get("/api/v1/public/meetings/" + id + "/checkpoint?from=99"), http.StatusConflict, "witness_ahead"},
		"no key":              {public.get("/api/v1/public/logs"), http.StatusUnprocessableEntity, "witness_key_invalid"},
	} {
		if code := c.answer.code(t); c.answer.status != c.status || code != c.code {
			t.Errorf("%s: %d %s", name, c.answer.status, c.answer.body)
		}
	}
	public.cosign(id, o.sign(id)).says(t, "the street's", http.StatusOK, `"size":1`, officeName)
	for _, sheet := range w.own.sheets[:4] {
		w.cast(sheet, voting.Yes)
	}
	w.wait(10*aDay + models.CloseGrace)
	w.must(w.store.Count(w.ctx(), w.own.convener, w.own.ID, id))
	o.announce(id)
}

// announce has the result wait for the street, which signs by hand, and looks at what everybody sees then.
func (o office) announce(id string) {
	w, t := o.w, o.w.t
	t.Helper()
	convener, street, public := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet), w.browser()
	display, desk := staffMeetingURL(w.own.meeting)+"/display", staffMeetingURL(w.own.meeting)+"/witness"
	convener.post(display, nil).says(t, "the display before", http.StatusConflict, "街道还没有见证计票结果")
	waits := "“第一次会议”已计票，等街道见证"
	street.get("/staff").says(t, "the street's console", http.StatusOK, waits)
	convener.get("/staff").hides(t, "the convener's console", waits)
	convener.get(desk).hides(t, "the convener's page", "交回签名", "不再等街道见证")
	waiting := street.get(desk)
	waiting.says(t, "the street's page", http.StatusOK, "gongjue witness run --server https://vote.example", "不再等街道见证", "下载要签的内容")
	street.post(desk, waiting.form(t, desk).with(t, "note", "写错了")).says(t, "something else", http.StatusUnprocessableEntity, "原样、全部", "写错了")
	sent := street.post(desk, waiting.form(t, desk).with(t, "note", strings.ReplaceAll(o.sign(id), "\n", "\r\n")))
	if sent.status != http.StatusSeeOther {
		t.Fatalf("hand in: %d %s", sent.status, sent.body)
	}
	if shown := convener.post(display, nil); shown.status != http.StatusSeeOther {
		t.Fatalf("display: %d %s", shown.status, shown.body)
	}
	street.get("/staff").hides(t, "the street's console afterwards", waits)
	public.get(resultURL(id)).says(t, "the result", http.StatusOK, "街道已用自己的密钥见证到计票结果")
	log := public.get("/api/v1/public/meetings/" + id + "/log")
	log.says(t, "the log", http.StatusOK, `"result_seen":true`, `"opening":`, `"close":`, officeName)
	o.papers(id)
}

// papers reads the codes off the printed notice and result, and follows them.
func (o office) papers(id string) {
	w, t := o.w, o.w.t
	t.Helper()
	public := w.browser()
	for _, c := range []struct {
		pdf   string
		words []string
		codes int
	}{
		{noticePDFURL(id), []string{"开始投票时", o.witness().Fingerprint().Printed()}, 1},
		{staffMeetingURL(w.own.meeting) + "/poster.pdf", []string{"投票开始时的指纹", "请拍照留存"}, 1},
		{resultPDFURL(id), []string{"投票截止时", "计票结果", "街道已用自己的密钥见证到计票结果"}, 2},
	} {
		file := w.signIn(models.RoleConvener).get(c.pdf)
		if file.status != http.StatusOK {
			t.Fatalf("%s: %d %s", c.pdf, file.status, w.log)
		}
		pages, err := papertest.Read([]byte(file.body))
		w.must(err)
		text, codes := "", []string{}
		for _, page := range pages {
			text += page.Text()
			codes = append(codes, page.QRs()...)
		}
		for _, word := range c.words {
			if !strings.Contains(text, word) {
				t.Errorf("%s lacks %q", c.pdf, word)
			}
		}
		marks := 0
		for _, code := range codes {
			path, ours := strings.CutPrefix(code, "https://vote.example")
			_, mark, isMark := strings.Cut(path, "?p=")
			if !isMark {
				continue
			}
			marks++
			if !ours || len(code) > 120 || !strings.Contains(text, mark) {
				t.Errorf("%s: the code %q", c.pdf, code)
			}
			public.get(path).says(t, "where the code leads", http.StatusOK, "与本系统的记录一致", mark)
			public.get(path[:len(path)-4]+"0000").says(t, "another mark", http.StatusOK, "本系统没有这个签名")
		}
		if marks != c.codes {
			t.Errorf("%s has %d codes of heads: %v", c.pdf, marks, codes)
		}
	}
}

func TestAStreetWaivesOnItsPage(t *testing.T) {
	w := newTown(t)
	w.office(31).registered()
	w.noticed(&w.own)
	w.wait(20 * aDay)
	w.cast(w.own.sheets[0], voting.Yes)
	w.wait(10*aDay + models.CloseGrace)
	id := w.own.meeting.ID
	w.must(w.store.Count(w.ctx(), w.own.convener, w.own.ID, id))
	street, desk := w.signIn(models.RoleStreet), staffMeetingURL(w.own.meeting)+"/witness"
	shown := street.get(desk)
	street.post(desk+"/waive", shown.form(t, desk+"/waive").with(t, "reason", "请联系 19900000001")).says(t, "a number", http.StatusUnprocessableEntity, "不要在这里写姓名、电话")
	if sent := street.post(desk+"/waive", shown.form(t, desk+"/waive").with(t, "reason", "见证电脑损坏")); sent.status != http.StatusSeeOther {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	w.must(w.store.DisplayPreliminary(w.ctx(), w.own.convener, w.own.ID, id))
	for _, path := range []string{resultURL(id), logURL(id)} {
		w.browser().get(path).says(t, path, http.StatusOK, "街道没有见证计票结果", "见证电脑损坏")
	}
}

func TestAMeetingWithoutAWitnessGoesOn(t *testing.T) {
	w := lived(t)
	id := w.own.meeting.ID
	for _, path := range []string{resultURL(id), logURL(id)} {
		w.browser().get(path).says(t, path, http.StatusOK, "本次会议没有街道见证")
	}
	words := "请拨打骗子的电话"
	w.browser().get(logURL(id)+"?p="+url.QueryEscape(words)).hides(t, "a page with somebody's own words", words, "本系统没有这个签名")
	if answer := w.browser().cosign(id, w.office(31).sign(id)); answer.code(t) != "cosignature_foreign" {
		t.Errorf("%d %s", answer.status, answer.body)
	}
	heads := w.browser().get("/api/v1/public/meetings/" + id + "/checkpoint")
	if cached := heads.header.Get("Cache-Control"); !slices.Contains([]string{"public, max-age=" + offerAge}, cached) {
		t.Errorf("Cache-Control %q", cached)
	}
}
