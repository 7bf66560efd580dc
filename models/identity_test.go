package models

import (
	"errors"
	"testing"
)

const elsewhere = "198.51.100.7"

func TestACodeOpensOneSessionOnce(t *testing.T) {
	inHall(t, func(h *hall) {
		sheet := h.sheets(h.voting())[2] // the couple
		home, err := h.HomeOf(h.ctx(), sheet.Token)
		h.must(err)
		if len(home.People) != 2 || home.People[0].Phone != "199****0003" || home.People[0].Name == "样例3" {
			t.Fatalf("a stranger sees %+v", home.People)
		}
		sent, err := h.RequestCode(h.ctx(), sheet.Token, home.People[1].OwnerID, elsewhere)
		h.must(err)
		request := sent.Request
		again, err := h.RequestCode(h.ctx(), sheet.Token, home.People[1].OwnerID, elsewhere)
		if h.must(err); again.Request != request || sent.Again || !again.Again {
			t.Errorf("started again: %+v after %+v", again, sent)
		}
		code := h.sentCode(request)
		_, err = h.RedeemCode(h.ctx(), request, wrong(code), elsewhere)
		h.refused(err, "code_wrong")
		token, err := h.RedeemCode(h.ctx(), request, code, elsewhere)
		h.must(err)
		session, err := h.Resident(token)
		h.must(err)
		if session.Voter != home.VoterID || session.Owner != home.People[1].OwnerID || session.Evidence != request {
			t.Errorf("the session says %+v", session)
		}
		_, err = h.RedeemCode(h.ctx(), request, code, elsewhere)
		h.refused(err, "code_used")
		_, err = h.RedeemCode(h.ctx(), request, wrong(code), elsewhere) // who has not the code does not learn that it was used
		h.refused(err, "code_wrong")
		_, err = h.RequestCode(h.ctx(), sheet.Token, home.People[1].OwnerID, elsewhere)
		h.refused(err, "code_too_soon")
		h.wait(residentLife)
		_, err = h.Resident(token)
		h.refused(err, "session_expired")
	})
}

func wrong(code string) string {
	if code[0] == '0' {
		return "1" + code[1:]
	}
	return "0" + code[1:]
}

func TestCodesEndAndRunOut(t *testing.T) {
	inHall(t, func(h *hall) {
		sheet := h.sheets(h.voting())[1]
		home, err := h.HomeOf(h.ctx(), sheet.Token)
		h.must(err)
		owner := home.People[0].OwnerID
		sent, err := h.RequestCode(h.ctx(), sheet.Token, owner, elsewhere)
		h.must(err)
		code := h.sentCode(sent.Request)
		h.wait(CodeLife)
		_, err = h.RedeemCode(h.ctx(), sent.Request, code, elsewhere)
		h.refused(err, "code_expired")

		sent, err = h.RequestCode(h.ctx(), sheet.Token, owner, elsewhere)
		h.must(err)
		request := sent.Request
		code = h.sentCode(request)
		for range codeTries {
			_, err = h.RedeemCode(h.ctx(), request, wrong(code), elsewhere)
			h.refused(err, "code_wrong")
		}
		_, err = h.RedeemCode(h.ctx(), request, code, elsewhere)
		h.refused(err, "code_limited")

		var limited error
		for range 5 {
			h.wait(codePause)
			if _, err := h.RequestCode(h.ctx(), sheet.Token, owner, elsewhere); err != nil {
				limited = err
			}
		}
		if !errors.Is(limited, &Refusal{Code: "code_limited"}) {
			t.Errorf("a phone takes any number of codes: %v", limited)
		}
	})
}

