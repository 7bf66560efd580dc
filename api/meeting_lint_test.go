package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/calendar"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/voting/roster"
	"gongjue/voting/rules"
)

// placed moves the first community of a town to another place, before anything was drafted.
func placed(t *testing.T, district string) *town {
	t.Helper()
	w := newTown(t)
	w.own = w.community(district, "样例街道", "样例花园")
	w.staff[models.RoleConvener] = w.account("staff-here", models.RoleConvener, w.own.ID)
	w.own.convener = w.staff[models.RoleConvener].Actor()
	w.own.street = w.account("street-here", models.RoleStreet, w.own.StreetID).Actor()
	list, err := w.store.ImportRoster(w.ctx(), w.own.convener, w.own.ID, models.RosterFile{Name: "名册.xlsx", SHA256: "00", Roster: homes()})
	w.must(err)
	w.must(w.store.PublishRoster(w.ctx(), w.own.convener, w.own.ID, list.ID, w.displayed()))
	w.now.Add(1) // the display is over
	w.must(w.store.FreezeRoster(w.ctx(), w.own.street, w.own.ID, list.ID))
	w.own.roster, err = w.store.Roster(w.ctx(), w.own.ID, list.ID)
	w.must(err)
	return w
}

// signInHere signs in the convener of a placed town.
func (w *town) signInHere() *browser {
	b := w.browser()
	answer := b.json(http.MethodPost, "/api/v1/session", `{"user":"staff-here","password":"`+townPassword+`"}`)
	if answer.status >= http.StatusBadRequest {
		w.t.Fatal(answer.body)
	}
	return b
}

func codesOf(found []lint.Finding) []string {
	codes := make([]string, len(found))
	for i, finding := range found {
		codes[i] = string(finding.Code)
	}
	return codes
}

