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
	}

	publishRosterRequest struct {
		ObjectionDays numeral `json:"objection_days" form:"objection_days" binding:"required"` // after today, 1–60
	}

	meetingRequest struct {
		Title         string  `json:"title" form:"title" binding:"required,max=100"`
		ConvenerKind  string  `json:"convener_kind" form:"convener_kind" binding:"required"`
		ConvenerName  string  `json:"convener_name" form:"convener_name" binding:"required,max=100"`
		Roster        string  `json:"roster" form:"roster" binding:"required"`
		Opens         string  `json:"opens" form:"opens" binding:"required"`   // 2006-01-02T15:04 in 北京时间
		Closes        string  `json:"closes" form:"closes" binding:"required"` // 2006-01-02T15:04 in 北京时间
		FirstMeeting  flag    `json:"first_meeting" form:"first_meeting"`
		Place         string  `json:"place" form:"place" binding:"max=200"`
		Contact       string  `json:"contact" form:"contact" binding:"required,max=200"`
		ObjectionDays numeral `json:"objection_days" form:"objection_days" binding:"required"`
		Silence       string  `json:"silence" form:"silence"`
		Void          flag    `json:"void_participates" form:"void_participates"` // must be answered
		Blank         string  `json:"blank" form:"blank"`
		Rank          string  `json:"rank" form:"rank"`
		Shortfall     string  `json:"shortfall" form:"shortfall"`
		RunOff        flag    `json:"run_off" form:"run_off"`
		Follow        flag    `json:"follow_majority" form:"follow_majority"`
	}

	matterRequest struct {
		Kind       string  `json:"kind" form:"kind" binding:"required"`
		Item       numeral `json:"item" form:"item"`
		Title      string  `json:"title" form:"title" binding:"required,max=100"`
		Text       string  `json:"text" form:"text" binding:"required,max=20000"`
		Options    lines   `json:"options" form:"options" binding:"max=10000"`
		Method     string  `json:"method" form:"method"` // read for election and selection only
		Seats      numeral `json:"seats" form:"seats"`
		MaxChoices numeral `json:"max_choices" form:"max_choices"`
		Alternates numeral `json:"alternates" form:"alternates"`
		Scope      lines   `json:"scope" form:"scope" binding:"max=10000"`
	}

	reasonRequest struct {
		Reason string `json:"reason" form:"reason" binding:"max=2000"`
	}

	objectionRequest struct {
		Unit    string `json:"unit" form:"unit" binding:"required,max=100"`
		Subject string `json:"subject" form:"subject" binding:"required"` // roster, matter, ballot, procedure
		Text    string `json:"text" form:"text" binding:"required,max=4000"`
	}

	answerRequest struct {
		Answer  string `json:"answer" form:"answer" binding:"required,max=4000"`
		Outcome string `json:"outcome" form:"outcome" binding:"required"` // upheld, dismissed
	}

	filingRequest struct {
		Note string `json:"note" form:"note" binding:"max=4000"`
	}

	certifyRequest struct {
		Checked []string `json:"checked" form:"checked" binding:"max=20"` // every value of models.FilingChecks
	}

	returnRequest struct {
		Reasons lines `json:"reasons" form:"reasons" binding:"max=10000"`
	}
)
