// Package verify checks the published record of a meeting without trusting whoever made it: it reads the files
// by its own parser, builds the tree, opens the commitments and counts again. It was written from
// docs/ledger-format.md and the law, imports nothing else of this program, and is imported by the command line
// alone: a mistake that the program makes is not made twice.
//
// The package is pure: it takes bytes and gives a report.
package verify
