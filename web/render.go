package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"path"
	"strings"
	"sync"
)

//go:embed templates
var templateFiles embed.FS

// Page is a page of this package; its template carries its name.
type Page interface {
	name() string
	shell() Shell
}

// pages are the parsed templates by page name. A command that shows no page does not wait for them.
var pages = sync.OnceValue(mustParse)

// Prepare parses every template. Whoever serves pages calls it at start: a template that does not parse stops the
// program before it serves anybody.
func Prepare() { pages() }

// Render writes the page. It renders into memory first, so that an error never leaves half a page behind;
// the error names the page and is always a defect of the template.
func Render(w io.Writer, page Page) error {
	t, known := pages()[page.name()]
	if !known {
		return fmt.Errorf("render %s: no such template", page.name())
	}
	var buffer bytes.Buffer
	if err := t.ExecuteTemplate(&buffer, "shell.html", page); err != nil {
		return fmt.Errorf("render %s: %w", page.name(), err)
	}
	_, err := w.Write(buffer.Bytes())
	return err
}

// mustParse parses the shell and the parts once, and each page on a copy of them.
func mustParse() map[string]*template.Template {
	base := template.New("base").Funcs(functions)
	base = template.Must(base.ParseFS(templateFiles, "templates/shell.html", "templates/parts/*.html"))
	parsed := map[string]*template.Template{}
	for _, folder := range []string{"public", "resident", "staff"} {
		files, err := templateFiles.ReadDir("templates/" + folder)
		if err != nil {
			panic(err)
		}
		for _, file := range files {
			page := template.Must(base.Clone())
			parsed[strings.TrimSuffix(file.Name(), ".html")] = template.Must(
				page.ParseFS(templateFiles, path.Join("templates", folder, file.Name())))
		}
	}
	return parsed
}
