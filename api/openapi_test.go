package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting"
	"gongjue/voting/disclosure"
	"gongjue/voting/ledger"
	"gongjue/voting/lifecycle"
	"gongjue/voting/lint"
	"gongjue/voting/platform"
	"gongjue/voting/roster"
	"gongjue/voting/rules"
	"gongjue/voting/sample"
	"gongjue/voting/stage"
	"gongjue/voting/watch"
)

// described are the schemas of the document and the Go types that they describe.
var described = map[string]any{
	"Problem": problem{}, "FieldProblem": fieldProblem{}, "Weight": weightJSON{}, "Community": communityJSON{}, "Roster": rosterJSON{},
	"RosterDetail": rosterDetailJSON{}, "RosterList": rostersJSON{}, "RosterIssue": issueJSON{}, "AreaSourceShare": sourceJSON{}, "Intake": intakeJSON{}, "IntakeHeadsRequest": intakeHeadsRequest{}, "IntakeIssue": intakeIssueJSON{}, "IntakeColumnsRequest": intakeColumnsRequest{},
	"IntakeEncodingRequest": intakeEncodingRequest{}, "IntakeText": workbook.Text{}, "IntakeReading": workbook.Reading{},
	"IntakeRowRequest": intakeRowRequest{}, "IntakeConfirmRequest": intakeConfirmRequest{}, "IntakeImportRequest": intakeImportRequest{}, "IntakeTakeOverRequest": intakeTakeOverRequest{},
	"IntakeRulingRequest": intakeRulingRequest{}, "UndoneRuling": roster.Undone{}, "IntakeRegister": intakeRegisterJSON{}, "RosterRegister": rosterRegisterJSON{}, "RosterTakeOverRequest": rosterTakeOverRequest{}, "RegisterDifference": roster.Difference{}, "Policies": policiesJSON{},
	"Meeting": meetingJSON{}, "MeetingDesk": deskJSON{}, "MeetingLine": meetingLineJSON{}, "MeetingList": meetingsJSON{},
	"Matter": matterJSON{}, "Rule": voting.Matter{}, "SeatGroup": voting.SeatGroup{}, "GroupOutcome": voting.GroupOutcome{}, "Poll": voting.Poll{}, "Threshold": thresholdJSON{}, "Attachment": attachmentJSON{},
	"Turnout": turnoutJSON{}, "Step": stepJSON{}, "Option": optionJSON{}, "Counted": countedJSON{}, "Outcome": outcomeJSON{},
	"Variant": variantJSON{}, "Decided": decidedJSON{}, "Robustness": robustnessJSON{}, "SheetBalance": sheetBalanceJSON{}, "SheetIncident": incidentJSON{}, "VoidCount": voidCountJSON{}, "Result": resultJSON{}, "ResultList": resultsJSON{}, "Filing": filingJSON{}, "Certificate": certificateJSON{}, "CertificateSigner": certificateSignerJSON{}, "SealProof": sealProofJSON{}, "CertificateSigned": certificateSignedJSON{}, "CertificateSignRequest": certificateSignRequest{},
	"FilingRecord": filingRecordJSON{}, "FilingFile": models.FilingFile{}, "FilingPapers": filingPapersJSON{}, "FilingPaper": filingPaperJSON{}, "FilingList": filingsJSON{}, "Objection": objectionJSON{},
	"ObjectionList": objectionsJSON{}, "ObjectionEffect": objectionEffectJSON{}, "OwnObjections": ownObjectionsJSON{}, "BoardHistory": boardHistoryJSON{}, "BoardEntry": boardEntryJSON{}, "Audit": auditJSON{}, "AuditEntry": auditEntryJSON{}, "Session": session{},
	"CommunityList": communityPageJSON{}, "DeadMessage": deadMessageJSON{}, "DeadMessageList": deadMessagesJSON{},
	"PublicCommunity": publicCommunityJSON{}, "PublicCommunityList": publicCommunitiesJSON{}, "PublicMeeting": noticeJSON{},
	"PublicResult": publicResultJSON{}, "Channel": channelJSON{}, "LogHead": logHeadJSON{}, "ReceiptCheck": receiptCheckJSON{},
	"VotingRecord": votingRecordJSON{}, "RecordedBallot": recordedBallotJSON{},
	"Home": homeJSON{}, "Phone": phoneJSON{}, "CodeSent": codeSentJSON{}, "ResidentSession": residentSessionJSON{},
	"BallotPaper": ballotPaperJSON{}, "PaperMatter": paperMatterJSON{}, "Choice": choiceJSON{}, "Receipt": receiptJSON{},
	"Delivery": deliveryJSON{}, "DeliveryClass": classJSON{}, "DeliveryClasses": deliveryClassesJSON{}, "DeliveryCount": deliveryCountJSON{},
	"DeliveryDesk": deliveryDeskJSON{}, "DeliveryLine": deliveryLineJSON{}, "DeliveryPart": deliveryPartJSON{}, "DeliverySheet": deliverySheetJSON{},
	"DeliveryRequest": deliveryRequest{}, "DeliveryRoundRequest": deliveryRoundRequest{}, "RoundRecorded": roundRecordedJSON{}, "SilenceRule": silenceRuleJSON{},
	"ImportDesk": importDeskJSON{}, "Import": importJSON{}, "ImportRead": importReadJSON{}, "ImportColumn": importColumnJSON{}, "ImportIssue": platform.Issue{},
	"Imported":  importedJSON{},
	"PaperDesk": paperDeskJSON{}, "OpenSheet": openSheetJSON{}, "PaperSheet": paperSheetJSON{}, "SheetFound": sheetFoundJSON{},
	"FindSheetRequest": findSheetRequest{}, "EnterPaperRequest": enterPaperRequest{}, "PaperChoice": paperChoiceJSON{}, "PaperEntered": paperEnteredJSON{},

	"Owner": ownerJSON{}, "OwnerList": ownersJSON{}, "OwnerDetail": ownerDetailJSON{}, "FullOwner": fullOwnerJSON{}, "Read": readJSON{}, "ReadRegister": readRegisterJSON{},
	"OwnerSearchRequest": ownerSearchRequest{}, "ReadOwnerRequest": readOwnerRequest{},

	"PublicRoster": publicRosterJSON{}, "RosterPart": rosterPartJSON{}, "DisplayLine": displayLineJSON{}, "DisplayLineList": displayLinesJSON{},
	"OwnerSession": ownerSessionJSON{}, "OwnHome": ownHomeJSON{}, "OwnUnit": ownUnitJSON{}, "Person": personJSON{}, "RosterObjection": rosterObjectionJSON{},
	"RosterObjectionDetail": rosterObjectionDetailJSON{}, "RosterObjectionList": rosterObjectionsJSON{}, "Evidence": evidenceJSON{},
	"UnitFacts": models.UnitFacts{}, "RosterChange": rosterChangeJSON{}, "ObjectionCount": objectionCountJSON{}, "RosterAnswerRequest": rosterAnswerRequest{},
	"Amendment": amendmentJSON{}, "AmendmentDetail": amendmentDetailJSON{}, "AmendmentList": amendmentsJSON{}, "PublicAmendment": publicAmendmentJSON{},
	"Mandate": mandateJSON{}, "MandateList": mandatesJSON{}, "MandateRequest": mandateRequest{}, "RosterSale": saleJSON{},
	"AmendableUnit": amendableUnitJSON{}, "ApproveRequest": approveRequest{},

	"Committees": committeesJSON{}, "Committee": committeeJSON{}, "CommitteeMember": committeeMemberJSON{}, "CommitteeEntry": committeeEntryJSON{},
	"CommitteeElectionRequest": committeeElectionRequest{}, "CommitteeRecallRequest": committeeRecallRequest{}, "HandoverRequest": handoverRequest{}, "HandoverItem": handoverItemJSON{}, "HandoverPartyRequest": handoverPartyRequest{}, "MissedOrder": missedOrderJSON{},

	"RulePackList": rulePacksJSON{}, "RulePackHead": rulePackJSON{}, "RulePack": rulePackDetailJSON{}, "RuleClause": ruleClauseJSON{},
	"RuleMajority": ruleMajorityJSON{}, "RuleItem": ruleItemJSON{}, "RuleSource": ruleSourceJSON{},

	"WatchedLog": watchedLogJSON{}, "WatchedLogList": watchedLogsJSON{}, "SignedHead": headJSON{}, "Sight": sightJSON{}, "WitnessWaiver": waiverJSON{}, "PublicLog": publicLogJSON{},
	"Cosigned": cosignedJSON{}, "HandInRequest": handInRequest{}, "ProposeWitnessRequest": proposeWitnessRequest{}, "ConfirmWitnessRequest": confirmWitnessRequest{},
	"WitnessKey": witnessKeyJSON{}, "WitnessKeyList": witnessKeysJSON{},

	"DistrictFigures": districtJSON{}, "StreetFigures": streetFiguresJSON{}, "StageCount": stageCountJSON{}, "MonthFigures": monthFiguresJSON{}, "Target": targetJSON{},
	"WatchRequest": watchRequest{}, "DismissWatchRequest": dismissWatchRequest{}, "WatchList": watchListJSON{}, "Watched": watchedJSON{}, "WatchFact": watchFactJSON{}, "WatchEntry": watchEntryJSON{},
	"TargetFigures": targetFiguresJSON{}, "StreetTarget": streetTargetJSON{}, "MissedDeadline": missedJSON{}, "Satisfaction": satisfactionJSON{}, "PollResult": pollResultJSON{}, "StandingCommunity": standingCommunityJSON{}, "TargetRequest": targetRequest{},

	"SignInRequest": signInRequest{}, "CommunityRequest": communityRequest{}, "PublishRosterRequest": publishRosterRequest{},
	"MeetingRequest": meetingRequest{}, "NoticeRequest": noticeRequest{}, "Finding": lint.Finding{}, "MatterRequest": matterRequest{}, "ReasonRequest": reasonRequest{},
	"Seal": sealJSON{}, "SealCard": sealCardJSON{}, "SealCardTaken": sealCardTakenJSON{}, "SealCodeRequest": sealCodeRequest{}, "SealTakeRequest": sealTakeRequest{},
	"Lot": lotJSON{}, "LotTie": lotTieJSON{}, "LotOrder": drawnJSON{}, "LotPlace": lotPlaceJSON{}, "LotAnnouncement": lotAnnouncementJSON{}, "LotDrawn": lotDrawnJSON{},
	"Disclosures": disclosuresJSON{}, "DisclosureRule": disclosureRuleJSON{}, "Disclosure": disclosureJSON{}, "DisclosureBalances": balancesJSON{}, "DisclosureSums": sumsJSON{}, "DisclosureFile": disclosureFileJSON{},
	"DisclosureQuestion": questionJSON{}, "DisclosureHiding": hidingJSON{}, "DisclosureLines": disclosureLinesJSON{}, "DisclosureLine": disclosureLineJSON{}, "DisclosureDesk": disclosureDeskJSON{}, "DisclosureDraft": disclosureDraftJSON{},
	"OwnQuestions": ownQuestionsJSON{}, "DisclosureLineIssues": lineIssuesJSON{}, "DisclosureLineIssue": lineIssueJSON{}, "DisclosureDraftRequest": draftRequest{}, "DisclosureLineRequest": lineRequest{}, "DisclosureSeenRequest": seenRequest{},
	"DisclosureRemoveLineRequest": removeLineRequest{}, "DisclosureDayRequest": dayRequest{}, "QuestionRequest": askRequest{}, "QuestionAnswerRequest": questionAnswerRequest{}, "QuestionHideRequest": hideRequest{}, "DisclosureTakeDownRequest": takeDownRequest{},
	"PreliminaryCount": preliminaryJSON{},
	"Contract":         contractJSON{}, "Contracts": contractsJSON{}, "ContractEntry": contractEntryJSON{}, "ContractStepRequest": contractStepRequest{},
	"Convenings": conveningsJSON{}, "Convening": conveningJSON{}, "ConveningRequest": conveningRequest{}, "StreetConvenesRequest": streetConvenesRequest{},
	"Sittings": sittingsJSON{}, "Sitting": sittingJSON{}, "SittingMember": sittingMemberJSON{}, "CommitteeDecision": decisionJSON{}, "DecisionOrder": decisionOrderJSON{},
	"SittingRequest": sittingRequest{}, "DecisionOrderRequest": decisionOrderRequest{},
	"Emergency": emergencyJSON{}, "Emergencies": emergenciesJSON{}, "EmergencyRequest": emergencyRequest{}, "EmergencyDoneRequest": emergencyDoneRequest{},
	"Samples": samplesJSON{}, "Sample": sampleJSON{}, "SamplePlan": samplePlanJSON{}, "SampleFinding": sample.Finding{}, "SampleCalls": sampleCallsJSON{}, "SampleCall": sampleCallJSON{}, "CalledOwner": calledOwnerJSON{},
	"SampleAnnounceRequest": sampleAnnounceRequest{}, "SampleWithdrawRequest": sampleWithdrawRequest{}, "SampleAnswerRequest": sampleAnswerRequest{},
	"LotAnnounceRequest": lotAnnounceRequest{}, "LotRecordRequest": lotRecordRequest{}, "LotConfirmRequest": lotConfirmRequest{},
	"ObjectionRequest": objectionRequest{}, "AnswerRequest": answerRequest{}, "FilingRequest": filingRequest{},
	"CertifyRequest": certifyRequest{}, "ReturnRequest": returnRequest{}, "RefuseFilingRequest": refuseRequest{}, "Supervision": supervisionJSON{}, "SupervisionList": supervisionsJSON{}, "SuperviseRequest": superviseRequest{}, "FilingReview": reviewJSON{}, "ReviewCheck": reviewCheckJSON{}, "ReviewFlag": reviewFlagJSON{},
	"FilingClock": models.FilingClock{}, "FilingDefect": models.FilingDefect{}, "FilingParticulars": models.FilingParticulars{}, "BundleRequest": bundleRequest{}, "SendCodeRequest": sendCodeRequest{},
	"FindHomeRequest": findHomeRequest{}, "RedeemRequest": redeemRequest{}, "ReceiptRequest": receiptRequest{}, "BallotRequest": ballotRequest{},
}

