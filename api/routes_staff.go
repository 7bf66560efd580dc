package api

import "gongjue/models"

// staffRoutes are sign-in and the rooms of each role.
func staffRoutes() []route {
	return []route{
		get("/staff/login", public, loginPage),
		post("/staff/login", public, signInAct.page),
		post("/staff/logout", anyStaff, signOutForm),
		get("/staff", anyStaff, consolePage),
		get("/staff/filings", receiving, streetPage),
		get("/staff/communities", operating, communitiesPage),
		post("/staff/communities", operating, createCommunityAct.page),
		get("/staff/outbox", operating, outboxPage),
		post("/staff/communities/:community/outbox/:message/retry", operating, reviveAct.page).heldBy("/staff/outbox"),
		get("/staff/communities/:community", inside, communityPage),

		post("/api/v1/session", public, signInAct.api),
		get("/api/v1/session", anyStaff, getSession),
		del("/api/v1/session", anyStaff, signOutJSON),
		get("/api/v1/communities", anyStaff, listCommunities),
		post("/api/v1/communities", operating, createCommunityAct.api),
		get("/api/v1/communities/:community", inside, getCommunity),
		get("/api/v1/outbox", operating, listDeadMessages),
		post("/api/v1/communities/:community/outbox/:message/retry", operating, reviveAct.api),
	}
}

// resultRoutes lead from the close to the final result.
func resultRoutes() []route {
	const page, api = "/staff/communities/:community/meetings/:meeting", "/api/v1/communities/:community/meetings/:meeting"
	annulling, reading := staff(models.RoleConvener, models.RoleStreet), staff(models.RoleConvener, models.RoleTeller, models.RoleStreet)
	calling, drawing := annulling, reading // of a lot
	return []route{
		get(page+"/count", inside, countPage),
		post(page+"/count", counting, countAct.page),
		post(page+"/display", convening, displayAct.page),
		get(page+"/objections", inside, objectionsPage),
		post(page+"/objections", staff(models.RoleConvener, models.RoleStreet), recordObjectionAct.page),
		post(page+"/objections/:objection/answer", convening, answerObjectionAct.page),
		get(page+"/objections/:objection/files/:evidence", staff(models.RoleConvener, models.RoleStreet), objectionEvidence),
		get(page+"/lot", inside, lotPage),
		post(page+"/lot/announcements", calling, announceLotAct.page),
		post(page+"/lot/draws", drawing, recordLotAct.page),
		post(page+"/lot/confirm", drawing, confirmLotAct.page),
		post(page+"/lot/withdraw", drawing, withdrawLotAct.page),
		get(page+"/seal", reading, sealPage),
		post(page+"/seal/card", reading, takeSealCardAct.page).heldBy(page + "/seal"),
		post(page+"/seal/print", reading, printSealCardAct.page).heldBy(page + "/seal"),
		post(page+"/seal/try", reading, trySealCardAct.page).heldBy(page + "/seal"),
		post(page+"/seal/open", reading, openSealAct.page).heldBy(page + "/seal"),
		post(page+"/publish", convening, publishAct.page),
		post(page+"/annul", annulling, annulAct.page),
		post(page+"/bundle", reading, bundleAct.page),

		get(api+"/results", inside, getResults),
		post(api+"/count", counting, countAct.api),
		post(api+"/display", convening, displayAct.api),
		get(api+"/objections", inside, listObjections),
		post(api+"/objections", staff(models.RoleConvener, models.RoleStreet), recordObjectionAct.api),
		post(api+"/objections/:objection/answer", convening, answerObjectionAct.api),
		get(api+"/objections/:objection/files/:evidence", staff(models.RoleConvener, models.RoleStreet), objectionEvidence),
		get(api+"/lot", inside, getLot),
		post(api+"/lot/announcements", calling, announceLotAct.api),
		post(api+"/lot/draws", drawing, recordLotAct.api),
		post(api+"/lot/confirm", drawing, confirmLotAct.api),
		post(api+"/lot/withdraw", drawing, withdrawLotAct.api),
		get(api+"/seal", reading, getSeal),
		post(api+"/seal/card", reading, takeSealCardAct.api),
		post(api+"/seal/try", reading, trySealCardAct.api),
		post(api+"/seal/open", reading, openSealAct.api),
		post(api+"/publish", convening, publishAct.api),
		post(api+"/annul", annulling, annulAct.api),
		post(api+"/bundle", reading, bundleAct.api),
	}
}

// filingRoutes lead from a final result to the street's certificate.
func filingRoutes() []route {
	const page, api = "/staff/communities/:community", "/api/v1/communities/:community"
	filing := staff(models.RoleConvener, models.RoleStreet, models.RoleDistrict) // both sides of a filing (条例第16条)
	return []route{
		get(page+"/meetings/:meeting/filing", inside, filingPage),
		upload(page+"/meetings/:meeting/filing", convening, submitFilingForm),
		upload(page+"/meetings/:meeting/filing/papers", convening, addPaperPage),
		get(page+"/meetings/:meeting/package.zip", convening, packageNow),
		get(page+"/filings/:filing", inside, openFiling),
		get(page+"/filings/:filing/package.zip", filing, packageFiled),
		post(page+"/filings/:filing/receive", receiving, receiveAct.page),
		post(page+"/filings/:filing/certify", receiving, certifyAct.page),
		post(page+"/filings/:filing/return", receiving, returnAct.page),
		post(page+"/filings/:filing/refuse", receiving, refuseFilingAct.page),
		post(page+"/filings/:filing/cancel", receiving, cancelFilingAct.page),

		get("/api/v1/filings", receiving, listFilings),
		get(api+"/meetings/:meeting/filing-papers", inside, listFilingPapers),
		upload(api+"/meetings/:meeting/filing-papers", convening, addPaperJSON),
		get(api+"/meetings/:meeting/package", convening, packageNow),
		get(api+"/filings/:filing/package", filing, packageFiled),
		get(api+"/meetings/:meeting/filings", inside, listFilingsOf),
		post(api+"/meetings/:meeting/filings", convening, submitFilingAct.api),
		get(api+"/filings/:filing", inside, getFiling),
		get(api+"/filings/:filing/review", receiving, getReview),
		post(api+"/filings/:filing/receive", receiving, receiveAct.api),
		post(api+"/filings/:filing/certify", receiving, certifyAct.api),
		post(api+"/filings/:filing/return", receiving, returnAct.api),
		post(api+"/filings/:filing/refuse", receiving, refuseFilingAct.api),
		post(api+"/filings/:filing/cancel", receiving, cancelFilingAct.api),
	}
}