func TestTheRoomPickerTellsNobodyWhoLivesWhere(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		right := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}
		sent, err := h.RequestCodeByHome(h.ctx(), meeting.ID, right, elsewhere)
		h.must(err)
		if code := h.sentCode(sent.Request); len(code) != 6 {
			t.Fatalf("the code is %q", code)
		}
		for _, query := range []HomeQuery{right,
			{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000003"},
			{Building: "9号楼", Stair: "1单元", Room: "999", Phone: "19900000002"},
		} {
			asked, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, elsewhere)
			h.must(err)
			if code := h.sentCode(asked.Request); code != "" {
				t.Errorf("%+v was sent a code", query)
			}
			// A request that nobody stands behind wears out and ends like any other, also over its next one.
			for range codeTries {
				_, err = h.RedeemCode(h.ctx(), asked.Request, "000000", elsewhere)
				h.refused(err, "code_wrong")
			}
			_, err = h.RedeemCode(h.ctx(), asked.Request, "000000", elsewhere)
			h.refused(err, "code_limited")
		}
		sent, err = h.RequestCodeByHome(h.ctx(), meeting.ID, HomeQuery{Building: "9号楼", Room: "1", Phone: "19900000009"}, "198.51.100.8")
		h.must(err)
		h.wait(CodeLife)
		_, err = h.RedeemCode(h.ctx(), sent.Request, "000000", elsewhere)
		h.refused(err, "code_expired")
	})
}

// TestStartingAgainMeansTheCodeOnItsWayForEverybodyAlike asks the same question at several moments, for a home with that
// phone and for one without: what a stranger sees must follow the same pattern.
func TestStartingAgainMeansTheCodeOnItsWayForEverybodyAlike(t *testing.T) {
	for name, query := range map[string]HomeQuery{
		"a home with that phone":    {Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"},
		"a home with another phone": {Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000003"},
		"no such home":              {Building: "9号楼", Stair: "1单元", Room: "999", Phone: "19900000002"},
	} {
		t.Run(name, func(t *testing.T) {
			inHall(t, func(h *hall) {
				meeting := h.voting()
				ask := func() SentCode {
					sent, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, elsewhere)
					if h.must(err); sent.Again || sent.ExpiresAt != h.Now()+CodeLife {
						t.Errorf("the answer tells more: %+v", sent)
					}
					return sent
				}
				first := ask()
				h.wait(codePause - 1)
				if again := ask(); again.Request != first.Request {
					t.Error("a minute less a moment later it is another request")
				}
				h.wait(CodeLife - 1) // counted from the second asking
				if _, err := h.RedeemCode(h.ctx(), first.Request, "000000", elsewhere); !errors.Is(err, &Refusal{Code: "code_wrong", Field: "code"}) {
					t.Errorf("just before its end: %v", err)
				}
				h.wait(1)
				_, err := h.RedeemCode(h.ctx(), first.Request, "000000", elsewhere)
				h.refused(err, "code_expired")
				if ask().Request == first.Request {
					t.Error("after minutes it is still the same request")
				}
			})
		})
	}
}

func TestACodeThatWasUsedStaysTheRequestOfItsMinute(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		query := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}
		sent, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, elsewhere)
		h.must(err)
		_, err = h.RedeemCode(h.ctx(), sent.Request, h.sentCode(sent.Request), elsewhere)
		h.must(err)
		again, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, "198.51.100.8")
		if h.must(err); again.Request != sent.Request {
			t.Error("a stranger learns that somebody entered the code")
		}
		h.wait(codePause)
		if later, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, elsewhere); err != nil || later.Request == sent.Request || len(h.sentCode(later.Request)) != 6 {
			t.Errorf("a minute later: %+v, %v", later, err)
		}
	})
}

// TestAPhoneAtItsLimitDoesNotShow asks around the end of the ten minutes in which a phone takes three codes.
func TestAPhoneAtItsLimitDoesNotShow(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.voting()
		query := HomeQuery{Building: "1号楼", Stair: "1单元", Room: "102", Phone: "19900000002"}
		ask := func() SentCode {
			sent, err := h.RequestCodeByHome(h.ctx(), meeting.ID, query, elsewhere)
			h.must(err)
			return sent
		}
		window := limitCodes10Min.window
		h.wait(window - h.Now()%window + window - 4*codePause)
		for range limitCodes10Min.hits {
			if len(h.sentCode(ask().Request)) != 6 {
				t.Fatal("no code was sent")
			}
			h.wait(codePause)
		}
		h.wait(codePause - 1) // a moment before the window ends
		limited := ask()
		if code := h.sentCode(limited.Request); code != "" {
			t.Fatal("a fourth code was sent")
		}
		h.wait(1)
		if ask().Request != limited.Request {
			t.Error("the end of the window shows that the phone is on the roster")
		}
	})
}

