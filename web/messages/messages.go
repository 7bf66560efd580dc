// Package messages holds the Chinese sentence of every code that people can be refused with: one table
// file per topic. A new code is one new line in the table of its topic. It must not decide anything.
package messages

import (
	"slices"
	"sort"
)

// line is a code and what it says to the person who meets it: what happened, and what to do now.
type line struct{ code, text string }

// topics are all tables; a new table file is added here.
var topics = [][]line{access, forms, files, rosters, meetings, rules, voting, paper, imports, deliveries, lots, samples, seals, witnesses, objections, filings, committees, contracts, disclosures}

// byCode finds a sentence; the tables are small and never change after start.
var byCode = index()

func index() map[string]string {
	all := map[string]string{}
	for _, l := range slices.Concat(topics...) {
		all[l.code] = l.text
	}
	return all
}

// Text gives the sentence of a code; ok is false for a code without one.
func Text(code string) (text string, ok bool) {
	text, ok = byCode[code]
	return text, ok
}

// Codes lists every code that has a sentence, sorted.
func Codes() []string {
	codes := make([]string, 0, len(byCode))
	for code := range byCode {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	return codes
}
