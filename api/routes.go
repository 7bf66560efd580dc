package api

import (
	"net/http"

	"gongjue/models"
)

// route is one address of the product. Everything the service answers stands in the tables below; who may
// use what is held by testdata/access.txt.
type route struct {
	method, path string
	who          audience
	do           func(*call) error
	upload       bool // carries a file
}

// The groups of roles that share a set of routes.
var (
	anyStaff  = staff(models.Roles...)
	inside    = staff(models.RoleDistrict, models.RoleStreet, models.RoleConvener, models.RoleTeller) // may look into a community
	convening = staff(models.RoleConvener)
	counting  = staff(models.RoleConvener, models.RoleTeller)
	street    = staff(models.RoleStreet)
	receiving = staff(models.RoleDistrict, models.RoleStreet)
	operating = staff(models.RoleOperator)
)

func (s *Server) routes() []route {
	all := append(s.serviceRoutes(), publicRoutes()...)
	all = append(all, residentRoutes()...)
	all = append(all, staffRoutes()...)
	all = append(all, rosterRoutes()...)
	all = append(all, meetingRoutes()...)
	all = append(all, deliveryRoutes()...)
	all = append(all, paperRoutes()...)
	all = append(all, resultRoutes()...)
	all = append(all, filingRoutes()...)
	if s.config.Demo != nil {
		all = append(all, route{method: http.MethodPost, path: "/demo/clock", who: public, do: moveDemoClock})
	}
	return all
}

func get(path string, who audience, do func(*call) error) route {
	return route{method: http.MethodGet, path: path, who: who, do: do}
}

func post(path string, who audience, do func(*call) error) route {
	return route{method: http.MethodPost, path: path, who: who, do: do}
}

func put(path string, who audience, do func(*call) error) route {
	return route{method: http.MethodPut, path: path, who: who, do: do}
}

func del(path string, who audience, do func(*call) error) route {
	return route{method: http.MethodDelete, path: path, who: who, do: do}
}

func upload(path string, who audience, do func(*call) error) route {
	return route{method: http.MethodPost, path: path, who: who, do: do, upload: true}
}

// serviceRoutes are for whoever runs the service.
func (s *Server) serviceRoutes() []route {
	return []route{
		get("/healthz", public, healthz),
		get("/readyz", public, readyz),
		get("/metrics", public, s.metrics.serve),
		get("/api/openapi.json", public, openAPI),
	}
}

// publicRoutes are the board and everything that anyone may check.
func publicRoutes() []route {
	return []route{
		get("/", public, homePage),
		get("/b/:community", public, boardPage),
		get("/m/:meeting", public, noticePage),
		get("/m/:meeting/notice.pdf", public, noticePDF),
		get("/m/:meeting/result", public, resultPage),
		get("/m/:meeting/result.pdf", public, resultPDF),
		get("/m/:meeting/files/:file", public, noticeFile),
		get("/receipts", public, receiptCheckPage),
		post("/receipts", public, receiptCheckAct.page),
		get("/certificates", public, checkCodePage),
		post("/certificates", public, checkCodeAct.page),
		get("/certificates/:code", public, certificatePage),
		get("/certificates/:code/certificate.pdf", public, certificatePDF),
		get(rulesURL, public, rulesPage),
		get(rulesURL+"/:pack", public, rulePage),

		get("/api/v1/public/communities", public, listPublicCommunities),
		get("/api/v1/public/meetings/:meeting", public, getPublicMeeting),
		get("/api/v1/public/meetings/:meeting/result", public, getPublicResult),
		post("/api/v1/public/receipts", public, receiptCheckAct.api),
		get("/api/v1/public/certificates/:code", public, getCertificate),
		get("/api/v1/public/rules", public, listRules),
		get("/api/v1/public/rules/:pack", public, getRules),
	}
}

// residentRoutes are the way from a QR to a receipt.
func residentRoutes() []route {
	return []route{
		get("/v/:token", public, whoPage),
		get("/v/:token/code", public, backToWho),
		post("/v/:token/code", public, sendCodeAct.page),
		get("/v/:token/enter", public, backToWho),
		post("/v/:token/enter", public, redeemAct.page),
		get("/m/:meeting/vote", public, findHomePage),
		post("/m/:meeting/vote", public, findHomeAct.page),
		get("/m/:meeting/enter", public, backToFindHome),
		post("/m/:meeting/enter", public, redeemAct.page),
		get("/vote", resident, ballotPage),
		post("/vote", resident, changeBallot),
		get("/vote/check", public, backToBallot),
		post("/vote/check", resident, confirmPage),
		get("/vote/cast", public, backToBallot),
		post("/vote/cast", resident, castForm),
		get("/vote/leave", public, backToBallot),
		post("/vote/leave", resident, leaveVote),
		get("/vote/receipt", resident, receiptPage),
		get("/vote/receipt.txt", resident, receiptText),

		get("/api/v1/locators/:token", public, getHome),
		post("/api/v1/locators/:token/codes", public, sendCodeAct.api),
		post("/api/v1/public/meetings/:meeting/codes", public, findHomeAct.api),
		post("/api/v1/resident-session", public, redeemAct.api),
		del("/api/v1/resident-session", resident, endResidentSession),
		get("/api/v1/ballot-paper", resident, getBallotPaper),
		post("/api/v1/ballots", resident, castJSON),
		get("/api/v1/receipt", resident, getReceipt),
	}
}

