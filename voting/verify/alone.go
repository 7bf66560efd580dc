package verify

import (
	"fmt"
)

// Alone carries out what a receipt file, the record of a home and the file of a certificate show without a bundle: that the
// log, as it was signed then, holds what they say. It fails with ErrUnreadable when none is given.
func Alone(options Options) (Report, error) {
	if options.Receipt == nil && options.Record == nil && options.Certificate == nil {
		return Report{}, fmt.Errorf("%w: neither receipt nor record nor certificate", ErrUnreadable)
	}
	b, report := newBook(), Report{}
	if options.Receipt != nil {
		report.Meeting = receiptAlone(b, options)
	}
	if options.Record != nil {
		report.Meeting, report.Leaves = recordAlone(b, options)
	}
	if options.Certificate != nil {
		report.Meeting = certificateAlone(b, options)
	}
	for _, finding := range b.findings() {
		if finding.Number == checkReceipt && options.Receipt != nil || finding.Number == checkRecord && options.Record != nil || finding.Number >= checkCertified && options.Certificate != nil {
			report.Findings = append(report.Findings, finding)
		}
	}
	return report, nil
}

// ownKey reminds of what a key shows that came with the file itself.
func ownKey(options Options, root hash) Text {
	if options.LogKey != "" {
		return say("签名的指纹：%s", "the signed root: %s", root)
	}
	return say("签名的指纹：%s；公钥取自这个文件，请与公布的公钥和指纹比较", "the signed root: %s; the key is the file's own, compare key and root with what was published", root)
}

func receiptAlone(b *book, options Options) string {
	meeting, index, _, ok := readReceipt(options.Receipt)
	if !ok {
		b.fail(checkReceipt, say("回执文件不合格式", "the receipt is not in its form"))
		return ""
	}
	p, there := checkReceiptProof(b, options.Receipt, options.LogKey, nil)
	if !there {
		b.set(checkReceipt, Absent, say("这张回执里没有证明，要和核对文件一起核对", "this receipt holds no proof; check it with a bundle"))
		return meeting
	}
	inner := open(p.line)
	if l := inner.leaf(meeting, index); inner.close() != nil || !l.isBallot() {
		b.fail(checkReceipt, say("第 %d 条不是一张票", "leaf %d is no ballot", index))
	}
	detail := ownKey(options, p.checkpoint.root)
	b.pass(checkReceipt, say("第 %[1]d 条在签名的前 %[2]d 条里；%[3]s", "leaf %[1]d is among the first %[2]d, which were signed; %[4]s", index, p.checkpoint.size, detail.ZH, detail.EN))
	return meeting
}

func recordAlone(b *book, options Options) (meeting string, leaves int64) {
	o, err := readOwnRecord(options.Record)
	if err != nil {
		b.fail(checkRecord, say("本户记录不合格式：%s", "the record is not in its form: %s", err))
		return "", 0
	}
	if o.itself(b, options.LogKey) {
		if options.Receipt != nil && b.holds(checkReceipt) {
			o.compareReceipt(b, options.Receipt)
		}
		o.conclude(b, o.result != nil, false)
	}
	return o.meeting, o.size
}
