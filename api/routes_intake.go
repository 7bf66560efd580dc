package api

// intakeRoutes are those of a spreadsheet on the desk, before anything of it is a roster.
func intakeRoutes() []route {
	const page, api = "/staff/communities/:community/rosters", "/api/v1/communities/:community/rosters"
	const intake = page + "/intakes/:intake"
	return []route{
		upload(page+"/intakes", convening, openIntakeForm).heldBy(page + "/new"),
		get(intake, convening, intakePage),
		get(intake+"/issues.xlsx", convening, intakeIssueFile),
		post(intake+"/encoding", convening, chooseEncodingAct.page),
		get(intake+"/columns", convening, intakeColumnsPage),
		post(intake+"/columns", convening, chooseColumnsAct.page),
		get(intake+"/row", convening, intakeRowPage),
		post(intake+"/row", convening, mendRowAct.page),
		get(intake+"/changes", convening, intakeChangesPage),
		get(intake+"/grid", convening, intakeGridPage),
		get(intake+"/heads", convening, intakeHeadsPage),
		post(intake+"/heads", convening, decideHeadsAct.page),
		get(intake+"/register", convening, intakeRegisterPage),
		upload(intake+"/register", convening, putRegisterAct.page),
		post(intake+"/register/taken_over", convening, takeOverAct.page).heldBy(intake + "/register"),
		post(intake+"/rulings", convening, settleRulingsAct.page),
		post(intake+"/confirmations", convening, confirmIssuesAct.page),
		post(intake+"/import", convening, importIntakeAct.page),
		post(intake+"/discard", convening, discardIntakeAct.page),

		upload(api+"/intakes", convening, openIntakeJSON),
		get(api+"/intakes/:intake", convening, getIntake),
		post(api+"/intakes/:intake/encoding", convening, chooseEncodingAct.api),
		post(api+"/intakes/:intake/columns", convening, chooseColumnsAct.api),
		post(api+"/intakes/:intake/row", convening, mendRowAct.api),
		get(api+"/intakes/:intake/changes", convening, getIntakeChanges),
		get(api+"/intakes/:intake/grid", convening, getIntakeGrid),
		get(api+"/intakes/:intake/heads", convening, getIntakeHeads),
		post(api+"/intakes/:intake/heads", convening, decideHeadsAct.api),
		get(api+"/intakes/:intake/register", convening, getIntakeRegister),
		upload(api+"/intakes/:intake/register", convening, putRegisterAct.upload),
		post(api+"/intakes/:intake/register/taken_over", convening, takeOverAct.api),
		post(api+"/intakes/:intake/rulings", convening, settleRulingsAct.api),
		post(api+"/intakes/:intake/confirmations", convening, confirmIssuesAct.api),
		post(api+"/intakes/:intake/import", convening, importIntakeAct.api),
		del(api+"/intakes/:intake", convening, discardIntakeAct.api),
	}
}
