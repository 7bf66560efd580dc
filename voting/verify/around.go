package verify

import (
	"crypto/sha256"
	"strconv"
	"strings"
)

// checkCopy: a copy that is not public is recorded by a leaf of its tier.
func checkCopy(b *book, m manifest, leaves []leaf) {
	if m.tier == tierPublic {
		if m.copied != 0 {
			b.fail(checkManifest, say("公开的核对文件不应写明是谁的", "a public bundle is nobody's copy"))
		}
		return
	}
	if m.copied < 1 || m.copied >= int64(len(leaves)) || leaves[m.copied].tier != m.tier {
		b.fail(checkManifest, say("这一份的下载没有记入投票记录", "the log does not record this copy"))
	}
}

// checkStanding: a certificate is a leaf after the result.
func checkStanding(b *book, m manifest, leaves []leaf, h history, text []byte) {
	r := open(text)
	if r.text("format") != "gongjue.meeting/v1" || r.text("meeting") != m.meeting {
		b.fail(checkCertificate, say("%s 不合格式", "%s is not in its form", fileStanding))
		return
	}
	checkSupervision(b, leaves, text)
	var recorded []int
	for i, l := range leaves {
		if l.kind == "certify" {
			recorded = append(recorded, i)
			if len(h.results) == 0 || i < h.results[0] {
				b.fail(checkCertificate, say("第 %d 条：备案证明记在结果以前", "leaf %d: a certificate before the result", i))
			}
		}
	}
	if raw := r.raw("certificate"); string(raw) != "null" {
		c := open(raw)
		sum := sha256.Sum256([]byte("gongjue.certificate/v1\n" + c.text("number") + "\n" + c.text("check_code") + "\n" + c.text("record_sha256") + "\n"))
		if c.close() != nil || len(recorded) == 0 || leaves[recorded[len(recorded)-1]].sum != sum {
			b.fail(checkCertificate, say("备案证明与记录里的不符", "the certificate is not the one in the log"))
		}
		b.pass(checkCertificate, say("第 %d 条", "leaf %d", last(recorded)))
		return
	}
	if len(recorded) > 0 {
		b.fail(checkCertificate, say("记录里有备案证明，这里没有", "the log has a certificate that is not here"))
	}
	b.set(checkCertificate, Unasked, say("还没有备案证明", "no certificate yet"))
}

// checkSupervision: what authorities did about the decisions is published entry by entry, as the log holds it.
func checkSupervision(b *book, leaves []leaf, standing []byte) {
	published, err := parse(standing)
	if err != nil {
		b.fail(checkCertificate, say("%s 不合格式", "%s is not in its form", fileStanding))
		return
	}
	entries, _ := at(published, "supervision").([]any)
	next := 0
	for i, l := range leaves {
		if l.kind != "supervise" {
			continue
		}
		if next >= len(entries) || sha256.Sum256(write(nil, entries[next])) != l.sum {
			b.fail(checkCertificate, say("第 %d 条：责令改正或者撤销的内容与公布的不符", "leaf %d: an order or a revocation is not as published", i))
			return
		}
		next++
	}
	if next != len(entries) {
		b.fail(checkCertificate, say("公布的责令改正或者撤销不在投票记录里", "a published order or revocation is not in the log"))
	}
}

func last(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1]
}

// compareVoids compares the published reasons of void answers with those of the book.
func compareVoids(b *book, c recount, standing []byte) {
	published, err := parse(standing)
	if err != nil {
		b.fail(checkVoids, say("%s 不合格式", "%s is not in its form", fileStanding))
		return
	}
	if place, wanted, found := differ("voids", c.voids, at(published, "voids")); place != "" {
		b.fail(checkVoids, say("%s 公布的是 %s，逐张票上是 %s", "%s was published as %s and is %s in the book", place, found, wanted))
	}
	b.pass(checkVoids, Text{})
}

