package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/roster"
)

const ruledList = "楼栋,单元,房号,面积,产权人,证件号码,联系电话\n" +
	"1号楼,1单元,101,89.50,样例甲,P1000001,19900000001\n" +
	"1号楼,1单元,102,90.00,样例乙,P1000002,19900000002\n" +
	"1号楼,1单元,201,88.00,样例丙,P1000003,19900000003\n"

// put lays a list on the desk, and takes it into a draft where settle says so.
func (b *browser) put(list string) string {
	b.w.t.Helper()
	answer := b.upload("/staff/communities/"+b.w.own.ID+"/rosters/intakes", "名册.csv", []byte(list), "parking_area", "yes", "parking_heads", "yes")
	if answer.status != http.StatusSeeOther {
		b.w.t.Fatalf("upload: %d %s", answer.status, answer.body)
	}
	address := answer.location()
	for _, code := range roster.Codes {
		b.post(address+"/confirmations", url.Values{"code": {string(code)}, "why": {"成类核对"}})
	}
	return address
}

// importing makes a draft of a file on the desk and gives its id.
func (b *browser) importing(address string) string {
	b.w.t.Helper()
	answer := b.post(address+"/import", b.get(address).form(b.w.t, address+"/import").fields)
	if answer.status != http.StatusSeeOther {
		b.w.t.Fatalf("import: %d %s", answer.status, answer.body)
	}
	id := answer.location()[strings.LastIndex(answer.location(), "/")+1:]
	id, _, _ = strings.Cut(id, "?")
	return id
}

