package verify

import (
	"crypto/sha256"
	"fmt"
)

// Options are what a bundle is compared with beside itself; all may be left out.
type Options struct {
	Receipt     []byte   // a receipt file
	Record      []byte   // the record of a home
	Certificate []byte   // the file of a certificate
	StreetKey   string   // verifier key of the street, from a source that is not the certificate
	LogKey      string   // verifier key of the log, from a source that is not the bundle
	WitnessKeys []string // verifier keys of witnesses; none: those that the open leaf names
	Quorum      int      // how many witnesses must have signed what covers the result; 0: one, where WitnessKeys are given
	Printed     string   // a fingerprint from paper, at least 16 hex digits; a size and a slash may stand before it
	Others      [][]byte // other copies of the record: bundles, or checkpoints that others kept
}

// Verify carries out every check on a bundle, the bytes of a zip. It fails with ErrUnreadable when they are none.
func Verify(data []byte, options Options) (Report, error) {
	files, err := unzip(data)
	if err != nil {
		return Report{}, err
	}
	m, err := readManifest(files)
	if err != nil {
		return Report{}, err
	}
	run := &run{book: newBook(), options: options, files: files, manifest: m}
	run.all()
	return Report{Tier: m.tier, Meeting: m.meeting, Title: run.notice.title, Ballots: run.ballots,
		Leaves: int64(len(run.leaves)), Findings: run.book.findings()}, nil
}

// run is one bundle under its checks, with what was read so far.
type run struct {
	book     *book
	options  Options
	files    map[string][]byte
	manifest manifest

	leaves      []leaf
	checkpoints []checkpoint
	notice      announced
	units       []unit
	root        hash // of the roster
	history     history
	ballots     int64    // that count
	voted       []string // by head group: how it voted; nil where the tier does not tell
	opened      []opened // every ballot that the full book opens, also superseded ones; nil where there is none
}

// all carries out the checks in an order in which each finds what it needs; those that cannot be are blocked.
func (r *run) all() {
	b := r.book
	r.absent()
	checkFiles(b, r.manifest, r.files)
	r.leaves = readLeaves(b, r.manifest.meeting, r.files[fileLeaves])
	r.checkpoints = readCheckpoints(b, r.manifest, r.files)
	checkRoots(b, r.leaves, r.checkpoints)
	if !b.holds(checkLeaves) {
		b.block(checkLeaves, checkSignatures, checkWitness, checkOpening, checkAmendments, checkBallots, checkPaper, checkVoids, checkClose,
			checkCommitments, checkCount, checkResult, checkReceipt, checkRegister, checkCertificate, checkPrinted, checkFigures, checkLaw, checkHomes, checkLot, checkImport, checkSameLog, checkRecord, checkSeal, checkCertified, checkStreet, checkValidity)
		return
	}
	o := *r.leaves[0].opening
	checkSigned(b, r.options.LogKey, r.checkpoints, o)
	r.history = readHistory(b, r.leaves)
	checkWitnesses(b, r.options, r.checkpoints, o, r.history.results, checkWaivers(b, r, o))
	checkCopies(b, r.options.Others, r.leaves, r.checkpoints, o.logKey)
	r.ballots = r.history.voters(r.leaves).most
	checkCopy(b, r.manifest, r.leaves)
	r.receipt()
	r.printed(o)
	if r.read(o) {
		r.figures()
	}
	r.ownRecord()
	r.certificateOf(o)
}

// absent notes what this tier cannot show; it never counts as passed.
func (r *run) absent() {
	none := say("这一种核对文件里没有：%s", "not in this bundle: %s", fileBook)
	if r.manifest.tier != tierTellers {
		for _, check := range []int{checkVoids, checkCommitments, checkCount, checkResult} {
			r.book.set(check, Absent, none)
		}
	}
	if r.manifest.tier == tierPublic {
		r.book.set(checkHomes, Absent, say("这一种核对文件里没有：%s", "not in this bundle: %s", filePlaces))
		r.book.set(checkRegister, Absent, say("这一种核对文件里没有：%s", "not in this bundle: %s", fileVoted))
	}
}

