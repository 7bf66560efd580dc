package api

import (
	"gongjue/models"
	"gongjue/voting/lifecycle"
	"gongjue/voting/stage"
)

// contractsJSON are the contracts of a community, the newest first.
type contractsJSON struct {
	Contracts []contractJSON `json:"contracts"`
}

type contractJSON struct {
	ID         string                   `json:"id"`
	Number     int64                    `json:"number"`
	Kind       lifecycle.ContractKind   `json:"kind"`
	Meeting    string                   `json:"meeting,omitempty"` // id of the meeting whose decision stands behind it
	Position   int64                    `json:"position,omitempty"`
	Revoked    bool                     `json:"revoked"`
	Firm       string                   `json:"firm"`
	Principal  string                   `json:"principal"`
	Area       int64                    `json:"area_cm2"`
	FeeMode    lifecycle.FeeMode        `json:"fee_mode"`
	Price      int64                    `json:"price_fen"` // for a square metre and a month
	Terms      string                   `json:"terms,omitempty"`
	SignedAt   int64                    `json:"signed_at"`
	From       int64                    `json:"from"`
	To         int64                    `json:"to,omitempty"`
	Until      int64                    `json:"until,omitempty"`
	Stage      stage.ContractStage      `json:"stage"`
	State      lifecycle.ContractState  `json:"state"`
	Filing     lifecycle.ContractFiling `json:"filing"`
	FileBy     int64                    `json:"file_by,omitempty"`
	DecideBy   int64                    `json:"decide_by,omitempty"`
	HandOverBy int64                    `json:"hand_over_by,omitempty"`
	Entries    []contractEntryJSON      `json:"entries"`
	Files      []evidenceJSON           `json:"files"`
	Proofs     []evidenceJSON           `json:"proofs,omitempty"` // for convener and street
}

type contractEntryJSON struct {
	Number   int64                    `json:"number"`
	Event    lifecycle.Event          `json:"event"`
	State    lifecycle.ContractState  `json:"state"`
	Filing   lifecycle.ContractFiling `json:"filing"`
	Side     lifecycle.ContractSide   `json:"side,omitempty"`
	Meeting  string                   `json:"meeting,omitempty"`
	Position int64                    `json:"position,omitempty"`
	Day      int64                    `json:"day,omitempty"`
	Until    int64                    `json:"until,omitempty"`
	Parties  string                   `json:"parties,omitempty"`
	Body     string                   `json:"body,omitempty"`
	Late     bool                     `json:"late"`
	At       int64                    `json:"at"`
}

func (c *call) contractsOf(contracts []models.Contract) contractsJSON {
	list := contractsJSON{Contracts: make([]contractJSON, len(contracts))}
	for i, k := range contracts {
		answer := contractJSON{ID: k.ID, Number: k.Number, Kind: k.Kind, Meeting: k.MeetingID, Position: k.Position, Revoked: k.Revoked, Firm: k.Firm, Principal: k.Principal,
			Area: int64(k.Area), FeeMode: k.FeeMode, Price: int64(k.Price), Terms: k.Terms, SignedAt: k.SignedAt, From: k.From, To: k.To, Until: k.Until,
			Stage: k.Standing().At(c.store.Now()), State: k.State, Filing: k.Filing, FileBy: k.FileBy(), DecideBy: k.DecideBy(), HandOverBy: k.HandOverBy(),
			Entries: make([]contractEntryJSON, len(k.Entries)), Files: make([]evidenceJSON, len(k.Files))}
		for j, e := range k.Entries {
			answer.Entries[j] = contractEntryJSON{Number: e.Number, Event: e.Event, State: e.State, Filing: e.Filing, Side: e.Side, Meeting: e.MeetingID, Position: e.Position,
				Day: e.Day, Until: e.Until, Parties: e.Parties, Body: e.Body, Late: k.Late(e), At: e.At}
		}
		for j, f := range k.Files {
			answer.Files[j] = evidenceJSON{ID: f.ID, Name: f.Name, MediaType: f.MediaType, Bytes: f.Size, SHA256: f.SHA256}
		}
		if c.staff != nil && (c.staff.Role == models.RoleConvener || c.staff.Role == models.RoleStreet) {
			answer.Proofs = evidenceFilesOf(k.Proofs)
		}
		list.Contracts[i] = answer
	}
	return list
}

// contractsDone answers an act with the list as it stands.
func contractsDone(c *call, flash string) (done, error) {
	contracts, err := c.store.Contracts(c, c.community, false)
	return done{body: c.contractsOf(contracts), location: c.communityURL("contracts"), flash: flash}, err
}

func listContracts(c *call) error {
	answer, err := contractsDone(c, "")
	if err != nil {
		return err
	}
	return c.sendJSON(answer)
}

func listPublicContracts(c *call) error {
	_, contracts, err := c.publicContracts()
	if err != nil {
		return err
	}
	return c.sendJSON(done{body: c.contractsOf(contracts)})
}