// staffRoutes are sign-in and the rooms of each role.
func staffRoutes() []route {
	return []route{
		get("/staff/login", public, loginPage),
		post("/staff/login", public, signInAct.page),
		post("/staff/logout", anyStaff, signOutForm),
		get("/staff", anyStaff, consolePage),
		get("/staff/district", staff(models.RoleDistrict), districtPage),
		get("/staff/filings", receiving, streetPage),
		get("/staff/communities", operating, communitiesPage),
		post("/staff/communities", operating, createCommunityAct.page),
		get("/staff/outbox", operating, outboxPage),
		post("/staff/communities/:community/outbox/:message/retry", operating, reviveAct.page),
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

// rosterRoutes lead from the property firm's spreadsheet to frozen heads and areas.
func rosterRoutes() []route {
	const page, api = "/staff/communities/:community/rosters", "/api/v1/communities/:community/rosters"
	return []route{
		get(page+"/new", convening, rosterUploadPage),
		upload(page, convening, importRosterForm),
		get(page+"/:roster", inside, rosterPage),
		post(page+"/:roster/publish", convening, publishRosterAct.page),
		post(page+"/:roster/freeze", street, freezeRosterAct.page),

		get(api, inside, listRosters),
		upload(api, convening, importRosterJSON),
		get(api+"/:roster", inside, getRoster),
		post(api+"/:roster/publish", convening, publishRosterAct.api),
		post(api+"/:roster/freeze", street, freezeRosterAct.api),
	}
}

// meetingRoutes lead from a draft to its notice and to the sheets.
func meetingRoutes() []route {
	const page, api = "/staff/communities/:community/meetings", "/api/v1/communities/:community/meetings"
	return []route{
		get(page+"/new", convening, newMeetingPage),
		post(page, convening, createMeetingAct.page),
		get(page+"/:meeting", inside, meetingPage),
		get(page+"/:meeting/edit", convening, editMeetingPage),
		post(page+"/:meeting/edit", convening, updateMeetingAct.page),
		get(page+"/:meeting/matters/new", convening, newMatterPage),
		post(page+"/:meeting/matters", convening, addMatterAct.page),
		get(page+"/:meeting/matters/:matter", convening, editMatterPage),
		post(page+"/:meeting/matters/:matter", convening, updateMatterAct.page),
		post(page+"/:meeting/matters/:matter/delete", convening, deleteMatterAct.page),
		upload(page+"/:meeting/files", convening, attachForm),
		get(page+"/:meeting/files/:file", inside, staffFile),
		post(page+"/:meeting/files/:file/delete", convening, deleteFileAct.page),
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

// resultRoutes lead from the close to the final result.
func resultRoutes() []route {
	const page, api = "/staff/communities/:community/meetings/:meeting", "/api/v1/communities/:community/meetings/:meeting"
	annulling := staff(models.RoleConvener, models.RoleStreet)
	return []route{
		get(page+"/count", inside, countPage),
		post(page+"/count", counting, countAct.page),
		post(page+"/display", convening, displayAct.page),
		get(page+"/objections", inside, objectionsPage),
		post(page+"/objections", staff(models.RoleConvener, models.RoleStreet), recordObjectionAct.page),
		post(page+"/objections/:objection/answer", convening, answerObjectionAct.page),
		post(page+"/publish", convening, publishAct.page),
		post(page+"/annul", annulling, annulAct.page),

		get(api+"/results", inside, getResults),
		post(api+"/count", counting, countAct.api),
		post(api+"/display", convening, displayAct.api),
		get(api+"/objections", inside, listObjections),
		post(api+"/objections", staff(models.RoleConvener, models.RoleStreet), recordObjectionAct.api),
		post(api+"/objections/:objection/answer", convening, answerObjectionAct.api),
		post(api+"/publish", convening, publishAct.api),
		post(api+"/annul", annulling, annulAct.api),
	}
}

// filingRoutes lead from a final result to the street's certificate.
func filingRoutes() []route {
	const page, api = "/staff/communities/:community", "/api/v1/communities/:community"
	return []route{
		get(page+"/meetings/:meeting/filing", inside, filingPage),
		upload(page+"/meetings/:meeting/filing", convening, submitFilingForm),
		post(page+"/filings/:filing/certify", street, certifyAct.page),
		post(page+"/filings/:filing/return", street, returnAct.page),

		get("/api/v1/filings", receiving, listFilings),
		get(api+"/meetings/:meeting/filings", inside, listFilingsOf),
		post(api+"/meetings/:meeting/filings", convening, submitFilingAct.api),
		get(api+"/filings/:filing", inside, getFiling),
		post(api+"/filings/:filing/certify", street, certifyAct.api),
		post(api+"/filings/:filing/return", street, returnAct.api),
	}
}
