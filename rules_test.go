package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// Each rule must find what breaks it and leave alone what does not: a rule that finds nothing in a tree
// made to break it guards nothing.
var ruleCases = []struct {
	rule, name, path, code string
	says                   string // empty: nothing is found
}{
	{"rooms import only inwards", "voting imports models", "voting/a.go", `import _ "gongjue/models"`, "voting may not import models"},
	{"rooms import only inwards", "models import api", "models/a.go", `import _ "gongjue/api"`, "models may not import api"},
	{"rooms import only inwards", "models import web's messages", "models/a.go", `import _ "gongjue/web/messages"`, "may not import web/messages"},
	{"rooms import only inwards", "models import notify", "models/a.go", `import _ "gongjue/notify/send"`, "may not import notify/send"},
	{"rooms import only inwards", "the vault imports the store", "models/vault/a.go", `import _ "gongjue/models"`, "models/vault may not"},
	{"rooms import only inwards", "web imports models", "web/a.go", `import _ "gongjue/models"`, "web may not import models"},
	{"rooms import only inwards", "a document imports models", "notify/sheet/a.go", `import _ "gongjue/models"`, "notify/sheet may not import models"},
	{"rooms import only inwards", "the verifier imports the engine", "voting/verify/a.go", `import _ "gongjue/voting"`, "voting/verify may not import voting"},
	{"rooms import only inwards", "the engine imports the verifier", "voting/tally/a.go", `import _ "gongjue/voting/verify"`, "may not import voting/verify"},
	{"rooms import only inwards", "api imports the verifier", "api/a.go", `import _ "gongjue/voting/verify"`, "may not import voting/verify"},
	{"rooms import only inwards", "api imports cli", "api/a.go", `import _ "gongjue/cli"`, "api may not import cli"},
	{"rooms import only inwards", "main wires", "main.go", `import _ "gongjue/models"`, ". may not import models"},
	{"rooms import only inwards", "migrations import models", "migrations/a.go", `import _ "gongjue/models"`, "migrations may not"},
	{"rooms import only inwards", "a folder outside of the layout", "service/a.go", ``, "in no room of the layout"},
	{"rooms import only inwards", "cli imports the verifier", "cli/a.go", `import _ "gongjue/voting/verify"`, ""},
	{"rooms import only inwards", "notify imports models", "notify/a.go", `import _ "gongjue/models"`, ""},
	{"rooms import only inwards", "a test wires", "web/a_test.go", `import _ "gongjue/models"`, ""},

	{"a module is used only in its home", "voting imports gorm", "voting/a.go", `import _ "gorm.io/gorm"`, "gorm.io/gorm is used in models, cli/bench/naive only"},
	{"a module is used only in its home", "api imports gorm", "api/a.go", `import _ "gorm.io/gorm/clause"`, "is used in models, cli/bench/naive only"},
	{"a module is used only in its home", "a test of api imports gorm", "api/a_test.go", `import _ "gorm.io/gorm"`, "is used in models, cli/bench/naive only"},
	{"a module is used only in its home", "models import gin", "models/a.go", `import _ "github.com/gin-gonic/gin"`, "is used in api, cli/bench/naive only"},
	{"a module is used only in its home", "voting reads yaml", "voting/a.go", `import _ "go.yaml.in/yaml/v3"`, "is used in cli, voting/rules only"},
	{"a module is used only in its home", "the program imports a test library", "cli/a.go", `import _ "pgregory.net/rapid"`, "is used in _test.go only"},
	{"a module is used only in its home", "nobody decided on it", "api/a.go", `import _ "example.org/decimal"`, "has no home"},
	{"a module is used only in its home", "nobody decided on it, in a test", "api/a_test.go", `import _ "example.org/assert"`, "has no home"},
	{"a module is used only in its home", "a path that only begins alike", "models/a.go", `import _ "gorm.iota/gorm"`, "has no home"},
	{"a module is used only in its home", "rule packs read yaml", "voting/rules/a.go", `import _ "go.yaml.in/yaml/v3"`, ""},
	{"a module is used only in its home", "the standard library", "voting/a.go", `import _ "encoding/json"`, ""},

	{"voting is pure", "a float", "voting/a.go", `var share float64`, "may not use float64"},
	{"voting is pure", "a fraction", "voting/a.go", `const third = 0.333`, "the number 0.333"},
	{"voting is pure", "the clock", "voting/a.go", "import \"time\"\nvar now = time.Now()", "may not use time.Now"},
	{"voting is pure", "a file", "voting/roster/a.go", `import _ "os"`, "may not import os"},
	{"voting is pure", "the network", "voting/a.go", `import _ "net/http"`, "may not import net/http"},
	{"voting is pure", "chance", "voting/a.go", `import _ "math/rand/v2"`, "may not import math/rand/v2"},
	{"voting is pure", "a parsed float", "voting/a.go", "import \"strconv\"\nvar _, _ = strconv.ParseFloat(\"1\", 64)", "strconv.ParseFloat"},
	{"voting is pure", "big integers", "voting/a.go", `import _ "math/big"`, ""},
	{"voting is pure", "a float elsewhere", "notify/a.go", `var width float64`, ""},
	{"voting is pure", "a test that reads a file", "voting/a_test.go", `import _ "os"`, ""},

	{"files and functions stay short", "a file one line too long", "api/a.go", strings.Repeat("\n", 399), "401 lines"},
	{"files and functions stay short", "a file as long as may be", "api/a.go", strings.Repeat("\n", 398), ""},
	{"files and functions stay short", "a function one line too long", "api/a.go", "func f() {" + strings.Repeat("\n", 60) + "}", "f has 61 lines"},
	{"files and functions stay short", "a function as long as may be", "api/a.go", "func f() {" + strings.Repeat("\n", 59) + "}", ""},

	{"packages are named for what they give", "utils", "api/utils/a.go", ``, "says nothing"},
	{"packages are named for what they give", "a repository", "models/repository/a.go", ``, "says nothing"},

	{"nothing happens by magic", "AutoMigrate", "models/a.go", `func f(db interface{ AutoMigrate() }) { db.AutoMigrate() }`, "numbered SQL"},
	{"nothing happens by magic", "gin.H", "api/a.go", "import \"github.com/gin-gonic/gin\"\nvar h = gin.H{}", "a reply has a type"},
	{"nothing happens by magic", "gorm.Model", "models/a.go", "import \"gorm.io/gorm\"\ntype row struct{ gorm.Model }", "columns are named"},
	{"nothing happens by magic", "init", "cli/a.go", `func init() {}`, "start-up is written out"},
	{"nothing happens by magic", "a method called init", "cli/a.go", "type a struct{}\nfunc (a) init() {}", ""},

	{"text is escaped", "template.HTML", "api/a.go", "import \"html/template\"\nvar x = template.HTML(\"<b>\")", "template.HTML switches"},
	{"text is escaped", "template.URL", "web/a.go", "import \"html/template\"\ntype page struct{ link template.URL }", "template.URL switches"},
	{"text is escaped", "our own name for it", "api/a.go", "import \"gongjue/web\"\nvar x = web.SVG(\"<b>\")", "web.SVG"},
	{"text is escaped", "a listed file", "web/format.go", "import \"html/template\"\ntype SVG = template.HTML", ""},

	{"models speak in codes", "a sentence", "models/a.go", `var s = "会议不存在"`, "a Chinese text in models"},
	{"models speak in codes", "a comment", "models/a.go", "// 会议 is a meeting.\nvar s = \"meeting\"", ""},
	{"models speak in codes", "a sentence in the table", "web/messages/a.go", `var s = "会议不存在"`, ""},

	{"what is to be done has a number", "without", "api/a.go", "// TODO: later\nvar a int", "without the number"},
	{"what is to be done has a number", "with", "api/a.go", "// TODO(#12): later\nvar a int", ""},
}

