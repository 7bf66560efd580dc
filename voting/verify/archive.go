package verify

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// ErrUnreadable says that an input is no bundle at all: no zip, no manifest, or another version.
var ErrUnreadable = errors.New("not a readable bundle")

// The bounds of a bundle; a hostile zip must not fill the memory.
const (
	mostFiles = 10_000
	mostBytes = 2 << 30
	mostRatio = 200
)

// unzip gives the files by name. A stored file is a part of the data itself, not a copy.
func unzip(data []byte) (map[string][]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(archive.File) > mostFiles {
		return nil, fmt.Errorf("%w: no zip file", ErrUnreadable)
	}
	files, total := make(map[string][]byte, len(archive.File)), uint64(0)
	for _, entry := range archive.File {
		if strings.HasSuffix(entry.Name, "/") {
			continue
		}
		if _, twice := files[entry.Name]; twice {
			return nil, fmt.Errorf("%w: %q twice", ErrUnreadable, entry.Name)
		}
		total += entry.UncompressedSize64
		if total > mostBytes || entry.UncompressedSize64 > mostRatio*(entry.CompressedSize64+1) {
			return nil, fmt.Errorf("%w: too large", ErrUnreadable)
		}
		if files[entry.Name], err = extract(data, entry); err != nil {
			return nil, fmt.Errorf("%w: %q cannot be extracted", ErrUnreadable, entry.Name)
		}
	}
	return files, nil
}

func extract(data []byte, entry *zip.File) ([]byte, error) {
	if entry.Method == zip.Store {
		from, err := entry.DataOffset()
		if err != nil || from < 0 || uint64(from)+entry.UncompressedSize64 > uint64(len(data)) {
			return nil, ErrUnreadable
		}
		return data[from : uint64(from)+entry.UncompressedSize64 : uint64(from)+entry.UncompressedSize64], nil
	}
	content, err := entry.Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(content, int64(entry.UncompressedSize64)+1))
}

// The files of a bundle.
const (
	fileAnnounced = "announced.json"
	fileRules     = "rules.json"
	fileResult    = "result.json"
	fileStanding  = "meeting.json"
	fileRoster    = "roster.jsonl"
	fileLeaves    = "leaves.jsonl"
	filePlaces    = "places.jsonl"
	fileVoted     = "voted.jsonl"
	fileBook      = "book.jsonl"
	fileGuide     = "README.txt"
	fileManifest  = "manifest.json"

	checkpointFolder = "checkpoints/"
)

// The tiers and what each holds beside checkpoints and the manifest.
const (
	tierPublic  = "public"
	tierOwners  = "owners"
	tierTellers = "tellers"
)

func filesOf(tier string) []string {
	names := []string{fileAnnounced, fileRules, fileResult, fileStanding, fileRoster, fileLeaves, fileGuide}
	if tier != tierPublic {
		names = append(names, filePlaces, fileVoted)
	}
	if tier == tierTellers {
		names = append(names, fileBook)
	}
	return names
}

// manifest is what a bundle says of itself.
type manifest struct {
	tier    string
	meeting string
	copied  int64 // index of the access leaf; 0 in the public tier
	entries []entry
}

type entry struct {
	name string
	size int64
	sum  hash
}

func readManifest(files map[string][]byte) (manifest, error) {
	text, there := files[fileManifest]
	if !there {
		return manifest{}, fmt.Errorf("%w: no manifest", ErrUnreadable)
	}
	r := open(text)
	if r.text("format") != "gongjue.bundle/v1" {
		return manifest{}, fmt.Errorf("%w: no manifest of version 1", ErrUnreadable)
	}
	m := manifest{tier: r.word("tier", tierPublic, tierOwners, tierTellers), meeting: r.text("meeting"), copied: r.count("copy")}
	for _, file := range r.objects("files") {
		m.entries = append(m.entries, entry{file.text("name"), file.number("size"), file.hash("sha256")})
		r.take("files", file)
	}
	if err := r.close(); err != nil {
		return manifest{}, fmt.Errorf("%w: manifest: %w", ErrUnreadable, err)
	}
	return m, nil
}

// checkFiles compares every file with the manifest, and the manifest with what the tier holds.
func checkFiles(b *book, m manifest, files map[string][]byte) {
	sums := sumsOf(m.entries, files)
	listed := make(map[string]bool, len(m.entries))
	for i, e := range m.entries {
		text, there := files[e.name]
		switch {
		case i > 0 && m.entries[i-1].name >= e.name:
			b.fail(checkManifest, say("清单里的文件名没有按顺序排列：%s", "the names in the manifest are out of order: %s", e.name))
		case !there:
			b.fail(checkManifest, say("缺少文件 %s", "%s is missing", e.name))
		case int64(len(text)) != e.size:
			b.fail(checkManifest, say("%s 应有 %d 字节，实有 %d 字节", "%s should have %d bytes and has %d", e.name, e.size, len(text)))
		case sums[i] != e.sum:
			b.fail(checkManifest, say("%s 的内容被改过：校验值不符", "%s was altered: its hash is another", e.name))
		case !expected(m.tier, e.name):
			b.fail(checkManifest, say("%s 不属于这一种核对文件", "%s does not belong to this tier", e.name))
		}
		listed[e.name] = true
	}
	for name := range files {
		if !listed[name] && name != fileManifest {
			b.fail(checkManifest, say("%s 不在清单里", "%s is not in the manifest", name))
		}
	}
	for _, name := range filesOf(m.tier) {
		if !listed[name] {
			b.fail(checkManifest, say("清单里缺少 %s", "the manifest lacks %s", name))
		}
	}
	b.pass(checkManifest, say("共 %d 个文件", "%d files", len(m.entries)))
}

func expected(tier, name string) bool {
	return slices.Contains(filesOf(tier), name) || strings.HasPrefix(name, checkpointFolder)
}

func sumsOf(entries []entry, files map[string][]byte) []hash {
	sums := make([]hash, len(entries))
	var wait sync.WaitGroup
	for i, e := range entries {
		wait.Go(func() { sums[i] = sha256.Sum256(files[e.name]) })
	}
	wait.Wait()
	return sums
}
