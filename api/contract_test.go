package api

import (
	"net/http"
	"net/url"
	"testing"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
)

// contracted records a contract from before with a proof and a published file, and notes their ids.
func (w *town) contracted(p *quarter) {
	w.t.Helper()
	proof := models.SentFile{Name: "合同.pdf", Content: []byte("%PDF-1.7 contract")}
	id, err := w.store.RecordContract(w.ctx(), p.convener, p.ID, models.WantedContract{Kind: lifecycle.OwnersContract, Firm: "示范物业", Principal: "业主大会", Area: 1, FeeMode: lifecycle.LumpSum,
		Price: 1, SignedAt: calendar.AddMonths(w.store.Now(), -6), From: calendar.AddMonths(w.store.Now(), -6), To: calendar.AddMonths(w.store.Now(), 18)}, []models.SentFile{proof})
	w.must(err)
	w.must(w.store.PublishContractFile(w.ctx(), p.convener, p.ID, id, proof))
	list, err := w.store.Contracts(w.ctx(), models.Community{ID: p.ID}, false)
	w.must(err)
	p.ids["contract"], p.ids["contract_file"], p.ids["contract_proof"] = id, list[0].Files[0].ID, list[0].Proofs[0].ID
}

// A contract from before goes from the form with its scan over filing and inspection to everybody.
func TestAContractGoesFromItsScanToEverybody(t *testing.T) {
	w := newTown(t)
	address, public := staffCommunityURL(w.own.ID)+"/contracts", contractsURL(w.own.ID)
	convener, officer := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	convener.get(staffCommunityURL(w.own.ID)).says(t, "the convener's room", http.StatusOK, address)
	today := calendar.DayText(w.store.Now())
	filled := url.Values{"kind": {"owners"}, "firm": {"示范物业服务有限公司"}, "principal": {"业主大会"}, "area": {"一万"}, "fee_mode": {"lump_sum"}, "price": {"1.95"},
		"signed_on": {today}, "from": {today}, "to": {calendar.DayText(calendar.AddMonths(w.store.Now(), 5))}, "terms": {""}}
	convener.get(address).says(t, "the form", http.StatusOK, "登记以前签订的合同")
	send := func(file string) page {
		if file == "" {
			return convener.post(address, filled)
		}
		return convener.uploadFields(address, filled, "合同.pdf", []byte(file))
	}
	send("").says(t, "an area in words", http.StatusUnprocessableEntity, sentence("area_invalid"), "示范物业服务有限公司")
	filled.Set("area", "128450.36")
	send("").says(t, "no scan", http.StatusUnprocessableEntity, "合同扫描件")
	if said := send("%PDF-1.7 scan"); said.location() != address+"?done=contract_noted" {
		t.Fatalf("record: %d %s", said.status, said.body)
	}
	contract := decode[contractsJSON](t, convener.get(apiURL(address))).Contracts[0]
	if contract.Area != 1_284_503_600 || contract.Price != 195 || len(contract.Proofs) != 1 || contract.Stage != "expiring" {
		t.Errorf("the contract is %+v", contract)
	}
	read := w.browser().get(public)
	read.says(t, "everybody", http.StatusOK, "示范物业服务有限公司", "1.95 元（包干制）", "即将到期")
	read.hides(t, "everybody", "合同.pdf", "凭证")
	convener.get("/staff").says(t, "the convener's work", http.StatusOK, "即将到期，要组织业主决定续聘或者另聘", address)
	steps := address + "/" + contract.ID + "/steps"
	step := func(b *browser, pairs ...string) page {
		values := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			values.Set(pairs[i], pairs[i+1])
		}
		return b.post(steps, values)
	}
	if said := step(convener, "event", "submit"); said.location() != address+"?done=contract_step" {
		t.Fatalf("submit: %d %s", said.status, said.body)
	}
	officer.get("/staff").says(t, "the street's work", http.StatusOK, "等待收件备案", address)
	step(officer, "event", "return").says(t, "a return without what is missing", http.StatusUnprocessableEntity, "要补正什么")
	if said := step(officer, "event", "receive"); said.location() != address+"?done=contract_step" {
		t.Fatalf("receive: %d %s", said.status, said.body)
	}
	step(convener, "event", "inspect", "day", "2099-01-01", "parties", "业委会、物业", "body", "消防泵不能启动").says(t, "an inspection to come", http.StatusUnprocessableEntity, "消防泵不能启动")
	if said := step(convener, "event", "inspect", "day", today, "parties", "业委会、物业", "body", "消防泵不能启动"); said.location() != address+"?done=contract_step" {
		t.Fatalf("inspect: %d %s", said.status, said.body)
	}
	step(convener, "event", "dismiss", "day", today, "decision", "nothing:1").says(t, "a dismissal nobody decided", http.StatusUnprocessableEntity, sentence("decision_does_not_fit"))
	if said := convener.uploadFields(address+"/"+contract.ID+"/files", url.Values{}, "物业服务合同.pdf", []byte("%PDF-1.7 text")); said.location() != address+"?done=contract_published" {
		t.Fatalf("publish: %d %s", said.status, said.body)
	}
	w.browser().get(public).says(t, "everybody", http.StatusOK, "已备案", "承接查验", "消防泵不能启动", "合同文本和附件")
	list := decode[contractsJSON](t, w.browser().get("/api/v1/public/communities/"+w.own.ID+"/contracts")).Contracts
	if len(list) != 1 || list[0].Proofs != nil || len(list[0].Entries) != 2 {
		t.Errorf("everybody reads %+v", list)
	}
	file := public + "/" + contract.ID + "/files/" + list[0].Files[0].ID
	w.browser().get(file).says(t, "the published file", http.StatusOK, "%PDF-1.7 text")
	if said := convener.post(address+"/"+contract.ID+"/files/"+list[0].Files[0].ID+"/remove", url.Values{}); said.location() != address+"?done=contract_removed" {
		t.Fatalf("remove: %d %s", said.status, said.body)
	}
	if said := w.browser().get(file); said.status != http.StatusNotFound {
		t.Errorf("a file that was taken back: %d", said.status)
	}
	w.browser().get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, public)
}
