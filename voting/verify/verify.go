package verify

import "fmt"

// Options are what a bundle is compared with beside itself; all may be left out.
type Options struct {
	Receipt     []byte   // a receipt file
	LogKey      string   // verifier key of the log, from a source that is not the bundle
	WitnessKeys []string // verifier keys of witnesses; none: those that the open leaf names
	Quorum      int      // how many witnesses must have signed the newest checkpoint
	Printed     string   // a fingerprint from paper, at least 16 hex digits
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
	return Report{Tier: m.tier, Meeting: m.meeting, Title: run.notice.title, Ballots: int64(len(run.history.counting)),
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
			checkCommitments, checkCount, checkResult, checkReceipt, checkRegister, checkCertificate, checkPrinted, checkFigures, checkLaw, checkHomes)
		return
	}
	o := *r.leaves[0].opening
	checkSigned(b, r.options.LogKey, r.checkpoints, o)
	checkWitnesses(b, r.options, r.checkpoints, o)
	r.history = readHistory(b, r.leaves)
	checkCopy(b, r.manifest, r.leaves)
	r.receipt()
	r.printed(o)
	if r.read(o) {
		r.figures()
	}
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
		b.block(checkOpening, checkVoids, checkCommitments, checkCount, checkResult, checkRegister, checkFigures, checkLaw, checkHomes, checkCertificate)
		return false
	}
	checkOpeningOf(b, o, r.notice, r.files, r.units, r.root)
	checkLawOf(b, r.notice, r.files[fileRules])
	return true
}

// figures carries out what is about the count.
func (r *run) figures() {
	b := r.book
	checkStanding(b, r.manifest, r.leaves, r.history, r.files[fileStanding])
	if len(r.history.results) == 0 {
		b.block(checkClose, checkVoids, checkCommitments, checkCount, checkResult, checkRegister, checkFigures, checkHomes)
		return
	}
	checkFiguresOf(b, r.notice, r.leaves, r.history, r.files[fileResult], everybody(r.units))
	if r.manifest.tier == tierPublic {
		return
	}
	readHomes(b, r.notice.rosterID, r.units, r.files[filePlaces])
	if !b.holds(checkHomes) {
		b.block(checkHomes, checkVoids, checkCommitments, checkCount, checkResult, checkRegister)
		return
	}
	voted := readRegister(b, r.leaves, r.history, r.units, r.files[fileVoted])
	compareRegister(b, r.notice, r.leaves, r.history, r.units, voted, r.files[fileResult])
	if r.manifest.tier == tierTellers {
		r.recount(voted)
	}
}

// recount opens every ballot and counts it.
func (r *run) recount(voted map[int64]string) {
	b := r.book
	full := openBook(b, r.leaves, r.history, r.units, r.manifest.meeting, r.files[fileBook])
	if !b.holds(checkCommitments) {
		b.block(checkCommitments, checkVoids, checkCount, checkResult)
		return
	}
	for _, o := range full.ballots {
		if voted[o.slot] != r.leaves[o.leaf].channel {
			b.fail(checkRegister, say("第 %d 条的票，名单上没有或者方式不同", "leaf %d: its head is not in the register, or by another way", o.leaf))
		}
	}
	counted := countAgain(b, r.notice, r.units, full)
	if !b.holds(checkCount) {
		b.block(checkCount, checkVoids, checkResult)
		return
	}
	compareVoids(b, counted, r.files[fileStanding])
	compareCount(b, r.notice, counted, len(full.ballots), r.files[fileResult])
}
