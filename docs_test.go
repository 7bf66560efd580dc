package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"gongjue/migrations"
	"gongjue/voting"
	"gongjue/voting/lint"
	packs "gongjue/voting/rules"
	"gongjue/web"
)

func readDocument(t *testing.T, path string) string {
	t.Helper()
	text, err := fs.ReadFile(repository, path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheDocumentOfTheRulesListsTheShippedPacks: a lawyer who reads the list reads what the program holds.
func TestTheDocumentOfTheRulesListsTheShippedPacks(t *testing.T) {
	_, rest, _ := strings.Cut(readDocument(t, "docs/rules.md"), "<!-- packs")
	table, _, found := strings.Cut(rest, "<!-- end of packs -->")
	if !found {
		t.Fatal("the list of packs has no marks")
	}
	var listed, shipped []string
	for _, line := range strings.Split(table, "\n") {
		if strings.HasPrefix(line, "| `") {
			listed = append(listed, line)
		}
	}
	all, err := packs.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range web.RulesInOrder(all) {
		shipped = append(shipped, packLine(pack))
	}
	if !slices.Equal(listed, shipped) {
		t.Errorf("docs/rules.md should list:\n%s", strings.Join(shipped, "\n"))
	}
}

// TestOperatorsRevokeWhatTheTriggersRefuse: the line that operators copy names every table whose rows are kept.
func TestOperatorsRevokeWhatTheTriggersRefuse(t *testing.T) {
	want := "REVOKE UPDATE, DELETE ON " + strings.Join(migrations.Kept, ", ") + " FROM gongjue;"
	if !strings.Contains(readDocument(t, "docs/operating.md"), want) {
		t.Errorf("docs/operating.md should say: %s", want)
	}
}

func packLine(pack packs.Pack) string {
	start := string(pack.From)
	if pack.StartAssumed() {
		start += "（推定）"
	}
	if pack.Until != "" {
		start += " 至 " + string(pack.Until) + " 前"
	}
	read := string(pack.TextDate)
	if read == "" {
		read = "—"
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s | %s |", pack.ID, web.RulesRegion(pack), pack.Name, read, start)
}

// TestTheDocumentOfTheRulesQuotesTheLaw: items, fractions and quotations are those of the pack that counts.
func TestTheDocumentOfTheRulesQuotesTheLaw(t *testing.T) {
	text := readDocument(t, "docs/rules.md")
	pack, err := packs.For("cn-civil-code-2021")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, item := range pack.Items {
		lines = append(lines, fmt.Sprintf("| %d | %s | `%s` |", item.Number, item.Text, item.Class))
	}
	for name, majority := range map[string]packs.Majority{
		"`participation`": pack.Majorities.Participation, "`ordinary`": pack.Majorities.Ordinary, "`special`": pack.Majorities.Special,
	} {
		lines = append(lines, fmt.Sprintf("%s | `{num: %d, den: %d, strict: %t}` |", name, majority.Num, majority.Den, majority.Strict),
			"`"+majority.Of+"` | "+majority.Quote+" |")
	}
	for _, line := range lines {
		if !strings.Contains(text, line) {
			t.Errorf("docs/rules.md lacks %s", line)
		}
	}
}

// TestTheDocumentOfTheRulesNamesEveryWord: whoever adds a policy, a method or a reason explains it there too.
func TestTheDocumentOfTheRulesNamesEveryWord(t *testing.T) {
	text := readDocument(t, "docs/rules.md")
	words := slices.Concat(named(voting.Silences), named(voting.Methods), named(voting.Ranks), named(voting.Shortfalls), named(voting.TieWays),
		named(voting.Reasons), []string{string(voting.EvenNumber), string(voting.NotFormed), string(voting.Undetermined), string(voting.Rejected),
			string(voting.Consult), string(voting.Selection), string(voting.Lapsed), string(voting.Waiting), voting.WithoutSilence,
			string(lint.ClassMismatch), string(lint.ItemMismatch), string(packs.CitySystemOnly)})
	for _, word := range words {
		if !strings.Contains(text, "`"+word+"`") {
			t.Errorf("docs/rules.md does not name %s", word)
		}
	}
}

func named[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, word := range list {
		words[i] = string(word)
	}
	return words
}
