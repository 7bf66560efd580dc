package api

import "gongjue/models"

// rosterRoutes lead from a draft to frozen heads and areas.
func rosterRoutes() []route {
	const page, api = "/staff/communities/:community/rosters", "/api/v1/communities/:community/rosters"
	return []route{
		get(page+"/new", convening, rosterUploadPage),
		get(page+"/template.xlsx", convening, rosterTemplate),
		get(page+"/:roster", inside, rosterPage),
		get(page+"/:roster/poster.pdf", inside, rosterPosterPDF),
		get(page+"/:roster/issues.xlsx", checking, rosterIssueFile),
		get(page+"/:roster/register", checking, rosterRegisterPage),
		upload(page+"/:roster/register", checking, compareRosterAct.page),
		post(page+"/:roster/register/taken_over", convening, followRegisterAct.page).heldBy(page + "/:roster/register"),
		post(page+"/:roster/publish", convening, publishRosterAct.page),
		post(page+"/:roster/freeze", street, freezeRosterAct.page),
		get(page+"/:roster/objections", checking, rosterObjectionsPage),
		upload(page+"/:roster/objections", checking, recordRosterObjectionAct.page),
		get(page+"/:roster/objections/:roster_objection", checking, rosterObjectionPage),
		post(page+"/:roster/objections/:roster_objection/answer", convening, answerRosterObjectionAct.page),
		get(page+"/:roster/objections/:roster_objection/files/:evidence", checking, rosterEvidence),

		get(api, inside, listRosters),
		upload(api, convening, importRosterJSON),
		get(api+"/:roster", inside, getRoster),
		get(api+"/:roster/register", checking, getRosterRegister),
		upload(api+"/:roster/register", checking, compareRosterAct.upload),
		post(api+"/:roster/register/taken_over", convening, followRegisterAct.api),
		post(api+"/:roster/publish", convening, publishRosterAct.api),
		post(api+"/:roster/freeze", street, freezeRosterAct.api),
		get(api+"/:roster/objections", checking, listRosterObjections),
		upload(api+"/:roster/objections", checking, recordRosterObjectionAct.upload),
		get(api+"/:roster/objections/:roster_objection", checking, getRosterObjection),
		post(api+"/:roster/objections/:roster_objection/answer", convening, answerRosterObjectionAct.api),
		get(api+"/:roster/objections/:roster_objection/files/:evidence", checking, rosterEvidence),
	}
}

// meetingRoutes lead from a draft to its notice and to the sheets.
func meetingRoutes() []route {
	const page, api = "/staff/communities/:community/meetings", "/api/v1/communities/:community/meetings"
	previewing := staff(models.RoleConvener, models.RoleStreet)
	return []route{
		get(page+"/new", convening, newMeetingPage),
		post(page, convening, createMeetingAct.page).heldBy(page + "/new"),
		get(page+"/:meeting", inside, meetingPage),
		get(page+"/:meeting/edit", convening, editMeetingPage),
		post(page+"/:meeting/edit", convening, updateMeetingAct.page),
		get(page+"/:meeting/matters/new", convening, newMatterPage),
		post(page+"/:meeting/matters", convening, addMatterAct.page).heldBy(page + "/:meeting/matters/new"),
		get(page+"/:meeting/matters/:matter", convening, editMatterPage),
		post(page+"/:meeting/matters/:matter", convening, updateMatterAct.page),
		post(page+"/:meeting/matters/:matter/delete", convening, deleteMatterAct.page),
		upload(page+"/:meeting/files", convening, attachForm),
		get(page+"/:meeting/files/:file", inside, staffFile),
		post(page+"/:meeting/files/:file/delete", convening, deleteFileAct.page).heldBy(page + "/:meeting"),
		get(page+"/:meeting/preview", previewing, previewNoticePage),
		get(page+"/:meeting/preview/notice.pdf", previewing, previewNoticePDF),
		get(page+"/:meeting/preview/ballot", previewing, previewBallotPage),
		get(page+"/:meeting/preview/sheet.pdf", previewing, previewSheetPDF),
		post(page+"/:meeting/notice", convening, noticeAct.page),
		post(page+"/:meeting/cancel", convening, cancelAct.page),
		post(page+"/:meeting/run-off", convening, runOffAct.page),
		get(page+"/:meeting/sheets", convening, sheetsPDF),
		get(page+"/:meeting/poster.pdf", inside, posterPDF),

		get(api, inside, listMeetings),
		post(api, convening, createMeetingAct.api),
		get(api+"/:meeting", inside, getMeeting),
		put(api+"/:meeting", convening, updateMeetingAct.api),
		post(api+"/:meeting/matters", convening, addMatterAct.api),
		put(api+"/:meeting/matters/:matter", convening, updateMatterAct.api),
		del(api+"/:meeting/matters/:matter", convening, deleteMatterAct.api),
		upload(api+"/:meeting/files", convening, attachJSON),
		get(api+"/:meeting/files/:file", inside, staffFile),
		del(api+"/:meeting/files/:file", convening, deleteFileAct.api),
		post(api+"/:meeting/notice", convening, noticeAct.api),
		post(api+"/:meeting/cancel", convening, cancelAct.api),
		post(api+"/:meeting/run-off", convening, runOffAct.api),
		get(api+"/:meeting/audit", inside, getAudit),
	}
}

