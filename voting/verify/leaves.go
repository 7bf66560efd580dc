package verify

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// leafPrefix is the first line of every leaf; the file leaves it out.
const leafPrefix = "gongjue.leaf/v1\n"

// leaf is one entry of the log with what its type carries.
type leaf struct {
	kind string
	at   int64 // Unix ms
	by   string
	hash hash // RFC 6962

	// ballot and paper
	slot, choices, evidence hash
	channel                 string
	revision                int64
	supersedes              int64
	serial                  hash
	first, second           string // also of an import, an amendment and an opening by cards

	opening  *opening
	taken    *importLeaf
	amended  *amendLeaf
	closing  *closing
	result   *resultLeaf
	lot      *lotLeaf
	unsealed *unsealLeaf
	waived   *waiveLeaf
	sum      hash   // certify: of the certificate; supervise, objection and sample: of the published entry
	act      string // objection and sample
	tier     string // access
}

func (l leaf) isBallot() bool { return l.kind == "ballot" || l.kind == "paper" }

// opening is leaf 0: all that may not change once voting begins.
type opening struct {
	rosterRoot, rules, agenda hash
	units, heads, area        int64
	opens, closes             int64
	logKey                    string
	streetKeys                []string
}

type closing struct {
	leaves, ballots int64
	byChannel       map[string]int64
}

type resultLeaf struct{ fullBook, publicBook, result hash }

// channels are the ways by which a ballot comes in.
var channels = []string{"online", "paper", "onsite", "proxy", "imported"}

// lines cuts a file of lines; ok is false where the last line does not end.
func lines(text []byte) (list [][]byte, ok bool) {
	list = make([][]byte, 0, bytes.Count(text, []byte("\n")))
	for len(text) > 0 {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			return list, false
		}
		list, text = append(list, text[:end]), text[end+1:]
	}
	return list, true
}

// workers is into how many parts a long file is cut, to be read at once.
const workers = 4

// inParallel runs do for every index below n, in ranges.
func inParallel(n int, do func(from, to int)) {
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { do(w*n/workers, (w+1)*n/workers) })
	}
	wait.Wait()
}

// readLeaves reads the log, every leaf in exactly the form of its type.
func readLeaves(b *book, meeting string, text []byte) []leaf {
	all, ended := lines(text)
	leaves := make([]leaf, len(all))
	inParallel(len(all), func(from, to int) {
		var r record
		for i := from; i < to; i++ {
			r.reset(all[i])
			leaves[i] = r.leaf(meeting, int64(i))
			leaves[i].hash = leafHash(all[i])
			if r.close() != nil {
				leaves[i].kind = ""
			}
		}
	})
	for i, l := range leaves {
		switch {
		case l.kind == "":
			b.fail(checkLeaves, say("第 %d 条不合格式", "leaf %d is not in its form", i))
		case (l.kind == "open") != (i == 0):
			b.fail(checkLeaves, say("第 %d 条：开始记录只能是第 0 条", "leaf %d: the open leaf is leaf 0 and no other", i))
		case i > 0 && l.at < leaves[i-1].at:
			b.fail(checkLeaves, say("第 %d 条的时间早于前一条", "leaf %d is earlier than the leaf before it", i))
		}
	}
	if !ended || len(leaves) == 0 {
		b.fail(checkLeaves, say("投票记录不完整", "the log is cut off"))
	}
	b.pass(checkLeaves, say("共 %d 条", "%d leaves", len(leaves)))
	return leaves
}

// leafHash is that of RFC 6962: a zero byte before the leaf.
func leafHash(line []byte) hash {
	var room [1024]byte // on the stack: what is longer is moved
	text := append(append(room[:0], 0), leafPrefix...)
	return sha256.Sum256(append(append(text, line...), '\n'))
}

// leaf reads the members that the type of a leaf has.
func (r *record) leaf(meeting string, index int64) leaf {
	l := leaf{kind: r.kind(), at: r.instant("at"), by: r.identifier("by")}
	if r.number("v") != 1 {
		r.fail("v")
	}
	if !r.says("m", meeting) {
		r.fail("m")
	}
	if r.number("i") != index {
		r.fail("i")
	}
	switch l.kind {
	case "open":
		l.opening = r.opening()
	case "ballot":
		l.channel = r.word("channel", "online", "onsite", "proxy", "imported")
		r.ballot(&l)
	case "paper":
		l.channel = "paper"
		r.ballot(&l)
		l.serial, l.first, l.second = r.hash("serial"), r.identifier("first"), r.identifier("second")
		r.hash("scan")
	case "close":
		l.closing = r.closing()
	case "result":
		l.result = &resultLeaf{fullBook: r.hash("full_book"), publicBook: r.hash("public_book"), result: r.hash("result")}
	case "import":
		l.taken = r.taken()
		l.first, l.second = r.identifier("first"), r.identifier("second")
	case "amend":
		l.amended = r.amended()
		l.first, l.second = r.identifier("first"), r.identifier("second")
	case "lot":
		l.lot = r.lot()
	case unsealAct:
		l.unsealed = r.unsealed()
		l.first, l.second = r.identifier("first"), r.identifier("second")
	case waiveAct:
		l.waived = &waiveLeaf{result: r.hash("result"), waiver: r.hash("waiver")}
	case "supervise":
		r.word("act", "correction_ordered", "correction_reported", "rectified", "revoked", "court_revoked")
		l.sum = r.hash("document")
	case objectionAct:
		l.act, l.sum = r.word("act", "recorded", "withdrawn", "upheld", "dismissed"), r.hash("document")
	case sampleAct:
		l.act, l.sum = r.word("act", "announced", "drawn", "ended", "withdrawn"), r.hash("document")
	case "certify":
		l.sum = r.hash("certificate")
	case "access":
		l.tier = r.word("tier", tierOwners, tierTellers)
	default:
		r.fail("t")
	}
	return l
}

// kind reads the type of a leaf; that of nearly all of them costs no memory.
func (r *record) kind() string {
	if !r.says("t", "ballot") {
		r.asked--
		return r.text("t")
	}
	return "ballot"
}

func (r *record) ballot(l *leaf) {
	l.slot, l.choices = r.hash("slot"), r.hash("c")
	l.revision, l.supersedes = r.number("revision"), r.number("supersedes")
	l.evidence = r.hash("ev")
}

func (r *record) opening() *opening {
	o := &opening{rosterRoot: r.hash("roster_root"), rules: r.hash("rules"), agenda: r.hash("agenda"), units: r.number("units"),
		heads: r.number("heads"), area: r.number("area_cm2"), opens: r.instant("opens"), closes: r.instant("closes"),
		logKey: r.text("log_key"), streetKeys: r.texts("street_keys")}
	r.hash("release")
	r.word("profile", "A", "B", "C")
	return o
}

func (r *record) closing() *closing {
	c := &closing{leaves: r.number("leaves"), ballots: r.number("ballots"), byChannel: map[string]int64{}}
	counts, err := members(r.raw("by_channel"), nil)
	if err != nil {
		r.fail("by_channel")
	}
	for _, count := range counts {
		c.byChannel[string(count.key)] = r.whole("by_channel", count.raw)
	}
	return c
}

// identifier reads 1–64 of a–z, 0–9 and '-'.
func (r *record) identifier(key string) string {
	if r.says(key, "server") {
		return "server"
	}
	r.asked--
	text := r.text(key)
	for i := range len(text) {
		if b := text[i]; (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '-' {
			r.fail(key)
		}
	}
	if len(text) < 1 || len(text) > 64 {
		r.fail(key)
	}
	return text
}
