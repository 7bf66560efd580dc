package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryFieldHasALabelAndEveryReferenceATarget(t *testing.T) {
	for name, page := range samples(t) {
		t.Run(name, func(t *testing.T) {
			list := elements(t, rendered(t, page))
			ids, labelled := map[string]int{}, map[string]bool{}
			for _, e := range list {
				if id, has := e.attrs["id"]; has {
					ids[id]++
				}
				if e.tag == "label" {
					labelled[e.attrs["for"]] = true
				}
			}
			for id, times := range ids {
				if id == "" || times > 1 {
					t.Errorf("id %q stands %d times", id, times)
				}
			}
			for _, e := range list {
				checkReferences(t, e, ids)
				if slices.Contains([]string{"input", "select", "textarea"}, e.tag) && e.attrs["type"] != "hidden" && !e.inLabel && !labelled[e.attrs["id"]] {
					t.Errorf("<%s name=%s> has no label", e.tag, e.attrs["name"])
				}
			}
		})
	}
}

func checkReferences(t *testing.T, e element, ids map[string]int) {
	t.Helper()
	targets := append(strings.Fields(e.attrs["aria-describedby"]), strings.Fields(e.attrs["aria-labelledby"])...)
	if target := e.attrs["for"]; target != "" {
		targets = append(targets, target)
	}
	if href := e.attrs["href"]; strings.HasPrefix(href, "#") {
		targets = append(targets, href[1:])
	}
	for _, target := range targets {
		if ids[target] == 0 {
			t.Errorf("<%s> leads to %q, which is nowhere on the page", e.tag, target)
		}
	}
}

// foreign are the Latin words that people meet anyway: kinds of file, units, and encodings as spreadsheets name them.
var foreign = regexp.MustCompile(`PDF|pdf|UTF-8|UTF-16|GB18030|QR|SMS|Word|Excel|KB|MB|\.xlsx|\.csv|B-017|i`)

func TestNoEnglishInVisibleText(t *testing.T) {
	latin := regexp.MustCompile(`[A-Za-z]{2,}`)
	for name, page := range samples(t) {
		for _, e := range elements(t, rendered(t, page)) {
			if e.tag != "#text" || e.codeLike {
				continue
			}
			if word := latin.FindString(foreign.ReplaceAllString(e.text, " ")); word != "" {
				t.Errorf("%s shows %q in %q", name, word, strings.TrimSpace(e.text))
			}
		}
	}
}

func TestPagesKeepTheContentPolicy(t *testing.T) {
	for name, page := range samples(t) {
		for _, e := range elements(t, rendered(t, page)) {
			for attr, value := range e.attrs {
				if attr == "style" || strings.HasPrefix(attr, "on") {
					t.Errorf("%s: <%s %s> is inline", name, e.tag, attr)
				}
				if (attr == "src" || attr == "href" || attr == "action") && strings.Contains(value, "//") {
					t.Errorf("%s: <%s> leads to another host: %s", name, e.tag, value)
				}
			}
			if e.tag == "style" || (e.tag == "script" && e.attrs["src"] == "") {
				t.Errorf("%s: inline <%s>", name, e.tag)
			}
			if e.tag == "form" && !slices.Contains([]string{"post", "get"}, e.attrs["method"]) {
				t.Errorf("%s: a form without method", name)
			}
		}
	}
}

func TestEveryPageSaysItsLanguageAndHasOneHeading(t *testing.T) {
	for name, page := range samples(t) {
		headings := 0
		for _, e := range elements(t, rendered(t, page)) {
			if e.tag == "html" && e.attrs["lang"] != "zh-CN" {
				t.Errorf("%s: lang is %q", name, e.attrs["lang"])
			}
			if e.tag == "h1" {
				headings++
			}
		}
		if headings != 1 {
			t.Errorf("%s has %d main headings", name, headings)
		}
	}
}

// firstLoad is the promise to an old phone: page, styles, script and icon, uncompressed.
const firstLoad = 60 * 1024

func TestResidentPagesStayLight(t *testing.T) {
	shared := 0
	for _, file := range assets {
		shared += len(file.body)
	}
	for name, page := range sampleResident() {
		if total := shared + len(rendered(t, page)); total > firstLoad {
			t.Errorf("%s needs %d bytes, more than %d", name, total, firstLoad)
		}
	}
}