// deliveryRoutes record what became of the sheets before anybody answered.
func deliveryRoutes() []route {
	const page, api = "/staff/communities/:community/meetings/:meeting/deliveries", "/api/v1/communities/:community/meetings/:meeting/deliveries"
	return []route{
		get(page, counting, deliveryPage),
		post(page+"/find", counting, findDeliveryAct.page),
		post(page+"/rounds", counting, recordRoundAct.page),
		get(page+"/sheets/:voter", counting, deliverySheetPage),
		post(page+"/sheets/:voter", counting, recordDeliveryAct.page),

		get(api, counting, getDeliveryDesk),
		post(api+"/find", counting, findDeliveryAct.api),
		post(api+"/rounds", counting, recordRoundAct.api),
		get(api+"/sheets/:voter", counting, getDeliverySheet),
		post(api+"/sheets/:voter", counting, recordDeliveryAct.api),
	}
}

// importRoutes take over the result of a city's voting platform, by two people.
func importRoutes() []route {
	const page, api = "/staff/communities/:community/meetings/:meeting/import", "/api/v1/communities/:community/meetings/:meeting/import"
	handing := staff(models.RoleStreet, models.RoleConvener, models.RoleTeller)
	second := staff(models.RoleStreet, models.RoleTeller)
	return []route{
		get(page, handing, importPage),
		get(page+"/template.xlsx", handing, importTemplate),
		upload(page, counting, importPost),
		upload(page+"/confirm", second, importConfirmPost),
		post(page+"/withdraw", counting, importWithdrawAct.page),

		get(api, handing, getImports),
		get(api+"/template.xlsx", handing, importTemplate),
		upload(api, counting, importJSONFile),
		upload(api+"/confirm", second, importConfirmJSON),
		post(api+"/withdraw", counting, importWithdrawAct.api),
	}
}

// paperRoutes record the sheets that were handed in on paper.
func paperRoutes() []route {
	const page, api = "/staff/communities/:community/meetings/:meeting/paper", "/api/v1/communities/:community/meetings/:meeting/paper"
	return []route{
		get(page, counting, paperPage),
		post(page+"/find", counting, findSheetAct.page),
		get(page+"/sheets/:voter", counting, paperSheetPage),
		post(page+"/sheets/:voter", counting, enterPaperForm),
		post(page+"/sheets/:voter/withdraw", counting, withdrawPaperAct.page),

		get(api, counting, getPaperDesk),
		post(api+"/find", counting, findSheetAct.api),
		get(api+"/sheets/:voter", counting, getPaperSheet),
		post(api+"/sheets/:voter", counting, enterPaperJSON),
		post(api+"/sheets/:voter/withdraw", counting, withdrawPaperAct.api),
	}
}
