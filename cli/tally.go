package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/voting/tallyfile"
)

// The exit codes of a verb that fails; only tally knows the second, and verify has codes of its own.
const (
	exitFailed     = 1
	exitWrongUsage = 2
)

// wrongUsage is a command line that cannot be understood.
type wrongUsage struct{ error }

func (w wrongUsage) Unwrap() error { return w.error }

func exitCode(err error) int {
	if usage := (wrongUsage{}); errors.As(err, &usage) {
		return exitWrongUsage
	}
	if found := (failedCheck{}); errors.As(err, &found) {
		return found.code
	}
	return exitFailed
}

// tallySample is a whole file, for the help.
const tallySample = `{"pack": "cn-civil-code-2021", "matter": {"kind": "motion", "item": 8},
 "policies": {"void_participates": true},
 "total": {"heads": 867, "area_m2": "110016.27"},
 "counts": {"options": {
  "yes": {"heads": 374, "area_m2": "45275.84"},
  "no": {"heads": 231, "area_m2": "28030.98"}},
  "abstain": {"heads": 26, "area_m2": "3332.50"}}}`

func tallyVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tally PATH... [--json]",
		Short: "按法律和事先公布的规则计算表决结果，逐步说明",
		Long: "按法律和事先公布的规则计算表决结果，逐步说明。\n" +
			"一个文件是一个表决事项（合计数或者逐张表决票）；目录代表其中的 *.json，按文件名排序。\n" +
			"不读数据库，不联网。退出状态：0 都有结果（“未通过”也是结果），1 至少一个文件没有计算，2 用法不对。\n\n" +
			"一个按合计数计算的文件（第几项见 rules show）：\n" + tallySample,
		Example: "  gongjue tally 表决.json\n  gongjue tally --json 第一次会议/ 表决.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage{errors.New("tally: please name a file or a directory")}
			}
			return nil
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return wrongUsage{err} })
	asJSON := cmd.Flags().Bool("json", false, "每个文件输出一行 JSON，不输出其他内容")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		refused, all := 0, 0
		for _, path := range args {
			for _, file := range tallyFiles(path) {
				decided, err := p.tally(file, *asJSON)
				if err != nil {
					return err
				}
				all++
				if !decided {
					refused++
				}
			}
		}
		if refused > 0 {
			return fmt.Errorf("tally: %d of %d files refused", refused, all)
		}
		return nil
	}
	return cmd
}

// tallyFiles are the files that a path stands for: itself, or the *.json of a directory in byte order of
// their names. A directory that cannot be read stands for itself and is refused like a file.
func tallyFiles(path string) []string {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}
	}
	entries, err := os.ReadDir(path) // sorted by name
	if err != nil {
		return []string{path}
	}
	var files []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".json") && !entry.IsDir() {
			files = append(files, filepath.Join(path, entry.Name()))
		}
	}
	return files
}

// tally answers one file and tells whether it has an outcome; the error is that of the output alone.
func (p *program) tally(path string, asJSON bool) (bool, error) {
	data, err := os.ReadFile(path)
	if asJSON {
		line, decided := tallyfile.Refuse(tallyfile.CodeUnreadable), false
		if err == nil {
			line, decided = tallyfile.Answer(data)
		}
		_, err = p.out.Write(append(line, '\n'))
		return decided, err
	}
	text, decided := tallyfile.ExplainRefusal(tallyfile.CodeUnreadable), false
	if err == nil {
		text, decided = tallyfile.Explain(data)
	}
	_, err = io.WriteString(p.out, path+"\n"+text+"\n\n")
	return decided, err
}
