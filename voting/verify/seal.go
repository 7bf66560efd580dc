package verify

// seal is a key of the ballots that people hold in shares; the zero value is one that the server keeps.
type seal struct {
	key         hash // X25519, that the ballots are sealed to
	need, cards int64
}

// holders are the roles of the cards, in their order.
var holders = []string{"convener", "street", "teller"}

// readSeal reads what a notice says of such a key. Each card must be of its role, with a key and a share of its own: two
// cards of one key would be one.
func readSeal(r *record) seal {
	raw := r.maybe("seal")
	if raw == nil {
		return seal{}
	}
	s := open(raw)
	s.word("kept", "holders")
	found := seal{key: s.hash("key"), need: s.number("need")}
	keys := map[hash]bool{found.key: true}
	if found.need != 2 {
		s.fail("need")
	}
	for _, card := range s.objects("cards") {
		found.cards++
		if found.cards > int64(len(holders)) || card.number("number") != found.cards {
			card.fail("number")
		} else {
			card.word("role", holders[found.cards-1])
		}
		for _, member := range []string{"key", "share"} {
			value := card.hash(member)
			if keys[value] {
				card.fail(member)
			}
			keys[value] = true
		}
		s.take("cards", card)
	}
	if found.cards != int64(len(holders)) {
		s.fail("cards")
	}
	r.take("seal", s)
	return found
}
