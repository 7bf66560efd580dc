package api

// ownHomeRoutes lead an owner from the display of a roster to their own home and to an objection.
func ownHomeRoutes() []route {
	return []route{
		get("/r/:roster/home", public, provePage),
		post("/r/:roster/home", public, proveAct.page),
		post("/r/:roster/enter", public, enterRosterAct.page).heldBy("/r/:roster/home"),
		get("/r/:roster/mine", atRoster, ownHomePage),
		post("/r/:roster/mine/leave", atRoster, leaveRoster),
		upload("/r/:roster/mine/objections", atRoster, objectAct.page),
		post("/r/:roster/mine/objections/:roster_objection/withdraw", atRoster, withdrawObjectionAct.page),

		post("/api/v1/public/rosters/:roster/codes", public, proveAct.api),
		post("/api/v1/owner-session", public, enterRosterAct.api),
		del("/api/v1/owner-session", atRoster, endOwnerSession),
		get("/api/v1/own-home", atRoster, getOwnHome),
		upload("/api/v1/own-home/objections", atRoster, objectAct.upload),
		post("/api/v1/own-home/objections/:roster_objection/withdraw", atRoster, withdrawObjectionAct.api),
	}
}
