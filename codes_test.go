package main

import (
	"go/ast"
	"slices"
	"testing"
	"testing/fstest"

	"gongjue/web/messages"
)

// refusalRooms are where people are refused by calling refuse("code") or refuseField("code", field).
var refusalRooms = []string{"models", "api"}

// codeLists are the rooms that list their codes instead.
var codeLists = map[string]string{"voting": "Codes", "voting/disclosure": "Codes", "api/workbook": "Codes"}

func TestEveryCodeOfARefusalHasASentence(t *testing.T) {
	all, err := readSources(repository)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string][]string{} // code to places
	for _, s := range all {
		for code, at := range refusalsIn(s) {
			codes[code] = append(codes[code], at)
		}
	}
	for folder, name := range codeLists {
		list, err := listOf(all, folder, name)
		if err != nil {
			t.Error(err)
		}
		for _, code := range list {
			codes[code] = append(codes[code], folder+"."+name)
		}
	}
	if len(codes) < 20 {
		t.Errorf("only %d codes were found", len(codes))
	}
	for code, places := range codes {
		if _, ok := messages.Text(code); !ok {
			t.Errorf("%s has no sentence in web/messages: %s", code, places[0])
		}
	}
}

// refusalsIn finds the codes that a file refuses with, and where.
func refusalsIn(s source) map[string]string {
	found := map[string]string{}
	if s.isTest() || !slices.ContainsFunc(refusalRooms, func(room string) bool { return s.room() == room }) {
		return found
	}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		name, ok := call.Fun.(*ast.Ident)
		if !ok || name.Name != "refuse" && name.Name != "refuseField" {
			return true
		}
		if code, ok := literal(call.Args[0]); ok {
			found[code] = s.at(call.Pos(), "refused here")
		}
		return true
	})
	return found
}

func TestRefusalsAreFoundInGo(t *testing.T) {
	all, err := readSources(fstest.MapFS{
		"models/a.go": {Data: []byte("package models\nvar a, b, c = refuse(\"one\"), refuseField(\"two\", \"x\"), other(\"three\")\n")},
		"voting/a.go": {Data: []byte("package voting\nvar a = refuse(\"four\", \"x\")\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range all {
		for code := range refusalsIn(s) {
			got = append(got, code)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("found %q", got)
	}
}
