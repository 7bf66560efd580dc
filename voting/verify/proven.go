package verify

import (
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// provenLeaf is a leaf with the hashes that tie it to a root.
type provenLeaf struct {
	leaf
	index int64
	proof []hash
}

// proven reads a leaf of a meeting and its proof; the leaf says itself where it stands.
func (r *record) proven(meeting string) provenLeaf {
	line := r.raw("leaf")
	found := provenLeaf{proof: r.hashes("proof")}
	inner := open(line)
	for _, m := range inner.members {
		if string(m.key) == "i" {
			found.index = inner.whole("i", m.raw)
		}
	}
	found.leaf = inner.leaf(meeting, found.index)
	found.hash = leafHash(line)
	r.take("leaf", inner)
	return found
}

// under tells whether the leaf is among the first size leaves of a tree with this root.
func (p provenLeaf) under(size int64, root hash) bool {
	return included(p.proof, size, root, p.index, p.hash)
}

func included(proof []hash, size int64, root hash, index int64, leaf hash) bool {
	if index < 0 || index >= size {
		return false
	}
	path := make(tlog.RecordProof, len(proof))
	for i, h := range proof {
		path[i] = tlog.Hash(h)
	}
	return tlog.CheckRecord(path, size, tlog.Hash(root), index, tlog.Hash(leaf)) == nil
}

func (r *record) hashes(key string) []hash {
	var list []hash
	for _, text := range r.texts(key) {
		h, ok := parseHash([]byte(text))
		if !ok {
			r.fail(key)
		}
		list = append(list, h)
	}
	return list
}

// signedNote opens a note with a verifier key; ok is false where that key did not sign it.
func signedNote(text []byte, key string) (body string, ok bool) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return "", false
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil || len(opened.Sigs) == 0 || !oneSpelling(text[len(opened.Text)-1:]) {
		return "", false
	}
	return opened.Text, true
}

// ofMeeting tells whether a verifier key is of the log of a meeting.
func ofMeeting(key, meeting string) bool {
	name, _, _ := strings.Cut(key, "+")
	return strings.HasSuffix(name, "/m/"+meeting)
}

// rootAt is the root of the first leaves; false where there are fewer.
func rootAt(leaves []leaf, size int64) (hash, bool) {
	if size < 1 || size > int64(len(leaves)) {
		return hash{}, false
	}
	hashes := make([]hash, size)
	for i := range hashes {
		hashes[i] = leaves[i].hash
	}
	return rootOf(hashes), true
}

// receiptProof is what a receipt file holds below its four lines: the leaf itself, its proof and a checkpoint.
type receiptProof struct {
	line       []byte
	proof      []hash
	key        string // of the log, as the receipt has it
	checkpoint checkpoint
}

// readReceiptProof reads it; there is false where the receipt has none, ok where what it has is in its form.
func readReceiptProof(text []byte) (p receiptProof, there, ok bool) {
	all := strings.ReplaceAll(string(text), "\r\n", "\n")
	_, rest, _ := strings.Cut("\n"+all, "\ngongjue.receipt/v1\n")
	parts := strings.SplitN(rest, "\n", 8)
	if len(parts) < 4 || !strings.HasPrefix(parts[3], "body ") {
		return p, false, true
	}
	if len(parts) < 8 || parts[6] != "" {
		return p, true, false
	}
	p.line = []byte(strings.TrimPrefix(parts[3], "body "))
	digits, found := strings.CutPrefix(parts[4], "proof")
	for _, one := range strings.Fields(digits) {
		h, good := parseHash([]byte(one))
		p.proof, found = append(p.proof, h), found && good
	}
	key, named := strings.CutPrefix(parts[5], "key ")
	p.key = key
	p.checkpoint, ok = parseCheckpoint([]byte(parts[7]))
	return p, true, ok && found && named
}

// checkReceiptProof: what the receipt itself proves, and that the log of the bundle is the one that it was given from.
// An empty key is that of the receipt itself; leaves is nil where there is no bundle.
func checkReceiptProof(b *book, text []byte, key string, leaves []leaf) (proven receiptProof, there bool) {
	meeting, index, sum, ok := readReceipt(text)
	p, there, formed := readReceiptProof(text)
	if !there || !ok {
		return p, false
	}
	if key == "" {
		key = p.key
	}
	c := p.checkpoint
	switch name, _, _ := strings.Cut(key, "+"); {
	case !formed:
		b.fail(checkReceipt, say("回执文件里的证明不合格式", "the proof of the receipt is not in its form"))
		return p, true
	case leafHash(p.line) != sum || !included(p.proof, c.size, c.root, index, sum):
		b.fail(checkReceipt, say("回执上的证明不成立：这张票不在签名的记录里", "the proof of the receipt does not hold: its ballot is not in the signed log"))
	case p.key != key || name != c.origin || !ofMeeting(key, meeting) || !signedBy(c, key) || !oneSpelling(c.note):
		b.fail(checkReceipt, say("回执上的指纹没有系统的有效签名", "the checkpoint of the receipt has no valid signature of the log"))
	}
	if root, within := rootAt(leaves, c.size); within && root != c.root {
		b.fail(checkReceipt, say("回执上签名的前 %d 条与这里的不同：给过两套记录", "the first %d leaves that were signed on the receipt are not those here: there were two logs", c.size))
	}
	return p, true
}
