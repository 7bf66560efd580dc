// Package ledger is the append-only record of one meeting: the bytes of its leaves, their RFC 6962 tree
// and proofs, the signed checkpoints, the salted commitments of ballots, the root of the frozen roster
// and the receipt codes. Whoever holds a root of it can tell whether anything was altered since.
//
// Forms, all of version 1:
//
//   - canonical JSON: UTF-8, keys in byte order, no blanks, integers only, no key twice, the escapes
//     \" \\ \b \t \n \f \r and \u00xx for other control characters, everything else as itself;
//   - leaf: "gongjue.leaf/v1\n", canonical JSON, "\n"; every text in a leaf is printable ASCII, so that
//     no Unicode normal form can give one leaf two spellings;
//   - LP(x): four bytes of length, most significant first, then x; numbers inside an LP are decimal ASCII;
//   - hashes are printed as 64 lower-case hex digits, instants as 2026-11-21T18:00:00.000+08:00.
//
// The package is pure. Salts, keys and times are arguments; it draws nothing, reads nothing, stores nothing.
package ledger
