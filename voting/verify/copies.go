package verify

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// copyOf is another record of the same log: a bundle, or a single note that a witness kept.
type copyOf struct {
	checkpoints []checkpoint
	hashes      []hash // of its leaves; none of a note
}

// readCopy takes a bundle or the text of a note; of a note also what a log offers to its witnesses, which ends in one.
func readCopy(data []byte) (copyOf, bool) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		text := data
		if bytes.HasPrefix(text, []byte("old ")) {
			_, text, _ = bytes.Cut(text, []byte("\n\n"))
		}
		c, ok := parseCheckpoint(text)
		return copyOf{checkpoints: []checkpoint{c}}, ok
	}
	files, err := unzip(data)
	if err != nil {
		return copyOf{}, false
	}
	var other copyOf
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, checkpointFolder) {
			if c, ok := parseCheckpoint(files[name]); ok {
				other.checkpoints = append(other.checkpoints, c)
			}
		}
	}
	for line := range bytes.Lines(files[fileLeaves]) {
		other.hashes = append(other.hashes, leafHash(bytes.TrimSuffix(line, []byte("\n"))))
	}
	return other, len(other.checkpoints) > 0
}

// checkCopies compares this record with other copies of the same log. Two roots of one size that the log's key signed
// convict whoever holds it: they are printed as they are.
func checkCopies(b *book, others [][]byte, mine []leaf, checkpoints []checkpoint, key string) {
	if len(others) == 0 {
		b.set(checkSameLog, Unasked, say("没有给出另一份记录", "no other copy was given"))
		return
	}
	hashes := make([]hash, len(mine))
	for i, l := range mine {
		hashes[i] = l.hash
	}
	compared := 0
	for _, data := range others {
		other, ok := readCopy(data)
		if !ok {
			b.fail(checkSameLog, say("另一份既不是核对文件，也不是签名的指纹", "the other copy is neither a bundle nor a checkpoint"))
			continue
		}
		signed := other.signedBy(key)
		if len(signed) == 0 {
			b.fail(checkSameLog, say("另一份不是这个记录的签名公钥签的", "the other copy is not signed by the key of this log"))
			continue
		}
		compared += against(b, signed, hashes, checkpoints, key)
		compared += against(b, checkpoints, other.hashes, signed, key)
	}
	if compared == 0 {
		b.set(checkSameLog, Absent, say("另一份比这里新，没有可以比较的地方：请用较新的核对文件", "the other copy is newer and nothing of it can be compared: take the newer bundle"))
		return
	}
	b.pass(checkSameLog, say("比较了 %d 处", "%d places compared", compared))
}

func (c copyOf) signedBy(key string) []checkpoint {
	var list []checkpoint
	for _, one := range c.checkpoints {
		if name, _, _ := strings.Cut(key, "+"); one.origin == name && signedBy(one, key) {
			list = append(list, one)
		}
	}
	return list
}

// against compares signed roots with the leaves of another copy, and gives how many there were to compare.
func against(b *book, signed []checkpoint, leaves []hash, beside []checkpoint, key string) (compared int) {
	for _, c := range signed {
		if c.size > int64(len(leaves)) {
			continue
		}
		compared++
		root := rootOf(leaves[:c.size])
		if root == c.root {
			continue
		}
		both := string(c.note)
		if i := slices.IndexFunc(beside, func(o checkpoint) bool { return o.size == c.size }); i >= 0 {
			both += "\n" + string(beside[i].note)
		}
		b.fail(checkSameLog, say("两份记录互相矛盾：前 %d 条的指纹，一份签的是 %s，另一份是 %s。同一把公钥（%s）给不同的人看了不同的记录，请把两份都保存好：\n%s",
			"the copies contradict each other: the root of the first %d leaves was signed as %s and is %s elsewhere. One key (%s) showed different logs to different people; keep both:\n%s",
			c.size, c.root, root, key, indent(both)))
	}
	return compared
}

func indent(text string) string {
	return fmt.Sprintf("      | %s", strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n      | "))
}
