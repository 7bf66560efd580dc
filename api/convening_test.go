package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting/lifecycle"
)

// conveningWanted is an order to the committee to hold an extraordinary meeting.
func conveningWanted(limit string) models.WantedConvening {
	return models.WantedConvening{Kind: lifecycle.ConveneExtraordinary, Ground: lifecycle.DutyBreached, ConvenerKind: lifecycle.Committee,
		Basis: "物业管理条例第13条", Body: "请在期限以内发出会议通知。", Limit: limit}
}

func TestAStreetOrdersAMeetingOnItsPageAndEverybodyReadsIt(t *testing.T) {
	w := newTown(t)
	w.noticed(&w.own)
	street, convener, public := w.signIn(models.RoleStreet), w.signIn(models.RoleConvener), w.browser()
	desk, board := "/staff/communities/"+w.own.ID+"/convenings", boardURL(w.own.ID)
	public.get(board).hides(t, "a board without orders", conveningsURL(w.own.ID))
	convener.get(desk).hides(t, "the convener's page", `name="ground"`)
	if refused := convener.post(desk, url.Values{}); refused.status != http.StatusForbidden {
		t.Errorf("the convener orders: %d", refused.status)
	}
	fill := func(pairs ...string) url.Values {
		fields := street.get(desk).form(t, desk).with(t, "kind", "extraordinary", "ground", "asked", "asked", "2", "convener_kind", "committee", "basis", "物业管理条例第13条",
			"body", "请尽快召开。", "limit", "2030-01-01")
		for i := 0; i < len(pairs); i += 2 {
			fields.Set(pairs[i], pairs[i+1])
		}
		return fields
	}
	for name, c := range map[string]struct {
		in   url.Values
		want string
	}{
		"a day that is over": {fill("limit", "2020-01-01"), "2020-01-01"},
		"too few who ask":    {fill("asked", "1"), "百分之二十"},
		"no reasons":         {fill("body", ""), "物业管理条例第13条"},
		"a phone number":     {fill("body", "请联系 19900001234"), "19900001234"},
	} {
		answer := street.post(desk, c.in)
		if answer.status != http.StatusUnprocessableEntity || !strings.Contains(answer.body, c.want) {
			t.Errorf("%s: %d", name, answer.status)
		}
	}
	if sent := street.post(desk, fill()); sent.location() != desk+"?done=convening_ordered" {
		t.Fatalf("order: %d %s", sent.status, sent.body)
	}
	if twice := street.post(desk, fill()); twice.status != http.StatusConflict {
		t.Errorf("ordered twice: %d", twice.status)
	}
	public.get(board).says(t, "the board", http.StatusOK, "责令业主委员会召开业主大会临时会议：等待召开", conveningsURL(w.own.ID)+"#c1", "责令召开：召开业主大会临时会议")
	public.get(conveningsURL(w.own.ID)).says(t, "the public list", http.StatusOK, "请尽快召开。", "提出要求的业主 2 人", "2030年1月1日")
	convener.get("/staff").says(t, "the convener's work", http.StatusOK, "等待召开：召开业主大会临时会议")
	list := decode[conveningsJSON](t, public.get("/api/v1/public/communities/"+w.own.ID+"/convenings")).Convenings
	if len(list) != 1 || list[0].State != lifecycle.ConveningOrdered || list[0].Asked != 2 || list[0].Overdue {
		t.Fatalf("the public JSON: %+v", list)
	}
	over := "/staff/communities/" + w.own.ID + "/convenings/" + list[0].ID
	if early := street.post(over+"/take-over", url.Values{}); early.status != http.StatusConflict {
		t.Errorf("taken over where the rules have no such clause: %d", early.status)
	}
	street.post(over+"/withdraw", street.get(desk).form(t, over+"/withdraw").with(t, "reason", "")).says(t, "withdrawn without a reason", http.StatusUnprocessableEntity)
	if sent := street.post(over+"/withdraw", url.Values{"reason": {"已另行协商。"}}); sent.location() != desk+"?done=convening_withdrawn" {
		t.Fatalf("withdraw: %d %s", sent.status, sent.body)
	}
	public.get(conveningsURL(w.own.ID)).says(t, "afterwards", http.StatusOK, "已撤回", "已另行协商。")
}
