package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gongjue/models"
	"gongjue/voting/calendar"
)

func keysVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "keys",
		Short:   "更换或查看加密个人信息、封存选票的密钥",
		Example: "  gongjue keys status\n  gongjue keys rotate",
		RunE:    needsVerb,
	}
	cmd.AddCommand(keysStatusVerb(p), keysRotateVerb(p))
	return cmd
}

func keysStatusVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "status [--config FILE] [--json]",
		Short:   "显示正在使用的密钥，以及还有多少数据要用它重新加密",
		Example: "  gongjue keys status\n  gongjue keys status --json",
		Args:    cobra.NoArgs,
	}
	config := p.configFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "用 JSON 输出")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := config()
		if err != nil {
			return err
		}
		return withStore(cmd.Context(), c, p.environ, func(store *models.Store) error {
			return p.reportKeys(cmd.Context(), store, *asJSON)
		})
	}
	return cmd
}

func keysRotateVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rotate [--config FILE] [--batch N] [--json]",
		Short: "启用设置里的新密钥，把原有数据分批重新加密；服务不停，中断后可以再次运行",
		Example: "  gongjue keys rotate\n" +
			"  gongjue keys rotate --batch 50 --json",
		Args: cobra.NoArgs,
	}
	config := p.configFlag(cmd)
	batch := cmd.Flags().Int("batch", 200, "每批重新加密多少个数据")
	asJSON := cmd.Flags().Bool("json", false, "完成后用 JSON 输出")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *batch < 1 || *batch > 10_000 {
			return fmt.Errorf("--batch: %d is not between 1 and 10000", *batch)
		}
		c, err := config()
		if err != nil {
			return err
		}
		return withStore(cmd.Context(), c, p.environ, func(store *models.Store) error {
			if err := p.rotateKeys(cmd.Context(), store, *batch); err != nil {
				return err
			}
			return p.reportKeys(cmd.Context(), store, *asJSON)
		})
	}
	return cmd
}

// progressEvery is how often a long rotation says how far it is.
const progressEvery = 5 * time.Second

// rotateKeys tells the progress on err, so that --json leaves out to the machine.
func (p *program) rotateKeys(ctx context.Context, store *models.Store, batch int) error {
	states, err := store.KeyStates(ctx)
	if err != nil {
		return err
	}
	all := int64(0)
	for _, state := range states {
		all += keyStateOf(state).Values
	}
	told, done := time.Time{}, 0
	return store.RotateKeys(ctx, operator, batch, func(step models.RotatedBatch) {
		done += step.Values
		if time.Since(told) < progressEvery {
			return
		}
		told = time.Now()
		_, _ = fmt.Fprintf(p.err, "正在处理 %s，已重新加密 %d 个，全部数据共 %d 个\n", step.Column, done, all) // progress only
	})
}

// keyState is the answer of keys status --json for one kind of key.
type keyState struct {
	Kind       models.KeyKind `json:"kind"`
	InForce    string         `json:"in_force"`   // four bytes in hex that name the key
	Configured string         `json:"configured"` // the one that a rotation would put in force
	Finished   bool           `json:"finished"`   // no old key is needed any more
	Values     int64          `json:"values"`
	Left       int64          `json:"left"` // under another key than the one in force
	Columns    []keyColumn    `json:"columns"`
}

type keyColumn struct {
	Name   string `json:"name"`
	Values int64  `json:"values"`
	Left   int64  `json:"left"`
}

func keyStateOf(state models.KeyState) keyState {
	view := keyState{Kind: state.Kind, InForce: state.InForce, Configured: state.Configured, Left: state.Left(),
		Finished: state.StartedAt == 0 && state.Left() == 0}
	for _, column := range state.Columns {
		view.Values += column.Values
		view.Columns = append(view.Columns, keyColumn(column))
	}
	return view
}

func (p *program) reportKeys(ctx context.Context, store *models.Store, asJSON bool) error {
	states, err := store.KeyStates(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		views := make([]keyState, len(states))
		for i, state := range states {
			views[i] = keyStateOf(state)
		}
		return writeJSON(p.out, views)
	}
	for _, state := range states {
		if err := p.printKeyState(state); err != nil {
			return err
		}
	}
	return nil
}

// keyNames are the keys as the settings name them.
var keyNames = map[models.KeyKind]string{"field": "字段密钥（field）", "seal": "封存密钥（seal）"}

func (p *program) printKeyState(state models.KeyState) error {
	view := keyStateOf(state)
	_, err := fmt.Fprintf(p.out, "%s：正在使用 %s，设置里是 %s；共 %d 个数据，还有 %d 个待重新加密。\n",
		keyNames[state.Kind], state.InForce, state.Configured, view.Values, view.Left)
	for _, column := range state.Columns {
		if err == nil {
			_, err = fmt.Fprintf(p.out, "  %s：共 %d 个，待处理 %d 个\n", column.Name, column.Values, column.Left)
		}
	}
	if err != nil {
		return err
	}
	advice := "  旧密钥不再需要，可以从设置里删去。"
	switch {
	case state.InForce != state.Configured:
		advice = "  设置里的密钥还没有启用：确认每个服务进程都已换上新设置，再运行 gongjue keys rotate。"
	case state.StartedAt != 0:
		advice = "  " + calendar.Format(state.StartedAt) + " 开始的更换还没有完成：请再次运行 gongjue keys rotate，旧密钥先不要删。"
	case view.Left > 0:
		advice = "  请运行 gongjue keys rotate。"
	}
	_, err = fmt.Fprintln(p.out, advice)
	return err
}
