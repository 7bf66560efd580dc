package verify

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// witness is somebody who cosigns checkpoints, by a verifier key of C2SP cosignature/v1.
type witness struct {
	text string // of the key
	name string
	id   [4]byte
	key  ed25519.PublicKey
}

// readWitness reads "name+hash+key": the key is the byte 4 and 32 bytes of Ed25519, the hash the beginning of SHA-256
// over name, line feed and key.
func readWitness(text string) (witness, bool) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 || parts[0] == "" || strings.ContainsAny(parts[0], " \n") {
		return witness{}, false
	}
	key, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return witness{}, false
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	w := witness{text: text, name: parts[0], id: [4]byte(sum[:4]), key: key[1:]}
	return w, parts[1] == fmt.Sprintf("%x", w.id)
}

// seen is when the witness signed the checkpoint, in Unix seconds; 0 if it did not. ok is false where a line in its name
// is no signature of it.
func (w witness) seen(c checkpoint) (at uint64, ok bool) {
	text, lines, _ := strings.Cut(string(c.note), "\n\n")
	for line := range strings.Lines(lines) {
		rest, named := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "— "+w.name+" ")
		signed, err := base64.StdEncoding.Strict().DecodeString(rest)
		if !named || err != nil || len(signed) < 4 || [4]byte(signed[:4]) != w.id {
			continue
		}
		if len(signed) != 4+8+64 {
			return 0, false
		}
		at = binary.BigEndian.Uint64(signed[4:12])
		said := "cosignature/v1\ntime " + strconv.FormatUint(at, 10) + "\n" + text + "\n"
		return at, ed25519.Verify(w.key, []byte(said), signed[12:])
	}
	return 0, true
}

// sight is what one witness saw of a log.
type sight struct {
	first, last uint64 // Unix seconds; 0 for nothing
	size        int64  // of the largest checkpoint
}

// checkWitnesses looks for the signatures of witnesses under every checkpoint. One counts where it covers what was
// announced: the last result leaf, or before there is one the whole log. told is what else is to be said of witnesses.
func checkWitnesses(b *book, options Options, checkpoints []checkpoint, o opening, results []int, told []Text) {
	keys, quorum := options.WitnessKeys, options.Quorum
	if len(keys) == 0 {
		keys = o.streetKeys
	} else if quorum == 0 {
		quorum = 1
	}
	var covered int64
	if len(checkpoints) > 0 {
		covered = checkpoints[len(checkpoints)-1].size
	}
	if len(results) > 0 {
		covered = int64(results[len(results)-1]) + 1
	}
	enough := 0
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		w, ok := readWitness(key)
		if !ok && len(options.WitnessKeys) > 0 {
			b.fail(checkWitness, say("这不是见证公钥：%s", "this is no key of a witness: %s", key))
		}
		if !ok {
			continue // of a kind that this program does not know: the log may name others
		}
		found := sightOf(b, w, checkpoints)
		if found.size > 0 {
			told = append(told, found.say(w, covered))
		}
		if found.size >= covered && found.size > 0 {
			enough++
		}
	}
	if quorum == 0 && enough == 0 {
		b.set(checkWitness, Unasked, withSights(say("没有要求见证人签名", "no witness was asked for"), told))
		return
	}
	if enough < quorum {
		b.fail(checkWitness, withSights(say("要求 %d 个见证人签名，只有 %d 个", "%d witnesses asked for, %d signed", quorum, enough), told))
	}
	b.pass(checkWitness, withSights(say("%d 个见证人签名", "%d witnesses signed", enough), told))
}

func sightOf(b *book, w witness, checkpoints []checkpoint) (found sight) {
	for _, c := range checkpoints {
		at, ok := w.seen(c)
		if !ok {
			b.fail(checkWitness, say("第 %d 条处 %s 的见证签名是假的或者坏的", "the signature of witness %[2]s at size %[1]d does not hold", c.size, w.name))
			continue
		}
		if at == 0 {
			continue
		}
		if found.first == 0 || at < found.first {
			found.first = at
		}
		found.last, found.size = max(found.last, at), max(found.size, c.size)
	}
	return found
}

// say tells how far a witness followed the log, and by its own clock when.
func (s sight) say(w witness, covered int64) Text {
	t := say("%s 见证到第 %d 条（%s 至 %s）", "%s followed up to leaf %d (%s to %s)", w.name, s.size, moment(s.first), moment(s.last))
	if s.size < covered {
		short := say("，要到第 %d 条才够", ", %d would be enough", covered)
		t = Text{t.ZH + short.ZH, t.EN + short.EN}
	}
	return t
}

func withSights(t Text, told []Text) Text {
	for _, one := range told {
		t = Text{t.ZH + "；" + one.ZH, t.EN + "; " + one.EN}
	}
	return t
}

// moment prints Unix seconds in 北京时间.
func moment(seconds uint64) string {
	return time.Unix(int64(min(seconds, 253_402_300_799)), 0).In(time.FixedZone("", 8*60*60)).Format("2006-01-02 15:04:05 -0700")
}