// document is the part of an OpenAPI document that is compared with the code.
type document struct {
	OpenAPI    string                                `json:"openapi"`
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Components struct {
		Schemas map[string]struct {
			Properties map[string]struct {
				Enum []string `json:"enum"`
			} `json:"properties"`
			Required []string `json:"required"`
		} `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	Responses   map[string]json.RawMessage `json:"responses"`
	RequestBody json.RawMessage            `json:"requestBody"`
	Parameters  []struct {
		Name, In string
	} `json:"parameters"`
}

func readDocument(t *testing.T) document {
	t.Helper()
	var d document
	if err := json.Unmarshal(openAPIDocument, &d); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.OpenAPI, "3.1.") {
		t.Errorf("version %q", d.OpenAPI)
	}
	return d
}

// documentPath writes a path of the table as OpenAPI does.
func documentPath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, isName := strings.CutPrefix(part, ":"); isName {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func TestTheDocumentDescribesExactlyTheRoutes(t *testing.T) {
	d := readDocument(t)
	served := map[string]bool{}
	for _, r := range (&Server{metrics: newMetrics(nil)}).routes() {
		if !strings.HasPrefix(r.path, "/api/v1/") {
			continue
		}
		path, method := documentPath(r.path), strings.ToLower(r.method)
		served[method+" "+path] = true
		text, there := d.Paths[path][method]
		if !there {
			t.Errorf("%s %s is not described", r.method, path)
			continue
		}
		var o operation
		if err := json.Unmarshal(text, &o); err != nil {
			t.Fatal(err)
		}
		if _, there := o.Responses["default"]; !there || len(o.Responses) < 2 {
			t.Errorf("%s %s says nothing of its answers", r.method, path)
		}
		if (r.method == http.MethodPut || r.upload) && o.RequestBody == nil {
			t.Errorf("%s %s says nothing of its body", r.method, path)
		}
		for _, part := range strings.Split(r.path, "/") {
			name, isName := strings.CutPrefix(part, ":")
			if isName && !slices.ContainsFunc(o.Parameters, func(p struct{ Name, In string }) bool { return p.Name == name && p.In == "path" }) {
				t.Errorf("%s %s does not describe {%s}", r.method, path, name)
			}
		}
	}
	for path, methods := range d.Paths {
		for method := range methods {
			if !served[method+" "+path] {
				t.Errorf("%s %s is described and not served", method, path)
			}
		}
	}
}

func TestTheSchemasAreTheTypesOfTheCode(t *testing.T) {
	d := readDocument(t)
	for name, value := range described {
		schema, there := d.Components.Schemas[name]
		if !there {
			t.Errorf("no schema %s", name)
			continue
		}
		fields := jsonFields(reflect.TypeOf(value))
		for field := range fields {
			if _, there := schema.Properties[field]; !there {
				t.Errorf("%s does not describe %s", name, field)
			}
		}
		for field := range schema.Properties {
			if _, there := fields[field]; !there {
				t.Errorf("%s describes %s, which is not there", name, field)
			}
		}
		for _, field := range schema.Required {
			if always, there := fields[field]; !there || !always {
				t.Errorf("%s says that %s is always there", name, field)
			}
		}
	}
	for name := range d.Components.Schemas {
		if _, there := described[name]; !there {
			t.Errorf("the schema %s describes no type", name)
		}
	}
	for _, reference := range references(string(openAPIDocument)) {
		if _, there := d.Components.Schemas[reference]; !there {
			t.Errorf("nothing is called %s", reference)
		}
	}
}

// enumerated are the properties whose words the code lists, by schema and property.
var enumerated = map[string][]string{
	"Committee.kind": words(lifecycle.CommitteeKinds), "Committee.state": words(lifecycle.CommitteeStates), "Committee.origin": words(lifecycle.CommitteeOrigins),
	"CommitteeMember.state": words(lifecycle.MemberStates), "CommitteeMember.capacity": words(lifecycle.MemberCapacities),
	"HandoverItem.kind": words(lifecycle.HandoverKinds), "HandoverItem.given_as": words(lifecycle.HandoverSigners), "HandoverItem.taken_as": words(lifecycle.HandoverSigners), "HandoverItem.refused_as": words(lifecycle.HandoverSigners),
	"MissedOrder.kind": words(lifecycle.ConveningKinds), "HandoverPartyRequest.side": append(words(lifecycle.HandoverSides), noSide), "HandoverRequest.kind": words(lifecycle.HandoverKinds),
	"CommitteeEntry.kind": words(lifecycle.CommitteeEntryKinds), "CommitteeEntry.authority": words(lifecycle.Registrars),
	"DisclosureLine.section": words(disclosure.Sections), "DisclosureLineRequest.section": words(disclosure.Sections), "DisclosureLineIssue.column": words(disclosure.Columns), "DisclosureHiding.part": words(models.HiddenParts), "QuestionHideRequest.part": words(models.HiddenParts),
	"Contract.kind": words(lifecycle.ContractKinds), "Contract.fee_mode": words(lifecycle.FeeModes), "Contract.stage": words(stage.ContractStages), "Contract.state": words(lifecycle.ContractStates),
	"Contract.filing": words(lifecycle.ContractFilings), "ContractEntry.event": words(lifecycle.ContractEvents), "ContractEntry.state": words(lifecycle.ContractStates), "ContractEntry.filing": words(lifecycle.ContractFilings),
	"ContractEntry.side": words(lifecycle.ContractSides), "ContractStepRequest.event": words(lifecycle.ContractEvents), "ContractStepRequest.side": words(lifecycle.ContractSides),
	"Sitting.state": words(lifecycle.SittingStates), "Sitting.called_by": words(lifecycle.SittingCallers), "SittingRequest.called_by": words(lifecycle.SittingCallers),
	"SittingMember.post": words(lifecycle.MemberPosts), "CommitteeDecision.state": words(lifecycle.DecisionStates), "DecisionOrder.kind": words(lifecycle.SupervisionKinds),
	"DecisionOrder.authority": words(lifecycle.Supervisors), "DecisionOrderRequest.kind": words(lifecycle.SupervisionKinds),
	"Emergency.state": words(lifecycle.EmergencyStates), "Emergency.cause": words(lifecycle.EmergencyCauses), "EmergencyRequest.cause": words(lifecycle.EmergencyCauses),
	"Sample.state": words(models.SampleStates), "Sample.first_role": words(models.Roles), "Sample.second_role": words(models.Roles), "SampleCall.channel": words(lifecycle.Channels),
	"SampleCall.answer": words(sample.Answers), "SampleAnswerRequest.answer": words(sample.Answers),
	"StageCount.stage": words(stage.Stages), "StandingCommunity.contract_stage": words(stage.ContractStages), "StandingCommunity.stage": words(stage.Stages), "StandingCommunity.body": words(stage.Bodies), "MissedDeadline.kind": words(models.MissedKinds), "Satisfaction.about": words(voting.Subjects), "PollResult.about": words(voting.Subjects),
	"Target.measure": words(models.Measures), "TargetFigures.measure": words(models.Measures), "TargetRequest.measure": words(models.Measures), "WatchFact.flag": words(watch.Flags),
	"WatchFact.missed": words(models.MissedKinds), "WatchEntry.kind": words(watch.Kinds), "DismissWatchRequest.flag": words(watch.Flags),
	"Lot.state": words(models.LotStates), "LotAnnouncement.announced_by": words(models.Roles), "LotDrawn.first_role": words(models.Roles), "LotDrawn.second_role": words(models.Roles),
	"Outcome.tie_way": words(voting.TieWays), "WitnessKey.state": words(models.WitnessKeyStates),
	"Meeting.state": words(lifecycle.MeetingStates), "Roster.state": words(lifecycle.RosterStates), "Filing.state": words(lifecycle.FilingStates),
	"Objection.state": words(lifecycle.ObjectionStates), "Meeting.convener_kind": words(lifecycle.ConvenerKinds), "Session.role": words(models.Roles),
	"Attachment.stage": words(models.AttachmentStages), "Result.stage": words(models.ResultStages), "Objection.subject": words(models.ObjectionSubjects),
	"Objection.outcome": words(models.Verdicts), "DeadMessage.kind": words(models.MessageKinds), "Rule.kind": words(voting.Kinds),
	"Rule.method": words(voting.Methods), "Rule.tie_way": words(voting.TieWays), "Rule.firm_act": words(voting.FirmActs), "Rule.linked_when": words(voting.Conditions), "Step.dimension": words(voting.Dimensions), "Outcome.result": words(voting.Results),
	"Outcome.reason": words(voting.Reasons), "Option.why": words(voting.Shortnesses), "Outcome.committee": words(voting.CommitteeStates),
	"Policies.silence": append([]string{""}, words(voting.Silences)...), "Policies.blank": append([]string{""}, words(voting.Blanks)...),
	"Policies.rank": append([]string{""}, words(voting.Ranks)...), "Policies.shortfall": append([]string{""}, words(voting.Shortfalls)...),
	"Receipt.channel": words(lifecycle.Channels), "OpenSheet.state": words(models.PaperStates), "PaperEntered.state": words(models.PaperStates),
	"SheetIncident.incident": words(voting.Incidents), "VoidCount.reason": words(ledger.VoidReasons), "DeliveryClass.class": words(voting.VoterClasses), "Delivery.mode": words(models.DeliveryModes), "Delivery.result": words(models.DeliveryResults),
	"Import.state": words(models.ImportStates), "ImportIssue.severity": words(roster.Severities), "Meeting.channel_conflict": words(voting.ChannelConflicts),
	"MeetingRequest.channel_conflict": append([]string{""}, words(voting.ChannelConflicts)...), "ReceiptCheck.standing": words(models.ReceiptStandings),
	"RecordedBallot.standing": words(models.ReceiptStandings),
	"Delivery.relation":       words(models.Relations), "DeliveryRequest.mode": words(models.DeliveryModes), "DeliveryRequest.result": words(models.DeliveryResults),
	"DeliveryRequest.relation": words(models.Relations), "DeliveryRoundRequest.mode": words(models.DeliveryModes),
	"DeliveryRoundRequest.result": words(models.DeliveryResults), "DeliveryRoundRequest.relation": words(models.Relations),
	"EnterPaperRequest.void": words(ledger.VoidReasons), "RulePack.level": words(rules.Levels), "RulePackHead.level": words(rules.Levels),
	"Read.kind": words(models.ReadKinds), "Read.reason": words(models.ReadReasons), "ReadOwnerRequest.reason": words(models.ReadReasons),
	"DisplayLine.area_source": words(roster.AreaSources), "RosterObjection.about": words(models.RosterObjectionKinds), "RosterObjection.source": words(models.ObjectionSources),
	"RosterObjection.state": words(lifecycle.ObjectionStates), "RosterObjection.outcome": words(models.Verdicts), "OwnHome.state": words(lifecycle.RosterStates),
	"RosterAnswerRequest.area_source": words(roster.AreaSources), "RosterAnswerRequest.outcome": words(models.Verdicts),
	"Decided.effect": words(voting.Effects), "Finding.severity": words(lint.Severities), "RuleItem.class": words(rules.Classes), "RuleClause.topic": words(rules.Topics),
}

func words[S ~string](list []S) []string {
	texts := make([]string, len(list))
	for i, word := range list {
		texts[i] = string(word)
	}
	return texts
}

func TestTheDocumentListsTheWordsOfTheCode(t *testing.T) {
	d := readDocument(t)
	for name, want := range enumerated {
		schema, property, _ := strings.Cut(name, ".")
		if got := d.Components.Schemas[schema].Properties[property].Enum; !slices.Equal(got, want) {
			t.Errorf("%s lists %v, the code %v", name, got, want)
		}
	}
}

// jsonFields are the JSON names of a struct, embedded ones included; true for one that is never left out.
func jsonFields(t reflect.Type) map[string]bool {
	fields := map[string]bool{}
	for _, field := range reflect.VisibleFields(t) {
		name, options, tagged := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || name == "-" || (name == "" && !tagged) {
			continue
		}
		fields[name] = !strings.Contains(options, "omitempty")
	}
	return fields
}

func references(text string) []string {
	var names []string
	for _, part := range strings.Split(text, `"#/components/schemas/`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		names = append(names, name)
	}
	return names
}

func TestTheDocumentIsServed(t *testing.T) {
	w := newTown(t)
	answer := w.browser().get("/api/openapi.json")
	if answer.status != http.StatusOK || !json.Valid([]byte(answer.body)) || !strings.Contains(answer.body, "/api/v1/ballots") {
		t.Errorf("%d %s", answer.status, answer.header)
	}
}
