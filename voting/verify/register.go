package verify

import "crypto/sha256"

// readRegister reads who voted and by which way. It is the register that was fixed at the count, every head stands
// in it once, and it has exactly as many ballots of every channel as the log: whoever is not in it has none. Who
// answered here and on a city's platform stands in it once, so that there it may have fewer.
func readRegister(b *book, a announced, leaves []leaf, h history, units []unit, text []byte) []string {
	if sha256.Sum256(text) != leaves[h.results[0]].result.publicBook {
		b.fail(checkRegister, say("名单不是计票时固定的那一份", "the register is not the one fixed at the count"))
	}
	all, ended := lines(text)
	voted, counted, last := make([]string, len(units)), map[string]int64{}, int64(-1)
	var r record
	for i, line := range all {
		r.reset(line)
		slot, channel := r.number("slot"), r.word("channel", channels...)
		if r.close() != nil || slot <= last || slot >= int64(len(units)) || units[slot].group != slot {
			b.fail(checkRegister, say("名单第 %d 行不合格式，或者不是投票权人", "line %d of the register is not in its form, or of no head", i+1))
			continue
		}
		voted[slot], last = channel, slot
		counted[channel]++
	}
	if !ended {
		b.fail(checkRegister, say("名单不完整", "the register is cut off"))
	}
	log := h.byChannel(leaves)
	for _, channel := range channels {
		if fewer := counted[channel] < log[channel] && a.mayStandBack(channel); log[channel] != counted[channel] && !fewer {
			b.fail(checkRegister, say("名单上 %s 的票有 %d 张，记录里有 %d 张", "%s: %d ballots in the register and %d in the log", channel, counted[channel], log[channel]))
		}
	}
	if bounds := h.voters(leaves); int64(len(all)) < bounds.least {
		b.fail(checkRegister, say("名单上有 %d 人，记录里至少有 %d 人投了票", "%d heads are in the register, and at least %d have a ballot in the log", len(all), bounds.least))
	}
	b.pass(checkRegister, say("%d 人投了票", "%d heads voted", len(all)))
	return voted
}

// compareRegister adds up, on every matter, who voted: they are those whose answers were valid or void. A ballot
// that was imported from elsewhere may leave a matter unanswered.
func compareRegister(b *book, a announced, leaves []leaf, h history, units []unit, voted []string, result []byte) {
	published, err := parse(result)
	if err != nil {
		return // check 18 says so
	}
	imported := h.byChannel(leaves)["imported"] > 0
	for i, m := range a.matters {
		var sum, total weight
		for slot, w := range m.weigh(units) {
			total = total.plus(w)
			if voted[slot] != "" {
				sum = sum.plus(w)
			}
		}
		counted := at(published, "matters", i, "outcome", "counted")
		valid, okValid := asWeight(at(counted, "voted"))
		void, okVoid := asWeight(at(counted, "void"))
		everybody, okTotal := asWeight(at(counted, "total"))
		cast := valid.plus(void)
		fewer := imported && cast.heads <= sum.heads && cast.area <= sum.area
		if !okValid || !okVoid || cast != sum && !fewer {
			b.fail(checkRegister, say("事项 %d：名单上投了票的共 %d 人、%s 平方米，公布的是 %d 人、%s 平方米", "matter %d: %d heads and %s m² voted by the register, %d and %s by the result",
				m.position, sum.heads, squareMetres(sum.area), cast.heads, squareMetres(cast.area)))
		}
		if !okTotal || everybody != total {
			b.fail(checkFigures, say("事项 %d：范围内共 %d 人、%s 平方米，公布的是另一个数", "matter %d: %d heads and %s m² are in its scope, another number was published", m.position, total.heads, squareMetres(total.area)))
		}
	}
}
