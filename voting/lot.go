package voting

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// lotPrefix begins every text that is hashed for a lot, so that no other use of the hash can stand for one.
const lotPrefix = "gongjue.lot/v1\n"

// LotStep is one name of a lot with the hash that gave it its place.
type LotStep struct {
	Option string `json:"option"`
	Hash   string `json:"hash"` // SHA-256 of the name's text, 64 lower-case hex digits
}

// The numbers of a lot have from MinLotDigits to MaxLotDigits digits; how many is announced before the draw.
const (
	MinLotDigits int64 = 4
	MaxLotDigits int64 = 20
)

// LotNumber reads the number of a lot as somebody types it: exactly as many digits as were announced, leading zeros
// included. Digits of a Chinese input method and blanks around them are the same number; nothing else is one, because
// any other freedom in its spelling would let whoever writes it down choose between seeds.
func LotNumber(typed string, digits int64) (number string, ok bool) {
	number = strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, strings.TrimSpace(typed))
	for i := range len(number) {
		if number[i] < '0' || number[i] > '9' {
			return "", false
		}
	}
	ok = digits >= MinLotDigits && digits <= MaxLotDigits && int64(len(number)) == digits
	if !ok {
		return "", false
	}
	return number, true
}

// LotSeed makes the seed of a lot from the root of the log at the close, which is fixed before anybody knows the
// tie, and a number drawn in public afterwards, which nobody knew at the close. Neither convener nor operator
// chooses both. The notice announces this recipe; the minutes hold the number exactly as written.
func LotSeed(root [sha256.Size]byte, drawn string) string {
	return hex.EncodeToString(root[:]) + "/" + drawn
}

// Lot orders the tied names by a lot that anyone can draw again with any SHA-256 program: each name gets the hash
// of the UTF-8 text
//
//	gongjue.lot/v1 ⏎ seed ⏎ matter id ⏎ name
//
// (⏎ is one line feed, none at the end), and the smallest hash is first. The order in which the names are given
// changes nothing, each name's hash depends on no other name, and no order is likelier than another to whoever
// does not know the seed. It refuses with a *[Refusal]: missing_field (seed, matter), bad_value for a line feed
// in them, nothing_tied for fewer than two names, duplicate.
func Lot(seed, matterID string, tied []string) (order []string, steps []LotStep, err error) {
	if err := checkLot(seed, matterID, tied); err != nil {
		return nil, nil, err
	}
	order, steps = drawLot(seed, matterID, tied)
	return order, steps, nil
}

func checkLot(seed, matterID string, tied []string) error {
	for _, part := range []struct{ field, text string }{{"seed", seed}, {"matter", matterID}} {
		switch {
		case part.text == "":
			return refuse(CodeMissingField, part.field)
		case strings.Contains(part.text, "\n"): // two lots could then hash the same text
			return refuse(CodeBadValue, part.field)
		}
	}
	if len(tied) < 2 {
		return refuse(CodeNothingTied, "tied")
	}
	return distinct(tied, "tied")
}

func drawLot(seed, matterID string, tied []string) (order []string, steps []LotStep) {
	for _, name := range tied {
		hash := sha256.Sum256([]byte(lotPrefix + seed + "\n" + matterID + "\n" + name))
		steps = append(steps, LotStep{Option: name, Hash: hex.EncodeToString(hash[:])})
	}
	slices.SortFunc(steps, func(a, b LotStep) int { return cmp.Compare(a.Hash, b.Hash) })
	for _, step := range steps {
		order = append(order, step.Option)
	}
	return order, steps
}

// AwaitingLot tells of every matter of an agenda whether a tie in its outcome waits for the announced lot. A matter whose
// condition is not met waits for none: the votes on it lead to nothing. Nor does one that is tied in another reading alone:
// where the announced rule decides, that reading is a comparison, and where it does not, a lot stands in for no rule. The lists have the same order; it refuses as
// [Effective] does.
func AwaitingLot(matters []Matter, outcomes []Outcome) ([]bool, error) {
	effects, err := Effective(matters, outcomes)
	if err != nil {
		return nil, err
	}
	awaiting := make([]bool, len(matters))
	for i, outcome := range outcomes {
		awaiting[i] = outcome.TieWay == TieByLot && effects[i] != Lapsed
	}
	return awaiting, nil
}

// drawing cuts a block of equals of a seat group into single places; nil where no lot was drawn.
type drawing func(group string, block []string) [][]string

// tied tells whether the outcome holds a tie that a lot can resolve. Who did not reach both majorities is in no
// such tie: a lot never makes up for votes.
func (o Outcome) tied(m Matter) bool {
	switch m.Kind {
	case Election:
		return len(o.TiePending)+len(o.AlternatesTied) > 0
	case Selection:
		return o.Result == RunOffDue && len(o.NotSelected) < len(m.Options)
	}
	return false
}

// ResolveTie gives the outcome with every tie resolved by the lot of that seed; Lots holds each lot as drawn. The
// losers of a lot for the last seat are the next alternates. Readings among the variants that are tied are resolved
// by the same seed. The outcome must be that of the same law, policies and matter.
//
// It refuses with a *[Refusal]: lot_not_announced unless the lot was announced with the matter, nothing_tied, what
// [Lot] refuses of seed and matter, missing_field or unknown_name when the outcome is not one of the matter.
func ResolveTie(law Law, p Policies, m Matter, o Outcome, seed, matterID string) (Outcome, error) {
	if m.TieWay != TieByLot {
		return Outcome{}, refuse(CodeLotNotAnnounced, "tie_way")
	}
	if !o.tied(m) {
		return Outcome{}, refuse(CodeNothingTied, "tied")
	}
	if err := checkLot(seed, matterID, m.Options); err != nil {
		return Outcome{}, err
	}
	if err := sameNames(o.Counted.Options, m.Options, "options"); err != nil {
		return Outcome{}, err
	}
	resolved := o.withLot(law, p, m, seed, matterID)
	for name, variant := range o.Variants {
		if variant.tied(m) {
			variant = variant.withLot(law, p, m, seed, matterID)
		}
		if resolved.Variants == nil {
			resolved.Variants = make(map[string]Outcome, len(o.Variants))
		}
		resolved.Variants[name] = variant
	}
	return resolved, nil
}

func (o Outcome) withLot(law Law, p Policies, m Matter, seed, matterID string) Outcome {
	resolved := Outcome{Binding: o.Binding, Counted: o.Counted, Steps: o.Steps}
	draw := func(group string, block []string) [][]string {
		order, steps := drawLot(seed, matterID, block)
		resolved.Lots = append(resolved.Lots, Drawn{Group: group, Seed: seed, Matter: matterID, Steps: steps})
		singles := make([][]string, len(order))
		for i, name := range order {
			singles[i] = []string{name}
		}
		return singles
	}
	measure := approvalOf(law, m, o.Counted)
	if m.Kind == Election {
		resolved.elect(m, p, measure, resolved.short(), draw)
	} else {
		resolved.choose(m, p, measure, resolved.short(), draw)
	}
	return resolved
}
