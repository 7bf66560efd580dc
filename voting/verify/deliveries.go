package verify

// classes are where a head stands at the close, in the order in which areas are withheld.
var classes = []string{"voted", "void", "delivered_silent", "refused", "undeliverable", "not_issued"}

// unanswered is the class of a head without an answer, by the register of deliveries.
var unanswered = map[string]string{"delivered": "delivered_silent", "refused": "refused", "undeliverable": "undeliverable", "": "not_issued"}

// deliveryOf tells what became of everybody's sheet, as it is published; nil where the meeting keeps no register:
// nothing was written down, and no policy needs it.
func deliveryOf(p policies, weights []weight, answers []*answer, deliveries map[int64]string) object {
	if len(deliveries) == 0 && p.silenceFor(motion) == notParticipating {
		return nil
	}
	sums, total, delivered := map[string]weight{}, weight{}, weight{}
	for slot, w := range weights {
		if w == (weight{}) {
			continue
		}
		handled := deliveries[int64(slot)]
		class := unanswered[handled]
		if said := answers[slot]; said != nil {
			class = "voted"
			if said.void {
				class = "void"
			}
		}
		sums[class], total = sums[class].plus(w), total.plus(w)
		if handled == "delivered" {
			delivered = delivered.plus(w)
		}
	}
	shown, hidden := object{}, withheld(sums)
	for class, w := range sums {
		shown[class] = figure(w, hidden[class])
	}
	return object{"classes": shown, "delivered": figure(delivered, one(delivered.heads) || one(total.heads-delivered.heads))}
}

func figure(w weight, hidden bool) object {
	if hidden {
		return object{"heads": w.heads}
	}
	return w.json()
}

// one tells that a number of heads is so small that its area points to a home: one or two.
func one(heads int64) bool { return heads == 1 || heads == 2 }

// withheld are the classes whose area is not published: those of so few heads, except where the outcome prints
// the area anyway; and if it is a single one, the next smallest, or what is left would give it away.
func withheld(sums map[string]weight) map[string]bool {
	hidden, next := map[string]bool{}, ""
	for _, class := range classes[3:] {
		w, there := sums[class]
		switch {
		case !there:
		case w.heads < 3:
			hidden[class] = true
		case next == "" || w.heads < sums[next].heads:
			next = class
		}
	}
	if len(hidden) == 1 && next != "" {
		hidden[next] = true
	}
	return hidden
}
