package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// workedFiles writes the inputs of the worked tally files into a folder of their own and gives what each has
// to be answered with, in byte order of the names.
func workedFiles(t *testing.T) (folder string, paths []string, expect []map[string]any) {
	t.Helper()
	worked, err := filepath.Glob("../voting/testdata/tally/*.json")
	if err != nil || len(worked) != 12 {
		t.Fatalf("%d worked files, %v", len(worked), err)
	}
	folder = t.TempDir()
	for _, path := range worked {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Input  json.RawMessage
			Expect map[string]any
		}
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(folder, filepath.Base(path))
		if err := os.WriteFile(path, file.Input, 0o600); err != nil {
			t.Fatal(err)
		}
		paths, expect = append(paths, path), append(expect, file.Expect)
	}
	return folder, paths, expect
}

// answers reads one JSON object per line.
func answers(t *testing.T, out string) []map[string]any {
	t.Helper()
	var list []map[string]any
	for line := range strings.Lines(out) {
		var answer map[string]any
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		list = append(list, answer)
	}
	return list
}

func TestTallyAnswersTheWorkedFiles(t *testing.T) {
	folder, paths, expect := workedFiles(t)
	for name, args := range map[string][]string{
		"a directory, flag before":         {"tally", "--json", folder},
		"a directory, flag after":          {"tally", folder, "--json"},
		"every file, flag among the paths": append(append([]string{"tally"}, paths[:5]...), append([]string{"--json"}, paths[5:]...)...),
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errText := call(t, nil, "", args...)
			if code != 0 || errText != "" {
				t.Fatalf("exit %d, %s", code, errText)
			}
			got := answers(t, out)
			if len(got) != len(expect) {
				t.Fatalf("%d lines for %d files", len(got), len(expect))
			}
			for i := range got {
				if diff := cmp.Diff(expect[i], got[i]); diff != "" {
					t.Errorf("%s: expected (-) and answered (+):\n%s", filepath.Base(paths[i]), diff)
				}
			}
		})
	}
}

func TestARefusedFileLeavesTheOthersAnswered(t *testing.T) {
	folder, paths, expect := workedFiles(t)
	broken := filepath.Join(folder, "00-broken.json")
	if err := os.WriteFile(broken, []byte("[]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "notes.txt"), []byte("not a tally file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "folder.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	code, out, errText := call(t, nil, "", "tally", "--json", filepath.Join(folder, "missing.json"), folder)
	got := answers(t, out)
	if code != 1 || len(got) != len(paths)+2 || strings.Count(errText, "\n") != 1 {
		t.Fatalf("exit %d, %d lines, %s", code, len(got), errText)
	}
	for i, want := range []string{"unreadable", "bad_json"} {
		if refusal, _ := got[i]["error"].(map[string]any); refusal["code"] != want || refusal["message"] == "" {
			t.Errorf("line %d: %v", i+1, got[i])
		}
	}
	if diff := cmp.Diff(expect[0], got[2]); diff != "" {
		t.Errorf("the first worked file after the refused ones:\n%s", diff)
	}
}

func TestTallyExitsByWhatHappened(t *testing.T) {
	_, paths, _ := workedFiles(t)
	tests := []struct {
		name string
		args []string
		code int
		err  string
	}{
		{"rejected is an outcome", []string{paths[7]}, 0, ""},
		{"no such file", []string{"missing.json"}, 1, "1 of 1 files refused"},
		{"an empty directory", []string{t.TempDir()}, 0, ""},
		{"no path", nil, 2, "name a file or a directory"},
		{"only a flag", []string{"--json"}, 2, "name a file or a directory"},
		{"an unknown flag", []string{"--yaml", paths[0]}, 2, "unknown flag: --yaml"},
		{"a flag with a strange value", []string{"--json=perhaps", paths[0]}, 2, "invalid argument"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code, _, errText := call(t, nil, "", append([]string{"tally"}, test.args...)...)
			if code != test.code || !strings.Contains(errText, test.err) || strings.Count(errText, "\n") > 1 {
				t.Errorf("exit %d, %q", code, errText)
			}
		})
	}
}

func TestTallyExplainsInPlainChinese(t *testing.T) {
	_, paths, _ := workedFiles(t)
	code, out, errText := call(t, nil, "", "tally", paths[0], paths[2], "missing.json")
	if code != 1 || !strings.Contains(errText, "1 of 3") {
		t.Errorf("exit %d, %s", code, errText)
	}
	for _, part := range []string{paths[0] + "\n“选聘物业服务企业”：", "参与表决人数 646 人，占全体 79.07%", "（民法典第278条第2款）", "如果换一种算法", "结论：",
		"missing.json\n没有计算：文件打不开。（unreadable）"} {
		if !strings.Contains(out, part) {
			t.Errorf("%q is missing from\n%s", part, out)
		}
	}
}

func TestTheFileInTheHelpIsCounted(t *testing.T) {
	_, help, _ := call(t, nil, "", "tally", "--help")
	_, sample, _ := strings.Cut(help, "rules show）：\n")
	sample, _, _ = strings.Cut(sample, "\n\n")
	path := filepath.Join(t.TempDir(), "sample.json")
	if err := os.WriteFile(path, []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errText := call(t, nil, "", "tally", path); code != 0 || !strings.Contains(out, "没有通过") {
		t.Errorf("exit %d, %s%s of\n%s", code, out, errText, sample)
	}
}
