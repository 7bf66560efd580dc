package roster

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// keyIssues gives every issue the name under which the same doubt is found again in the next file: from the
// unit, the code, the field and the value, and from no row number. The secret keeps the key from telling
// the value; without one there are no keys.
func keyIssues(issues []Issue, secret []byte) {
	if len(secret) == 0 {
		return
	}
	seen := map[string]int{}
	for i := range issues {
		issue := &issues[i]
		unit := issue.Unit
		if unit == "" {
			unit = "sheet " + issue.Sheet
		}
		mac := hmac.New(sha256.New, secret)
		for _, part := range []string{"gongjue.issue/v1", unit, string(issue.Code), string(issue.Field), compact(issue.raw)} {
			mac.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
		}
		key := hex.EncodeToString(mac.Sum(nil)[:12])
		if seen[key]++; seen[key] > 1 {
			key += "-" + strconv.Itoa(seen[key])
		}
		issue.Key = key
	}
}
