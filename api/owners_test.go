package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
)

// ownerAt gives the id of the first owner of a room in building 1 of a community's roster.
func (w *town) ownerAt(p *quarter, room string) string {
	w.t.Helper()
	found, err := w.store.FindOwners(w.ctx(), p.street, p.ID, p.roster.ID, models.OwnerQuery{Building: "1号楼", Stair: "1单元", Room: room})
	w.must(err)
	if len(found) == 0 {
		w.t.Fatalf("nobody lives in room %s", room)
	}
	return found[0].OwnerID
}

// drafted is a town whose first community has a draft of its roster.
func draftedTown(t *testing.T) *town {
	w := newTown(t)
	var err error
	w.own.roster, err = w.store.ImportRoster(t.Context(), w.own.convener, w.own.ID, models.RosterFile{Name: "名册.xlsx", SHA256: "00", Roster: homes()})
	w.must(err)
	return w
}

func TestAConvenerReadsAnOwnersPhoneAndLeavesATrace(t *testing.T) {
	w := draftedTown(t)
	b := w.signIn(models.RoleConvener)
	address := rosterURL(w.own.ID, w.own.roster.ID) + "/owners"
	if page := b.get(rosterURL(w.own.ID, w.own.roster.ID)); !strings.Contains(page.body, `href="`+address+`"`) {
		t.Error("the roster does not lead to its owners")
	}
	b.get(address).says(t, "the search", 200, "按电话或证件号码查找", "1号楼")
	found := b.post(address, url.Values{"number": {"199 0000 0001"}})
	found.says(t, "what was found", 200, "199****0001", "1号楼 1单元 101")
	found.hides(t, "what was found", "19900000001", "199 0000 0001", "样例1")
	owner := address + "/" + w.ownerAt(&w.own, "101")
	if !strings.Contains(found.body, `href="`+owner+`"`) {
		t.Fatal("what was found leads to nobody")
	}
	shown := b.get(owner)
	shown.hides(t, "the owner", "19900000001", "样例1")
	ask := shown.form(t, owner+"/read")
	if !ask.names["reason"] || !ask.names["text"] || !ask.names["fields"] {
		t.Fatalf("the form has %v", ask.names)
	}
	refused := b.post(owner+"/read", url.Values{"reason": {"mend"}, "text": {"打19900000001核对"}, "fields": {"phone"}})
	refused.says(t, "a reason with a number", 422, sentence("reason_names_person"), "打19900000001核对", `value="phone" checked`)
	b.post(owner+"/read", url.Values{"reason": {"mend"}, "text": {"核对"}}).says(t, "nothing asked for", 422, "要看的内容")

	full := b.post(owner+"/read", url.Values{"reason": {"mend"}, "text": {"手机号少一位"}, "fields": {"phone"}})
	full.says(t, "the record", 200, "19900000001", "样例1")
	full.hides(t, "the record", "99000019700101")
	if full.header.Get("Cache-Control") != "no-store" || full.location() != "" {
		t.Errorf("the record may be kept: %v", full.header)
	}
	b.get(owner+"/read").hides(t, "the address of the record, opened again", "19900000001")
	b.get(owner).says(t, "the owner", 200, "手机号少一位", "核对或更正名册")
	w.signIn(models.RoleStreet).get(readRegisterURL(w.own.ID)).says(t, "the register", 200, "手机号少一位", "查找业主", "1号楼 1单元 101")
	if strings.Contains(w.log.String(), "1990000") || strings.Contains(w.log.String(), "样例") {
		t.Error("the log holds what was read")
	}
}