// TestTheDeskAsksBeforeAFileUndoesADecision walks from an objection that was upheld, and a cell that was mended, to the
// next file, which knows of neither.
func TestTheDeskAsksBeforeAFileUndoesADecision(t *testing.T) {
	w := newTown(t)
	b := w.signIn(models.RoleConvener)
	address := b.put(ruledList)
	row := b.get(rowURL(address, b.onDesk(address).Sheets[0].Sheet, 3)).form(t, address+"/row")
	row.fields["value"][slices.Index(row.fields["field"], string(roster.FieldArea))] = "90.50"
	row.fields.Set("do", "set")
	row.fields.Set("why", "按不动产权证")
	if answer := b.post(address+"/row", row.fields); answer.status != http.StatusSeeOther {
		t.Fatalf("mend: %d %s", answer.status, answer.body)
	}
	list := b.importing(address)
	convener, street := w.own.convener, w.own.street
	w.must(w.store.PublishRoster(w.ctx(), convener, w.own.ID, list, w.displayed()))
	objection, err := w.store.RecordRosterObjection(w.ctx(), street, w.own.ID, list, models.RosterObjectionText{Kind: "area", Text: "请核对。",
		Place: models.HomeQuery{Building: "1号楼", Stair: "1单元", Room: "101", Phone: "19900000001"}})
	w.must(err)
	w.must(w.store.AnswerRosterObjection(w.ctx(), convener, w.own.ID, list, objection.ID, models.Upheld, "登记簿为 91 平方米。",
		models.Correction{Area: 910_000, Owners: &models.NewOwners{Add: []roster.Owner{{Name: "样例丁", IDKind: roster.Passport, IDNumber: "P1000004", Phone: "19900000004"}}}}))

	address = b.put(ruledList) // the firm sends the same list again
	desk := b.onDesk(address)
	before := desk.Total.AreaCM2
	if len(desk.Rulings) != 3 || len(desk.Settled) != 0 {
		t.Fatalf("asked about %+v", desk.Rulings)
	}
	shown := b.get(address)
	shown.says(t, "the desk", http.StatusOK, "以前的裁定和更正", "91.00 平方米", "89.50 平方米", "90.50 平方米", "第 1 号异议成立", "按不动产权证", sentence("rulings_open"))
	shown.hides(t, "the desk", "样例丁", "P1000004", "19900000004")
	blocked := b.json(http.MethodPost, apiOf(address)+"/import", `{"revision":`+strconv.FormatInt(desk.Revision, 10)+`}`)
	if !strings.Contains(blocked.body, "rulings_open") {
		t.Errorf("imported over a decision: %d %s", blocked.status, blocked.body)
	}
	keyOf := func(place string, what roster.ChangeKind) string {
		i := slices.IndexFunc(desk.Rulings, func(u roster.Undone) bool { return u.Place == place && u.What == what })
		if i < 0 {
			t.Fatalf("%s of %s is not asked about: %+v", what, place, desk.Rulings)
		}
		return desk.Rulings[i].Key
	}
	area, owners, mended := keyOf("1号楼/1单元/101", roster.ChangedArea), keyOf("1号楼/1单元/101", roster.ChangedOwners), keyOf("1号楼/1单元/102", roster.ChangedArea)
	say := func(do, why string, keys ...string) page {
		return b.post(address+"/rulings", url.Values{"keys": keys, "do": {do}, "why": {why}, "revision": {strconv.FormatInt(b.onDesk(address).Revision, 10)}})
	}
	for name, wrong := range map[string]page{"a refusal without a reason": say("keep", " ", mended), "nothing chosen": say("take", ""), "a key that is made up": say("take", "", "0011"),
		"an act that is none": say("burn", "", area)} {
		if wrong.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, wrong.status)
		}
	}
	if stale := b.post(address+"/rulings", url.Values{"keys": {area}, "do": {"take"}, "revision": {"9"}}); stale.status < 400 {
		t.Errorf("of a revision that was not seen: %d", stale.status)
	}
	if answer := say("take", "", area, owners); answer.status != http.StatusSeeOther {
		t.Fatalf("take over: %d %s", answer.status, answer.body)
	}
	if again := say("take", "", area); again.status != http.StatusUnprocessableEntity {
		t.Errorf("a second click: %d", again.status)
	}
	if answer := say("keep", "新的实测报告", mended); answer.status != http.StatusSeeOther {
		t.Fatalf("keep: %d %s", answer.status, answer.body)
	}
	desk = b.onDesk(address)
	if len(desk.Rulings) != 0 || len(desk.Settled) != 3 || desk.Total.AreaCM2 != before+15_000 {
		t.Fatalf("after both words %+v, %d cm²", desk.Rulings, desk.Total.AreaCM2)
	}
	if undo := say("undo", "", mended); undo.status != http.StatusSeeOther || len(b.onDesk(address).Rulings) != 1 {
		t.Errorf("taken back: %d", undo.status)
	}
	say("keep", "新的实测报告", mended)
	revision := strconv.FormatInt(b.onDesk(address).Revision, 10)
	if settled := b.post(address+"/rulings", url.Values{"all": {"yes"}, "do": {"take"}, "revision": {revision}}); settled.status != http.StatusUnprocessableEntity {
		t.Errorf("all of none: %d", settled.status)
	}
	next := b.importing(address)
	stored, err := w.store.Roster(w.ctx(), w.own.ID, next)
	w.must(err)
	if stored.Weight.Area != before+15_000 {
		t.Errorf("the draft has %s", stored.Weight.Area)
	}
	audit, err := w.store.Audit(w.ctx(), w.own.ID, desk.ID)
	w.must(err)
	if n := count(audit, "intake_ruling"); n != 4 {
		t.Errorf("%d rows in the audit", n)
	}
	// Another area, asked about and taken over with all the rest.
	other := b.put(strings.Replace(ruledList, "89.50", "89.60", 1))
	if open := b.onDesk(other); len(open.Rulings) != 1 {
		t.Errorf("of another area %+v", open.Rulings)
	}
	b.post(other+"/rulings", url.Values{"all": {"yes"}, "do": {"take"}, "revision": {strconv.FormatInt(b.onDesk(other).Revision, 10)}})
	if open := b.onDesk(other); len(open.Rulings) != 0 || open.Total.AreaCM2 != before+15_000 {
		t.Errorf("all taken over: %+v, %d cm²", open.Rulings, open.Total.AreaCM2)
	}
	// The same file a third time: what was said of it holds.
	if third := b.onDesk(b.put(ruledList)); len(third.Rulings) != 0 || len(third.Settled) != 3 {
		t.Errorf("asked again about %+v", third.Rulings)
	}
}
