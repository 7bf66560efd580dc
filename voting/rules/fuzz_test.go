package rules

import (
	"encoding/json"
	"io/fs"
	"reflect"
	"testing"
)

// FuzzParse: whatever text comes in, a pack that is accepted says something in every line and survives being
// stored with a meeting.
func FuzzParse(f *testing.F) {
	names, err := fs.Glob(files, "packs/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		pack, err := parse(text)
		if err != nil {
			return
		}
		for _, line := range pack.Lines() {
			if line.Text == "" || (line.Source == nil) != line.Announced || (line.Source != nil && line.Source.Article == "") {
				t.Fatalf("%+v", line)
			}
		}
		if pack.Level == Local && pack.Law().Items != 0 {
			t.Fatal("a local pack with majorities of its own")
		}
		stored, err := json.Marshal(pack)
		if err != nil {
			t.Fatal(err)
		}
		var back Pack
		if err := json.Unmarshal(stored, &back); err != nil || !reflect.DeepEqual(back.Procedure, pack.Procedure) {
			t.Fatalf("%v: came back different: %s", err, stored)
		}
	})
}
