// Package vault holds the keys of an installation and everything that is done with them: encrypted fields,
// blind indexes, locator tokens, sessions, one-time codes, sealed ballots, password hashes. It draws
// randomness; it reads no file, no clock and no database, and nothing of it prints a secret.
//
// Every use has a key of its own, derived with HKDF-SHA256 from one of the four keys under a label, so
// that a value made for one purpose is never valid for another.
package vault
