package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/voting/verify"
	"gongjue/web"
)

// failedCheck ends a verb with the exit code of the first check that failed.
type failedCheck struct {
	error
	code int
}

func verifyVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify [BUNDLE] [--receipt FILE] [--record FILE] [--certificate FILE] [--quorum N] [--against FILE] [--json]",
		Short: "不联网核对一份公布的核对文件：记录有没有改过，结果对不对",
		Long: "不联网核对一份公布的核对文件：记录有没有改过，结果对不对。\n" +
			"不读数据库，不用设置；用另外写的一套程序重新读、重新算，逐项说明。\n" +
			"回执和本户记录可以和核对文件一起核对，也可以单独核对它们自己带的证明。\n" +
			"备案证明也可以单独核对：街道签过名的，写上街道公布的公钥，不靠本系统就能查验；以后有没有撤回，要联网查。\n" +
			"公开的核对文件里没有各人的选择，查不了的项目会写明，不算通过；计票人和街道用完整核对件可以逐票重新计票。\n" +
			"退出状态：0 全部通过，1 文件不能识别，2 记录、签名或者文件不符，3 见证人签名不够，4 数字或者结论不符，5 回执或者本户记录不符。",
		Example: "  gongjue verify 核对文件.zip\n  gongjue verify 核对文件.zip --receipt receipt.txt --printed \"8F3A 91C2 77D0 04BE\"\n" +
			"  gongjue verify 核对文件.zip --record 本户投票记录.txt\n  gongjue verify --receipt receipt.txt\n  gongjue verify --html 核对网页.html\n" +
			"  gongjue verify --certificate 备案证明.txt --street-key 街道的公钥\n" +
			"  gongjue verify 核对文件.zip --quorum 1 --witness-key 街道的见证公钥 --against 别人手里的核对文件.zip\n  gongjue verify --json 完整核对件.zip",
		Args: cobra.MaximumNArgs(1),
	}
	var options verify.Options
	receipt := cmd.Flags().String("receipt", "", "一起核对这张回执（投票以后下载的 receipt.txt）")
	own := cmd.Flags().String("record", "", "一起核对这份本户记录（在会议页面“查本户投票记录”下载）")
	certificate := cmd.Flags().String("certificate", "", "核对这份备案证明（在备案证明页面下载的文本文件），可以和核对文件一起核对")
	cmd.Flags().StringVar(&options.StreetKey, "street-key", "", "街道公布的公钥：备案证明要有这把公钥的签名；不写时用证明里自带的")
	cmd.Flags().StringVar(&options.LogKey, "log-key", "", "公布的签名公钥；不写时用记录里自带的")
	cmd.Flags().StringArrayVar(&options.WitnessKeys, "witness-key", nil, "见证人的公钥，可以写几次；不写时用记录里写明的")
	cmd.Flags().IntVar(&options.Quorum, "quorum", 0, "至少要有几个见证人签名，签到公布的结果；给了 --witness-key 时至少 1 个")
	cmd.Flags().StringVar(&options.Printed, "printed", "", "印在通知、公告或者回执上的指纹（至少 16 个字符，前面可以有条数和“/”）")
	against := cmd.Flags().StringArray("against", nil, "另一份核对文件，或者见证人留存的指纹文件，看是不是同一份记录，可以写几次")
	page := cmd.Flags().String("html", "", "不核对，把核对网页写到这个文件：在浏览器里打开，不联网也能核对")
	lang := cmd.Flags().String("lang", "zh", "输出用的语言：zh 或 en")
	asJSON := cmd.Flags().Bool("json", false, "只输出 JSON")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		words, known := verifyLanguages[*lang]
		if !known {
			return fmt.Errorf("verify: --lang is zh or en, not %q", *lang)
		}
		if *page != "" {
			return os.WriteFile(*page, web.Checker(), 0o644)
		}
		if err := readOthers(*against, &options); err != nil {
			return err
		}
		for into, name := range map[*[]byte]string{&options.Receipt: *receipt, &options.Record: *own, &options.Certificate: *certificate} {
			data, err := readNamed(name)
			if err != nil {
				return err
			}
			*into = data
		}
		report, err := verified(cmd, args, options)
		if *asJSON {
			return errors.Join(writeJSON(p.out, verifyJSONOf(report, err)), verdictOf(report, err, words))
		}
		if err == nil {
			err = words.print(p.out, report)
		}
		return verdictOf(report, err, words)
	}
	return cmd
}

// readOthers reads the other copies of a record.
func readOthers(names []string, options *verify.Options) error {
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		options.Others = append(options.Others, data)
	}
	return nil
}

// readNamed reads a file that a flag names; nil where it names none.
func readNamed(name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	return os.ReadFile(name)
}

// verified checks a bundle, or a receipt, a record and a certificate by themselves.
func verified(cmd *cobra.Command, args []string, options verify.Options) (verify.Report, error) {
	if len(args) == 1 {
		data, err := os.ReadFile(args[0])
		if err != nil {
			return verify.Report{}, err
		}
		return verify.Verify(data, options)
	}
	if options.Receipt == nil && options.Record == nil && options.Certificate == nil {
		return verify.Report{}, needsArgs(1)(cmd, args)
	}
	return verify.Alone(options)
}

// verdictOf is the error of a report that did not pass, with its exit code.
func verdictOf(report verify.Report, err error, words verifyWords) error {
	switch {
	case errors.Is(err, verify.ErrUnreadable):
		return failedCheck{fmt.Errorf("%s (%w)", words.unreadable, err), verify.ExitUnreadable}
	case err != nil:
		return err
	case report.Exit() != verify.ExitOK:
		return failedCheck{fmt.Errorf(words.failed, list(report.Failures())), report.Exit()}
	}
	return nil
}

