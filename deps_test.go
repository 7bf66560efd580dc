package main

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// repository is the tree that these tests hold to its rules.
var repository = os.DirFS(".")

const ours = "gongjue"

// arrows says which of our own rooms each room may import; the longest matching folder decides. A room may
// always import what lies below the same entry. Changing a line here is a commit of its own.
var arrows = []struct {
	room string
	may  []string
}{
	{".", []string{"cli"}},
	{"cli", []string{"api", "web", "models", "notify", "migrations", "voting"}},
	{"api", []string{"web", "models", "notify", "migrations", "voting"}},
	{"api/workbook", []string{"voting/roster"}},
	{"web", []string{"voting"}},
	{"models", []string{"migrations", "voting"}},
	{"models/vault", nil},
	{"migrations", nil},
	{"notify", []string{"models", "voting"}},
	{"notify/filing", documentRooms},
	{"notify/font", nil},
	{"notify/form", append([]string{"notify/word"}, documentRooms...)},
	{"notify/paper", documentRooms},
	{"notify/qr", nil},
	{"notify/sheet", documentRooms},
	{"notify/word", nil},
	{"voting", nil},
	{"voting/verify", nil},
	{"e2e", []string{"cli", "api", "web", "models", "notify", "migrations", "voting"}},
	{"e2e/pgtest", nil},
}

// documentRooms are what printed documents are made of; they know no database.
var documentRooms = []string{"notify/font", "notify/paper", "notify/qr", "voting"}

// neverImported are rooms that only the named one may use although an entry above would allow it: the
// verifier stays independent of what it verifies, also in the other direction.
var neverImported = map[string]string{"voting/verify": "cli"}

// homes says where each module may be used. A module that is not here is a module that nobody decided on.
var homes = map[string][]string{
	"encoding/csv":                        {"api/workbook"}, // a table that people open is a workbook: in CSV a text is a formula by how it begins
	"github.com/gin-gonic/gin":            {"api", "cli/bench/naive"},
	"github.com/go-playground/validator":  {"api"},
	"github.com/google/uuid":              {"models", "api"},
	"github.com/jackc/pgx":                {"models", "e2e/pgtest", "cli/bench"},
	"github.com/pressly/goose":            {"migrations"},
	"github.com/prometheus/client_golang": {"api"},
	"github.com/signintech/gopdf":         {"notify"},
	"github.com/skip2/go-qrcode":          {"notify"},
	"github.com/spf13/cobra":              {"cli"},
	"github.com/wneessen/go-mail":         {"notify"},
	"github.com/xuri/excelize":            {"api/workbook", "cli/bench"},
	"go.yaml.in/yaml":                     {"cli", "voting/rules"},
	"golang.org/x/crypto":                 {"models/vault"},
	"golang.org/x/mod":                    {"voting/ledger", "voting/verify", "models"},
	"golang.org/x/sync":                   {"models"},
	"golang.org/x/text":                   {"api/workbook"},
	"gorm.io":                             gormHome,
	"modernc.org/sqlite":                  {"models"},
	"github.com/go-rod/rod":               {onlyTests},
	"github.com/google/go-cmp":            {onlyTests},
	"github.com/makiuchi-d/gozxing":       {onlyTests, "notify/paper/papertest"},
	"pgregory.net/rapid":                  {onlyTests},
}

// gormHome is closed to tests as well; beside models there is only the yardstick that shows what gorm costs.
var gormHome = []string{"models", "cli/bench/naive"}

// onlyTests stands in homes for "any _test.go file and no other".
const onlyTests = "_test.go"

// isStandard tells the standard library, whose paths begin without a dot, from modules.
func isStandard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first != ours && !strings.Contains(first, ".")
}

// checkArrows leaves tests alone: they may wire what they need, as cli does.
func checkArrows(s source) []string {
	if s.isTest() {
		return nil
	}
	room, may, known := arrowOf(s.room())
	if !known {
		return []string{s.at(s.syntax.Package, "the folder %s is in no room of the layout", s.room())}
	}
	var found []string
	for i, imported := range s.imports {
		target, own := strings.CutPrefix(imported, ours+"/")
		if !own || allowed(s.room(), room, may, target) {
			continue
		}
		found = append(found, s.at(s.syntax.Imports[i].Pos(), "%s may not import %s", s.room(), target))
	}
	return found
}

func arrowOf(folder string) (room string, may []string, known bool) {
	for _, arrow := range arrows {
		if within(folder, arrow.room) && len(arrow.room) >= len(room) {
			room, may, known = arrow.room, arrow.may, true
		}
	}
	return room, may, known
}

func allowed(folder, room string, may []string, target string) bool {
	for guarded, only := range neverImported {
		if within(target, guarded) && !within(folder, guarded) && !within(folder, only) {
			return false
		}
	}
	if room != "." && within(target, room) {
		return true
	}
	for _, name := range may {
		if within(target, name) {
			return true
		}
	}
	return false
}

func checkHomes(s source) []string {
	var found []string
	for i, imported := range s.imports {
		if _, guarded := homes[imported]; isStandard(imported) && !guarded || within(imported, ours) {
			continue
		}
		if home, known := homeOf(imported); !known {
			found = append(found, s.at(s.syntax.Imports[i].Pos(), "%s has no home", imported))
		} else if !atHome(s, home) {
			found = append(found, s.at(s.syntax.Imports[i].Pos(), "%s is used in %s only", imported, strings.Join(home, ", ")))
		}
	}
	return found
}

func homeOf(imported string) ([]string, bool) {
	for module, home := range homes {
		if within(imported, module) {
			return home, true
		}
	}
	return nil, false
}

// atHome lets a test use any module but gorm: rows are read through the store even there.
func atHome(s source, home []string) bool {
	for _, folder := range home {
		if within(s.room(), folder) {
			return true
		}
	}
	return s.isTest() && !slices.Equal(home, gormHome)
}

func TestEveryModuleHasAHome(t *testing.T) {
	text, err := fs.ReadFile(repository, "go.mod")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(parsed.Replace) > 0 || len(parsed.Exclude) > 0 {
		t.Error("go.mod replaces or excludes modules, which bars go install")
	}
	for _, require := range parsed.Require {
		if _, known := homeOf(require.Mod.Path); !known && !require.Indirect {
			t.Errorf("%s has no home", require.Mod.Path)
		}
	}
}
