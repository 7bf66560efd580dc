package api

import (
	"slices"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/voting/roster"
	"gongjue/web"
)

// settleRulingsAct says of rulings that the file does not follow whether they hold, or what the file says.
var settleRulingsAct = act[intakeRulingRequest]{do: settleRulings, again: func(c *call, in intakeRulingRequest, problems []web.Problem) (web.Page, error) {
	return intakeView(c, intakeTrouble{rulings: problems, ruledWhy: in.Why})
}}

// undoRuling takes a person's word back: the ruling is open again.
const undoRuling roster.SettleRuled = "undo"

// settleRulings takes a reason for keeping the file; a ruling that is followed carries its own.
func settleRulings(c *call, in intakeRulingRequest) (done, error) {
	var r reader
	revision, why := r.number("revision", in.Revision), strings.TrimSpace(in.Why)
	all := r.yes("all", in.All)
	do := roster.SettleRuled(in.Do)
	switch do {
	case roster.KeepFile:
		if why == "" {
			r.refuse("required", "why")
		}
	case roster.TakeRuling, undoRuling:
	default:
		r.refuse("bad_value", "do")
	}
	if err := r.err(); err != nil {
		return done{}, err
	}
	read, err := c.intake()
	if err != nil {
		return done{}, err
	}
	if all {
		in.Keys = nil
		for _, open := range read.rulings.Open {
			in.Keys = append(in.Keys, open.Key)
		}
	}
	told := read.rulings.Settle(in.Keys, do, c.staff.Name, why, c.store.Now())
	undone := func(old roster.Settlement) bool { return do == undoRuling && slices.Contains(in.Keys, old.Key) }
	if len(told) == 0 && !slices.ContainsFunc(read.Work.Settled, undone) {
		return done{}, refuse("nothing_to_settle")
	}
	_, err = c.store.ChangeIntakeSeen(c, c.actor(), c.community.ID, read.ID, revision, models.IntakeRuling, func(work *models.IntakeWork) error {
		work.Settled = append(slices.DeleteFunc(work.Settled, undone), told...)
		return nil
	})
	if err != nil {
		return done{}, err
	}
	if read, err = c.intake(); err != nil {
		return done{}, err
	}
	return done{body: intakeOf(read), location: intakeURL(c.community.ID, read.ID) + "#rulings"}, nil
}

// rulingsForm is the part of the page on what was decided before; nil where the file follows all of it.
func rulingsForm(read *intakeRead, address string, t intakeTrouble) *web.RulingsForm {
	if len(read.rulings.Open)+len(read.rulings.Settled) == 0 {
		return nil
	}
	form := &web.RulingsForm{Form: web.Form{Action: address + "/rulings", Problems: t.rulings}, Revision: strconv.FormatInt(read.Revision, 10), Why: t.ruledWhy, Count: len(read.rulings.Open)}
	for _, u := range read.rulings.Open[:min(len(read.rulings.Open), issuesShown)] {
		form.Open = append(form.Open, web.RulingLine{Undone: u, At: web.Instant(u.At), MendURL: rowURL(address, u.Sheet, u.Row)})
	}
	for _, u := range read.rulings.Settled {
		form.Settled = append(form.Settled, web.RulingLine{Undone: u, At: web.Instant(u.At), SaidAt: web.Instant(u.Settled.At)})
	}
	return form
}
