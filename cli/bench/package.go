package bench

import (
	"context"
	"errors"
	"fmt"

	"gongjue/api"
	"gongjue/models"
)

// PackageOptions say what is measured.
type PackageOptions struct {
	Homes    int
	Rounds   int
	Postgres string // address; empty: the embedded database alone
	Progress func(string)
}

// PackageReport is how long the filing package of one meeting takes.
type PackageReport struct {
	Bench    string       `json:"bench"`
	Machine  Machine      `json:"machine"`
	Rounds   int          `json:"rounds"`
	Packages []PackageRun `json:"packages"`
}

// PackageRun is one meeting on one database.
type PackageRun struct {
	Database    string  `json:"database"`
	Homes       int     `json:"homes"`
	Ballots     int     `json:"ballots"`
	Files       int     `json:"files"`
	Bytes       int64   `json:"bytes"`
	BuildMS     Spread  `json:"build_ms"`     // prints every file from the database, and takes the sums
	ProcessorMS Spread  `json:"processor_ms"` // of that, of this process
	HandInMS    float64 `json:"hand_in_ms"`   // stores it with the hand-in, in one transaction
	FetchMS     Spread  `json:"fetch_ms"`     // reads every stored file back and compares its sum
}

// Package makes the filing package of a meeting of so many homes again and again.
func Package(ctx context.Context, options PackageOptions) (report PackageReport, err error) {
	report = PackageReport{Bench: "package", Machine: ThisMachine(), Rounds: options.Rounds}
	engines, clear, err := openEngines(ctx, options.Postgres)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, clear()) }()
	for _, place := range engines {
		run, err := packageOn(ctx, place, options)
		if err != nil {
			return report, fmt.Errorf("%s: %w", place.name, err)
		}
		report.Packages = append(report.Packages, run)
	}
	return report, nil
}

func packageOn(ctx context.Context, place database, options PackageOptions) (run PackageRun, err error) {
	run = PackageRun{Database: place.name, Homes: options.Homes}
	a, ballots, err := heldMeeting(ctx, place, options.Homes, options.Progress)
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, a.store.Close()) }()
	run.Ballots = ballots
	if err := a.publish(ctx); err != nil {
		return run, err
	}
	if err := a.signPapers(ctx); err != nil {
		return run, err
	}
	options.Progress(place.name + "：生成材料包")
	var pack models.FilingPackage
	var wall, used []float64
	for range options.Rounds {
		before := processorTime()
		took, err := timed(func() (err error) {
			pack, err = api.BuildPackage(ctx, a.store, "https://vote.example.org", a.community.ID, a.meeting.ID, true)
			return err
		})
		if err != nil {
			return run, err
		}
		wall, used = append(wall, took), append(used, milliseconds(processorTime()-before))
	}
	run.BuildMS, run.ProcessorMS, run.Files, run.Bytes = spreadOf(wall), spreadOf(used), len(pack.Files), pack.Size
	return run, run.handIn(ctx, a, pack, options.Rounds)
}

// publish takes a held meeting to its final result.
func (a *assembly) publish(ctx context.Context) error {
	id, convener := a.community.ID, a.by[models.RoleConvener]
	if err := a.store.Count(ctx, a.by[models.RoleTeller], id, a.meeting.ID); err != nil {
		return fmt.Errorf("count: %w", err)
	}
	if err := a.store.DisplayPreliminary(ctx, convener, id, a.meeting.ID); err != nil {
		return err
	}
	a.now.Add(10 * day)
	return a.store.PublishFinal(ctx, convener, id, a.meeting.ID)
}

// signPapers uploads something for every document that bars the hand-in.
func (a *assembly) signPapers(ctx context.Context) error {
	needed, err := a.store.PapersNeeded(ctx, a.community.ID, a.meeting.ID)
	for _, paper := range needed {
		if err != nil {
			break
		}
		_, err = a.store.AddFilingPaper(ctx, a.by[models.RoleConvener], a.community.ID, a.meeting.ID, paper.Document, paper.Name+".pdf", []byte("%PDF-1.4 "+paper.Name))
	}
	return err
}

// handIn stores the package and reads it back.
func (r *PackageRun) handIn(ctx context.Context, a *assembly, pack models.FilingPackage, rounds int) error {
	var filing models.Filing
	took, err := timed(func() (err error) {
		filing, err = a.store.SubmitFiling(ctx, a.by[models.RoleConvener], a.community.ID, a.meeting.ID, "", &pack)
		return err
	})
	if err != nil {
		return err
	}
	r.HandInMS = rounded(took)
	var fetched []float64
	for range rounds {
		took, err := timed(func() error {
			_, stored, err := a.store.HandOutPackage(ctx, a.by[models.RoleStreet], a.community.ID, filing.ID)
			if err != nil {
				return err
			}
			for _, file := range stored.Files {
				if _, err := a.store.PackageContent(ctx, a.community.ID, file); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		fetched = append(fetched, took)
	}
	r.FetchMS = spreadOf(fetched)
	return nil
}