func TestACitysOwnVotingSystemIsToldAndHasToBeConfirmed(t *testing.T) {
	w := placed(t, "北京市朝阳区")
	meeting := w.draft(&w.own)
	b := w.signInHere()
	address := staffMeetingURL(meeting)
	api := "/api/v1" + strings.TrimPrefix(address, "/staff")
	desk := decode[deskJSON](t, b.get(api))
	if !slices.Contains(codesOf(desk.Findings), string(lint.EvoteCityOnly)) {
		t.Fatalf("the findings are %v", codesOf(desk.Findings))
	}
	shown := b.get(address)
	for _, want := range []string{"不能用本系统投票", "本系统只办理纸质票", "应当改正", "北京市物业管理条例", `name="confirmed"`} {
		if !strings.Contains(shown.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, sent := range []string{"", "{}", `{"confirmed":false}`} {
		if refused := b.json(http.MethodPost, api+"/notice", sent); refused.code(t) != "lint_unconfirmed" || !strings.Contains(refused.body, `"field":"confirmed"`) {
			t.Errorf("%q: %s", sent, refused.body)
		}
	}
	if refused := b.json(http.MethodPost, api+"/notice", `{"confirmed":"perhaps"}`); refused.code(t) != "bad_value" {
		t.Errorf("perhaps: %s", refused.body)
	}
	noticed := b.json(http.MethodPost, api+"/notice", `{"confirmed":true}`)
	if noticed.status != http.StatusOK {
		t.Fatalf("confirmed: %s", noticed.body)
	}
	after := decode[deskJSON](t, b.get(api))
	if !slices.Equal(codesOf(after.Findings), []string{string(lint.EvoteCityOnly)}) {
		t.Errorf("after the notice the findings are %v", codesOf(after.Findings))
	}
}

func TestAConfirmationMovesNothingThatIsUnlawful(t *testing.T) {
	w := placed(t, "北京市朝阳区")
	meeting := w.draft(&w.own)
	w.now.Store(calendar.StartOfDay(meeting.OpensAt) - 14*aDay)
	b := w.signInHere()
	api := "/api/v1" + strings.TrimPrefix(staffMeetingURL(meeting), "/staff")
	if refused := b.json(http.MethodPost, api+"/notice", `{"confirmed":true}`); refused.code(t) != "notice_too_short" {
		t.Errorf("%s", refused.body)
	}
}

func TestADraftWithoutGraveDoubtsNeedsNoConfirmation(t *testing.T) {
	w := frozenTown(t)
	meeting := w.draft(&w.own)
	b := w.signIn(models.RoleConvener)
	address := staffMeetingURL(meeting)
	if shown := b.get(address); strings.Contains(shown.body, `name="confirmed"`) || !strings.Contains(shown.body, "对草案的提醒") {
		t.Error("a confirmation is asked for, or the doubts are not shown")
	}
	if noticed := b.json(http.MethodPost, "/api/v1"+strings.TrimPrefix(address, "/staff")+"/notice", ""); noticed.status != http.StatusOK {
		t.Errorf("%s", noticed.body)
	}
}

func TestAnExtraordinaryMeetingHasTheDaysOfItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		district, extraordinary string
		days                    int64
		refused                 bool
	}{
		"杭州, extraordinary, six days":     {"浙江省杭州市西湖区", "true", 6, true},
		"杭州, extraordinary, seven days":   {"浙江省杭州市西湖区", "true", 7, false},
		"杭州, regular, fourteen days":      {"浙江省杭州市西湖区", "false", 14, true},
		"elsewhere, extraordinary, seven": {"样例区", "true", 7, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := placed(t, c.district)
			b := w.signInHere()
			base := "/api/v1/communities/" + w.own.ID + "/meetings"
			made := decode[meetingJSON](t, b.json(http.MethodPost, base, body(w.terms(), "extraordinary", c.extraordinary)))
			if made.Extraordinary != (c.extraordinary == "true") {
				t.Errorf("the draft is %+v", made)
			}
			b.json(http.MethodPost, base+"/"+made.ID+"/matters", `{"kind":"motion","item":9,"title":"围墙涂装","text":"是否同意给小区围墙重新涂装？"}`)
			w.now.Store(calendar.StartOfDay(made.OpensAt) - c.days*aDay)
			b = w.signInHere()
			answer := b.json(http.MethodPost, base+"/"+made.ID+"/notice", `{"confirmed":true}`)
			if c.refused != (answer.status == http.StatusUnprocessableEntity) || (c.refused && answer.code(t) != "notice_too_short") {
				t.Errorf("%d %s", answer.status, answer.body)
			}
			if !c.refused {
				if public := b.get("/m/" + made.ID); !strings.Contains(public.body, "业主大会临时会议通知") {
					t.Error("the notice does not say what it is")
				}
			}
		})
	}
	w := frozenTown(t)
	b := w.signIn(models.RoleConvener)
	both := b.json(http.MethodPost, "/api/v1/communities/"+w.own.ID+"/meetings", body(w.terms(), "extraordinary", "true", "first_meeting", "true"))
	if both.code(t) != "bad_value" || !strings.Contains(both.body, `"field":"extraordinary"`) {
		t.Errorf("first and extraordinary: %s", both.body)
	}
}

func TestWhatThePlaceHasFixedIsComparedWithTheDraft(t *testing.T) {
	for name, c := range map[string]struct {
		district string
		change   func(*models.MeetingTerms)
		found    []lint.Code
		says     string
	}{
		"杭州, four days, all seats": {"浙江省杭州市西湖区", func(m *models.MeetingTerms) { m.ClosesAt = m.OpensAt + 4*aDay },
			[]lint.Code{lint.WindowShort, lint.ShortfallUnlawful}, "杭州市物业管理条例第20条"},
		"杭州, five days, over half": {"浙江省杭州市西湖区", func(m *models.MeetingTerms) {
			m.ClosesAt, m.Policies.Shortfall = m.OpensAt+5*aDay, voting.OverHalfStands
		}, nil, "对草案的提醒"},
		"宁波, three members said to be enough": {"浙江省宁波市海曙区", func(*models.MeetingTerms) {}, []lint.Code{lint.MinMembersBelow}, "宁波市住宅小区物业管理条例第29条"},
	} {
		t.Run(name, func(t *testing.T) {
			w := placed(t, c.district)
			w.announce = c.change
			meeting := w.draft(&w.own)
			b := w.signInHere()
			address := staffMeetingURL(meeting)
			var found []lint.Code
			for _, finding := range decode[deskJSON](t, b.get("/api/v1"+strings.TrimPrefix(address, "/staff"))).Findings {
				if slices.Contains([]lint.Code{lint.WindowShort, lint.WindowLong, lint.ParkingUnlawful, lint.LargeCommittee, lint.MinMembersBelow, lint.ShortfallUnlawful}, finding.Code) {
					found = append(found, finding.Code)
				}
			}
			if !slices.Equal(found, c.found) {
				t.Errorf("found %v", found)
			}
			if shown := b.get(address); !strings.Contains(shown.body, c.says) {
				t.Errorf("the page lacks %s", c.says)
			}
		})
	}
}

