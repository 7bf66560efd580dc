package api

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
)

// form is a form as a browser without JavaScript would send it.
type form struct {
	action, method string
	fields         url.Values
	names          map[string]bool // every field that can be filled in
}

// forms reads all forms of a page.
func (p page) forms(t *testing.T) []form {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(p.body))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var list []form
	area := "" // the text area that is open
	for {
		token, err := decoder.Token()
		if token == nil {
			if err != nil && err.Error() != "EOF" {
				t.Fatal(err)
			}
			return list
		}
		if text, isText := token.(xml.CharData); isText && area != "" && len(list) > 0 {
			list[len(list)-1].fields[area][len(list[len(list)-1].fields[area])-1] += string(text)
		}
		if end, isEnd := token.(xml.EndElement); isEnd && end.Name.Local == "textarea" {
			area = ""
		}
		start, isStart := token.(xml.StartElement)
		if !isStart {
			continue
		}
		attributes := map[string]string{}
		for _, a := range start.Attr {
			attributes[a.Name.Local] = a.Value
		}
		if start.Name.Local == "form" {
			list = append(list, form{attributes["action"], attributes["method"], url.Values{}, map[string]bool{}})
			continue
		}
		if name := attributes["name"]; name != "" && len(list) > 0 {
			list[len(list)-1].add(start.Name.Local, name, attributes)
			if start.Name.Local == "textarea" {
				area = name
			}
		}
	}
}

// add takes one field over as it stands on the page: what is typed or checked already is sent.
func (f form) add(tag, name string, attributes map[string]string) {
	_, checked := attributes["checked"]
	optional := attributes["type"] == "radio" || attributes["type"] == "checkbox"
	f.names[name] = true
	if tag == "textarea" || tag == "input" && (!optional || checked) {
		f.fields.Add(name, attributes["value"])
	}
}

// form finds the one form that is posted to an address.
func (p page) form(t *testing.T, action string) form {
	t.Helper()
	for _, f := range p.forms(t) {
		if f.action == action && strings.EqualFold(f.method, "post") {
			return f
		}
	}
	t.Fatalf("no form for %s on\n%s", action, p.body)
	return form{}
}

// with sets fields that somebody fills in; the form must have them.
func (f form) with(t *testing.T, pairs ...string) url.Values {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !f.names[pairs[i]] {
			t.Fatalf("the form for %s has no field %s", f.action, pairs[i])
		}
		f.fields.Set(pairs[i], pairs[i+1])
	}
	return f.fields
}
