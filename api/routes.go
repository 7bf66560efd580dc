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
	upload       bool   // carries a file
	page         string // pattern of the page with its form; see heldBy
}

// The groups of roles that share a set of routes.
var (
	anyStaff  = staff(models.Roles...)
	inside    = staff(models.RoleDistrict, models.RoleStreet, models.RoleConvener, models.RoleTeller) // may look into a community
	convening = staff(models.RoleConvener)
	counting  = staff(models.RoleConvener, models.RoleTeller)
	street    = staff(models.RoleStreet)
	receiving = staff(models.RoleDistrict, models.RoleStreet)
	checking  = staff(models.RoleConvener, models.RoleStreet)
	operating = staff(models.RoleOperator)
)

func (s *Server) routes() []route {
	all := append(s.serviceRoutes(), publicRoutes()...)
	all = append(all, residentRoutes()...)
	all = append(all, votingRecordRoutes()...)
	all = append(all, objectingRoutes()...)
	all = append(all, ownHomeRoutes()...)
	all = append(all, staffRoutes()...)
	all = append(all, intakeRoutes()...)
	all = append(all, committeeRoutes()...)
	all = append(all, rosterRoutes()...)
	all = append(all, amendmentRoutes()...)
	all = append(all, mandateRoutes()...)
	all = append(all, ownerRoutes()...)
	all = append(all, meetingRoutes()...)
	all = append(all, deliveryRoutes()...)
	all = append(all, paperRoutes()...)
	all = append(all, importRoutes()...)
	all = append(all, resultRoutes()...)
	all = append(all, sampleRoutes()...)
	all = append(all, decisionRoutes()...)
	all = append(all, emergencyRoutes()...)
	all = append(all, contractRoutes()...)
	all = append(all, disclosureRoutes()...)
	all = append(all, conveningRoutes()...)
	all = append(all, filingRoutes()...)
	all = append(all, certificateRoutes()...)
	all = append(all, supervisionRoutes()...)
	all = append(all, witnessRoutes()...)
	all = append(all, districtRoutes()...)
	all = append(all, watchRoutes()...)
	if s.config.Demo != nil {
		all = append(all, post("/demo/clock", public, moveDemoClock))
	}
	return append(all, reopened(all)...)
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
		get("/r/:roster", public, displayPage),
		get("/r/:roster/roster.pdf", public, displayPDF),
		get("/m/:meeting", public, noticePage),
		get("/m/:meeting/notice.pdf", public, noticePDF),
		get("/m/:meeting/result", public, resultPage),
		get("/m/:meeting/result.pdf", public, resultPDF),
		get("/m/:meeting/preliminary", public, preliminaryPage),
		get("/m/:meeting/preliminary.pdf", public, preliminaryPDF),
		get("/m/:meeting/result-poster.pdf", public, resultPosterPDF),
		get("/m/:meeting/bundle.zip", public, publicBundle),
		get("/m/:meeting/files/:file", public, noticeFile),
		get("/receipts", public, receiptCheckPage),
		post("/receipts", public, receiptCheckAct.page),
		get(checkerURL, public, checkerPage),
		get("/certificates", public, checkCodePage),
		post("/certificates", public, checkCodeAct.page),
		get("/certificates/:code", public, certificatePage),
		get("/certificates/:code/certificate.pdf", public, certificatePDF),
		get(rulesURL, public, rulesPage),
		get(rulesURL+"/:pack", public, rulePage),

		get("/api/v1/public/communities", public, listPublicCommunities),
		get("/api/v1/public/communities/:community/history", public, getBoardHistory),
		get("/api/v1/public/rosters/:roster", public, getPublicRoster),
		get("/api/v1/public/rosters/:roster/units", public, listDisplayLines),
		get("/api/v1/public/meetings/:meeting", public, getPublicMeeting),
		get("/api/v1/public/meetings/:meeting/result", public, getPublicResult),
		get("/api/v1/public/meetings/:meeting/preliminary", public, getPreliminary),
		get("/api/v1/public/meetings/:meeting/bundle", public, publicBundle),
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
		post("/v/:token/code", public, sendCodeAct.page),
		post("/v/:token/enter", public, redeemAct.page),
		get("/m/:meeting/vote", public, findHomePage),
		post("/m/:meeting/vote", public, findHomeAct.page),
		post("/m/:meeting/enter", public, redeemAct.page).heldBy("/m/:meeting/vote"),
		get("/vote", resident, ballotPage),
		post("/vote", resident, changeBallot),
		post("/vote/check", resident, confirmPage),
		post("/vote/cast", resident, castForm),
		post("/vote/leave", resident, leaveVote),
		get("/vote/record", resident, ownRecordPage),
		get("/vote/receipt", resident, receiptPage),
		get("/vote/receipt.txt", resident, receiptText),

		get("/api/v1/locators/:token", public, getHome),
		post("/api/v1/locators/:token/codes", public, sendCodeAct.api),
		post("/api/v1/public/meetings/:meeting/codes", public, findHomeAct.api),
		post("/api/v1/resident-session", public, redeemAct.api),
		del("/api/v1/resident-session", resident, endResidentSession),
		get("/api/v1/ballot-paper", resident, getBallotPaper),
		post(ballotsRoute, resident, castJSON),
		get("/api/v1/receipt", resident, getReceipt),
		get("/api/v1/own-record", resident, getOwnRecord),
	}
}
