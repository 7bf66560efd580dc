package api

import "gongjue/models"

// ownerRoutes lead to owners' personal numbers, and to the register of who read them. No route gives the numbers of
// more than one owner.
func ownerRoutes() []route {
	const page, api = "/staff/communities/:community", "/api/v1/communities/:community"
	reading := staff(models.RoleConvener, models.RoleStreet)
	return []route{
		get(page+"/rosters/:roster/owners", reading, ownerSearchPage),
		post(page+"/rosters/:roster/owners", reading, ownerSearchAct.page),
		get(page+"/rosters/:roster/owners/:owner", reading, ownerPage),
		post(page+"/rosters/:roster/owners/:owner/read", reading, readOwnerAct.page),
		get(page+"/reads", reading, readRegisterPage),

		post(api+"/rosters/:roster/owners/find", reading, ownerSearchAct.api),
		get(api+"/rosters/:roster/owners/:owner", reading, getOwner),
		post(api+"/rosters/:roster/owners/:owner/read", reading, readOwnerAct.api),
		get(api+"/reads", reading, getReadRegister),
	}
}
