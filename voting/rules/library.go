package rules

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed packs/*.yaml
var files embed.FS

// ErrNoPack says that no pack has the id, or that none was in force on that day.
var ErrNoPack = errors.New("no rule pack")

// Library is a checked set of packs.
type Library struct{ packs []Pack }

var embedded = sync.OnceValues(func() (Library, error) {
	sub, err := fs.Sub(files, "packs")
	if err != nil {
		return Library{}, fmt.Errorf("open embedded rule packs: %w", err)
	}
	return Load(sub)
})

// For gives the pack of that id, complete: a local pack comes with the national items and majorities of
// the day it came into force. The error is [ErrNoPack].
func For(id string) (Pack, error) {
	library, err := embedded()
	if err != nil {
		return Pack{}, err
	}
	return library.For(id)
}

// At gives the pack for a vote in that place (region names joined by slashes, such as "浙江省/杭州市/西湖区";
// empty means nowhere in particular) whose voting starts at that moment (Unix ms). The rule follows the
// start of voting in 北京时间, not the notice (domain trap 16). The error is [ErrNoPack].
func At(place string, startMS int64) (Pack, error) {
	library, err := embedded()
	if err != nil {
		return Pack{}, err
	}
	return library.At(place, startMS)
}

// List gives every pack, as written, in the order of their ids.
func List() ([]Pack, error) {
	library, err := embedded()
	if err != nil {
		return nil, err
	}
	return slices.Clone(library.packs), nil
}

// For is [For] in this library.
func (l Library) For(id string) (Pack, error) {
	for _, pack := range l.packs {
		if pack.ID == id {
			return l.complete(pack, pack.From.startMS())
		}
	}
	return Pack{}, fmt.Errorf("%w: %s", ErrNoPack, id)
}

// At is [At] in this library. The local pack with the narrowest place wins.
func (l Library) At(place string, startMS int64) (Pack, error) {
	var best Pack
	narrowest := -1
	for _, pack := range l.packs {
		if !pack.inForce(startMS) {
			continue
		}
		if width := pack.covers(place); width > narrowest {
			best, narrowest = pack, width
		}
	}
	if narrowest < 0 {
		return Pack{}, fmt.Errorf("%w in force on that day", ErrNoPack)
	}
	return l.complete(best, startMS)
}

// complete puts national items and majorities, and every clause it is silent on, under a local pack.
func (l Library) complete(pack Pack, startMS int64) (Pack, error) {
	if pack.Level == National {
		return pack, nil
	}
	for _, base := range l.packs {
		if base.Level != National || !base.inForce(startMS) {
			continue
		}
		pack.ElectionItem, pack.Items, pack.Majorities = base.ElectionItem, base.Items, base.Majorities
		for name, clause := range pack.Procedure.clauses() {
			if *clause == nil {
				*clause = *base.Procedure.clauses()[name]
			}
		}
		return pack, nil
	}
	return Pack{}, fmt.Errorf("%w of national level under %s", ErrNoPack, pack.ID)
}

func (p Pack) inForce(ms int64) bool {
	return ms >= p.From.startMS() && (p.Until == "" || ms < p.Until.startMS())
}

// covers tells how closely the pack fits the place: -1 not at all, 0 as national law, else the length of
// its place.
func (p Pack) covers(place string) int {
	if p.Level == National {
		return 0
	}
	width := -1
	for _, own := range p.Places {
		if place == own || strings.HasPrefix(place, own+"/") {
			width = max(width, len(own))
		}
	}
	return width
}

// clauses names every clause, for whoever walks them.
func (p *Procedure) clauses() map[string]**Clause {
	return map[string]**Clause{
		"notice_days": &p.NoticeDays, "filing_days": &p.FilingDays, "objection_days": &p.ObjectionDays,
		"display_days": &p.DisplayDays, "certify_working_days": &p.CertifyWorkingDays,
	}
}
