package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
)

// FlagKind is something out of the ordinary about a count. A flag is a question to ask, no verdict.
type FlagKind string

// The kinds.
const (
	FlagBurst       FlagKind = "burst"       // many ballots online within a few minutes
	FlagOnePhone    FlagKind = "one_phone"   // one phone cast for many voters
	FlagVoids       FlagKind = "voids"       // a large share of void answers
	FlagProxies     FlagKind = "proxies"     // a large share of ballots by proxy
	FlagAmended     FlagKind = "amended"     // the roster was amended after the notice
	FlagMandates    FlagKind = "mandates"    // it was noted after the freeze who acts for a home
	FlagUpheld      FlagKind = "upheld"      // objections were upheld
	FlagOpen        FlagKind = "open"        // objections stand open
	FlagLatePaper   FlagKind = "late_paper"  // paper was recorded long after the close
	FlagNarrow      FlagKind = "narrow"      // the outcome hangs on few ballots
	FlagUnwitnessed FlagKind = "unwitnessed" // the street's witness did not sign the result
)

// FlagKinds lists every kind.
var FlagKinds = []FlagKind{FlagBurst, FlagOnePhone, FlagVoids, FlagProxies, FlagAmended, FlagMandates, FlagUpheld, FlagOpen, FlagLatePaper,
	FlagNarrow, FlagUnwitnessed}

// ReviewFlag is one flag with its figures: N of Of, in the measure of its kind.
type ReviewFlag struct {
	Kind   FlagKind
	N, Of  int64
	Matter int64 // position on the agenda; 0 for the whole meeting
}

// The thresholds. No law sets them: each is told with its flag.
const (
	burstSpan   = 5 * minute
	burstLeast  = 20 // ballots within the span
	burstShare  = 10 // and percent of all that came online
	phoneLeast  = 4  // voters for whom one phone cast: three homes of a family are common
	voidLeast   = 3
	voidShare   = 5 // percent
	proxyLeast  = 5
	proxyShare  = 10      // percent
	latePaper   = 2 * day // after the close
	narrowLeast = int64(3)
)

// FlagLimits are the thresholds in the measure that people read: minutes, ballots, percent, voters, days.
type FlagLimits struct{ BurstMinutes, BurstLeast, BurstShare, PhoneLeast, VoidShare, ProxyShare, LatePaperDays, NarrowLeast int64 }

// Limits are the thresholds in force.
var Limits = FlagLimits{BurstMinutes: burstSpan / minute, BurstLeast: burstLeast, BurstShare: burstShare, PhoneLeast: phoneLeast, VoidShare: voidShare,
	ProxyShare: proxyShare, LatePaperDays: latePaper / day, NarrowLeast: narrowLeast}

func manyVoids(n, all int64) bool { return n >= voidLeast && n*100 >= all*voidShare }

func manyProxies(n, all int64) bool { return n >= proxyLeast && n*100 >= all*proxyShare }

// reviewFlags looks at how the ballots came in. It reads no choice, and which phone it was stays unsaid.
func (s *Store) reviewFlags(ctx context.Context, r *FilingReview, filing Filing) error {
	add := func(raised bool, flag ReviewFlag) {
		if raised {
			r.Flags = append(r.Flags, flag)
		}
	}
	db := s.read(ctx)
	if err := s.onlineFlags(db, r.Meeting, add); err != nil {
		return err
	}
	channels, err := s.ChannelsOf(ctx, r.Meeting.CommunityID, r.Meeting.ID)
	if err != nil {
		return err
	}
	var proxies, all int64
	for _, channel := range channels {
		all += channel.Heads
		if channel.Channel == lifecycle.Proxy {
			proxies = channel.Heads
		}
	}
	add(manyProxies(proxies, all), ReviewFlag{Kind: FlagProxies, N: proxies, Of: all})
	add(filing.Record.Amendments > 0, ReviewFlag{Kind: FlagAmended, N: filing.Record.Amendments})
	amends, err := leavesOf[ledger.Amend](db, r.Meeting, ledger.LeafAmend)
	if err != nil {
		return err
	}
	mandates := int64(len(amends)) - filing.Record.Amendments
	add(mandates > 0, ReviewFlag{Kind: FlagMandates, N: mandates})
	add(r.Upheld > 0, ReviewFlag{Kind: FlagUpheld, N: r.Upheld})
	open := r.Objections[lifecycle.ObjectionOpen]
	add(open > 0, ReviewFlag{Kind: FlagOpen, N: open})
	late, sheets, err := latePapers(db, r.Meeting)
	add(late > 0, ReviewFlag{Kind: FlagLatePaper, N: late, Of: sheets})
	add(len(r.Witness.Sights) > 0 && !r.Witness.ResultSeen(), ReviewFlag{Kind: FlagUnwitnessed})
	return err
}

