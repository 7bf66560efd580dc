package api

import (
	"cmp"
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
	Measure models.Measure `json:"measure" form:"measure"` // formed where it is left out
	Source  string         `json:"source" form:"source" binding:"max=100"`
	Name    string         `json:"name" form:"name" binding:"required,max=40"`
	Due     string         `json:"due" form:"due" binding:"required,max=10"` // such as 2026-12-31
	Percent int64          `json:"percent" form:"percent" binding:"required"`
}

var setTargetAct = act[targetRequest]{
	do: func(c *call, in targetRequest) (done, error) {
		target, err := c.store.SetTarget(c, *c.staff, models.WantedTarget{Measure: cmp.Or(in.Measure, models.MeasureFormed), Name: in.Name, Source: in.Source, Due: in.Due, Percent: in.Percent})
		return done{status: http.StatusCreated, body: targetOf(target), location: districtURL, flash: "target_set"}, err
	},
	again: func(c *call, in targetRequest, problems []web.Problem) (web.Page, error) {
		view, err := c.districtView()
		view.Measure, view.Name, view.Source, view.Due, view.Problems = string(in.Measure), in.Name, in.Source, in.Due, problems
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

// askedMoment is the end of the day in the query, 0 for today, which is told as of now. Refusal: bad_value (at).
func (c *call) askedMoment() (int64, error) {
	text := c.Query("at")
	if text == "" {
		return 0, nil
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		return 0, refuseField("bad_value", "at")
	}
	if day == calendar.StartOfDay(c.store.Now()) {
		return 0, nil
	}
	return calendar.EndOfDay(day, 0), nil
}

// figures are those of the day that was asked for. Refusal: bad_value (at).
func (c *call) figures() (models.District, error) {
	at, err := c.askedMoment()
	if err != nil {
		return models.District{}, err
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
		Month: calendar.DayText(now)[:len("2006-01")], MoreMiss: d.MissedMore, Total: sumsOf(d, d.Total),
		Watch: watchSections(d.Watch, c.Query("street")), WatchURL: watchURL + "?at=" + calendar.DayText(d.At)}
	view.Current, view.Coverable = currentLine(d, models.MeasureFormed), currentLine(d, models.MeasureServed)
	for _, target := range d.Targets {
		view.Targets = append(view.Targets, targetLine(target))
	}
	view.Working, view.WorkingOf = d.Working()
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