func list(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = fmt.Sprint(n)
	}
	return strings.Join(texts, ", ")
}

// verifyWords are what a report says in one language.
type verifyWords struct {
	heading, log     string // title, tier; leaves, ballots
	alone            string // the heading without a bundle
	tiers            map[string]string
	passed, failed   string
	unreadable, note string
	shows, recounted string // recounted: where every ballot was opened and counted again
	doesNotShow      string
	notRecounted     string
	text             func(verify.Text) string
}

var verifyLanguages = map[string]verifyWords{
	"zh": {
		alone: "没有给出核对文件，只核对文件自己带的证明", heading: "核对：%s（%s）", log: "投票记录 %d 条，有效票 %d 张",
		tiers:  map[string]string{"public": "公开的核对文件", "owners": "业主查阅件", "tellers": "完整核对件"},
		passed: "结论：查到的各项全部通过。", failed: "没有通过：第 %s 项", unreadable: "这个文件不能识别：不是核对文件，或者已经损坏",
		note:         "“－”是这一次没有核对的项目，不算通过。",
		shows:        "通过说明：公布以后记录没有被改动、删减或者调换；",
		recounted:    "结果由记录和名册得出。",
		notRecounted: "公布的数字、比例和结论前后一致。这份文件里没有逐张的选择，没有重新计票；重新计票要用完整核对件。",
		doesNotShow:  "不能说明：名册与不动产登记是否一致；投票时是谁拿着手机；有没有人受到胁迫。",
		text:         func(t verify.Text) string { return t.ZH },
	},
	"en": {
		alone: "No bundle was given: only what the files prove themselves", heading: "Checking: %s (%s)", log: "%d leaves, %d ballots that count",
		tiers:  map[string]string{"public": "public bundle", "owners": "owners' bundle", "tellers": "tellers' bundle"},
		passed: "Every check that could be carried out passed.", failed: "failed: check %s", unreadable: "this file cannot be read: no bundle, or damaged",
		note:         "\"-\" marks what was not checked this time; it does not count as passed.",
		shows:        "It shows: the record was not altered, cut or reordered since it was published, and ",
		recounted:    "the result follows from record and roster.",
		notRecounted: "the published figures, majorities and outcomes agree with each other. Without the choices nothing was counted again; that takes the full record.",
		doesNotShow:  "It does not show: that the roster equals the land register, whose hand held the phone, freedom from coercion.",
		text:         func(t verify.Text) string { return t.EN },
	},
}

var verifyMarks = map[verify.State]string{verify.Passed: "✓", verify.Failed: "✗", verify.Absent: "－", verify.Unasked: "－", verify.Blocked: "－"}

// print writes a report for people, a line for every check.
func (w verifyWords) print(out io.Writer, report verify.Report) error {
	lines := []string{fmt.Sprintf(w.heading, report.Title, w.tiers[report.Tier]), fmt.Sprintf(w.log, report.Leaves, report.Ballots), ""}
	if report.Tier == "" {
		lines = []string{w.alone, ""}
	}
	for _, finding := range report.Findings {
		line := fmt.Sprintf("%s %2d  %s", verifyMarks[finding.State], finding.Number, w.text(finding.Asks))
		if detail := w.text(finding.Detail); detail != "" {
			line += "\n      " + detail
		}
		lines = append(lines, line)
	}
	lines = append(lines, "", w.note)
	if failed := len(report.Failures()) > 0; !failed && report.Tier == "" {
		lines = append(lines, w.doesNotShow)
	} else if !failed {
		lines = append(lines, w.passed, w.shows+w.counted(report), w.doesNotShow)
	}
	_, err := io.WriteString(out, strings.Join(lines, "\n")+"\n")
	return err
}

// counted says whether the ballots were counted again: the public record holds no choices.
func (w verifyWords) counted(report verify.Report) string {
	if slices.ContainsFunc(report.Findings, func(f verify.Finding) bool { return f.Name == "count" && f.State == verify.Passed }) {
		return w.recounted
	}
	return w.notRecounted
}

// verifyJSON is a report for programs.
type verifyJSON struct {
	Exit    int         `json:"exit"`
	Error   string      `json:"error,omitempty"` // why the input is no bundle
	Tier    string      `json:"tier,omitempty"`
	Meeting string      `json:"meeting,omitempty"`
	Title   string      `json:"title,omitempty"`
	Leaves  int64       `json:"leaves"`
	Ballots int64       `json:"ballots"`
	Checks  []checkJSON `json:"checks"`
}

type checkJSON struct {
	Number int          `json:"number"`
	Name   string       `json:"name"`
	Class  verify.Class `json:"class"`
	State  verify.State `json:"state"`
	Asks   verify.Text  `json:"asks"`
	Detail verify.Text  `json:"detail"`
}

func verifyJSONOf(report verify.Report, err error) verifyJSON {
	if err != nil {
		return verifyJSON{Exit: verify.ExitUnreadable, Error: err.Error(), Checks: []checkJSON{}}
	}
	found := verifyJSON{Exit: report.Exit(), Tier: report.Tier, Meeting: report.Meeting, Title: report.Title, Leaves: report.Leaves, Ballots: report.Ballots}
	for _, finding := range report.Findings {
		found.Checks = append(found.Checks, checkJSON{finding.Number, finding.Name, finding.Class, finding.State, finding.Asks, finding.Detail})
	}
	return found
}