func ruleNamed(t *testing.T, name string) rule {
	t.Helper()
	for _, r := range rules {
		if r.name == name {
			return r
		}
	}
	t.Fatalf("no rule is called %q", name)
	return rule{}
}

func TestEveryRuleFindsWhatBreaksIt(t *testing.T) {
	proven := map[string]bool{}
	for _, c := range ruleCases {
		t.Run(c.rule+": "+c.name, func(t *testing.T) {
			tree := fstest.MapFS{c.path: {Data: []byte("package a\n" + c.code + "\n")}}
			all, err := readSources(tree)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d files, %v", len(all), err)
			}
			found := findings(all, ruleNamed(t, c.rule))
			if c.says == "" && len(found) > 0 {
				t.Errorf("found %q", found)
			}
			if c.says != "" && (len(found) != 1 || !strings.Contains(found[0], c.says)) {
				t.Errorf("found %q, want one with %q", found, c.says)
			}
		})
		proven[c.rule] = proven[c.rule] || c.says != ""
	}
	for _, r := range rules {
		if !proven[r.name] {
			t.Errorf("nothing shows that %q can fail", r.name)
		}
	}
}

func TestFoldersThatTheProgramWritesAreNotRead(t *testing.T) {
	tree := fstest.MapFS{"build/a.go": {Data: []byte("no Go")}, "voting/testdata/a.go": {Data: []byte("no Go")}}
	if all, err := readSources(tree); err != nil || len(all) != 0 {
		t.Errorf("%d files, %v", len(all), err)
	}
	if _, err := readSources(fstest.MapFS{"api/a.go": {Data: []byte("no Go")}}); err == nil {
		t.Error("a file that is not Go passes")
	}
}

// TestOtherTextsStayShort holds what people write by hand beside Go to the same length.
func TestOtherTextsStayShort(t *testing.T) {
	for _, pattern := range []string{"web/templates/*.html", "web/templates/*/*.html", "web/static/*.css", "web/static/*.js", "migrations/*.sql"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if lines := strings.Count(string(text), "\n"); lines > longestFile {
				t.Errorf("%s has %d lines, at most %d", path, lines, longestFile)
			}
		}
	}
}
