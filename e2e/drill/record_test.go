package drill

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"gongjue/cli"
	"gongjue/models"
	"gongjue/voting/bundle"
)

const day = int64(24 * 60 * 60 * 1000) // ms

// stand closes the vote, lets it be counted and published, checks the record as anyone can, and looks whether every
// receipt that was shown is in it. The count itself compares each ballot with its leaf, and the log with its head.
func (v *voters) stand() {
	f := v.f
	f.t.Helper()
	var now atomic.Int64
	now.Store(f.opened.ClosesAt + models.CloseGrace + 1)
	store := f.after(now.Load)
	defer func() { f.must(store.Close()) }()
	ctx, convener := f.t.Context(), models.Actor{Role: string(models.RoleConvener), ID: "drill"}
	f.must(store.Tick(ctx))
	for code, shown := range v.numbers() {
		found, err := store.CheckReceipt(ctx, code)
		if err != nil || found.Number != shown {
			f.t.Errorf("the receipt of ballot %d: %+v, %v", shown, found, err)
		}
	}
	f.must(store.Count(ctx, convener, f.opened.CommunityID, f.opened.MeetingID))
	f.must(store.DisplayPreliminary(ctx, convener, f.opened.CommunityID, f.opened.MeetingID))
	now.Add(6 * day)
	f.must(store.PublishFinal(ctx, convener, f.opened.CommunityID, f.opened.MeetingID))
	record, err := store.HandOutBundle(ctx, convener, f.opened.CommunityID, f.opened.MeetingID, bundle.Owners)
	f.must(err)
	ballots := f.verified(record)
	if ballots < len(v.receipts) || ballots > len(v.tried) {
		f.t.Errorf("%d ballots count; %d receipts were shown and %d voters tried", ballots, len(v.receipts), len(v.tried))
	}
	if len(v.receipts) < 50 {
		f.t.Errorf("only %d receipts were shown: that tries nothing", len(v.receipts))
	}
	f.t.Logf("%d voters tried, %d have receipts, %d ballots count", len(v.tried), len(v.receipts), ballots)
}

// numbers are the receipts' numbers by code; no two voters have the same of either.
func (v *voters) numbers() map[string]int64 {
	codes, numbers := map[string]int64{}, map[int64]bool{}
	for _, shown := range v.receipts {
		codes[shown.Code], numbers[shown.Number] = shown.Number, true
	}
	if len(codes) != len(v.receipts) || len(numbers) != len(v.receipts) {
		v.f.t.Errorf("%d receipts hold %d codes and %d numbers", len(v.receipts), len(codes), len(numbers))
	}
	return codes
}

// verified runs gongjue verify on a record and tells how many ballots count in it.
func (f *field) verified(record bundle.Bundle) int {
	f.t.Helper()
	code, report := f.verify(record)
	if code != 0 {
		f.t.Errorf("verify: exit %d: %+v", code, report)
	}
	return report.Ballots
}

// report is what a drill reads of a report.
type report struct {
	Ballots int `json:"ballots"`
	Checks  []struct {
		Number int    `json:"number"`
		State  string `json:"state"`
	} `json:"checks"`
}

// verify runs gongjue verify on a record, as anyone would who has its file.
func (f *field) verify(record bundle.Bundle) (code int, found report) {
	f.t.Helper()
	path := filepath.Join(f.t.TempDir(), "record.zip")
	file, err := os.Create(path)
	f.must(err)
	f.must(record.Write(file, "说明"))
	f.must(file.Close())
	var out, failed bytes.Buffer
	code = cli.Main([]string{"verify", "--json", path}, strings.NewReader(""), &out, &failed)
	f.must(json.Unmarshal(out.Bytes(), &found))
	return code, found
}
