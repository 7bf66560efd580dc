package main

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"unicode"
)

const (
	longestFile     = 400 // lines
	longestFunction = 60  // lines; tables of tests may be longer
)

// impure are packages and functions that would let the rules of voting depend on more than their
// arguments. Parsing and printing moments is arithmetic, asking what time it is is not.
var (
	impurePackages = []string{
		"bufio", "context", "crypto/rand", "database/sql", "flag", "log", "math", "math/cmplx", "math/rand",
		"net", "os", "plugin", "runtime", "syscall", "testing", "unsafe",
	}
	pureAfterAll = []string{"math/big", "math/bits"}
	impureCalls  = map[string]bool{
		"time.Now": true, "time.Since": true, "time.Until": true, "time.Sleep": true, "time.After": true, "time.Tick": true,
		"time.NewTimer": true, "time.NewTicker": true, "time.AfterFunc": true, "time.LoadLocation": true, "time.Local": true,
		"strconv.ParseFloat": true, "strconv.FormatFloat": true, "strconv.AppendFloat": true,
	}
	floats = map[string]bool{"float32": true, "float64": true, "complex64": true, "complex128": true}
)

// checkPure holds voting to integers and arguments. Its tests read files and may draw at random.
func checkPure(s source) []string {
	if !within(s.room(), "voting") || s.isTest() {
		return nil
	}
	var found []string
	for i, imported := range s.imports {
		if listed(imported, impurePackages) && !listed(imported, pureAfterAll) {
			found = append(found, s.at(s.syntax.Imports[i].Pos(), "voting may not import %s", imported))
		}
	}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if floats[n.Name] {
				found = append(found, s.at(n.Pos(), "voting may not use %s", n.Name))
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT || n.Kind == token.IMAG {
				found = append(found, s.at(n.Pos(), "voting may not use the number %s", n.Value))
			}
		case *ast.SelectorExpr:
			if name := selected(n); impureCalls[name] {
				found = append(found, s.at(n.Pos(), "voting may not use %s", name))
			}
		}
		return true
	})
	return found
}

func listed(imported string, packages []string) bool {
	for _, name := range packages {
		if within(imported, name) {
			return true
		}
	}
	return false
}

// selected prints package.Name; empty for a selector on anything but a name.
func selected(n *ast.SelectorExpr) string {
	if x, ok := n.X.(*ast.Ident); ok {
		return x.Name + "." + n.Sel.Name
	}
	return ""
}

func checkLength(s source) []string {
	var found []string
	if lines := strings.Count(s.text, "\n"); lines > longestFile {
		found = append(found, s.at(s.syntax.Package, "%d lines, at most %d", lines, longestFile))
	}
	for _, declaration := range s.syntax.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || s.isTest() {
			continue
		}
		lines := s.set.Position(function.End()).Line - s.set.Position(function.Pos()).Line + 1
		if lines > longestFunction {
			found = append(found, s.at(function.Pos(), "%s has %d lines, at most %d", function.Name.Name, lines, longestFunction))
		}
	}
	return found
}

var emptyName = regexp.MustCompile(`^(utils?|commons?|helpers?|services?|dtos?|repository|repositories|misc|shared|base)$`)

func checkPackageName(s source) []string {
	for _, folder := range strings.Split(s.room(), "/") {
		if emptyName.MatchString(folder) || emptyName.MatchString(s.syntax.Name.Name) {
			return []string{s.at(s.syntax.Package, "package %s in %s says nothing", s.syntax.Name.Name, s.room())}
		}
	}
	return nil
}

// magic are calls and types that hide what happens: schema changes at start, replies without a type.
var magic = map[string]string{
	"AutoMigrate": "the schema changes by numbered SQL only",
	"gin.H":       "a reply has a type",
	"gorm.Model":  "columns are named",
}

func checkMagic(s source) []string {
	var found []string
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			for _, name := range []string{selected(n), n.Sel.Name} {
				if why, bad := magic[name]; bad {
					found = append(found, s.at(n.Pos(), "%s: %s", name, why))
				}
			}
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				found = append(found, s.at(n.Pos(), "init: start-up is written out in cli"))
			}
		}
		return true
	})
	return found
}

// unescaped are the files that may switch html/template's escaping off; each is a reason to read it again.
var unescaped = map[string]bool{
	"web/format.go": true, // names the type SVG for drawings of our own
}

// trusting are the types whose values html/template prints as they are.
var trusting = map[string]bool{
	"template.HTML": true, "template.HTMLAttr": true, "template.JS": true, "template.JSStr": true,
	"template.CSS": true, "template.URL": true, "template.Srcset": true,
}

func checkEscaping(s source) []string {
	if unescaped[s.path] || s.isTest() {
		return nil
	}
	var found []string
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if name := selected(n); trusting[name] {
				found = append(found, s.at(n.Pos(), "%s switches escaping off", name))
			}
		case *ast.CallExpr:
			if selector, ok := n.Fun.(*ast.SelectorExpr); ok && selected(selector) == "web.SVG" {
				found = append(found, s.at(n.Pos(), "web.SVG(…) switches escaping off"))
			}
		}
		return true
	})
	return found
}

// checkCodesOnly keeps sentences for people out of models: they stand in web/messages.
func checkCodesOnly(s source) []string {
	if !within(s.room(), "models") || s.isTest() {
		return nil
	}
	var found []string
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if ok && literal.Kind == token.STRING && strings.ContainsFunc(literal.Value, isHan) {
			found = append(found, s.at(literal.Pos(), "a Chinese text in models: %s", literal.Value))
		}
		return true
	})
	return found
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

var (
	todo    = regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`)
	tracked = regexp.MustCompile(`\b(TODO|FIXME|XXX)\(#\d+\)`)
)

func checkTodo(s source) []string {
	var found []string
	for _, group := range s.syntax.Comments {
		for _, comment := range group.List {
			if len(todo.FindAllString(comment.Text, -1)) > len(tracked.FindAllString(comment.Text, -1)) {
				found = append(found, s.at(comment.Pos(), "without the number of an issue: %s", comment.Text))
			}
		}
	}
	return found
}
