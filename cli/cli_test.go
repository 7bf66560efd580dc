package cli

import (
	"bytes"
	"encoding/json"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// call runs one command line and returns exit code, standard output and standard error.
func call(t *testing.T, environ []string, stdin string, args ...string) (int, string, string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &program{in: strings.NewReader(stdin), out: &out, err: &err, environ: environ}
	code := p.run(t.Context(), args)
	return code, out.String(), err.String()
}

func everyCommand(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, sub := range cmd.Commands() {
		everyCommand(sub, visit)
	}
}

func TestEveryVerbExplainsItselfWithAnExample(t *testing.T) {
	p := &program{}
	everyCommand(p.root(), func(cmd *cobra.Command) {
		path := strings.Fields(cmd.CommandPath())
		t.Run(strings.Join(path, " "), func(t *testing.T) {
			code, out, errText := call(t, nil, "", append(path[1:], "--help")...)
			if code != 0 || errText != "" {
				t.Fatalf("exit %d, %q", code, errText)
			}
			about := cmd.Long
			if about == "" {
				about = cmd.Short
			}
			for _, part := range []string{about, "用法：", "选项：", "例：\n  " + cmd.CommandPath()} {
				if part == "" || !strings.Contains(out, part) && cmd.HasParent() {
					t.Errorf("%q is missing from\n%s", part, out)
				}
			}
			if strings.Contains(out, "help for") || strings.Contains(out, "[flags]") {
				t.Errorf("English of the library shows in\n%s", out)
			}
		})
	})
}

func TestWhatIsNotUnderstoodFailsWithOneLine(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		says string
	}{
		{"an unknown verb", []string{"vote"}, `unknown command "vote"`},
		{"an unknown flag", []string{"version", "--yaml"}, "unknown flag: --yaml"},
		{"an argument too many", []string{"version", "now"}, `unknown command "now"`},
		{"an argument missing", []string{"rules", "show"}, "0 arguments given; usage: gongjue rules show "},
		{"help about an unknown verb", []string{"help", "vote"}, `unknown command "vote"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, errText := call(t, nil, "", test.args...)
			if code != 1 || out != "" || !strings.Contains(errText, test.says) || strings.Count(errText, "\n") != 1 {
				t.Errorf("exit %d, out %q, err %q", code, out, errText)
			}
		})
	}
}

func TestMainReturnsTheExitCode(t *testing.T) {
	var out, err bytes.Buffer
	if code := Main([]string{"version"}, strings.NewReader(""), &out, &err); code != 0 || !strings.HasPrefix(out.String(), "gongjue ") {
		t.Errorf("exit %d, %q, %q", code, out.String(), err.String())
	}
	if code := Main([]string{"vote"}, strings.NewReader(""), &out, &err); code != 1 {
		t.Errorf("exit %d for an unknown verb", code)
	}
}

func TestVersionTellsCommitAndChangedFiles(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.0.0"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.time", Value: "2026-11-21T00:00:00Z"}, {Key: "vcs.modified", Value: "true"},
	}}
	want := build{Version: "v1.0.0", Revision: "abc-dirty", Time: "2026-11-21T00:00:00Z", Go: "go1.26.8"}
	if got := buildOf(info); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	code, out, _ := call(t, nil, "", "version", "--json")
	var got build
	if err := json.Unmarshal([]byte(out), &got); code != 0 || err != nil || got.Go == "" {
		t.Errorf("exit %d, %v, %s", code, err, out)
	}
}
