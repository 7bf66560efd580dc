package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the repository, or of a fake one that breaks the rules on purpose.
type source struct {
	path    string // with slashes, from the root
	text    string
	set     *token.FileSet
	syntax  *ast.File
	imports []string
}

// room is the folder of the file; the root is ".".
func (s source) room() string { return path.Dir(s.path) }

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// at begins a finding: file, line, what is wrong.
func (s source) at(pos token.Pos, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", s.path, s.set.Position(pos).Line, fmt.Sprintf(format, args...))
}

// notOurs are folders that the program or the tests write.
var notOurs = map[string]bool{".git": true, "build": true, "data": true, "testdata": true}

// readSources parses every Go file of a tree.
func readSources(tree fs.FS) ([]source, error) {
	var all []source
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && notOurs[entry.Name()] {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		s, err := readSource(tree, name)
		all = append(all, s)
		return err
	})
	return all, err
}

func readSource(tree fs.FS, name string) (source, error) {
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		return source{}, err
	}
	s := source{path: name, text: string(text), set: token.NewFileSet()}
	s.syntax, err = parser.ParseFile(s.set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	for _, spec := range s.syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		s.imports = append(s.imports, imported)
	}
	return s, nil
}

// within tells whether a folder or import path is the given one or lies below it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// rule is one law of the repository: it returns what a file does against it.
type rule struct {
	name  string
	check func(source) []string
}

// rules are all laws on single files: who may import what (deps_test.go) and how a file looks
// (shape_test.go).
var rules = []rule{
	{"rooms import only inwards", checkArrows},
	{"a module is used only in its home", checkHomes},
	{"voting is pure", checkPure},
	{"files and functions stay short", checkLength},
	{"packages are named for what they give", checkPackageName},
	{"nothing happens by magic", checkMagic},
	{"text is escaped", checkEscaping},
	{"models speak in codes", checkCodesOnly},
	{"what is to be done has a number", checkTodo},
}

func findings(all []source, r rule) []string {
	var found []string
	for _, s := range all {
		found = append(found, r.check(s)...)
	}
	return found
}

func TestRepositoryKeepsItsRules(t *testing.T) {
	all, err := readSources(repository)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files were read", len(all))
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, line := range findings(all, r) {
				t.Error(line)
			}
		})
	}
}
