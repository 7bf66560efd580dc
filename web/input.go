package web

// Input is one text field of a form with its label, hint and problem; templates make it with `input` and
// the methods below.
type Input struct {
	ID, Name, Label, Value, Hint, Problem string
	Type, Complete, Mode, Placeholder     string
	Rows, Max                             int
	Optional, Focus                       bool
}

func newInput(f Form, name, label, value string) Input {
	return Input{ID: "f-" + name, Name: name, Label: label, Value: value, Problem: f.Problem(name), Type: "text"}
}

// In makes the id unique where a page holds several forms with the same field; an empty prefix leaves it.
func (i Input) In(prefix string) Input {
	if prefix != "" {
		i.ID = "f-" + prefix + "-" + i.Name
	}
	return i
}

// As sets type, autocomplete and inputmode.
func (i Input) As(kind, complete, mode string) Input {
	i.Type, i.Complete, i.Mode = kind, complete, mode
	return i
}

// Help adds a sentence under the label.
func (i Input) Help(hint string) Input { i.Hint = hint; return i }

// Tall makes it a text area of that many rows.
func (i Input) Tall(rows int) Input { i.Rows = rows; return i }

// Most limits the number of characters.
func (i Input) Most(n int) Input { i.Max = n; return i }

// May says that it can stay empty.
func (i Input) May() Input { i.Optional = true; return i }

// First puts the cursor here when the page opens.
func (i Input) First() Input { i.Focus = true; return i }

// ChoiceList is a group of radio buttons with a legend; templates make it with `choice`.
type ChoiceList struct {
	Input
	Options []Option
}

func newChoice(f Form, name, label, value string, options []Option) ChoiceList {
	return ChoiceList{newInput(f, name, label, value), options}
}

// Help adds a sentence under the legend.
func (c ChoiceList) Help(hint string) ChoiceList { c.Hint = hint; return c }

// In makes the ids unique where a page holds several forms with the same field.
func (c ChoiceList) In(prefix string) ChoiceList { c.Input = c.Input.In(prefix); return c }

// anchored is one line of the list of problems on top of a form, leading to its field.
type anchored struct{ Anchor, Text string }

// summaryOf lists the problems of a form; prefix is the one given to [Input.In].
func summaryOf(f Form, prefix string) []anchored {
	if prefix != "" {
		prefix += "-"
	}
	list := []anchored{}
	for _, p := range f.Problems {
		anchor := ""
		if p.Field != "" {
			anchor = "f-" + prefix + p.Field
		}
		list = append(list, anchored{anchor, named(p)})
	}
	return list
}