// receipt looks for the ballot of a receipt file: four lines, after whatever people read.
//
//	gongjue.receipt/v1
//	meeting …
//	leaf …
//	hash …
func (r *run) receipt() {
	b := r.book
	if r.options.Receipt == nil {
		b.set(checkReceipt, Unasked, say("没有给出回执文件", "no receipt was given"))
		return
	}
	meeting, index, sum, ok := readReceipt(r.options.Receipt)
	switch {
	case !ok:
		b.fail(checkReceipt, say("回执文件不合格式", "the receipt is not in its form"))
	case meeting != r.manifest.meeting:
		b.fail(checkReceipt, say("回执是另一次会议的", "the receipt is of another meeting"))
	case index < 1 || index >= int64(len(r.leaves)) || !r.leaves[index].isBallot():
		b.fail(checkReceipt, say("记录里没有第 %d 条票", "there is no ballot at leaf %d", index))
	case r.leaves[index].hash != sum:
		b.fail(checkReceipt, say("第 %d 条不是回执上的那张票：被换过", "leaf %d is not the ballot of the receipt: it was exchanged", index))
	}
	if by, gone := r.history.superseded[index]; ok && gone {
		b.fail(checkReceipt, say("回执上的票被第 %d 条取代了", "the ballot of the receipt was replaced by leaf %d", by))
	}
	key := r.options.LogKey
	if key == "" {
		key = r.leaves[0].opening.logKey
	}
	checkReceiptProof(b, r.options.Receipt, key, r.leaves) // a receipt without a proof is looked up all the same
	b.pass(checkReceipt, say("第 %d 条", "leaf %d", index))
}

func readReceipt(text []byte) (meeting string, index int64, sum hash, ok bool) {
	found := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	for i, line := range found {
		if line != "gongjue.receipt/v1" || i+3 >= len(found) {
			continue
		}
		meeting, okMeeting := strings.CutPrefix(found[i+1], "meeting ")
		number, okLeaf := strings.CutPrefix(found[i+2], "leaf ")
		digits, okHash := strings.CutPrefix(found[i+3], "hash ")
		index, err := strconv.ParseInt(number, 10, 64)
		sum, okSum := parseHash([]byte(digits))
		return meeting, index, sum, okMeeting && okLeaf && okHash && okSum && err == nil
	}
	return "", 0, hash{}, false
}

// printed looks for a fingerprint from paper among everything that is printed somewhere.
func (r *run) printed(o opening) {
	b := r.book
	if r.options.Printed == "" {
		b.set(checkPrinted, Unasked, say("没有给出纸上的指纹", "no printed fingerprint was given"))
		return
	}
	printed := strings.ToLower(strings.NewReplacer("-", "", " ", "", "\u00a0", "").Replace(r.options.Printed))
	size, digits, sized := strings.Cut(printed, "/")
	if !sized {
		size, digits = "", printed
	}
	type candidate struct {
		sum  hash
		size string // of a checkpoint
		what Text
	}
	candidates := []candidate{{o.rosterRoot, "", Text{"名册指纹", "the root of the roster"}}, {o.agenda, "", Text{"会议通知的核验码", "the hash of the notice"}}}
	for _, i := range r.history.results {
		candidates = append(candidates, candidate{r.leaves[i].result.result, "", Text{"结果的核验码", "the hash of the result"}})
	}
	for _, c := range r.checkpoints {
		candidates = append(candidates, candidate{c.root, strconv.FormatInt(c.size, 10), say("投票记录前 %d 条的指纹", "the root of the first %d leaves", c.size)})
	}
	for _, candidate := range candidates {
		if len(digits) >= 16 && strings.HasPrefix(candidate.sum.String(), digits) && (!sized || size != "" && candidate.size == size) {
			b.pass(checkPrinted, candidate.what)
			return
		}
	}
	b.fail(checkPrinted, say("这里没有这个指纹", "no fingerprint here begins so"))
}
