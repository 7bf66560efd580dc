package api

import (
	"net/http"

	"gongjue/models"
	"gongjue/web"
)

// contractRoutes are the property service contracts of a community: for everybody, and for convener and street.
func contractRoutes() []route {
	const page, api = "/staff/communities/:community/contracts", "/api/v1/communities/:community/contracts"
	return []route{
		get("/b/:community/contracts", public, publicContractPage),
		get("/b/:community/contracts/:contract/files/:contract_file", public, publicContractFile),
		get("/api/v1/public/communities/:community/contracts", public, listPublicContracts),

		get(page, inside, contractPage),
		upload(page, convening, recordContractAct.page).heldBy(page),
		post(page+"/:contract/steps", checking, contractStepAct.page).heldBy(page),
		upload(page+"/:contract/files", convening, publishContractFileAct.page).heldBy(page),
		post(page+"/:contract/files/:contract_file/remove", convening, removeContractFileAct.page).heldBy(page),
		get(page+"/:contract/proofs/files/:contract_proof", checking, contractProof),

		get(api, inside, listContracts),
		upload(api, convening, recordContractAct.upload),
		post(api+"/:contract/steps", checking, contractStepAct.api),
		upload(api+"/:contract/files", convening, publishContractFileAct.upload),
		post(api+"/:contract/files/:contract_file/remove", convening, removeContractFileAct.api),
		get(api+"/:contract/proofs/files/:contract_proof", checking, contractProof),
	}
}

func contractsURL(community string) string { return boardURL(community) + "/contracts" }

func publicContractPage(c *call) error {
	community, contracts, err := c.publicContracts()
	if err != nil {
		return err
	}
	page := web.ContractPublic{Shell: c.shell(community.Name + " " + web.TitleContracts), Community: community.Name, BoardURL: boardURL(community.ID)}
	for _, contract := range contracts {
		view, err := c.contractView(contract)
		if err != nil {
			return err
		}
		page.Contracts = append(page.Contracts, view)
	}
	return c.render(http.StatusOK, page)
}

// publicContracts are those of a community, and the community. Refusal: not_found.
func (c *call) publicContracts() (models.Community, []models.Contract, error) {
	community, err := c.store.Community(c, c.Param("community"))
	if err != nil {
		return community, nil, err
	}
	contracts, err := c.store.Contracts(c, community, true)
	return community, contracts, err
}

func publicContractFile(c *call) error {
	file, err := c.store.PublicContractFile(c, c.Param("community"), c.Param("contract"), c.Param("contract_file"))
	if err != nil {
		return err
	}
	c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
	return nil
}

// contractProof hands out what proves a contract from before; reading it stands in the audit.
func contractProof(c *call) error {
	contracts, err := c.store.Contracts(c, c.community, false)
	if err != nil {
		return err
	}
	for _, contract := range contracts {
		if contract.ID == c.Param("contract") {
			file, err := c.store.Evidence(c, c.actor(), c.community.ID, contract.ID, c.Param("contract_proof"))
			if err != nil {
				return err
			}
			c.sendFile(models.Attachment{Name: file.Name, MediaType: file.MediaType, Content: file.Content})
			return nil
		}
	}
	return refuse("not_found")
}
