// Package platform reads the result that a city's voting platform gives out: one row per home, one column per
// matter. Where a place lets electronic votes be cast on the authority's own system only (清远市住宅小区物业管理条例第17条,
// 潍坊市物业管理条例第32条), that file and the paper sheets together are the vote. The package turns rows into one
// ballot per voter and says of everything doubtful where it stands; it mends nothing, and a single error keeps the
// whole file out.
package platform
