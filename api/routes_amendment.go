package api

// amendmentRoutes lead from a mistake in a frozen roster to its next version: the convener proposes, the street decides.
func amendmentRoutes() []route {
	const page, api = "/staff/communities/:community/rosters/:roster/amendments", "/api/v1/communities/:community/rosters/:roster/amendments"
	return []route{
		get(page, checking, amendmentsPage),
		get(page+"/new", convening, newAmendmentPage),
		upload(page, convening, proposeAmendmentAct.page),
		get(page+"/:amendment", checking, amendmentPage),
		post(page+"/:amendment/approve", street, approveAmendmentAct.page),
		post(page+"/:amendment/refuse", street, refuseAmendmentAct.page),
		post(page+"/:amendment/withdraw", convening, withdrawAmendmentAct.page),
		get(page+"/:amendment/files/:proof", checking, amendmentEvidence),

		get(api, checking, listAmendments),
		get(api+"/unit", convening, getAmendableUnit),
		upload(api, convening, proposeAmendmentAct.upload),
		get(api+"/:amendment", checking, getAmendment),
		post(api+"/:amendment/approve", street, approveAmendmentAct.api),
		post(api+"/:amendment/refuse", street, refuseAmendmentAct.api),
		post(api+"/:amendment/withdraw", convening, withdrawAmendmentAct.api),
		get(api+"/:amendment/files/:proof", checking, amendmentEvidence),
	}
}
