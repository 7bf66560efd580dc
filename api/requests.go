package api

// What the acts of staff ask for. Forms and JSON bodies have the same names; see typed.go for what a numeral,
// a flag and lines take.
type (
	// nothing is the request of an act that needs no more than its address; its JSON body is empty or {}.
	nothing struct{}

	signInRequest struct {
		User     string `json:"user" form:"user" binding:"required,max=100"`
		Password string `json:"password" form:"password" binding:"required,max=1000"`
		Next     string `json:"-" form:"next" binding:"max=500"` // page only
	}

	communityRequest struct {
		District string `json:"district" form:"district" binding:"required,max=100"`
		Street   string `json:"street" form:"street" binding:"required,max=100"`
		Name     string `json:"name" form:"name" binding:"required,max=100"`
	}

	// rosterUpload comes as multipart/form-data on pages and on the API alike, beside the part `file`.
	rosterUpload struct {
		ParkingArea  flag `json:"parking_area" form:"parking_area"`   // must be answered
		ParkingHeads flag `json:"parking_heads" form:"parking_heads"` // must be answered
		// ConfirmWarnings is why every doubt of the file is right as it stands: only where the file is imported at once.
		ConfirmWarnings string `json:"confirm_warnings" form:"confirm_warnings" binding:"max=500"`
	}

	// intakeEncodingRequest says how a text file is written: utf-8 or gb18030, or nothing for what the system finds.
	intakeEncodingRequest struct {
		Encoding string `json:"encoding" form:"encoding" binding:"max=20"`
	}

	// intakeColumnsRequest says what the columns of one sheet are: use has a field for every column from the left, or
	// an empty text. found takes back what was said of the sheet.
	intakeColumnsRequest struct {
		Sheet     string   `json:"sheet" form:"sheet" binding:"required,max=100"`
		HeaderRow numeral  `json:"header_row" form:"header_row"`
		Use       []string `json:"use" form:"use" binding:"max=256"`
		Found     flag     `json:"found" form:"found"`
	}

	// intakeRowRequest mends one row: value stands for field. was is the fingerprint of the file's text, seen that of
	// the text that the person saw, which an earlier correction may have changed.
	intakeRowRequest struct {
		Sheet string   `json:"sheet" form:"sheet" binding:"required,max=100"`
		Row   numeral  `json:"row" form:"row" binding:"required"`
		Do    string   `json:"do" form:"do" binding:"required"` // set, drop, add, undo
		Why   string   `json:"why" form:"why" binding:"max=500"`
		Was   []string `json:"was" form:"was" binding:"max=50"`
		Seen  []string `json:"seen" form:"seen" binding:"max=50"`
		Field []string `json:"field" form:"field" binding:"max=50"`
		Value []string `json:"value" form:"value" binding:"max=50,dive,max=4000"`
	}

	// intakeConfirmRequest confirms doubts by their keys, or all of a code.
	intakeConfirmRequest struct {
		Keys []string `json:"keys" form:"keys" binding:"max=1000"`
		Code string   `json:"code" form:"code" binding:"max=50"`
		Why  string   `json:"why" form:"why" binding:"required,max=500"`
	}

	// intakeRulingRequest settles what was decided before and stands otherwise in the file.
	intakeRulingRequest struct {
		Keys     []string `json:"keys" form:"keys" binding:"max=1000"`
		All      flag     `json:"all" form:"all"`                              // every one that is open
		Do       string   `json:"do" form:"do" binding:"required"`             // take, keep, undo
		Revision numeral  `json:"revision" form:"revision" binding:"required"` // that was looked at
		Why      string   `json:"why" form:"why" binding:"max=500"`
	}

	// intakeHeadsRequest decides about heads; units are named by their places, such as 3号楼/1单元/301.
	intakeHeadsRequest struct {
		Do    string   `json:"do" form:"do" binding:"required"` // merge, split, undo
		Units []string `json:"units" form:"units" binding:"max=1000"`
		Why   string   `json:"why" form:"why" binding:"max=500"`
	}

	// intakeTakeOverRequest settles differences as the register has them: of the units named by their places, or all.
	intakeTakeOverRequest struct {
		Places   []string `json:"places" form:"places" binding:"max=1000"`
		All      flag     `json:"all" form:"all"`
		Revision numeral  `json:"revision" form:"revision" binding:"required"` // that was looked at
		Why      string   `json:"why" form:"why" binding:"required,max=500"`
	}

	// rosterTakeOverRequest makes a draft of a stored version with the areas of the register.
	rosterTakeOverRequest struct {
		Places   []string `json:"places" form:"places" binding:"max=1000"`
		All      flag     `json:"all" form:"all"`
		Register string   `json:"register" form:"register" binding:"required,max=64"` // SHA-256 of the export that was looked at
		Why      string   `json:"why" form:"why" binding:"required,max=500"`
	}

	intakeImportRequest struct {
		Revision numeral `json:"revision" form:"revision" binding:"required"` // that was looked at
	}

	publishRosterRequest struct {
		ObjectionDays numeral `json:"objection_days" form:"objection_days" binding:"required"` // after today, 1–60
		AnswerDays    numeral `json:"answer_days" form:"answer_days" binding:"required"`       // from an objection to its answer, 1–30
		Contact       string  `json:"contact" form:"contact" binding:"required,max=200"`
		Place         string  `json:"place" form:"place" binding:"max=200"` // where objections are taken in person
	}

	meetingRequest struct {
		Title         string  `json:"title" form:"title" binding:"required,max=100"`
		ConvenerKind  string  `json:"convener_kind" form:"convener_kind" binding:"required"`
		ConvenerName  string  `json:"convener_name" form:"convener_name" binding:"required,max=100"`
		Roster        string  `json:"roster" form:"roster" binding:"required"`
		Opens         string  `json:"opens" form:"opens" binding:"required"`   // 2006-01-02T15:04 in 北京时间
		Closes        string  `json:"closes" form:"closes" binding:"required"` // 2006-01-02T15:04 in 北京时间
		FirstMeeting  flag    `json:"first_meeting" form:"first_meeting"`
		Extraordinary flag    `json:"extraordinary" form:"extraordinary"`
		Place         string  `json:"place" form:"place" binding:"max=200"`
		Contact       string  `json:"contact" form:"contact" binding:"required,max=200"`
		ObjectionDays numeral `json:"objection_days" form:"objection_days" binding:"required"`
		DeliveryTimes string  `json:"delivery_times" form:"delivery_times" binding:"max=200"`
		Platform      string  `json:"platform" form:"platform" binding:"max=60"` // the city's, whose result is imported
		Conflict      string  `json:"channel_conflict" form:"channel_conflict"`
		Repeats       string  `json:"repeats" form:"repeats" binding:"max=64"` // id of the annulled meeting that this one runs again
		SealKept      string  `json:"seal_kept" form:"seal_kept"`              // server or holders; server where it is left out
		Silence       string  `json:"silence" form:"silence"`
		// What a silence policy other than the default rests on.
		SilenceDocument  string `json:"silence_document" form:"silence_document" binding:"max=100"`
		SilenceClause    string `json:"silence_clause" form:"silence_clause" binding:"max=50"`
		SilenceAdopted   flag   `json:"silence_adopted" form:"silence_adopted"`     // by an earlier meeting
		SilenceElections flag   `json:"silence_elections" form:"silence_elections"` // the clause reaches elections
		SilenceInterim   flag   `json:"silence_interim" form:"silence_interim"`     // it stands in the interim covenant, at a first meeting

		Void      flag   `json:"void_participates" form:"void_participates"` // must be answered
		Blank     string `json:"blank" form:"blank"`
		Rank      string `json:"rank" form:"rank"`
		Shortfall string `json:"shortfall" form:"shortfall"`
		RunOff    flag   `json:"run_off" form:"run_off"`
		Follow    flag   `json:"follow_majority" form:"follow_majority"`
	}

	noticeRequest struct {
		Confirmed flag `json:"confirmed" form:"confirmed"` // yes where a finding on the draft is an error
	}

	reasonRequest struct {
		Reason string `json:"reason" form:"reason" binding:"max=2000"`
	}

	objectionRequest struct {
		Unit    string `json:"unit" form:"unit" binding:"required,max=100"`
		Subject string `json:"subject" form:"subject" binding:"required"` // models.ObjectionSubjects
		Text    string `json:"text" form:"text" binding:"required,max=4000"`
	}

	answerRequest struct {
		Answer  string `json:"answer" form:"answer" binding:"required,max=4000"`
		Outcome string `json:"outcome" form:"outcome" binding:"required"` // upheld, dismissed
	}

	filingRequest struct {
		Note string `json:"note" form:"note" binding:"max=4000"`
	}

	paperRequest struct {
		Document string `json:"document" form:"document" binding:"required,max=40"` // one of rules.FilingDocuments
	}

	certifyRequest struct {
		Checked   []string `json:"checked" form:"checked" binding:"max=20"` // every value of models.FilingChecks
		Committee string   `json:"committee" form:"committee" binding:"max=300"`
		Term      numeral  `json:"term" form:"term" binding:"max=10"`
		TermFrom  string   `json:"term_from" form:"term_from" binding:"max=20"` // date, such as 2026-05-18
		TermTo    string   `json:"term_to" form:"term_to" binding:"max=20"`
		Chair     string   `json:"chair" form:"chair" binding:"max=300"`
		Office    string   `json:"office" form:"office" binding:"max=300"`
	}

	returnRequest struct {
		Reasons  lines    `json:"reasons" form:"reasons" binding:"max=10000"` // of the first return
		Unmended []string `json:"unmended" form:"unmended" binding:"max=200"` // numbers of defects told before
		Arose    lines    `json:"arose" form:"arose" binding:"max=10000"`     // with the correction
	}

	refuseRequest struct {
		Ground  string `json:"ground" form:"ground"` // untrue, irregular
		Reasons lines  `json:"reasons" form:"reasons" binding:"max=10000"`
	}
)
