package bench

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/models/vault"
	"gongjue/voting"
	"gongjue/voting/roster"
)

// ImportOptions say which file is imported, and how often.
type ImportOptions struct {
	File     string // an .xlsx that the product reads under the operator's limits
	Rounds   int
	Postgres string // as in [TallyOptions]
	Progress func(string)
}

// ImportReport is what was measured.
type ImportReport struct {
	Bench   string         `json:"bench"`
	Machine Machine        `json:"machine"`
	Rounds  int            `json:"rounds"`
	File    ImportedFile   `json:"file"`
	CheckMS Spread         `json:"check_ms"` // reading, parsing and adding up, as `roster check` does; nothing is stored
	Imports []ImportResult `json:"imports"`
}

// ImportedFile is the file, without anything of what it says.
type ImportedFile struct {
	SHA256 string      `json:"sha256"`
	Bytes  int64       `json:"bytes"`
	Rows   int         `json:"rows"` // of all sheets, with at least one cell, as the library reads them
	Units  int         `json:"units"`
	Heads  int64       `json:"heads"`
	Area   voting.Area `json:"area_cm2"`
	Issues int         `json:"issues"`
}

// ImportResult is the product's import into one database beside the yardstick of the same rounds: the library's own
// reading of the rows, and the database's bulk load of them as they stand, into one table without rules.
type ImportResult struct {
	Database string  `json:"database"`
	ReadMS   Spread  `json:"library_read_ms"`
	LoadMS   Spread  `json:"bulk_load_ms"`
	ParseMS  Spread  `json:"parse_ms"` // reading included
	StoreMS  Spread  `json:"store_ms"`
	Ratio    Spread  `json:"import_to_read_and_load"`
	PeakMB   float64 `json:"peak_rss_mb"` // of this process, in an import before the rounds; 0 where the system does not tell
}

// Import measures reading, checking and storing a roster.
func Import(ctx context.Context, o ImportOptions) (report ImportReport, err error) {
	report = ImportReport{Bench: "import", Machine: ThisMachine(), Rounds: o.Rounds}
	engines, clear, err := openEngines(ctx, o.Postgres)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, clear()) }()
	file, err := os.Open(o.File)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	run := importRun{options: o, file: file}
	if err := run.describe(&report); err != nil {
		return report, err
	}
	for _, engine := range engines {
		result, err := run.in(ctx, engine, report.File)
		if err != nil {
			return report, fmt.Errorf("%s: %w", engine.name, err)
		}
		report.Imports = append(report.Imports, result)
	}
	return report, nil
}

// importRun is one file that is read again and again.
type importRun struct {
	options ImportOptions
	file    *os.File
}

// parsed reads and checks the file as the product does, from its first byte.
func (r importRun) parsed() (models.RosterFile, error) {
	info, err := r.file.Stat()
	if err != nil {
		return models.RosterFile{}, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r.file, 0, info.Size())); err != nil {
		return models.RosterFile{}, fmt.Errorf("read the file: %w", err)
	}
	list, issues, err := workbook.Operator.Parse(r.file, info.Size(), r.options.File, roster.Guidance{})
	return models.RosterFile{Name: filepath.Base(r.options.File), SHA256: hex.EncodeToString(sum.Sum(nil)), Roster: list, Issues: issues,
		Parking: roster.Policy{ParkingCountsArea: true, ParkingCountsHeads: true}, Confirmed: "基准测试"}, err
}

// describe checks the file several times and says what it holds.
func (r importRun) describe(report *ImportReport) error {
	r.options.Progress("检查文件")
	var took []float64
	for range r.options.Rounds {
		var summary roster.Summary
		var file models.RosterFile
		runtime.GC() // what one round leaves behind is not the next one's to clear
		ms, err := timed(func() (err error) {
			file, err = r.parsed()
			summary = roster.Summarise(file.Roster, file.Issues)
			return err
		})
		if err != nil {
			return err
		}
		took = append(took, ms)
		report.File = ImportedFile{SHA256: file.SHA256, Units: summary.Units, Heads: summary.Heads, Area: summary.TotalArea, Issues: len(summary.Issues)}
	}
	report.CheckMS = spreadOf(took)
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	report.File.Bytes = info.Size()
	rows, err := libraryRows(r.options.File)
	report.File.Rows = len(rows)
	return err
}

// importTimes are the milliseconds of one round, and the memory that the product needed.
type importTimes struct {
	read, load, parse, store float64
	peak                     int64 // bytes
}

// in measures one database: first the memory, in an import that nothing precedes, then in turns the time.
func (r importRun) in(ctx context.Context, place database, want ImportedFile) (result ImportResult, err error) {
	result = ImportResult{Database: place.name}
	r.options.Progress(place.name + "：导入一次，测量内存")
	first, err := r.product(ctx, place, want)
	if err != nil {
		return result, err
	}
	result.PeakMB = math.Round(float64(first.peak) / 1e6)
	var times []importTimes
	for i := range r.options.Rounds {
		r.options.Progress(fmt.Sprintf("%s：第 %d 轮", place.name, i+1))
		var t importTimes
		if t, err = r.yardstick(ctx, place); err != nil {
			return result, err
		}
		product, err := r.product(ctx, place, want)
		if err != nil {
			return result, err
		}
		t.parse, t.store = product.parse, product.store
		times = append(times, t)
	}
	result.spread(times)
	return result, nil
}

func (r *ImportResult) spread(times []importTimes) {
	of := func(get func(importTimes) float64) Spread {
		figures := make([]float64, len(times))
		for i, t := range times {
			figures[i] = get(t)
		}
		return spreadOf(figures)
	}
	r.ReadMS = of(func(t importTimes) float64 { return t.read })
	r.LoadMS = of(func(t importTimes) float64 { return t.load })
	r.ParseMS = of(func(t importTimes) float64 { return t.parse })
	r.StoreMS = of(func(t importTimes) float64 { return t.store })
	r.Ratio = of(func(t importTimes) float64 { return (t.parse + t.store) / (t.read + t.load) })
}

// product imports the file the way people do, into a database with nothing else in it.
func (r importRun) product(ctx context.Context, place database, want ImportedFile) (t importTimes, err error) {
	place, remove, err := place.fresh(ctx)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	keys, err := vault.NewKeys(freshKeys())
	if err != nil {
		return t, err
	}
	store, err := models.Open(ctx, models.Options{URL: place.url, Keys: keys, Origin: Origin,
		Clock: func() int64 { return time.Now().UnixMilli() }})
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := store.Migrate(ctx); err != nil {
		return t, err
	}
	community, err := store.CreateCommunity(ctx, models.System, "样例区", "样例街道", "样例小区")
	if err != nil {
		return t, err
	}
	convener, err := store.AddStaff(ctx, models.System, models.NewStaff{Login: "convener", Name: "样例", Password: rand.Text(), Role: models.RoleConvener, Scope: community.ID})
	if err != nil {
		return t, err
	}
	defer workbook.Spare()() // as the command does
	forgetPeak()             // a password was just made, which needs much
	var file models.RosterFile
	if t.parse, err = timed(func() error { file, err = r.parsed(); return err }); err != nil {
		return t, err
	}
	t.store, err = timed(func() error { _, err := store.ImportRoster(ctx, convener.Actor(), community.ID, file); return err })
	if err != nil {
		return t, err
	}
	t.peak = peakBytes()
	return t, place.holds(ctx, want)
}
