package api

import (
	"net/http"
	"testing"

	"gongjue/models"
)

// An emergency use goes from the convener over the street to everybody.
func TestAnEmergencyUseGoesOverTheStreetToEverybody(t *testing.T) {
	w := newTown(t)
	address, public := staffCommunityURL(w.own.ID)+"/emergencies", emergenciesURL(w.own.ID)
	convener, officer := w.signIn(models.RoleConvener), w.signIn(models.RoleStreet)
	convener.get(staffCommunityURL(w.own.ID)).says(t, "the convener's room", http.StatusOK, address)
	form := convener.get(address).form(t, address)
	filled := form.with(t, "cause", "lift", "place", "3号楼 2单元", "body", "电梯钢丝绳断股。", "estimate", "四万八")
	convener.post(address, filled).says(t, "an amount in words", http.StatusUnprocessableEntity, sentence("not_an_amount"), "四万八")
	filled.Set("estimate", "48，600")
	if said := convener.post(address, filled); said.location() != address+"?done=emergency_proposed" {
		t.Fatalf("propose: %d %s", said.status, said.body)
	}
	w.browser().get(public).hides(t, "everybody before the street", "钢丝绳")
	officer.get("/staff").says(t, "the street's work", http.StatusOK, "1 项应急使用维修资金等待确认", address)
	use := decode[emergenciesJSON](t, officer.get(apiURL(address))).Emergencies[0]
	if use.Estimate != 4_860_000 {
		t.Errorf("%d fen", use.Estimate)
	}
	if said := officer.post(address+"/"+use.ID+"/confirm", officer.get(address).form(t, address+"/"+use.ID+"/confirm").fields); said.location() != address+"?done=emergency_confirmed" {
		t.Fatalf("confirm: %d %s", said.status, said.body)
	}
	w.browser().get(public).says(t, "everybody", http.StatusOK, "钢丝绳", "48,600.00 元", "街道已确认")
	complete := address + "/" + use.ID + "/complete"
	form = convener.get(address).form(t, complete)
	over := form.with(t, "cost", "52300", "acceptance", "业委会三名委员")
	convener.post(complete, over).says(t, "more than estimated without a reason", http.StatusUnprocessableEntity, "为什么比预算多")
	over.Set("overrun", "导向轮同时更换")
	if said := convener.post(complete, over); said.location() != address+"?done=emergency_done" {
		t.Fatalf("complete: %d %s", said.status, said.body)
	}
	w.browser().get(public).says(t, "everybody", http.StatusOK, "52,300.00 元", "比预算多 3,700.00 元", "导向轮同时更换")
	w.browser().get(boardURL(w.own.ID)).says(t, "the board", http.StatusOK, public)
}
