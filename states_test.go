package main

import (
	"fmt"
	"go/ast"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// lists names, for every column that SQL restricts to some words, the Go list of the same words: the folder
// and the variable, or the constants where nobody else needs a list. A column may also hold the empty text
// where orEmpty says so.
var lists = []struct {
	table, column  string
	folder, goList string
	orEmpty        bool
}{
	{table: "staff", column: "role", folder: "models", goList: "Roles"},
	{table: "roster", column: "state", folder: "voting/lifecycle", goList: "RosterStates"},
	{table: "voter", column: "kind", folder: "models", goList: "voterOwners voterDeveloper"},
	{table: "meeting", column: "state", folder: "voting/lifecycle", goList: "MeetingStates"},
	{table: "meeting", column: "convener_kind", folder: "voting/lifecycle", goList: "ConvenerKinds"},
	{table: "meeting", column: "kind", folder: "models", goList: "MeetingKinds"},
	{table: "meeting", column: "seal_kept", folder: "models", goList: "SealKeepings"},
	{table: "meeting", column: "channel_conflict", folder: "voting", goList: "ChannelConflicts", orEmpty: true},
	{table: "platform_import", column: "state", folder: "models", goList: "ImportStates"},
	{table: "matter", column: "kind", folder: "voting", goList: "Kinds"},
	{table: "matter", column: "method", folder: "voting", goList: "Methods", orEmpty: true},
	{table: "attachment", column: "stage", folder: "models", goList: "AttachmentStages"},
	{table: "ledger_leaf", column: "kind", folder: "voting/ledger", goList: "LeafTypes"},
	{table: "ballot", column: "channel", folder: "voting/lifecycle", goList: "Channels"},
	{table: "result", column: "stage", folder: "models", goList: "ResultStages"},
	{table: "objection", column: "state", folder: "voting/lifecycle", goList: "ObjectionStates"},
	{table: "objection", column: "subject", folder: "models", goList: "ObjectionSubjects"},
	{table: "objection", column: "verdict", folder: "models", goList: "Verdicts", orEmpty: true},
	{table: "one_time_code", column: "act", folder: "models", goList: "actCast actRoster"},
	{table: "roster_objection", column: "state", folder: "voting/lifecycle", goList: "ObjectionStates"},
	{table: "roster_objection", column: "kind", folder: "models", goList: "RosterObjectionKinds"},
	{table: "objection", column: "source", folder: "models", goList: "ObjectionSources"},
	{table: "roster_objection", column: "source", folder: "models", goList: "ObjectionSources"},
	{table: "roster_objection", column: "verdict", folder: "models", goList: "Verdicts", orEmpty: true},
	{table: "roster_amendment", column: "state", folder: "voting/lifecycle", goList: "AmendmentStates"},
	{table: "mandate", column: "state", folder: "voting/lifecycle", goList: "AmendmentStates"},
	{table: "mandate", column: "kind", folder: "voting/lifecycle", goList: "MandateKinds"},
	{table: "filing", column: "state", folder: "voting/lifecycle", goList: "FilingStates"},
	{table: "supervision", column: "kind", folder: "voting/lifecycle", goList: "SupervisionKinds"},
	{table: "supervision", column: "authority", folder: "voting/lifecycle", goList: "Supervisors"},
	{table: "filing", column: "kind", folder: "voting/lifecycle", goList: "FilingKinds"},
	{table: "filing", column: "certifier", folder: "voting/rules", goList: "StreetOffice DistrictAuthority"},
	{table: "seal_proof", column: "prover", folder: "voting/rules", goList: "StreetOffice DistrictAuthority"},
	{table: "filing", column: "ground", folder: "voting/lifecycle", goList: "RefusalGrounds", orEmpty: true},
	{table: "disclosure_draft_line", column: "section", folder: "voting/disclosure", goList: "Sections"},
	{table: "disclosure_line", column: "section", folder: "voting/disclosure", goList: "Sections"},
	{table: "disclosure_hiding", column: "part", folder: "models", goList: "HiddenParts"},
	{table: "contract", column: "kind", folder: "voting/lifecycle", goList: "ContractKinds"},
	{table: "contract", column: "fee_mode", folder: "voting/lifecycle", goList: "FeeModes"},
	{table: "contract_entry", column: "event", folder: "voting/lifecycle", goList: "ContractEvents"},
	{table: "contract_entry", column: "state", folder: "voting/lifecycle", goList: "ContractStates"},
	{table: "contract_entry", column: "filing", folder: "voting/lifecycle", goList: "ContractFilings"},
	{table: "contract_entry", column: "side", folder: "voting/lifecycle", goList: "ContractSides", orEmpty: true},
	{table: "paper_entry", column: "state", folder: "models", goList: "PaperStates"},
	{table: "lot_draw", column: "state", folder: "models", goList: "LotStates"},
	{table: "committee", column: "kind", folder: "voting/lifecycle", goList: "CommitteeKinds"},
	{table: "committee", column: "state", folder: "voting/lifecycle", goList: "CommitteeStates"},
	{table: "committee", column: "origin", folder: "voting/lifecycle", goList: "CommitteeOrigins"},
	{table: "committee_member", column: "state", folder: "voting/lifecycle", goList: "MemberStates"},
	{table: "committee_member", column: "post", folder: "voting/lifecycle", goList: "MemberPosts", orEmpty: true},
	{table: "committee_member", column: "capacity", folder: "voting/lifecycle", goList: "MemberCapacities"},
	{table: "committee_member", column: "ground", folder: "voting/lifecycle", goList: "LeavingGrounds", orEmpty: true},
	{table: "committee_entry", column: "kind", folder: "voting/lifecycle", goList: "CommitteeEntryKinds"},
	{table: "committee_entry", column: "ground", folder: "voting/lifecycle", goList: "LeavingGrounds", orEmpty: true},
	{table: "committee_entry", column: "post", folder: "voting/lifecycle", goList: "MemberPosts", orEmpty: true},
	{table: "committee_entry", column: "authority", folder: "voting/lifecycle", goList: "Registrars"},
	{table: "handover_item", column: "kind", folder: "voting/lifecycle", goList: "HandoverKinds"},
	{table: "handover_party", column: "side", folder: "voting/lifecycle", goList: "HandoverSides", orEmpty: true},
	{table: "handover_item", column: "given_as", folder: "voting/lifecycle", goList: "HandoverSigners", orEmpty: true},
	{table: "handover_item", column: "taken_as", folder: "voting/lifecycle", goList: "HandoverSigners", orEmpty: true},
	{table: "handover_item", column: "refused_as", folder: "voting/lifecycle", goList: "HandoverSigners", orEmpty: true},
	{table: "committee_sitting", column: "state", folder: "voting/lifecycle", goList: "SittingStates"},
	{table: "committee_sitting", column: "called_by", folder: "voting/lifecycle", goList: "SittingCallers"},
	{table: "decision_order", column: "kind", folder: "voting/lifecycle", goList: "SupervisionKinds"},
	{table: "decision_order", column: "authority", folder: "voting/lifecycle", goList: "Supervisors"},
	{table: "poll_result", column: "about", folder: "voting", goList: "Subjects", orEmpty: true},
	{table: "emergency_use", column: "state", folder: "voting/lifecycle", goList: "EmergencyStates"},
	{table: "emergency_use", column: "cause", folder: "voting/lifecycle", goList: "EmergencyCauses"},
	{table: "convening", column: "state", folder: "voting/lifecycle", goList: "ConveningStates"},
	{table: "convening", column: "kind", folder: "voting/lifecycle", goList: "ConveningKinds"},
	{table: "convening", column: "ground", folder: "voting/lifecycle", goList: "ConveningGrounds"},
	{table: "convening", column: "convener_kind", folder: "voting/lifecycle", goList: "Obliged"},
	{table: "watch_entry", column: "kind", folder: "voting/watch", goList: "Kinds"},
	{table: "watch_entry", column: "authority", folder: "models", goList: "RoleStreet RoleDistrict"},
	{table: "target", column: "measure", folder: "models", goList: "Measures"},
	{table: "sample", column: "state", folder: "models", goList: "SampleStates"},
	{table: "sample_answer", column: "answer", folder: "voting/sample", goList: "Answers"},
	{table: "delivery", column: "mode", folder: "models", goList: "DeliveryModes"},
	{table: "delivery", column: "result", folder: "models", goList: "DeliveryResults"},
	{table: "delivery", column: "relation", folder: "models", goList: "Relations"},
	{table: "key_rotation", column: "kind", folder: "models", goList: "KeyKinds"},
	{table: "outbox", column: "kind", folder: "models", goList: "MessageKinds"},
	{table: "outbox", column: "state", folder: "models", goList: "OutboxStates"},
	{table: "notice_to_all", column: "kind", folder: "models", goList: "noticeKinds"},
}

func TestStatusListsAreTheSameInGoAndSQL(t *testing.T) {
	inSQL, err := checksIn(repository, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	all, err := readSources(repository)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lists {
		column := l.table + "." + l.column
		t.Run(column, func(t *testing.T) {
			want, err := listOf(all, l.folder, l.goList)
			if err != nil {
				t.Fatal(err)
			}
			if l.orEmpty {
				want = append(want, "")
			}
			got, restricted := inSQL[column]
			if !restricted {
				t.Fatalf("no CHECK (%s IN ('…')) stands in the table %s", l.column, l.table)
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("SQL has %q, %s.%s has %q", got, l.folder, l.goList, want)
			}
		})
		delete(inSQL, column)
	}
	for _, column := range slices.Sorted(maps.Keys(inSQL)) {
		t.Errorf("%s is restricted in SQL and has no Go list", column)
	}
}

var (
	sqlWord   = regexp.MustCompile(`(?is)\b(?:CREATE|ALTER)\s+TABLE\s+(\w+)|\bCHECK\s*\(\s*(\w+)\s+IN\s*\(([^)]*)\)\s*\)`)
	sqlQuoted = regexp.MustCompile(`'([^']*)'`)
	sqlNote   = regexp.MustCompile(`--[^\n]*`)
)

// checksIn reads every CHECK (column IN ('…')) of the upward halves of a folder's migrations, by
// "table.column"; the last migration wins, as it does in the database, and those in Go come after those in SQL. Lists of numbers are left out.
func checksIn(tree fs.FS, folder string) (map[string][]string, error) {
	paths, err := fs.Glob(tree, path.Join(folder, "*.sql"))
	if err != nil {
		return nil, err
	}
	inGo, err := fs.Glob(tree, path.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	paths = append(paths, inGo...)
	found := map[string][]string{}
	for _, name := range paths {
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return nil, err
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		table := ""
		for _, match := range sqlWord.FindAllStringSubmatch(sqlNote.ReplaceAllString(up, ""), -1) {
			if match[1] != "" {
				table = match[1]
				continue
			}
			quoted := sqlQuoted.FindAllStringSubmatch(match[3], -1)
			if len(quoted) == 0 {
				continue
			}
			words := make([]string, len(quoted))
			for i, q := range quoted {
				words[i] = q[1]
			}
			found[table+"."+match[2]] = words
		}
	}
	return found, nil
}

// listOf reads a variable such as var Kinds = []Kind{Motion, "poll"} without running anything: constants of
// the same folder and plain texts. Several names stand for constants.
func listOf(all []source, folder, name string) ([]string, error) {
	constants, elements, found := readNames(all, folder, name)
	if names := strings.Fields(name); len(names) > 1 {
		for _, constant := range names {
			elements = append(elements, ast.NewIdent(constant))
		}
	} else if !found {
		return nil, fmt.Errorf("%s has no list %s", folder, name)
	}
	words := make([]string, 0, len(elements))
	for _, element := range elements {
		word, ok := literal(element)
		if constant, isName := element.(*ast.Ident); isName {
			word, ok = constants[constant.Name]
		}
		if !ok {
			return nil, fmt.Errorf("%s.%s: an element is neither a text nor a constant of the folder", folder, name)
		}
		words = append(words, word)
	}
	return words, nil
}

// readNames collects the text constants of a folder, and the elements of the list if there is one.
func readNames(all []source, folder, name string) (constants map[string]string, elements []ast.Expr, found bool) {
	constants = map[string]string{}
	for _, s := range all {
		if s.room() != folder || s.isTest() {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != len(spec.Names) {
				return true
			}
			for i, value := range spec.Values {
				if text, ok := literal(value); ok {
					constants[spec.Names[i].Name] = text
				}
				if lit, ok := value.(*ast.CompositeLit); ok && spec.Names[i].Name == name {
					elements, found = lit.Elts, true
				}
			}
			return true
		})
	}
	return constants, elements, found
}

func literal(e ast.Expr) (string, bool) {
	basic, ok := e.(*ast.BasicLit)
	if !ok {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil && basic.Value[0] != '\''
}

func TestChecksAreReadFromSQL(t *testing.T) {
	tree := fstest.MapFS{
		"m/00001_a.sql": {Data: []byte(`-- +goose Up
CREATE TABLE ballot (
    -- CHECK (remark IN ('not', 'this'))
    channel TEXT NOT NULL CHECK (channel IN ('online',
                                             'paper')),
    heads   BIGINT NOT NULL CHECK (heads IN (0, 1)),
    CHECK ((channel = 'online' AND heads = 1) OR (channel IN ('paper') AND heads = 0))
);
CREATE TABLE matter (method TEXT CHECK (method IN ('', 'pick')), state TEXT CHECK (state IN ('old')));
-- +goose Down
CREATE TABLE gone (state TEXT CHECK (state IN ('x')));
`)},
		"m/00002_b.sql": {Data: []byte("-- +goose Up\nALTER TABLE matter ADD COLUMN state TEXT check(state in ('new'));\n")},
	}
	got, err := checksIn(tree, "m")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"ballot.channel": {"online", "paper"}, "matter.method": {"", "pick"}, "matter.state": {"new"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestListsAreReadFromGo(t *testing.T) {
	tree := fstest.MapFS{
		"voting/a.go":      {Data: []byte("package voting\ntype Kind string\nconst (\n\tMotion Kind = \"motion\"\n\tPoll Kind = `poll`\n)\n")},
		"voting/b.go":      {Data: []byte("package voting\nvar Kinds = []Kind{Motion, Poll, \"plain\"}\nvar Odd = []Kind{Motion + Poll}\n")},
		"voting/x/b.go":    {Data: []byte("package x\nvar Kinds = []string{\"other\"}\n")},
		"voting/b_test.go": {Data: []byte("package voting\nvar Kinds = []Kind{}\n")},
	}
	all, err := readSources(tree)
	if err != nil {
		t.Fatal(err)
	}
	got, err := listOf(all, "voting", "Kinds")
	if err != nil || !slices.Equal(got, []string{"motion", "poll", "plain"}) {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := listOf(all, "voting", "Poll Motion"); err != nil || !slices.Equal(got, []string{"poll", "motion"}) {
		t.Errorf("two constants: %q, %v", got, err)
	}
	for _, name := range []string{"Odd", "Missing", "Motion Missing"} {
		if got, err := listOf(all, "voting", name); err == nil {
			t.Errorf("%s: %q without an error", name, got)
		}
	}
}