// read takes up the documents and the roster; false where the notice cannot be read, on which all figures rest.
func (r *run) read(o opening) bool {
	b := r.book
	var err error
	r.units, r.root = readRoster(b, r.files[fileRoster])
	r.notice, err = readAnnounced(r.files[fileAnnounced])
	if err == nil && r.notice.meeting != r.manifest.meeting {
		err = fmt.Errorf("meeting %q", r.notice.meeting)
	}
	if err != nil {
		b.fail(checkOpening, say("会议通知不合格式：%s", "the notice is not in its form: %s", err))
	}
	if !b.holds(checkOpening) {
		b.block(checkOpening, checkVoids, checkCommitments, checkCount, checkResult, checkRegister, checkFigures, checkLaw, checkHomes, checkCertificate, checkLot, checkImport, checkSeal)
		return false
	}
	checkOpeningOf(b, o, r.notice, r.files, r.units, r.root)
	checkSeenOrWaived(b, r, o)
	checkLawOf(b, r.notice, r.files[fileRules])
	checkImportOf(b, r.notice, r.leaves, r.history)
	return true
}

// figures carries out what is about the count.
func (r *run) figures() {
	b := r.book
	r.checkEntries(r.files[fileStanding])
	checkStanding(b, r.manifest, r.leaves, r.history, r.files[fileStanding])
	checkAmendmentsOf(b, r.leaves, r.history, r.files[fileStanding])
	if len(r.history.results) == 0 {
		b.block(checkClose, checkVoids, checkCommitments, checkCount, checkResult, checkRegister, checkFigures, checkHomes, checkLot, checkImport, checkSeal)
		return
	}
	checkSealOf(b, r.notice, r.leaves, r.history)
	checkLotOf(b, r.leaves, r.history, r.files[fileStanding])
	r.ballots = checkFiguresOf(b, r.notice, r.committed(), r.history.voters(r.leaves), r.files[fileResult], everybody(r.units), r.seed())
	if r.manifest.tier == tierPublic {
		return
	}
	readHomes(b, r.notice.rosterID, r.units, r.files[filePlaces])
	if !b.holds(checkHomes) {
		b.block(checkHomes, checkVoids, checkCommitments, checkCount, checkResult, checkRegister)
		return
	}
	voted := readRegister(b, r.notice, r.leaves, r.history, r.units, r.files[fileVoted])
	r.voted = voted
	compareRegister(b, r.notice, r.leaves, r.history, r.units, voted, r.files[fileResult])
	if r.manifest.tier == tierTellers {
		r.recount(voted)
	}
}

// committed is the result to which the log commits: the newest. A copy that tellers had between a lot and the final
// result still holds the one that was displayed.
func (r *run) committed() hash {
	results := r.history.results
	if r.beforeLot() {
		results = results[:1]
	}
	return r.leaves[results[len(results)-1]].result.result
}

func (r *run) beforeLot() bool {
	first := r.leaves[r.history.results[0]].result.result
	return r.manifest.tier == tierTellers && sha256.Sum256(r.files[fileResult]) == first
}

// seed is that of the lot whose order the result is in; empty without one.
func (r *run) seed() string {
	if len(r.history.lots) == 0 || r.beforeLot() {
		return ""
	}
	return r.leaves[r.history.lots[0]].lot.seed()
}

// recount opens every ballot and counts it.
func (r *run) recount(voted []string) {
	b := r.book
	full := openBook(b, r.notice, r.leaves, r.history, r.units, r.files[fileBook])
	if !b.holds(checkCommitments) {
		b.block(checkCommitments, checkVoids, checkCount, checkResult)
		return
	}
	r.opened = full.all
	heads := 0
	for _, channel := range voted {
		if channel != "" {
			heads++
		}
	}
	if heads != len(full.ballots) {
		b.fail(checkRegister, say("名单上有 %d 人，计票的是 %d 张票", "%d heads are in the register and %d ballots count", heads, len(full.ballots)))
	}
	for _, o := range full.ballots {
		if voted[o.slot] != r.leaves[o.leaf].channel {
			b.fail(checkRegister, say("第 %d 条的票，名单上没有或者方式不同", "leaf %d: its head is not in the register, or by another way", o.leaf))
		}
	}
	displayed := r.leaves[r.history.results[0]].result.result
	counted := countAgain(b, r.notice, r.units, full, r.seed())
	if !b.holds(checkCount) {
		b.block(checkCount, checkVoids, checkResult)
		return
	}
	compareVoids(b, counted, r.files[fileStanding])
	compareCount(b, r.notice, counted, len(full.ballots), displayed, r.files[fileResult])
}