// onlineFlags looks at the times of online ballots and at the phones by which they were confirmed. Network addresses are
// not kept, so that nothing is said of them.
func (s *Store) onlineFlags(db *gorm.DB, meeting Meeting, add func(bool, ReviewFlag)) error {
	online := db.Table("ballot").Where("ballot.community_id = ? AND ballot.meeting_id = ? AND ballot.channel = ?", meeting.CommunityID, meeting.ID, lifecycle.Online)
	var times []int64
	if err := online.Session(&gorm.Session{}).Pluck("cast_at", &times).Error; err != nil {
		return fmt.Errorf("read when ballots came: %w", err)
	}
	slices.Sort(times)
	most, from := 0, 0
	for to, at := range times {
		for times[from] <= at-burstSpan {
			from++
		}
		most = max(most, to-from+1)
	}
	add(most >= burstLeast && most*100 >= len(times)*burstShare, ReviewFlag{Kind: FlagBurst, N: int64(most), Of: int64(len(times))})
	var phones []int64
	err := online.Session(&gorm.Session{}).Select("COUNT(DISTINCT ballot.voter_id) AS voters").
		Joins("JOIN owner ON owner.community_id = ballot.community_id AND owner.id = ballot.owner_id AND owner.phone_index IS NOT NULL").
		Group("owner.phone_index").Having("COUNT(DISTINCT ballot.voter_id) >= ?", phoneLeast).Order("voters DESC").Scan(&phones).Error
	if err != nil {
		return fmt.Errorf("count the voters of a phone: %w", err)
	}
	if len(phones) > 0 {
		add(true, ReviewFlag{Kind: FlagOnePhone, N: phones[0], Of: int64(len(phones))})
	}
	return nil
}

// latePapers counts the sheets that were recorded long after the close, and all.
func latePapers(db *gorm.DB, meeting Meeting) (late, all int64, err error) {
	err = eachLeaf(db, meeting, ledger.LeafPaper, func(h ledger.Header, _ ledger.Body) {
		all++
		if h.At > meeting.ClosedAt+latePaper {
			late++
		}
	})
	return late, all, err
}

// leavesOf are the bodies of the leaves of one type, in the order of the log.
func leavesOf[B ledger.Body](db *gorm.DB, meeting Meeting, kind ledger.LeafType) (list []B, err error) {
	err = eachLeaf(db, meeting, kind, func(_ ledger.Header, body ledger.Body) {
		if b, is := body.(B); is {
			list = append(list, b)
		}
	})
	return list, err
}

// eachLeaf reads the leaves of one type.
func eachLeaf(db *gorm.DB, meeting Meeting, kind ledger.LeafType, each func(ledger.Header, ledger.Body)) error {
	var rows []leafRow
	err := db.Select("body").Where("community_id = ? AND meeting_id = ? AND kind = ?", meeting.CommunityID, meeting.ID, kind).Order("idx").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read %s leaves: %w", kind, err)
	}
	for _, row := range rows {
		h, body, err := ledger.Decode(row.Body)
		if err != nil {
			return fmt.Errorf("read a stored leaf: %w", err)
		}
		each(h, body)
	}
	return nil
}