func TestReadsOverTheAPI(t *testing.T) {
	w := draftedTown(t)
	street := w.signIn(models.RoleStreet)
	api := "/api/v1/communities/" + w.own.ID
	owners := api + "/rosters/" + w.own.roster.ID + "/owners"
	list := decode[ownersJSON](t, street.json(http.MethodPost, owners+"/find", `{"building":"1","stair":"一单元","room":"101室"}`))
	if len(list.Owners) != 1 || list.Owners[0].Phone != "199****0001" || list.Owners[0].IDNumber == "" || strings.Contains(list.Owners[0].IDNumber, "1970") {
		t.Fatalf("found %+v", list)
	}
	owner := owners + "/" + list.Owners[0].ID
	for body, code := range map[string]string{
		`{}`: "required", `{"reason":"mend","text":"核对","fields":[]}`: "required",
		`{"reason":"mend","text":"核对","fields":["salt"]}`:                                "bad_value",
		`{"reason":"mend","text":"核对","fields":["phone","phone","phone"]}`:               "too_long",
		`{"reason":"curious","text":"核对","fields":["phone"]}`:                            "bad_value",
		`{"reason":"mend","text":"核对","fields":["phone"],"all":true}`:                    "unknown_field",
		`{"reason":"mend","text":"` + strings.Repeat("长", 201) + `","fields":["phone"]}`: "too_long",
	} {
		if answer := street.json(http.MethodPost, owner+"/read", body); answer.code(t) != code {
			t.Errorf("%s: %s", body, answer.body)
		}
	}
	full := decode[fullOwnerJSON](t, street.json(http.MethodPost, owner+"/read", `{"reason":"authority","text":"法院调查令","fields":["id_number","phone"]}`))
	if full.Phone != "19900000001" || !strings.HasPrefix(full.IDNumber, "990000") || full.Name != "样例1" {
		t.Errorf("read %+v", full)
	}
	detail := decode[ownerDetailJSON](t, street.get(owner))
	if len(detail.Reads) != 1 || detail.Reads[0].Reason != models.ReadByAuthority || detail.Owner.Phone != "199****0001" {
		t.Errorf("the owner: %+v", detail)
	}
	register := decode[readRegisterJSON](t, street.get(api+"/reads"))
	if len(register.Reads) != 2 || register.Reads[0].Kind != models.KindRead || register.Reads[1].Kind != models.KindSearch || register.Next != "" {
		t.Errorf("the register: %+v", register)
	}
	if answer := street.get(api + "/reads?after=nothing"); answer.code(t) != "not_found" {
		t.Errorf("a cursor of nowhere: %s", answer.body)
	}
}

func TestHarvestingIsStoppedAndSeen(t *testing.T) {
	w := draftedTown(t)
	b := w.signIn(models.RoleConvener)
	owner := rosterURL(w.own.ID, w.own.roster.ID) + "/owners/" + w.ownerAt(&w.own, "101")
	read := url.Values{"reason": {"reach"}, "text": {"逐户通知"}, "fields": {"phone"}}
	warning := "有账号短时间内查看了很多业主的完整信息"
	if strings.Contains(b.get("/staff").body, warning) {
		t.Error("an alarm about nothing")
	}
	status := http.StatusOK
	tried := 0
	for ; status == http.StatusOK && tried < 100; tried++ {
		status = b.post(owner+"/read", read).status
	}
	if tried != 31 || status != http.StatusTooManyRequests {
		t.Errorf("try %d was answered with %d", tried, status)
	}
	for _, role := range []models.Role{models.RoleConvener, models.RoleStreet} {
		w.signIn(role).get("/staff").says(t, string(role)+"'s console", 200, warning, `href="`+readRegisterURL(w.own.ID)+`"`)
	}
	w.signIn(models.RoleTeller).get("/staff").hides(t, "the teller's console", warning)
	w.signIn(models.RoleStreet).get(readRegisterURL(w.own.ID)).says(t, "the register", 200, "查看过多", "一小时内第 31 次")
}

func TestOwnersSeeTheirRecordAndItsReaders(t *testing.T) {
	w := votingTown(t)
	_, err := w.store.ReadOwner(t.Context(), w.own.street, w.own.ID, w.own.roster.ID, w.ownerAt(&w.own, "101"),
		models.OwnerRead{Reason: models.ReadToReach, Text: "通知领取表决票", Fields: []models.OwnerField{models.FieldPhone}})
	w.must(err)
	b := w.enter(w.own.sheets[0])
	if page := b.get(ballotURL); !strings.Contains(page.body, `href="`+ownRecordURL+`"`) {
		t.Error("the ballot does not lead to the record")
	}
	record := b.get(ownRecordURL)
	record.says(t, "the own record", 200, "199****0001", "街道", "联系业主办理会议事务", "联系电话")
	record.hides(t, "the own record", "通知领取表决票", "19900000001", "样例1", w.staff[models.RoleStreet].Name)
	detail := decode[ownerDetailJSON](t, b.get("/api/v1/own-record"))
	if len(detail.Reads) != 1 || detail.Reads[0].By != "" || detail.Reads[0].Role != "street" {
		t.Errorf("the own record: %+v", detail)
	}
	other := decode[ownerDetailJSON](t, w.enter(w.own.sheets[1]).get("/api/v1/own-record"))
	if len(other.Reads) != 0 || other.Owner.ID == detail.Owner.ID {
		t.Errorf("another owner's record: %+v", other)
	}
}