func TestALocatorLeadsNowhereElse(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.noticed()
		sheet := h.sheets(meeting)[0]
		home, err := h.HomeOf(h.ctx(), sheet.Token)
		h.must(err)
		_, err = h.RequestCode(h.ctx(), sheet.Token, home.People[0].OwnerID, elsewhere)
		h.refused(err, "meeting_not_started")
		_, err = h.HomeOf(h.ctx(), "AAAAAAAAAAAAAAAAAAAAAA")
		h.refused(err, "locator_unknown")
		_, err = h.HomeOf(h.ctx(), "' OR 1=1 --")
		h.refused(err, "locator_unknown")
		h.wait(20 * day)
		_, err = h.RequestCode(h.ctx(), sheet.Token, newID(), elsewhere)
		h.refused(err, "no_phone")
		h.wait(10*day + CloseGrace)
		_, err = h.RequestCode(h.ctx(), sheet.Token, home.People[0].OwnerID, elsewhere)
		h.refused(err, "meeting_closed")
		h.wait(locatorLife)
		_, err = h.HomeOf(h.ctx(), sheet.Token)
		h.refused(err, "locator_expired")
	})
}

func TestStaffSessionsEnd(t *testing.T) {
	inHall(t, func(h *hall) {
		token, account, err := h.SignIn(h.ctx(), "convener", password, elsewhere)
		h.must(err)
		if account.Role != RoleConvener || account.CommunityID != h.community.ID {
			t.Errorf("signed in as %+v", account)
		}
		h.wait(10 * minute)
		_, err = h.StaffByToken(h.ctx(), token)
		h.must(err)
		h.wait(10 * minute) // twenty minutes after the sign-in, ten after the last request
		_, err = h.StaffByToken(h.ctx(), token)
		h.must(err)
		h.wait(staffIdle)
		_, err = h.StaffByToken(h.ctx(), token)
		h.refused(err, "session_expired")

		token, _, err = h.SignIn(h.ctx(), "convener", password, elsewhere)
		h.must(err)
		h.must(h.SignOut(h.ctx(), token))
		_, err = h.StaffByToken(h.ctx(), token)
		h.refused(err, "session_expired")
	})
}

func TestGuessingAPasswordIsLimited(t *testing.T) {
	inHall(t, func(h *hall) {
		for range limitLoginTries.hits {
			_, _, err := h.SignIn(h.ctx(), "street", "falsches-passwort", elsewhere)
			h.refused(err, "login_failed")
		}
		_, _, err := h.SignIn(h.ctx(), "street", password, elsewhere)
		h.refused(err, "login_limited")
		h.wait(15 * minute)
		_, _, err = h.SignIn(h.ctx(), "street", password, elsewhere)
		h.must(err)
		for range 2 * limitLoginTries.hits {
			_, _, err = h.SignIn(h.ctx(), "street", password, elsewhere)
			h.must(err)
		}
		_, _, err = h.SignIn(h.ctx(), "nobody", password, elsewhere)
		h.refused(err, "login_failed")
	})
}

func TestAccountsNeedWhatTheirRoleNeeds(t *testing.T) {
	inHall(t, func(h *hall) {
		for code, account := range map[string]NewStaff{
			"required":          {Login: " ", Name: "x", Password: password, Role: RoleOperator},
			"password_short":    {Login: "a", Name: "x", Password: "elf-zeichen", Role: RoleOperator},
			"bad_value":         {Login: "a", Name: "x", Password: password, Role: "admin"},
			"unknown_community": {Login: "a", Name: "x", Password: password, Role: RoleConvener, Scope: newID()},
			"staff_exists":      {Login: "street", Name: "x", Password: password, Role: RoleOperator},
		} {
			_, err := h.AddStaff(h.ctx(), System, account)
			h.refused(err, code)
		}
	})
}
