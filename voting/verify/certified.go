package verify

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
)

// certificate is the file of a certificate as it is read here.
type certificate struct {
	note       []byte // with its signatures
	number     string
	code       string
	meeting    string
	record     string
	size       int64
	root       hash
	logKey     string
	streetKeys []string
}

// certifiedLines name the lines for programs, in their order; street_key follows, as often as there are keys.
var certifiedLines = []string{"number", "check_code", "meeting", "record", "issued", "checkpoint", "log_key"}

// readCertificate reads a certificate file; what stands above the line of the number is for people, and begins with
// number and check code in words.
func readCertificate(text []byte) (c certificate, ok bool) {
	whole := strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")) + "\n"
	c.note = []byte(whole)
	head, _, found := strings.Cut(whole, "\n\n")
	lines := strings.Split(head, "\n")
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "number ") })
	if !found || at < 4 || lines[0] != "gongjue.certified/v1" || len(lines) < at+len(certifiedLines) {
		return c, false
	}
	values := make([]string, len(certifiedLines))
	for i, name := range certifiedLines {
		value, named := strings.CutPrefix(lines[at+i], name+" ")
		if !named || value == "" {
			return c, false
		}
		values[i] = value
	}
	for _, line := range lines[at+len(certifiedLines):] {
		key, named := strings.CutPrefix(line, "street_key ")
		if !named {
			return c, false
		}
		c.streetKeys = append(c.streetKeys, key)
	}
	c.number, c.code, c.meeting, c.record, c.logKey = values[0], values[1], values[2], values[3], values[6]
	size, root, _ := strings.Cut(values[5], " ")
	n, err := strconv.ParseInt(size, 10, 64)
	h, good := parseHash([]byte(root))
	c.size, c.root = n, h
	return c, err == nil && good && n > 0 && lines[2] == "备案号："+c.number && lines[3] == "查验码："+c.code
}

// openCertificate looks at a certificate file by itself; false where nothing more can be asked of it.
func openCertificate(b *book, options Options) (c certificate, ok bool) {
	b.set(checkValidity, Absent, say("不联网查不到以后有没有变更、撤回或者注销；请在公布的网址输入查验码查询", "no file can tell whether it was changed, withdrawn or cancelled later; ask by the check code online"))
	c, formed := readCertificate(options.Certificate)
	if !formed {
		b.fail(checkCertified, say("备案证明文件不合格式", "the certificate is not in its form"))
		b.block(checkCertified, checkStreet)
		return c, false
	}
	key := c.logKey
	if options.LogKey != "" {
		key = options.LogKey
	}
	if _, signed := signedNote(c.note, key); !signed || key != c.logKey || !ofMeeting(key, c.meeting) {
		b.fail(checkCertified, say("备案证明没有系统的有效签名，内容可能被改过", "the certificate has no valid signature of its log: it may have been altered"))
		b.block(checkCertified, checkStreet)
		return c, false
	}
	return c, true
}

// certificateAlone checks a certificate without a bundle.
func certificateAlone(b *book, options Options) string {
	c, ok := openCertificate(b, options)
	if !ok {
		return c.meeting
	}
	detail := say("备案号 %s，查验码 %s；%s", "number %s, check code %s; %s", c.number, c.code, "")
	own := ownKey(options, c.root)
	b.pass(checkCertified, Text{detail.ZH + own.ZH, detail.EN + own.EN})
	checkStreetOf(b, options, c, nil)
	return c.meeting
}

// certificateOf checks a certificate against the log of its bundle: the log recorded exactly this certificate.
func (r *run) certificateOf(o opening) {
	b := r.book
	if r.options.Certificate == nil {
		r.noCertificate()
		return
	}
	c, ok := openCertificate(b, r.options)
	if !ok {
		return
	}
	root, there := rootAt(r.leaves, c.size)
	sum := hash(sha256.Sum256([]byte("gongjue.certificate/v1\n" + c.number + "\n" + c.code + "\n" + c.record + "\n")))
	recorded := there && slices.ContainsFunc(r.leaves[:c.size], func(l leaf) bool { return l.kind == "certify" && l.sum == sum })
	switch {
	case c.meeting != r.manifest.meeting || c.logKey != o.logKey:
		b.fail(checkCertified, say("这是另一次会议的备案证明", "the certificate is of another meeting"))
	case !there || root != c.root:
		b.fail(checkCertified, say("备案证明写的记录指纹，不是这份记录的", "the checkpoint of the certificate is not one of this log"))
	case !recorded:
		b.fail(checkCertified, say("投票记录里没有这份备案证明", "the log did not record this certificate"))
	}
	b.pass(checkCertified, say("备案号 %s，已记在投票记录里", "number %s, recorded in the log", c.number))
	checkStreetOf(b, r.options, c, o.streetKeys)
}

func (r *run) noCertificate() {
	for _, check := range []int{checkCertified, checkStreet, checkValidity} {
		r.book.set(check, Unasked, say("没有给出备案证明文件", "no certificate file was given"))
	}
}

// checkStreetOf looks for the street's own signature. named are the keys that the notice named, where there is a bundle.
func checkStreetOf(b *book, options Options, c certificate, named []string) {
	keys := c.streetKeys
	if options.StreetKey != "" {
		keys = []string{options.StreetKey}
	}
	signed := 0
	for _, key := range keys {
		w, ok := readWitness(key)
		if !ok {
			b.fail(checkStreet, say("这不是街道的公钥：%s", "this is no key of a street: %s", key))
			return
		}
		at, ok := w.seen(checkpoint{note: c.note})
		if !ok {
			b.fail(checkStreet, say("%s 的签名是假的，或者内容被改过", "the signature of %s does not hold", w.name))
			return
		}
		if at == 0 {
			continue
		}
		signed++
		detail := say("%s 于 %s 签名，公钥指纹 %s", "%s signed at %s; fingerprint of its key %s", w.name, moment(at), w.fingerprint())
		if options.StreetKey == "" && !slices.Contains(named, key) {
			own := say("；公钥取自这个文件，请与会议通知上的指纹比较", "; the key is the file's own, compare it with the one on the notice")
			detail = Text{detail.ZH + own.ZH, detail.EN + own.EN}
		}
		b.pass(checkStreet, detail)
	}
	switch {
	case signed > 0:
	case options.StreetKey != "":
		b.fail(checkStreet, say("没有这把公钥的签名", "this key did not sign it"))
	case len(keys) == 0:
		b.set(checkStreet, Absent, say("出具时街道没有登记公钥，这份文件只有系统的签名", "the street had no key when it was issued; only the log signed it"))
	default:
		b.set(checkStreet, Absent, say("街道还没有签名，这份文件只有系统的签名", "the street has not signed it; only the log did"))
	}
}

// fingerprint is the beginning of SHA-256 over the key, as papers print it.
func (w witness) fingerprint() string {
	digits := hash(sha256.Sum256([]byte(w.text))).String()
	return digits[:4] + "-" + digits[4:8] + "-" + digits[8:12] + "-" + digits[12:16]
}
