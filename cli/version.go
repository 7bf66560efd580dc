package cli

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// build is what this binary was made from.
type build struct {
	Version  string `json:"version"`  // of the module; (devel) for a build from a working tree
	Revision string `json:"revision"` // commit, with -dirty where files were changed; empty if unknown
	Time     string `json:"time"`     // of the commit, RFC 3339; empty if unknown
	Go       string `json:"go"`
}

func versionVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version [--json]",
		Short:   "显示程序的版本",
		Example: "  gongjue version\n  gongjue version --json",
		Args:    cobra.NoArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	cmd.RunE = func(*cobra.Command, []string) error {
		b := thisBuild()
		if *asJSON {
			return writeJSON(p.out, b)
		}
		words := slices.DeleteFunc([]string{"gongjue", b.Version, b.Revision, b.Time, b.Go}, func(w string) bool { return w == "" })
		_, err := fmt.Fprintln(p.out, strings.Join(words, " "))
		return err
	}
	return cmd
}

// thisBuild reads what the linker wrote into the running program.
func thisBuild() build {
	info, _ := debug.ReadBuildInfo() // nil where it wrote nothing
	return buildOf(info)
}

func buildOf(info *debug.BuildInfo) build {
	if info == nil { // stripped of it by the linker
		return build{Version: "unknown"}
	}
	b := build{Version: info.Main.Version, Go: info.GoVersion}
	dirty := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "-dirty"
			}
		}
	}
	b.Revision += dirty
	return b
}
