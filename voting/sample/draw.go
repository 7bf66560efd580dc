package sample

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
)

// prefix begins every text that is hashed for the lot of a sample, so that no other use of the hash can stand for one.
const prefix = "gongjue.sample/v1\n"

// Text is what is hashed for a ballot: anybody can do it again with any SHA-256 program. The seed is that of
// [voting.LotSeed].
func Text(seed string, number int64) string {
	return prefix + seed + "\n" + strconv.FormatInt(number, 10)
}

// Draw gives the first so many of the ballots by the hashes of their texts, the smallest first. In which order they are
// given changes nothing.
func Draw(seed string, numbers []int64, drawn int64) []int64 {
	type place struct {
		number int64
		hash   [sha256.Size]byte
	}
	places := make([]place, len(numbers))
	for i, number := range numbers {
		places[i] = place{number, sha256.Sum256([]byte(Text(seed, number)))}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(bytes.Compare(a.hash[:], b.hash[:]), cmp.Compare(a.number, b.number))
	})
	first := make([]int64, 0, drawn)
	for _, place := range places[:min(drawn, int64(len(places)))] {
		first = append(first, place.number)
	}
	return first
}

// Selected are the ballots of a plan, once its number is drawn: those that are asked without a lot, the largest first,
// and those of the lot in its order.
func Selected(plan Plan, ballots []Ballot, seed string) (certain, drawn []int64) {
	certain = Largest(ballots, plan.Certain)
	others := make([]int64, 0, len(ballots))
	for _, ballot := range ballots {
		if !slices.Contains(certain, ballot.Number) {
			others = append(others, ballot.Number)
		}
	}
	return certain, Draw(seed, others, plan.Drawn)
}
