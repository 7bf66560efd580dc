package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
)

func rosterVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "roster",
		Short:   "检查或导入业主名册（.xlsx、.csv）",
		Example: "  gongjue roster check 名册.xlsx",
		RunE:    needsVerb,
	}
	cmd.AddCommand(rosterCheckVerb(p), rosterCompareVerb(p), rosterImportVerb(p))
	return cmd
}

func rosterCheckVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "check FILE [--json]",
		Short:   "只检查一份名册，不写入数据库",
		Example: "  gongjue roster check 名册.xlsx\n  gongjue roster check 名册.csv --json",
		Args:    needsArgs(1),
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出，面积以平方厘米计")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		file, err := readRoster(args[0], roster.Guidance{})
		if err != nil {
			return err
		}
		summary := roster.Summarise(file.Roster, file.Issues)
		if *asJSON {
			return writeJSON(p.out, summary)
		}
		return printRoster(p.out, summary, roster.Version{Units: file.Roster.Units}.Explain())
	}
	return cmd
}

func rosterCompareVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "compare FILE REGISTER [--json]",
		Short:   "把名册与不动产登记簿的导出文件逐个对照，不写入数据库",
		Example: "  gongjue roster compare 名册.xlsx 登记簿.xlsx",
		Args:    needsArgs(2),
	}
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出，面积以平方厘米计")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		file, err := readRoster(args[0], roster.Guidance{})
		if err != nil {
			return err
		}
		register, err := readRoster(args[1], roster.Guidance{Register: true})
		if err != nil {
			return err
		}
		if !register.Roster.Recognised() {
			return errors.New("the register export needs a column for the room and one for the area")
		}
		comparison := roster.CompareRegister(file.Roster, register.Roster)
		if *asJSON {
			return writeJSON(p.out, comparison)
		}
		return printComparison(p.out, comparison)
	}
	return cmd
}

// readRoster reads and parses a file under the operator's limits.
func readRoster(path string, guidance roster.Guidance) (file models.RosterFile, err error) {
	opened, err := os.Open(path)
	if err != nil {
		return models.RosterFile{}, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	info, err := opened.Stat()
	if err != nil {
		return models.RosterFile{}, err
	}
	parsed, issues, err := workbook.Operator.Parse(opened, info.Size(), path, guidance)
	if err != nil {
		return models.RosterFile{}, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(opened, 0, info.Size())); err != nil {
		return models.RosterFile{}, fmt.Errorf("read %s: %w", path, err)
	}
	return models.RosterFile{
		Name: filepath.Base(path), SHA256: hex.EncodeToString(sum.Sum(nil)), Roster: parsed, Issues: issues,
	}, nil
}

func rosterImportVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import --community ID [--parking WHAT] [--confirm] FILE",
		Short: "把名册导入为一个小区的草稿",
		Example: "  gongjue roster import --community ID 名册.xlsx\n" +
			"  gongjue roster import --community ID --parking area --confirm 名册.xlsx",
		Args: needsArgs(1),
	}
	community := cmd.Flags().String("community", "", "小区的编号")
	parking := cmd.Flags().String("parking", "", "车位、摊位按议事规则计入什么：none 都不计，area 只计面积，heads 只计人数，both 都计")
	confirm := cmd.Flags().Bool("confirm", false, "名册有疑点，已经看过，仍要导入；有错误的专有部分不导入")
	config := p.configFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		defer workbook.Spare()()
		if *community == "" {
			return errors.New("--community: please name the community's id")
		}
		file, err := readRoster(args[0], roster.Guidance{})
		if err != nil {
			return err
		}
		if file.Parking, err = parkingPolicy(*parking, file.Roster.Units); err != nil {
			return err
		}
		if len(file.Issues) > 0 && !*confirm {
			return errors.Join(printIssues(p.err, file.Issues), errUnconfirmed)
		}
		if *confirm {
			file.Confirmed = "导入时用 --confirm 确认"
		}
		c, err := config()
		if err != nil {
			return err
		}
		return withStore(cmd.Context(), c, p.environ, func(store *models.Store) error {
			return p.importRoster(cmd.Context(), store, *community, file)
		})
	}
	return cmd
}

var errUnconfirmed = errors.New("the roster has the issues above; mend it, or import with --confirm")

// parkingPolicy reads --parking. The law has no default (274号第25条), so a roster with parking needs an
// answer; one without needs none.
func parkingPolicy(answer string, units []roster.Unit) (roster.Policy, error) {
	switch answer {
	case "none":
		return roster.Policy{}, nil
	case "area":
		return roster.Policy{ParkingCountsArea: true}, nil
	case "heads":
		return roster.Policy{ParkingCountsHeads: true}, nil
	case "both":
		return roster.Policy{ParkingCountsArea: true, ParkingCountsHeads: true}, nil
	case "":
	default:
		return roster.Policy{}, fmt.Errorf("--parking: %q is none of none, area, heads, both", answer)
	}
	for _, unit := range units {
		if unit.Parking {
			return roster.Policy{}, errors.New("--parking: the roster has parking spaces; please say what they count for: none, area, heads or both")
		}
	}
	return roster.Policy{}, nil
}

func (p *program) importRoster(ctx context.Context, store *models.Store, community string, file models.RosterFile) error {
	if _, err := store.Community(ctx, community); err != nil {
		return err
	}
	imported, err := store.ImportRoster(ctx, operator, community, file)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "已导入为草稿第 %d 版：专有部分 %d 个，计票面积 %s 平方米，投票权 %d 人。编号 %s\n",
		imported.Version, imported.Units, imported.Weight.Area, imported.Weight.Heads, imported.ID)
	return err
}
