package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gongjue/migrations"
	"gongjue/models"
)

func migrateVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "migrate",
		Short:   "升级或查看数据库结构",
		Example: "  gongjue migrate up\n  gongjue migrate status",
		RunE:    needsVerb,
	}
	cmd.AddCommand(migrateUpVerb(p), migrateStatusVerb(p))
	return cmd
}

func migrateUpVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "up [--config FILE]",
		Short:   "把数据库结构升级到本程序的版本",
		Example: "  gongjue migrate up --config config.yaml",
		Args:    cobra.NoArgs,
	}
	config := p.configFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := config()
		if err != nil {
			return err
		}
		return withAnySchema(cmd.Context(), c, p.environ, func(store *models.Store) error {
			status, err := store.Migrate(cmd.Context())
			if err != nil {
				return err
			}
			return p.printSchema(status)
		})
	}
	return cmd
}

// schemaStatus is the answer of migrate status --json.
type schemaStatus struct {
	Current int64 `json:"current"` // version of the database; 0 before the first migration
	Newest  int64 `json:"newest"`  // version that this program needs
}

func migrateStatusVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "status [--config FILE] [--json]",
		Short:   "显示数据库结构的版本",
		Example: "  gongjue migrate status\n  gongjue migrate status --json",
		Args:    cobra.NoArgs,
	}
	config := p.configFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := config()
		if err != nil {
			return err
		}
		return withAnySchema(cmd.Context(), c, p.environ, func(store *models.Store) error {
			status, err := store.SchemaStatus(cmd.Context())
			if err != nil {
				return err
			}
			if *asJSON {
				return writeJSON(p.out, schemaStatus(status))
			}
			return p.printSchema(status)
		})
	}
	return cmd
}

func (p *program) printSchema(s migrations.Status) error {
	advice := "，已是最新"
	switch {
	case s.Current < s.Newest:
		advice = fmt.Sprintf("，本程序需要第 %d 版，请运行 gongjue migrate up", s.Newest)
	case s.Current > s.Newest:
		advice = fmt.Sprintf("，比本程序的第 %d 版新，请换用新的程序", s.Newest)
	}
	_, err := fmt.Fprintf(p.out, "数据库结构是第 %d 版%s。\n", s.Current, advice)
	return err
}
