// Package sample plans and judges the street's sample (抽样回访): some owners whose ballots were counted are asked whether
// the ballot was theirs. What they chose is never asked.
//
// The plan is made so that wrong ballots, if there were enough of them to change a decision, would show with the
// announced certainty: those that weigh most are all asked, the others by a public lot. Everything is exact: whole
// numbers and the hypergeometric distribution, no approximation (security.md section 6.3).
package sample
