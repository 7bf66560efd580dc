package witness

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	"gongjue/voting/ledger"
)

// liar is a server that shows whatever log it likes, signed by its key as a real one would be.
type liar struct {
	t       testing.TB
	mu      sync.Mutex
	key     ed25519.PrivateKey
	leaves  []ledger.Hash
	seen    int64
	posted  [][]byte
	down    bool // refuses what is handed in
	hidden  bool // lists no log
	garbage bool // answers with anything
	*httptest.Server
}

func newLiar(t testing.TB) *liar {
	l := &liar{t: t, key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)), leaves: leavesOf("a", 5)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/public/logs", l.list)
	mux.HandleFunc("GET /api/v1/public/meetings/"+testMeeting+"/checkpoint", l.show)
	mux.HandleFunc("POST /api/v1/public/meetings/"+testMeeting+"/cosignatures", l.take)
	l.Server = httptest.NewServer(mux)
	t.Cleanup(l.Close)
	return l
}

func leavesOf(name string, n int) []ledger.Hash {
	list := make([]ledger.Hash, n)
	for i := range list {
		list[i] = ledger.Sum(fmt.Appendf(nil, "%s %d", name, i))
	}
	return list
}

// fork keeps the first leaves and goes on with others.
func fork(leaves []ledger.Hash, at, n int) []ledger.Hash {
	return append(append([]ledger.Hash{}, leaves[:at]...), leavesOf("fork", n-at)...)
}

// become changes the server's log, as an operator can.
func (l *liar) become(change func(l *liar)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(l)
}

func (l *liar) origin() string { return ledger.Origin(testDomain, testMeeting) }

func (l *liar) logKey() string {
	key, err := ledger.VerifierKey(l.origin(), l.key.Public())
	if err != nil {
		l.t.Fatal(err)
	}
	return key
}

func (l *liar) list(w http.ResponseWriter, _ *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	logs := []watched{{testMeeting, l.origin(), l.logKey(), int64(len(l.leaves)), l.seen}}
	if l.hidden {
		logs = nil
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"logs": logs}) // the client sees what is missing
}

// offerOf is what a log of these leaves offers.
func (l *liar) offerOf(leaves []ledger.Hash, old int64) []byte {
	tree := ledger.NewTree(leaves)
	root, err := ledger.RootOf(tree.Size(), tree)
	if err != nil {
		l.t.Fatal(err)
	}
	signer, err := ledger.NewSigner(l.origin(), l.key)
	if err != nil {
		l.t.Fatal(err)
	}
	note, err := ledger.Checkpoint{Origin: l.origin(), Size: tree.Size(), Root: root}.Sign(signer)
	if err != nil {
		l.t.Fatal(err)
	}
	offer := ledger.Offer{Old: old, Note: note}
	if old > 0 && old < tree.Size() {
		if offer.Proof, err = ledger.ProveConsistency(tree.Size(), old, tree); err != nil {
			l.t.Fatal(err)
		}
	}
	return offer.Bytes()
}

func (l *liar) show(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	old, _ := strconv.ParseInt(r.URL.Query().Get("from"), 10, 64) // the client under test asks for numbers
	if l.garbage {
		_, _ = w.Write(bytes.Repeat([]byte("old "), mostAnswer)) // more than anybody reads
		return
	}
	if old > int64(len(l.leaves)) {
		w.WriteHeader(http.StatusConflict)
		_, _ = io.WriteString(w, `{"code":"witness_ahead"}`)
		return
	}
	_, _ = w.Write(l.offerOf(l.leaves, old))
}

func (l *liar) take(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	text, err := io.ReadAll(r.Body)
	if err != nil || l.down {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	l.posted = append(l.posted, text)
	head, err := ledger.OpenByKey(text, l.logKey())
	if err == nil {
		l.seen = max(l.seen, head.Size)
	}
	_, _ = io.WriteString(w, `{}`)
}
