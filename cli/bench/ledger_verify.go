package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"gongjue/models"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
	"gongjue/voting/verify"
)

// VerifiedCopy is a record that was handed out, and how long checking it takes.
type VerifiedCopy struct {
	Tier     bundle.Tier `json:"tier"`
	Bytes    int         `json:"bytes"`
	Leaves   int64       `json:"leaves"`
	Ballots  int64       `json:"ballots"`
	VerifyMS Spread      `json:"verify_ms"`
	HashMS   Spread      `json:"hash_ms"` // hashing the same bytes once
	Passed   bool        `json:"passed"`
}

// verifyCopies holds a meeting to its final result and checks its records.
func verifyCopies(ctx context.Context, place database, o LedgerOptions) (copies []VerifiedCopy, err error) {
	a, _, err := heldMeeting(ctx, place, o.Voters, o.Progress)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.store.Close()) }()
	o.Progress("计票、公布")
	id, convener := a.community.ID, a.by[models.RoleConvener]
	if err := a.store.Count(ctx, a.by[models.RoleTeller], id, a.meeting.ID); err != nil {
		return nil, err
	}
	if err := a.store.DisplayPreliminary(ctx, convener, id, a.meeting.ID); err != nil {
		return nil, err
	}
	a.now.Add(10 * day)
	if err := a.store.PublishFinal(ctx, convener, id, a.meeting.ID); err != nil {
		return nil, err
	}
	for _, tier := range bundle.Tiers {
		o.Progress(fmt.Sprintf("核对：%s", tier))
		packed, err := a.handedOut(ctx, tier)
		if err != nil {
			return nil, err
		}
		checked, err := timeVerify(packed, o.Rounds)
		if err != nil {
			return nil, err
		}
		copies = append(copies, checked)
	}
	return copies, nil
}

// handedOut is a record as people download it.
func (a *assembly) handedOut(ctx context.Context, tier bundle.Tier) ([]byte, error) {
	record, err := a.store.PublicBundle(ctx, a.meeting.ID)
	if tier != bundle.Public {
		record, err = a.store.HandOutBundle(ctx, a.by[models.RoleStreet], a.community.ID, a.meeting.ID, tier)
	}
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	err = record.Write(&packed, "基准测试")
	return packed.Bytes(), err
}

func timeVerify(packed []byte, rounds int) (VerifiedCopy, error) {
	var report verify.Report
	took, err := inTurns(rounds, wallTime, func() (err error) {
		report, err = verify.Verify(packed, verify.Options{})
		return err
	}, func() error {
		_ = ledger.Sum(packed)
		return nil
	})
	if err != nil {
		return VerifiedCopy{}, err
	}
	return VerifiedCopy{Tier: bundle.Tier(report.Tier), Bytes: len(packed), Leaves: report.Leaves, Ballots: report.Ballots, VerifyMS: spreadOf(took[0]),
		HashMS: spreadOf(took[1]), Passed: report.Exit() == verify.ExitOK}, nil
}
