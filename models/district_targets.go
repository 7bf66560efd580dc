package models

import (
	"slices"

	"gongjue/voting/stage"
)

// TargetFigures are what was reached of a target: on its day, or until now where that has not come.
type TargetFigures struct {
	Target
	MeasuredAt int64
	Reached    int64 // communities, or streets
	Of         int64
	Needed     int64
	Short      int64          // how many are missing; 0 where it is met
	Streets    []StreetTarget // none where streets are what is counted
}

// StreetTarget is what a street has and needs of a target.
type StreetTarget struct {
	ID                         string
	Reached, Of, Needed, Short int64
}

// formed counts what was formed at a moment, in the order of the history's streets.
func (h *districtHistory) formed(at int64) ([]StreetTarget, error) {
	found := make([]StreetTarget, len(h.streets))
	for i, id := range h.streets {
		found[i].ID = id
	}
	for i := range h.communities {
		community := &h.communities[i]
		if community.CreatedAt > at {
			continue
		}
		window, err := h.window(community.Place, at)
		if err != nil {
			return nil, err
		}
		street := &found[h.streetOf[i]]
		street.Of++
		if stage.BodyAt(h.meetings[i], h.terms[i], window, at) != stage.NoBody {
			street.Reached++
		}
	}
	return found, nil
}

// served counts the communities that a firm served under a contract at a moment, in the order of the history's streets.
func (h *districtHistory) served(at int64) []StreetTarget {
	found := make([]StreetTarget, len(h.streets))
	for i, id := range h.streets {
		found[i].ID = id
	}
	for i, service := range h.services(at) {
		if h.communities[i].CreatedAt > at {
			continue
		}
		street := &found[h.streetOf[i]]
		street.Of++
		if service.Stage.Serving() {
			street.Reached++
		}
	}
	return found
}

// working tells of each street with communities whether one of them has a body at a moment, or is on its way to one.
func (h *districtHistory) working(at int64) ([]StreetTarget, error) {
	found := make([]StreetTarget, len(h.streets))
	for i, community := range h.communities {
		street := &found[h.streetOf[i]]
		street.ID = community.StreetID
		if community.CreatedAt > at {
			continue
		}
		street.Of = 1
		if street.Reached == 1 {
			continue
		}
		standing, err := h.standing(i, at)
		if err != nil {
			return nil, err
		}
		if standing.Body != stage.NoBody || standing.Stage != stage.None && standing.Stage != stage.Lapsed {
			street.Reached = 1
		}
	}
	return found, nil
}

// measured counts what a measure counts at a moment.
func (h *districtHistory) measured(measure Measure, at int64) ([]StreetTarget, error) {
	switch measure {
	case MeasureServed:
		return h.served(at), nil
	case MeasureWorking:
		return h.working(at)
	default:
		return h.formed(at)
	}
}

// reached measures a target on its day, or at the moment of the figures where that comes first.
func (h *districtHistory) reached(target Target, d District) (TargetFigures, error) {
	found := TargetFigures{Target: target, MeasuredAt: min(target.DueAt, d.At)}
	streets, err := h.measured(target.Measure, found.MeasuredAt)
	if err != nil {
		return found, err
	}
	for _, street := range d.Streets {
		reached := streets[slices.Index(h.streets, street.ID)]
		reached.Needed = target.needed(reached.Of)
		reached.Short = max(0, reached.Needed-reached.Reached)
		found.Reached, found.Of = found.Reached+reached.Reached, found.Of+reached.Of
		if target.Measure != MeasureWorking {
			found.Streets = append(found.Streets, reached)
		}
	}
	found.Needed = target.needed(found.Of)
	found.Short = max(0, found.Needed-found.Reached)
	return found, nil
}

// Working are the streets in which something is under way, and all with communities.
func (d District) Working() (working, streets int64) {
	for _, street := range d.Streets {
		streets++
		if street.Formed() > 0 || street.Communities > street.Stages[stage.None]+street.Stages[stage.Lapsed] {
			working++
		}
	}
	return working, streets
}

// Current is the target of a measure that the moment of the figures is measured against: the next one due, else the last
// that was; nil without targets.
func (d District) Current(measure Measure) (current *TargetFigures) {
	for i := range d.Targets {
		if d.Targets[i].Measure != measure {
			continue
		}
		if current = &d.Targets[i]; current.DueAt >= d.At {
			break
		}
	}
	return current
}
