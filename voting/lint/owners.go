package lint

import "regexp"

// proposes finds the words with which a committee leaves a matter to the owners.
var proposes = regexp.MustCompile(`提请|提议|建议|拟定|拟提|提交业主|(召开|组织|召集|筹备).{0,8}业主大会|征求业主|意见征询`)

// OwnersDecide names what a committee's text is about where only the owners can decide that (民法典第278条); empty where
// its words say nothing of the kind, or leave it to the owners. Spending common revenue is not named: the owners may have
// set a limit within which a committee spends.
func OwnersDecide(text string) string {
	if proposes.MatchString(text) {
		return ""
	}
	for _, about := range subjectsOf(text) {
		if about.law[0] != otherMatters {
			return about.name
		}
	}
	return ""
}
