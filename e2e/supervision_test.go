package e2e

import (
	"strings"

	"gongjue/voting/calendar"
)

// supervise goes on from the certificate: an order, a report, its end, a second order that is not followed, a revocation in
// part, and a court that revokes the rest. Everybody reads each of them; the record verifies and no figure moves.
func (m *mainJob) supervise() {
	m.t.Helper()
	before := m.publicResult()
	type entry struct {
		ID      string `json:"id"`
		Number  int64  `json:"number"`
		Settles int64  `json:"settles"`
	}
	code := m.certificate
	add := func(p *person, fields map[string]any) entry {
		m.t.Helper()
		var made entry
		p.do("POST", m.at("supervision"), fields, &made, 201)
		return made
	}
	order := func(matters ...string) map[string]any {
		return map[string]any{"kind": "correction_ordered", "matters": matters, "breached": "《物业管理条例》第14条", "basis": "物业管理条例第19条第2款",
			"body": "请重新公示会议通知。", "limit": calendar.FormText(m.clock() + 10*day)[:10]}
	}
	m.convener.refused("POST", m.at("supervision"), order(), 409, "illegal_step")
	m.teller.refused("POST", m.at("supervision"), order(), 403, "forbidden")
	m.person().refused("POST", m.at("supervision"), order(), 401, "sign_in")
	first := add(m.street, order("1"))
	m.street.refused("POST", m.at("supervision"), order("2"), 409, "illegal_step")
	m.shows(first.ID, "/o/"+first.ID, "责令限期改正通告", "请重新公示会议通知。")
	m.shows(first.ID, "/m/"+m.meeting+"/result", "有关机关对本次会议的决定作出了处理")
	m.shows(first.ID, "/b/"+m.community.ID, "责令限期改正通告")
	m.shows(first.ID, "/certificates/"+code, "现在有效")
	report := add(m.convener, map[string]any{"kind": "correction_reported", "body": "已经重新公示十五日。"})
	rectified := add(m.street, map[string]any{"kind": "rectified", "body": "经核查，已经改正。"})
	if report.Settles != first.Number || rectified.Settles != first.Number {
		m.t.Errorf("%+v and %+v answer order %d", report, rectified, first.Number)
	}
	m.shows(rectified.ID, "/o/"+first.ID, "改正完成通告")
	add(m.street, order("1"))
	m.street.refused("POST", m.at("supervision"), map[string]any{"kind": "revoked", "breached": "一", "basis": "二", "body": "三"}, 409, "limit_not_over")
	m.wait(11 * day)
	part := add(m.street, map[string]any{"kind": "revoked", "breached": "《物业管理条例》第14条", "basis": "物业管理条例第19条第2款", "body": "逾期没有改正，撤销。"})
	m.shows(part.ID, "/certificates/"+code, "现在有效", "下列决定已被撤销", "（决定已被撤销）")
	court := add(m.street, map[string]any{"kind": "court_revoked", "court": "样例区人民法院", "case_number": "（2026）样民初1号", "judged_on": "2026-06-01", "body": "判决撤销。"})
	m.shows(court.ID, "/o/"+court.ID, "样例区人民法院", "（2026）样民初1号")
	m.shows(court.ID, "/certificates/"+code, "不再有效")
	m.street.refused("POST", m.at("supervision"), order(), 409, "illegal_step")
	m.compareFigures(before, m.publicResult())
	m.checked(0, m.person().do("GET", "/m/"+m.meeting+"/bundle.zip", nil, nil, done))
}

// shows looks on a public page for the entry and for words.
func (m *mainJob) shows(id, path string, words ...string) {
	m.t.Helper()
	page := m.person().do("GET", path, nil, nil, done)
	if path != "/o/"+id && !strings.Contains(page, "/o/"+id) {
		m.t.Errorf("%s does not lead to the notice", path)
	}
	for _, word := range words {
		if !strings.Contains(page, word) {
			m.t.Errorf("%s does not say %s", path, word)
		}
	}
}

// compareFigures holds two readings of the result to the same figures.
func (m *mainJob) compareFigures(before, after resultJSON) {
	m.t.Helper()
	if len(before.Matters) == 0 || len(before.Matters) != len(after.Matters) {
		m.t.Fatalf("%d matters became %d", len(before.Matters), len(after.Matters))
	}
	m.compare(after)
}
