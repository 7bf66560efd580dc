package verify

// ownRecord compares the record of a home with the bundle. Passed is only what the bundle or the record's own register
// shows: that the operator signed "nothing was cast" while voting went on is a promise, not yet a proof.
func (r *run) ownRecord() {
	b := r.book
	if r.options.Record == nil {
		b.set(checkRecord, Unasked, say("没有给出本户记录", "no record of a home was given"))
		return
	}
	for _, check := range []int{checkLeaves, checkTree, checkOpening} {
		if !b.holds(check) {
			b.block(check, checkRecord)
			return
		}
	}
	o, err := readOwnRecord(r.options.Record)
	switch {
	case err != nil:
		b.fail(checkRecord, say("本户记录不合格式：%s", "the record is not in its form: %s", err))
		return
	case o.meeting != r.manifest.meeting || o.roster != r.notice.rosterID:
		b.fail(checkRecord, say("本户记录是另一次会议的", "the record is of another meeting"))
		return
	}
	key := r.options.LogKey
	if key == "" {
		key = r.leaves[0].opening.logKey
	}
	if !o.itself(b, key) || !r.sameLog(o) {
		return
	}
	shown := r.shown(o)
	if r.options.Receipt != nil && b.holds(checkReceipt) {
		o.compareReceipt(b, r.options.Receipt)
	}
	o.conclude(b, shown, r.opened != nil)
}

// sameLog: the tree of the record is the beginning of the one here, and the record has all homes of its head.
func (r *run) sameLog(o ownRecord) bool {
	b := r.book
	root, within := rootAt(r.leaves, o.size)
	switch {
	case !within:
		b.fail(checkRecord, say("本户记录比核对文件新：写的是前 %d 条，这里只有 %d 条；请重新下载核对文件", "the record is newer than the bundle: %d leaves, and %d are here; fetch the bundle again", o.size, len(r.leaves)))
	case root != o.root || o.opening.hash != r.leaves[0].hash:
		b.fail(checkRecord, say("本户记录上签名的前 %d 条与这里的不同：给过两套记录", "the first %d leaves that were signed on the record are not those here: there were two logs", o.size))
	}
	held := 0
	for _, u := range r.units {
		if u.group == o.slot() {
			held++
		}
	}
	if held != len(o.units) {
		b.fail(checkRecord, say("这个投票权人有 %d 个专有部分，本户记录里有 %d 个", "this head holds %d units, and the record has %d", held, len(o.units)))
	}
	return b.holds(checkRecord)
}

// shown compares the listed ballots with everything in the bundle that tells who voted; false where nothing does.
func (r *run) shown(o ownRecord) bool {
	b, replaced := r.book, func(ballot ownBallot) bool { _, gone := r.history.superseded[ballot.index]; return gone }
	shown := o.result != nil
	if shown {
		if len(r.history.results) == 0 || o.result.index != int64(r.history.results[0]) {
			b.fail(checkRecord, say("本户记录里的名单不是计票时固定的那一份", "the register of the record is not the one fixed at the count"))
			return false
		}
		readRegister(b, r.notice, r.leaves, r.history, r.units, o.register)
		if !b.holds(checkRegister) {
			b.fail(checkRecord, say("名单与记录的票数不符，见第 %d 项", "the register does not agree with the log, see check %d", checkRegister))
			return false
		}
		channel, _ := registered(o.register, o.slot())
		if !o.agrees(b, channel, replaced) {
			return false
		}
	}
	if r.voted != nil && !shown {
		shown = r.registeredLater(o, r.voted[o.slot()], replaced)
	}
	if r.opened != nil {
		r.openedHere(o)
		shown = true
	}
	return shown
}

// registeredLater judges a promise that was signed before the count by the register of the bundle; false where a ballot
// may have come in after it.
func (r *run) registeredLater(o ownRecord, channel string, replaced func(ownBallot) bool) bool {
	atClose := r.history.closed >= 0 && o.size > int64(r.history.closed) && channel != "paper" && channel != "imported"
	counted := len(r.history.results) > 0 && o.size > int64(r.history.results[0])
	if channel != "" && len(o.ballots) == 0 && !atClose && !counted {
		return false
	}
	return o.agrees(r.book, channel, replaced)
}

// openedHere: of all ballots that the full book opens to this head, the record lists every one that it could know.
func (r *run) openedHere(o ownRecord) {
	listed := map[int64]bool{}
	for _, ballot := range o.ballots {
		listed[ballot.index] = true
	}
	for _, one := range r.opened {
		switch own := one.slot == o.slot(); {
		case own && one.leaf < o.size && !listed[one.leaf]:
			r.book.fail(checkRecord, say("第 %d 条是这一户的票，签了名的本户记录里没有", "leaf %d is a ballot of this head, and the signed record does not list it", one.leaf))
		case !own && listed[one.leaf]:
			r.book.fail(checkRecord, say("第 %d 条不是这一户的票", "leaf %d is no ballot of this head", one.leaf))
		}
	}
}

// compareReceipt: the ballot of a receipt that was given beside the record stands in it. Who voted has the leaf in their
// hand, and is not told that nothing was cast.
func (o ownRecord) compareReceipt(b *book, receipt []byte) {
	meeting, index, sum, ok := readReceipt(receipt)
	if !ok || meeting != o.meeting || index >= o.size {
		return
	}
	for _, ballot := range o.ballots {
		if ballot.index == index && ballot.hash == sum {
			return
		}
	}
	b.fail(checkRecord, say("回执上的票（第 %d 条）不在这份本户记录里：或者回执是别人的，或者记录漏了您的票", "the ballot of the receipt (leaf %d) is not in the record: the receipt is somebody else's, or the record leaves your ballot out", index))
}

// conclude says what the record came to; opened tells whether the bundle opened every ballot.
func (o ownRecord) conclude(b *book, shown, opened bool) {
	place := o.places()
	if ballot := o.unbound(); ballot != nil && !opened {
		b.set(checkRecord, Absent, say("%s：第 %d 条是不是这一户的票，这份记录没有证明；请重新下载一份本户记录", "%s: nothing in this record shows that leaf %d is a ballot of this head; fetch the record again", place, ballot.index))
	}
	switch {
	case len(o.ballots) == 0 && shown:
		b.pass(checkRecord, say("%s：没有任何票", "%s: no ballot at all", place))
	case len(o.ballots) == 0:
		b.set(checkRecord, Absent, say("%s：系统签名声明，到前 %d 条为止没有任何票；有没有，要用计票以后的本户记录、业主查阅件或完整核对件核对", "%s: the operator signed that none of the first %d leaves is its ballot; a record from after the count, the owners' or the tellers' bundle shows whether that is so", place, o.size))
	default:
		newest := o.ballots[len(o.ballots)-1]
		b.pass(checkRecord, say("%s：%d 张，最后一张是第 %d 条（%s）", "%s: %d ballots, the last at leaf %d (%s)", place, len(o.ballots), newest.index, newest.channel))
	}
}
