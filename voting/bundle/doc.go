// Package bundle is what a meeting publishes so that anyone can redo its count: the documents that the ledger
// commits to, line by line, and the zip that carries them (docs/ledger-format.md tells every byte). It decides
// nothing and counts nothing. Whoever checks a bundle does it with voting/verify, which shares no code with it.
package bundle
