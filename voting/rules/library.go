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

// For gives the pack of that id, complete: a local pack comes with what held above it on its first day.
// The error is [ErrNoPack].
func For(id string) (Pack, error) {
	library, err := embedded()
	if err != nil {
		return Pack{}, err
	}
	return library.For(id)
}

// At gives the pack for a vote in that place (region names from the province down, such as "浙江省/杭州市/西湖区";
// a place that no local pack names has national law alone) whose voting starts at that moment (Unix ms). The rule follows the
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
		switch {
		case pack.ID != id:
		case pack.Level == National:
			return pack, nil
		default: // no two packs hold in one place on one day, so this gives the pack itself
			return l.At(pack.Places[0], pack.From.startMS())
		}
	}
	return Pack{}, fmt.Errorf("%w: %s", ErrNoPack, id)
}

// At is [At] in this library. A city's clause goes before its province's, and that before the national one.
func (l Library) At(place string, startMS int64) (Pack, error) {
	pack, err := l.national(startMS)
	if err != nil {
		return Pack{}, err
	}
	for _, local := range l.locals(l.region(place), startMS) {
		pack = local.over(pack, startMS)
	}
	return pack, nil
}

// national is the law in force everywhere at that moment.
func (l Library) national(ms int64) (Pack, error) {
	for _, pack := range l.packs {
		if pack.Level == National && pack.InForce(ms) {
			return pack, nil
		}
	}
	return Pack{}, fmt.Errorf("%w of national level in force on that day", ErrNoPack)
}

// region is the narrowest region of any pack that the place lies in; empty for none.
func (l Library) region(place string) string {
	narrowest := ""
	for _, pack := range l.packs {
		for _, own := range pack.Places {
			if len(own) > len(narrowest) && lies(place, own) {
				narrowest = own
			}
		}
	}
	return narrowest
}

// locals are the packs in force in a region, the widest first.
func (l Library) locals(region string, ms int64) []Pack {
	var found []Pack
	for _, pack := range l.packs {
		if pack.Level == Local && pack.InForce(ms) && pack.width(region) > 0 {
			found = append(found, pack)
		}
	}
	slices.SortFunc(found, func(a, b Pack) int { return a.width(region) - b.width(region) })
	return found
}

// width is the length of the pack's own place that holds the region; 0 for none.
func (p Pack) width(region string) int {
	for _, own := range p.Places {
		if region == own || strings.HasPrefix(region, own+"/") {
			return len(own)
		}
	}
	return 0
}

// over puts a local pack over a wider one: items and majorities are always the national ones, and so is
// every clause that it is silent on.
func (p Pack) over(wider Pack, startMS int64) Pack {
	layers := wider.Layers
	if len(layers) == 0 {
		layers = []Layer{wider.layer()}
	}
	p.Layers = append(slices.Clone(layers), p.layer())
	p.Name = wider.Name + "、" + p.Name
	p.ElectionItem, p.Items, p.Majorities = wider.ElectionItem, wider.Items, wider.Majorities
	p.Procedure = p.Procedure.at(startMS).under(wider.Procedure.at(startMS))
	own := slices.DeleteFunc(slices.Clone(p.Provisions), func(v Provision) bool { return !v.Source.inForce(startMS) })
	p.Provisions = append(own, wider.Provisions...)
	return p
}

func (p Pack) layer() Layer {
	return Layer{ID: p.ID, Name: p.Name, Level: p.Level, From: p.From, Until: p.Until}
}

// InForce tells whether the pack holds for a vote that begins at that moment (Unix ms).
func (p Pack) InForce(ms int64) bool { return inForce(p.From, p.Until, ms) }

func (s Source) inForce(ms int64) bool { return inForce(s.From, s.Until, ms) }

func inForce(from, until Day, ms int64) bool {
	return ms >= from.startMS() && (until == "" || ms < until.startMS())
}
