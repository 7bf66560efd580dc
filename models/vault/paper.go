package vault

import (
	"crypto/hmac"
	"encoding/hex"
)

// EntryMAC is what the second entry of a paper sheet is compared with: keyed, or the few possible sheets
// could be tried against it. It is of one round of one sheet.
func (k *Keys) EntryMAC(meeting, voter, round string, entry []byte) []byte {
	return k.entry.mac(meeting, voter, round, string(entry))
}

// SameEntry tells in constant time whether an entry is the one behind a MAC.
func (k *Keys) SameEntry(meeting, voter, round string, entry, stored []byte) bool {
	return hmac.Equal(k.EntryMAC(meeting, voter, round, entry), stored)
}

// Pseudonym stands for an account in the public log of a meeting: 48 bits that are the same throughout the
// meeting, so that two entries can be told to be of two accounts, and that mean nothing outside it.
func (k *Keys) Pseudonym(meeting, account string) string {
	return "staff-" + hex.EncodeToString(k.pseudonym.mac(meeting, account)[:6])
}
