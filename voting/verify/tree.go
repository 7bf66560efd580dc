package verify

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// checkpoint is a signed note over the first leaves of the log.
type checkpoint struct {
	origin string // of the log: domain, "/m/", meeting
	size   int64
	root   hash
	note   []byte
}

// readCheckpoints reads the notes in the order of their sizes. Each stands in a file named by its size and says
// the origin of the log, whose last part is the meeting.
func readCheckpoints(b *book, m manifest, files map[string][]byte) []checkpoint {
	var list []checkpoint
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasPrefix(name, checkpointFolder) {
			continue
		}
		c, ok := parseCheckpoint(files[name])
		if !ok || name != fmt.Sprintf("%s%d.txt", checkpointFolder, c.size) || !strings.HasSuffix(c.origin, "/m/"+m.meeting) {
			b.fail(checkTree, say("%s 不是这次会议的签名指纹", "%s is no checkpoint of this meeting", name))
			continue
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y checkpoint) int { return cmp.Compare(x.size, y.size) })
	if len(list) == 0 {
		b.fail(checkTree, say("没有签名的指纹", "there is no checkpoint"))
	}
	return list
}

// parseCheckpoint reads the three lines of a note: origin, size, root; signatures follow after an empty line.
func parseCheckpoint(text []byte) (c checkpoint, ok bool) {
	body, _, found := strings.Cut(string(text), "\n\n")
	parts := strings.Split(body, "\n")
	if !found || len(parts) != 3 {
		return c, false
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	root, err64 := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || err64 != nil || size < 1 || strconv.FormatInt(size, 10) != parts[1] || len(root) != len(hash{}) {
		return c, false
	}
	return checkpoint{origin: parts[0], size: size, root: hash(root), note: text}, true
}

// checkTree builds the tree once from left to right and compares its root at the size of every checkpoint: since
// all of them are roots of beginnings of one and the same log, nothing was changed between them. The newest one
// covers exactly the leaves that are here.
func checkRoots(b *book, leaves []leaf, checkpoints []checkpoint) {
	var peaks []hash
	next := 0
	for i, l := range leaves {
		peaks = append(peaks, l.hash)
		for n := i + 1; n%2 == 0; n /= 2 {
			last := len(peaks) - 1
			peaks = append(peaks[:last-1], join(peaks[last-1], peaks[last]))
		}
		for next < len(checkpoints) && checkpoints[next].size == int64(i+1) {
			if c := checkpoints[next]; fold(peaks) != c.root {
				b.fail(checkTree, say("前 %d 条的指纹与签名的不符：记录被改过", "the root of the first %d leaves is not the signed one: the log was altered", c.size))
			}
			next++
		}
	}
	if next < len(checkpoints) {
		b.fail(checkTree, say("签名的记录有 %d 条，这里只有 %d 条", "%d leaves were signed and %d are here", checkpoints[len(checkpoints)-1].size, len(leaves)))
	} else if next > 0 && checkpoints[next-1].size < int64(len(leaves)) {
		b.fail(checkTree, say("最后的签名之后还有记录", "there are leaves after the newest checkpoint"))
	}
	b.pass(checkTree, say("%d 次签名", "%d checkpoints", len(checkpoints)))
}

// join is the node of RFC 6962 above two others: a byte 1 before both.
func join(left, right hash) hash {
	both := [1 + 2*sha256.Size]byte{1}
	copy(both[1+copy(both[1:], left[:]):], right[:])
	return sha256.Sum256(both[:])
}

// fold joins the roots of the complete subtrees, the largest first, into the root of all.
func fold(peaks []hash) hash {
	if len(peaks) == 0 {
		return sha256.Sum256(nil)
	}
	root := peaks[len(peaks)-1]
	for i := len(peaks) - 2; i >= 0; i-- {
		root = join(peaks[i], root)
	}
	return root
}

// rootOf is the root over leaf hashes.
func rootOf(leaves []hash) hash {
	var peaks []hash
	for i, leaf := range leaves {
		peaks = append(peaks, leaf)
		for n := i + 1; n%2 == 0; n /= 2 {
			last := len(peaks) - 1
			peaks = append(peaks[:last-1], join(peaks[last-1], peaks[last]))
		}
	}
	return fold(peaks)
}

// checkSignatures opens every note with the log's key: the one that is known from elsewhere, or else the one that
// the open leaf names, which shows no more than that the log agrees with itself.
func checkSigned(b *book, known string, checkpoints []checkpoint, o opening) {
	key := known
	if key == "" {
		key = o.logKey
	}
	if key != o.logKey {
		b.fail(checkSignatures, say("记录里写的签名公钥不是您给的那一个", "the open leaf names another key than the one given"))
	}
	for _, c := range checkpoints {
		if name, _, _ := strings.Cut(key, "+"); name != c.origin || !signedBy(c, key) || !oneSpelling(c.note) {
			b.fail(checkSignatures, say("第 %d 条处的指纹没有有效的签名", "the checkpoint of size %d has no valid signature", c.size))
		}
	}
	detail := say("公钥取自投票记录本身；请与公布的公钥比较：%s", "the key is taken from the log itself; compare it with the published one: %s", key)
	if known != "" {
		detail = say("公钥是您给的", "the key is the one given")
	}
	b.pass(checkSignatures, detail)
}

// signedBy tells whether a note has a valid signature of a key.
func signedBy(c checkpoint, key string) bool {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return false
	}
	opened, err := note.Open(c.note, note.VerifierList(verifier))
	return err == nil && len(opened.Sigs) > 0
}

// oneSpelling refuses a note with a signature whose last character in base64 has bits that mean nothing: who opens a note
// does not look at them, and nothing in a published record may be altered without that being found.
func oneSpelling(text []byte) bool {
	_, signatures, _ := strings.Cut(string(text), "\n\n")
	for line := range strings.Lines(signatures) {
		signed := strings.TrimSuffix(line[strings.LastIndexByte(line, ' ')+1:], "\n")
		if _, err := base64.StdEncoding.Strict().DecodeString(signed); err != nil {
			return false
		}
	}
	return true
}