func TestParkingThatTheLawLeavesOutIsFoundInTheRoster(t *testing.T) {
	for place, want := range map[string]bool{"浙江省宁波市海曙区": true, "浙江省杭州市西湖区": false} {
		pack, err := rules.At(place, calendar.Date(2026, 5, 18))
		if err != nil {
			t.Fatal(err)
		}
		desk := models.Desk{Meeting: models.Meeting{State: lifecycle.MeetingDraft, Pack: pack}, Roster: models.Roster{Parking: roster.Policy{ParkingCountsArea: true}}}
		found := slices.ContainsFunc(findingsOf(desk), func(f lint.Finding) bool {
			return f.Code == lint.ParkingUnlawful && f.Article == "宁波市住宅小区物业管理条例第18条"
		})
		if found != want {
			t.Errorf("%s: found %v", place, found)
		}
	}
}

// 聊城 lets the interim covenant carry the silence rule of a first meeting: the form asks for it there, and the notice tells by
// what law.
func TestAFirstMeetingInLiaochengMayNameItsInterimCovenant(t *testing.T) {
	w := placed(t, "山东省/聊城市/样例区")
	b := w.signInHere()
	b.get("/staff/communities/"+w.own.ID+"/meetings/new").says(t, "the form", http.StatusOK, `name="silence_interim"`, "依据聊城市物业管理条例第16条")
	sent := `{"title":"首次会议","convener_kind":"preparation_group","convener_name":"筹备组","roster":"` + w.own.roster.ID + `","opens":"2030-05-01T09:00","closes":"2030-05-20T18:00",
		"contact":"样例","objection_days":5,"first_meeting":true,"void_participates":true,"silence":"join_majority","silence_document":"临时管理规约","silence_clause":"第三十条","silence_interim":`
	address := "/api/v1/communities/" + w.own.ID + "/meetings"
	if refused := b.json(http.MethodPost, address, sent+`false}`); refused.code(t) != string(voting.CodeSilenceFirstMeeting) {
		t.Errorf("without it: %d %s", refused.status, refused.body)
	}
	made := decode[meetingJSON](t, b.json(http.MethodPost, address, sent+`true}`))
	if !made.Policies.InterimCovenant || !made.SilenceRule.InterimCovenant {
		t.Errorf("%+v, %+v", made.Policies, made.SilenceRule)
	}
	b.get("/staff/communities/"+w.own.ID+"/meetings/"+made.ID).says(t, "the draft", http.StatusOK, "《临时管理规约》第三十条（依聊城市物业管理条例第16条，首次会议可以由临时管理规约约定）")
}

func TestABlanketMandateIsBarredWhereTheLawOfThePlaceBarsIt(t *testing.T) {
	for district, want := range map[string]lint.Code{"北京市朝阳区": lint.MandateBarred, "山东省/聊城市/样例区": lint.BlanketMandate} {
		w := placed(t, district)
		meeting := w.draft(&w.own)
		_, err := w.store.AddMatter(w.ctx(), w.own.convener, w.own.ID, meeting.ID, models.Matter{Title: "授权", Body: "授权业委会全权处理小区事务。", Rule: voting.Matter{Kind: voting.Motion, Item: 9}})
		w.must(err)
		desk := decode[deskJSON](t, w.signInHere().get("/api/v1"+strings.TrimPrefix(staffMeetingURL(meeting), "/staff")))
		if !slices.Contains(codesOf(desk.Findings), string(want)) {
			t.Errorf("%s: %v", district, codesOf(desk.Findings))
		}
	}
}
