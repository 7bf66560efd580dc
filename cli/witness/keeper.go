package witness

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gongjue/voting/ledger"
)

// ErrBusy says that another process works in the folder.
var ErrBusy = errors.New("another witness works in this folder")

// Memory is what a witness keeps of one log: the last checkpoint that it signed, with its own line.
type Memory struct {
	Origin string `json:"origin"`
	LogKey string `json:"log_key"` // pinned when the log was first seen
	Size   int64  `json:"size"`
	Note   string `json:"note"` // cosigned
	SeenAt int64  `json:"seen_at"`
	Server string `json:"server,omitempty"` // that showed it; empty where it came as a file
}

// Keeper holds the folder of a witness: one file for every log. While it is open no other process can work there, so that
// two of them never sign two histories.
type Keeper struct {
	dir     string
	release func() error
	server  string // asked in this round
}

// Open makes the folder if there is none, and takes it. ErrBusy while another process has it.
func Open(dir string) (*Keeper, error) {
	if err := os.MkdirAll(filepath.Join(dir, evidenceFolder), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	release, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, err
	}
	return &Keeper{dir: dir, release: release}, nil
}

// Close lets the folder go.
func (k *Keeper) Close() error { return k.release() }

// fileOf names the file of a log; an origin may hold what no file name can.
func (k *Keeper) fileOf(origin string) string {
	sum := sha256.Sum256([]byte(origin))
	return filepath.Join(k.dir, hex.EncodeToString(sum[:])+".json")
}

// Recall reads what is known of a log; the zero Memory where it was never seen. A file that cannot be read is an error and
// never a log that was not seen: who damages it must not make the witness forget.
func (k *Keeper) Recall(origin string) (Memory, error) {
	text, err := os.ReadFile(k.fileOf(origin))
	if errors.Is(err, os.ErrNotExist) {
		return Memory{}, nil
	}
	if err != nil {
		return Memory{}, fmt.Errorf("read what is known of %s: %w", origin, err)
	}
	var m Memory
	if err := json.Unmarshal(text, &m); err != nil || m.Origin != origin || m.Size < 1 || m.LogKey == "" {
		return Memory{}, fmt.Errorf("what is known of %s is damaged (%s): restore it, or take a new key", origin, k.fileOf(origin))
	}
	return m, nil
}

// remember writes what is known of a log so that it outlasts a crash: whole and on the disk, or not at all.
func (k *Keeper) remember(m Memory) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write down a checkpoint: %w", err)
	}
	return replace(k.fileOf(m.Origin), append(text, '\n'))
}

// replace exchanges a file as one step.
func replace(path string, text []byte) error {
	fresh, err := os.CreateTemp(filepath.Dir(path), "fresh-*")
	if err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	_, err = fresh.Write(text)
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err == nil {
		err = os.Rename(fresh.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", filepath.Base(path), err), os.Remove(fresh.Name()))
	}
	return syncFolder(filepath.Dir(path))
}

const evidenceFolder = "evidence"

// Contradiction is what convicts a log, or must be explained by whoever runs it: both notes as they were signed.
type Contradiction struct {
	Origin string
	Why    error // ledger.ErrForked, ledger.ErrOlder, ErrOtherKey
	Seen   string
	Shown  string
	Folder string // where both are kept
}

// Error shows both notes.
func (c *Contradiction) Error() string {
	return fmt.Sprintf("%s: %v\n--- seen before ---\n%s--- shown now ---\n%s(kept in %s)", c.Origin, c.Why, c.Seen, c.Shown, c.Folder)
}

// Unwrap tells why.
func (c *Contradiction) Unwrap() error { return c.Why }

// contradict keeps both notes as evidence. The same contradiction is kept once.
func (k *Keeper) contradict(m Memory, shown []byte, why error) error {
	sum := sha256.Sum256(append([]byte(m.Note), shown...))
	folder := filepath.Join(k.dir, evidenceFolder, hex.EncodeToString(sum[:8]))
	found := &Contradiction{Origin: m.Origin, Why: why, Seen: m.Note, Shown: string(shown), Folder: folder}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return errors.Join(found, fmt.Errorf("keep the evidence: %w", err))
	}
	offer, err := ledger.ParseOffer(shown)
	if err == nil {
		found.Shown = string(offer.Note)
	}
	for name, text := range map[string]string{"seen.txt": found.Seen, "shown.txt": found.Shown, "offer.txt": string(shown), "why.txt": why.Error() + "\n"} {
		if err := replace(filepath.Join(folder, name), []byte(text)); err != nil {
			return errors.Join(found, fmt.Errorf("keep the evidence: %w", err))
		}
	}
	return found
}

// ErrLost says that a server does not name a log any more that it showed before.
var ErrLost = errors.New("the server does not show a log that it showed before")

// lost looks for logs that the same server showed before and does not list any more.
func (k *Keeper) lost(logs []watched) error {
	entries, err := os.ReadDir(k.dir)
	if err != nil {
		return fmt.Errorf("list what was seen: %w", err)
	}
	listed := map[string]bool{}
	for _, log := range logs {
		listed[log.Origin] = true
	}
	var missing []error
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".json" || entry.Name() == pinsFile {
			continue
		}
		text, err := os.ReadFile(filepath.Join(k.dir, entry.Name()))
		var m Memory
		if err == nil {
			err = json.Unmarshal(text, &m)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", entry.Name(), err)
		}
		if m.Server == k.server && !listed[m.Origin] {
			missing = append(missing, fmt.Errorf("%w: %s, seen up to %d", ErrLost, m.Origin, m.Size))
		}
	}
	return errors.Join(missing...)
}

func domainOf(origin string) string {
	domain, _, _ := strings.Cut(origin, "/m/")
	return domain
}
