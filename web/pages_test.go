package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// samples are all pages with everything filled in, by the name under which they can be written to files.
func samples(t testing.TB) map[string]Page {
	all := samplePublic(t)
	maps.Copy(all, sampleResident())
	maps.Copy(all, sampleLotPages(t))
	maps.Copy(all, sampleSamplingPages(t))
	maps.Copy(all, sampleDecisionPages())
	maps.Copy(all, sampleEmergencyPages())
	maps.Copy(all, sampleContractPages())
	maps.Copy(all, sampleDisclosurePages())
	maps.Copy(all, sampleConveningPages())
	maps.Copy(all, sampleWatchPages())
	maps.Copy(all, sampleSealPages())
	maps.Copy(all, sampleStaff(t))
	maps.Copy(all, samplePaper())
	maps.Copy(all, sampleCommitteePages())
	maps.Copy(all, sampleIntake())
	maps.Copy(all, sampleDelivery())
	maps.Copy(all, sampleImports())
	maps.Copy(all, sampleWitness())
	maps.Copy(all, sampleRules(t))
	maps.Copy(all, samplePreview(t))
	maps.Copy(all, sampleDisplay())
	maps.Copy(all, sampleOwners())
	maps.Copy(all, sampleOwnHome())
	maps.Copy(all, sampleObjecting())
	maps.Copy(all, sampleRosterDesk())
	maps.Copy(all, sampleAmendments())
	maps.Copy(all, sampleMandates())
	return all
}

func rendered(t testing.TB, page Page) string {
	t.Helper()
	var out bytes.Buffer
	if err := Render(&out, page); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// element is an HTML element as far as the tests look at it.
type element struct {
	tag      string
	attrs    map[string]string
	parents  []string // open elements around it, as "tag.class"
	text     string   // own text
	inLabel  bool
	codeLike bool // inside an element for codes, which may hold Latin letters
}

// void are the elements that have no end tag.
var void = []string{"meta", "link", "input", "br", "hr", "img"}

// elements reads a page and refuses crossed, missing and surplus end tags. Text stands as an element of its own
// with tag "#text".
func elements(t *testing.T, page string) []element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.Entity = false, xml.HTMLEntity
	var list []element
	var open []element
	around := func(tag string, attrs map[string]string) element {
		e := element{tag: tag, attrs: attrs}
		if len(open) > 0 {
			parent := open[len(open)-1]
			e.parents = append(slices.Clone(parent.parents), parent.tag+"."+parent.attrs["class"])
			e.inLabel = parent.inLabel || parent.tag == "label"
			e.codeLike = parent.codeLike || parent.tag == "option" || strings.Contains(parent.attrs["class"], "mono") || strings.Contains(parent.attrs["class"], "receipt-code")
		}
		return e
	}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			attrs := map[string]string{}
			for _, a := range token.Attr {
				attrs[a.Name.Local] = a.Value
			}
			e := around(token.Name.Local, attrs)
			list = append(list, e)
			if !slices.Contains(void, e.tag) {
				open = append(open, e)
			}
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1].tag != token.Name.Local {
				t.Fatalf("</%s> does not close what is open", token.Name.Local)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			e := around("#text", nil)
			e.text = string(token)
			list = append(list, e)
		}
	}
	if len(open) > 0 {
		t.Fatalf("<%s> is never closed", open[len(open)-1].tag)
	}
	return list
}

func TestEveryPageRendersWithAFullSample(t *testing.T) {
	shown := map[string]bool{}
	for name, page := range samples(t) {
		shown[page.name()] = true
		t.Run(name, func(t *testing.T) {
			html := rendered(t, page)
			elements(t, html)
			if strings.Contains(html, "ZgotmplZ") || strings.Contains(html, "<no value>") {
				t.Error("the template refused a value")
			}
		})
	}
	for name := range pages() {
		if !shown[name] {
			t.Errorf("template %s has no sample", name)
		}
	}
	for name := range shown {
		if pages()[name] == nil {
			t.Errorf("page %s has no template", name)
		}
	}
}

type unknownPage struct{ Shell }

func (unknownPage) name() string { return "unknown" }

func TestAPageWithoutTemplateWritesNothing(t *testing.T) {
	var out bytes.Buffer
	if err := Render(&out, unknownPage{}); err == nil || out.Len() > 0 {
		t.Errorf("error %v after %d bytes", err, out.Len())
	}
}

func TestWhatPeopleTypedIsEscaped(t *testing.T) {
	hostile := `"><script>alert(1)</script>`
	html := rendered(t, Login{Shell: Shell{Title: hostile}, User: hostile, Form: Form{Problems: []Problem{{"user", hostile}}}})
	if strings.Contains(html, "<script>alert") {
		t.Error("a script came through")
	}
}

// TestWritePages writes all samples with their assets where WRITE_PAGES says, to be looked at in a browser.
func TestWritePages(t *testing.T) {
	folder := os.Getenv("WRITE_PAGES")
	if folder == "" {
		t.Skip("set WRITE_PAGES to a folder to look at the pages")
	}
	write := func(name string, body []byte) {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, file := range assets {
		write("static/"+name, file.body)
	}
	for name, page := range samples(t) {
		html := rendered(t, page)
		write(name+".html", []byte(html))
	}
}
