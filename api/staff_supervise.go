package api

import (
	"net/http"
	"strconv"

	"gongjue/models"
	"gongjue/voting/calendar"
	"gongjue/voting/stage"
	"gongjue/web"
)

// districtURL is the page of a district's figures.
const districtURL = "/staff/district"

// supervising is the role that sees the figures of its district.
var supervising = staff(models.RoleDistrict)

// districtRoutes are the figures of a district, its targets and its monthly return.
func districtRoutes() []route {
	return []route{
		get(districtURL, supervising, districtPage),
		get(districtURL+"/return.xlsx", supervising, districtReturn),
		post(districtURL+"/targets", supervising, setTargetAct.page).heldBy(districtURL),
		post(districtURL+"/targets/:target/withdraw", supervising, withdrawTargetAct.page).heldBy(districtURL),
		get("/api/v1/district", supervising, getDistrict),
		post("/api/v1/district/targets", supervising, setTargetAct.api),
		post("/api/v1/district/targets/:target/withdraw", supervising, withdrawTargetAct.api),
	}
}

// targetRequest is what is to be reached by the end of a day.
type targetRequest struct {
	Name    string `json:"name" form:"name" binding:"required,max=40"`
	Due     string `json:"due" form:"due" binding:"required,max=10"` // such as 2026-12-31
	Percent int64  `json:"percent" form:"percent" binding:"required"`
}

var setTargetAct = act[targetRequest]{
	do: func(c *call, in targetRequest) (done, error) {
		target, err := c.store.SetTarget(c, *c.staff, in.Name, in.Due, in.Percent)
		return done{status: http.StatusCreated, body: targetOf(target), location: districtURL, flash: "target_set"}, err
	},
	again: func(c *call, in targetRequest, problems []web.Problem) (web.Page, error) {
		view, err := c.districtView()
		view.Name, view.Due, view.Problems = in.Name, in.Due, problems
		if in.Percent != 0 {
			view.Percent = strconv.FormatInt(in.Percent, 10)
		}
		return view, err
	},
}

var withdrawTargetAct = act[nothing]{
	do: func(c *call, _ nothing) (done, error) {
		return done{location: districtURL, flash: "target_withdrawn"}, c.store.WithdrawTarget(c, *c.staff, c.Param("target"))
	},
}

// figures are those of the day that was asked for, at its end; of today, as of now. Refusal: bad_value (at).
func (c *call) figures() (models.District, error) {
	at := int64(0)
	if text := c.Query("at"); text != "" {
		day, err := calendar.ParseDay(text)
		if err != nil {
			return models.District{}, refuseField("bad_value", "at")
		}
		if day != calendar.StartOfDay(c.store.Now()) {
			at = calendar.EndOfDay(day, 0)
		}
	}
	return c.store.District(c, *c.staff, at)
}

// districtPage shows the supervisor where every community of the district stood on a day, or those of one street.
func districtPage(c *call) error {
	view, err := c.districtView()
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, view)
}

func (c *call) districtView() (web.DistrictView, error) {
	d, err := c.figures()
	if err != nil {
		return web.DistrictView{}, err
	}
	now := c.store.Now()
	view := web.DistrictView{Shell: c.shell(web.TitleDistrict), Form: web.Form{Action: districtURL + "/targets"}, District: d.Name, At: web.Instant(d.At),
		Day: calendar.DayText(d.At), Today: calendar.DayText(now), AskURL: districtURL, WholeURL: districtAt(d, ""), ReturnURL: districtURL + "/return.xlsx",
		Month: calendar.DayText(now)[:len("2006-01")], MoreMiss: d.MissedMore, Total: sumsOf(d, d.Total)}
	current := d.Current()
	for _, target := range d.Targets {
		view.Targets = append(view.Targets, targetLine(target))
		if current != nil && target.ID == current.ID {
			line := targetLine(target)
			view.Current = &line
		}
	}
	for _, street := range d.Streets {
		view.Streets = append(view.Streets, sumsOf(d, street))
	}
	for _, s := range stage.Stages {
		view.Stages = append(view.Stages, web.StageCount{Stage: string(s), Count: d.Total.Stages[s]})
	}
	for _, month := range d.Months {
		view.Year = append(view.Year, web.MonthLine{At: web.Instant(month.At), Formed: month.Formed, Communities: month.Communities})
	}
	return view, chooseStreet(c, d, &view)
}
