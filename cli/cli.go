// Package cli is the program's command line and the only place that reads configuration and wires the
// rooms together. A verb is one file with one constructor, listed in [verbs]; it decides nothing about
// votes. Help and prompts are Chinese, the errors of the machine English like the log.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// program is what a verb may use of the world outside.
type program struct {
	in       io.Reader
	out, err io.Writer
	environ  []string // NAME=value
}

// verbs lists the constructor of every verb, in the order of the help.
func verbs() []func(*program) *cobra.Command {
	return []func(*program) *cobra.Command{demoVerb, serveVerb, migrateVerb, userVerb, keysVerb, rosterVerb, rulesVerb, tallyVerb, verifyVerb, witnessVerb, benchVerb, versionVerb}
}

// Main runs one command line and returns the exit code: 0, or 1 after a line on err that says what went
// wrong; tally tells wrong usage apart with 2, verify the kind of the check that failed, witness a log that contradicts itself with 2. SIGINT and SIGTERM end the verb's context; a second one ends the process.
func Main(args []string, in io.Reader, out, err io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	p := &program{in: in, out: out, err: err, environ: os.Environ()}
	return p.run(ctx, args)
}

func (p *program) run(ctx context.Context, args []string) int {
	root := p.root()
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		p.complain(err)
		return exitCode(err)
	}
	return 0
}

// root is the command without a verb, which prints the help.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "gongjue",
		Short:         "共决：小区业主共同决定事项的表决，从名册到备案",
		Example:       "  gongjue demo\n  gongjue serve --config config.yaml",
		SilenceUsage:  true,
		SilenceErrors: true, // run prints them, once
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(helpVerb(root))
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(usageTemplate)
	for _, verb := range verbs() {
		root.AddCommand(verb(p))
	}
	dress(root)
	return root
}

// helpVerb is for those who type help first.
func helpVerb(root *cobra.Command) *cobra.Command {
	help := &cobra.Command{
		Use:     "help [命令]",
		Short:   "显示一个命令的说明",
		Example: "  gongjue help version",
		RunE: func(_ *cobra.Command, args []string) error {
			found, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return fmt.Errorf("unknown command %q for %q", rest[0], found.CommandPath())
			}
			return found.Help()
		},
	}
	dress(help)
	return help
}

// dress gives a command and those below it the Chinese help.
func dress(cmd *cobra.Command) {
	cmd.Flags().BoolP("help", "h", false, "显示这份说明")
	cmd.DisableFlagsInUseLine = true
	for _, sub := range cmd.Commands() {
		dress(sub)
	}
}

// needsArgs is for a command that takes n arguments: otherwise it says which ones, as its help writes them.
func needsArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%d arguments given; usage: %s", len(args), cmd.UseLine())
		}
		return nil
	}
}

// needsVerb is the RunE of a command that only groups others, such as migrate.
func needsVerb(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("unknown command %q for %q", args[0], cmd.CommandPath())
	}
	return cmd.Help()
}

// configFlag adds --config to a verb that reads the configuration.
func (p *program) configFlag(cmd *cobra.Command) func() (Config, error) {
	path := cmd.Flags().String("config", "", "设置文件；不写时用当前目录的 "+defaultConfigFile+"（如有）")
	return func() (Config, error) { return loadConfig(*path, p.environ) }
}

const helpTemplate = `{{with or .Long .Short}}{{.}}

{{end}}{{.UsageString}}`

const usageTemplate = `用法：
  {{if .HasAvailableSubCommands}}{{.CommandPath}} 命令{{else}}{{.UseLine}}{{end}}
{{if .HasAvailableSubCommands}}
命令：
{{range .Commands}}{{if .IsAvailableCommand}}  {{rpad .Name .NamePadding}} {{.Short}}
{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}
选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasExample}}
例：
{{.Example}}{{end}}
`
