package web

func (Home) name() string          { return "home" }
func (Board) name() string         { return "board" }
func (MeetingNotice) name() string { return "notice" }
func (FindHome) name() string      { return "findhome" }
func (Result) name() string        { return "result" }
func (RosterDisplay) name() string { return "display" }
func (Certificate) name() string   { return "certificate" }
func (CheckCode) name() string     { return "checkcode" }
func (ErrorPage) name() string     { return "error" }

func (Who) name() string          { return "who" }
func (Ballot) name() string       { return "ballot" }
func (Confirm) name() string      { return "confirm" }
func (Receipt) name() string      { return "receipt" }
func (CannotVote) name() string   { return "cannotvote" }
func (OwnRecord) name() string    { return "ownrecord" }
func (ReceiptCheck) name() string { return "receiptcheck" }

func (IntakeRegister) name() string { return "intakeregister" }

func (SupervisionNotice) name() string { return "supervision" }
func (SupervisionDesk) name() string   { return "supervisiondesk" }
func (CommitteePage) name() string     { return "committee" }
func (CommitteePublic) name() string   { return "committees" }

func (Login) name() string         { return "login" }
func (Console) name() string       { return "console" }
func (CommunityPage) name() string { return "community" }
func (RosterUpload) name() string  { return "upload" }
func (RosterPage) name() string    { return "roster" }
func (OwnerSearch) name() string   { return "ownersearch" }
func (OwnerPage) name() string     { return "owner" }
func (OwnerRecord) name() string   { return "ownerrecord" }
func (ReadRegister) name() string  { return "readregister" }
func (IntakePage) name() string    { return "intake" }
func (IntakeColumns) name() string { return "intakecolumns" }
func (IntakeRow) name() string     { return "intakerow" }
func (IntakeChanges) name() string { return "intakechanges" }
func (IntakeGrid) name() string    { return "intakegrid" }
func (IntakeHeads) name() string   { return "intakeheads" }
func (MeetingForm) name() string   { return "meetingform" }
func (MatterForm) name() string    { return "matterform" }
func (MeetingPage) name() string   { return "meeting" }
func (CountPage) name() string     { return "count" }
func (PaperDesk) name() string     { return "paper" }
func (PaperEntry) name() string    { return "paperentry" }
func (LotPage) name() string       { return "lot" }
func (SamplePage) name() string    { return "sample" }
func (SamplePublic) name() string  { return "samples" }
func (SealPage) name() string      { return "seal" }
func (SealCardPage) name() string  { return "sealcard" }
func (DeliveryDesk) name() string  { return "delivery" }
func (DeliveryEntry) name() string { return "deliveryentry" }
func (Import) name() string        { return "import" }
func (Objections) name() string    { return "objections" }
func (FilingPage) name() string    { return "filing" }
func (StreetConsole) name() string { return "street" }
func (DistrictView) name() string  { return "district" }
func (Outbox) name() string        { return "outbox" }
func (Communities) name() string   { return "communities" }

func (WatchList) name() string { return "watchlist" }
func (WatchPage) name() string { return "watch" }

func (DecisionBoard) name() string   { return "decisions" }
func (DecisionDesk) name() string    { return "decisiondesk" }
func (DecisionPage) name() string    { return "decision" }
func (EmergencyPage) name() string   { return "emergency" }
func (EmergencyPublic) name() string { return "emergencies" }

func (ContractPage) name() string    { return "contractdesk" }
func (ContractPublic) name() string  { return "contracts" }
func (ConveningPage) name() string   { return "convening" }
func (ConveningPublic) name() string { return "convenings" }

func (DisclosureList) name() string   { return "disclosures" }
func (DisclosurePublic) name() string { return "disclosure" }
func (DisclosureAsking) name() string { return "asking" }
func (DisclosureChoice) name() string { return "askchoice" }
func (DisclosureDesk) name() string   { return "disclosuredesk" }
