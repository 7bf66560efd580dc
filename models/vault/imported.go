package vault

import "crypto/hmac"

// ImportMAC is what the second person's file of a city's platform is compared with: keyed, or the few possible files of
// a small meeting could be tried against it. It is of one import of one meeting.
func (k *Keys) ImportMAC(meeting, id string, content []byte) []byte {
	return k.entry.mac("import", meeting, id, string(content))
}

// SameImport tells in constant time whether a content is the one behind a MAC.
func (k *Keys) SameImport(meeting, id string, content, stored []byte) bool {
	return hmac.Equal(k.ImportMAC(meeting, id, content), stored)
}
