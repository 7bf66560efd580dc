package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"gongjue/voting/calendar"
)

const (
	ofTotal        = "total"
	ofParticipants = "participants"
	dayLayout      = "2006-01-02"
	mostDays       = 366
)

// Day is a date such as 2021-01-01, in 北京时间. Empty where a period has no end.
type Day string

func (d Day) valid() bool {
	_, err := time.Parse(dayLayout, string(d))
	return err == nil
}

func (d Day) startMS() int64 {
	day, _ := time.Parse(dayLayout, string(d)) // loading refused every other text
	return calendar.Date(day.Year(), int(day.Month()), day.Day())
}

// Load reads and checks every *.yaml of the folder. It refuses an unknown, empty or missing field, a clause
// without article and dates or with a source that nobody confirmed, a local pack that sets majorities or
// items, and two packs in force in one place on one day.
func Load(folder fs.FS) (Library, error) {
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return Library{}, fmt.Errorf("list rule packs: %w", err)
	}
	var library Library
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return Library{}, fmt.Errorf("read rule pack: %w", err)
		}
		pack, err := parse(text)
		if err == nil && pack.ID+".yaml" != name {
			err = errors.New("id is not the name of the file")
		}
		if err == nil {
			err = library.clash(pack)
		}
		if err != nil {
			return Library{}, fmt.Errorf("rule pack %s: %w", name, err)
		}
		library.packs = append(library.packs, pack)
	}
	return library, nil
}

func parse(text []byte) (Pack, error) {
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return Pack{}, err
	}
	if err := plain(&tree); err != nil {
		return Pack{}, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var pack Pack
	if err := decoder.Decode(&pack); err != nil {
		return Pack{}, err
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Pack{}, errors.New("more than one document")
	}
	return pack, pack.check()
}

// plain refuses what would be read as if it were not there (an empty value), and references, which hide
// from a reader what a clause says.
func plain(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.AliasNode || node.Anchor != "":
		return fmt.Errorf("line %d: a reference", node.Line)
	case node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null":
		return fmt.Errorf("line %d: an empty value", node.Line)
	}
	for _, child := range node.Content {
		if err := plain(child); err != nil {
			return err
		}
	}
	return nil
}

// clash refuses a second pack for the same place and day: which one holds must never depend on names.
func (l Library) clash(pack Pack) error {
	for _, other := range l.packs {
		sameDay := pack.InForce(other.From.startMS()) || other.InForce(pack.From.startMS())
		samePlace := pack.Level == National && other.Level == National
		for _, place := range pack.Places {
			samePlace = samePlace || slices.Contains(other.Places, place)
		}
		if sameDay && samePlace {
			return fmt.Errorf("in force together with %s", other.ID)
		}
	}
	return nil
}

func (p Pack) check() error {
	switch {
	case p.ID == "" || p.Name == "":
		return errors.New("id or name is missing")
	case !slices.Contains(Levels, p.Level):
		return fmt.Errorf("level %q", p.Level)
	}
	if err := period(p.From, p.Until); err != nil {
		return err
	}
	if err := p.checkClauses(); err != nil {
		return err
	}
	if p.Level == Local {
		return p.checkLocal()
	}
	return p.checkNational()
}

func (p Pack) checkClauses() error {
	for _, parameter := range parameters {
		c := parameter.get(&p.Procedure)
		if c == nil {
			continue
		}
		err := errors.Join(c.checkValue(parameter.words), c.checkBasis())
		if p.Level == Local && c.basis().Announced {
			err = errors.New("a local pack announces a default, where it must cite an article")
		}
		if err != nil {
			return fmt.Errorf("procedure.%s: %w", parameter.key, err)
		}
	}
	for i, provision := range p.Provisions {
		if err := provision.check(); err != nil {
			return fmt.Errorf("provisions[%d]: %w", i, err)
		}
	}
	return nil
}

func (p Pack) checkLocal() error {
	switch {
	case p.Majorities != nil:
		return errors.New("a local pack sets majorities, which only national law does")
	case len(p.Items) > 0 || p.ElectionItem != 0:
		return errors.New("a local pack sets items, and with them majorities")
	case len(p.Places) == 0 || slices.Contains(p.Places, ""):
		return errors.New("a local pack names no place")
	case !p.TextDate.valid() || p.TextDate > p.From:
		return errors.New("text_date is not a day up to the first day")
	case p.Procedure == Procedure{} && len(p.Provisions) == 0:
		return errors.New("a local pack says nothing")
	}
	return nil
}

func (p Pack) checkNational() error {
	if len(p.Places) > 0 {
		return errors.New("a national pack names places")
	}
	if p.Majorities == nil {
		return errors.New("majorities are missing")
	}
	for name, majority := range map[string]Majority{
		"participation": p.Majorities.Participation, "ordinary": p.Majorities.Ordinary, "special": p.Majorities.Special,
	} {
		if err := majority.check(); err != nil {
			return fmt.Errorf("majorities.%s: %w", name, err)
		}
	}
	if p.Majorities.Participation.Of != ofTotal {
		return errors.New("participation is measured against something else than all")
	}
	for i, item := range p.Items {
		if item.Number != i+1 || strings.TrimSpace(item.Text) == "" || !slices.Contains(Classes, item.Class) {
			return fmt.Errorf("items[%d]: number, text or class", i)
		}
		if err := item.Source.check(); err != nil {
			return fmt.Errorf("items[%d]: %w", i, err)
		}
	}
	if _, found := p.Item(p.ElectionItem); !found {
		return errors.New("election_item is not an item")
	}
	return nil
}

func (m Majority) check() error {
	if err := fraction(m.Num, m.Den); err != nil {
		return err
	}
	if m.Of != ofTotal && m.Of != ofParticipants {
		return fmt.Errorf("of %q", m.Of)
	}
	return m.Source.check()
}

func (s Source) check() error {
	if strings.TrimSpace(s.Instrument) == "" || strings.TrimSpace(s.Article) == "" {
		return errors.New("source without instrument or article")
	}
	if !s.Confirmed {
		return errors.New("source is not confirmed")
	}
	return period(s.From, s.Until)
}

func period(from, until Day) error {
	if !from.valid() || (until != "" && (!until.valid() || until <= from)) {
		return errors.New("period is not from a day until a later day")
	}
	return nil
}
