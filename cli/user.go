package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gongjue/models"
)

func userVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "user",
		Short:   "管理工作人员的账号",
		Example: "  gongjue user add --login lin --name 林某 --role operator",
		RunE:    needsVerb,
	}
	cmd.AddCommand(userAddVerb(p))
	return cmd
}

// userFlags are what an account is made of. The password is never among them: the arguments of a process
// can be read by every user of the machine.
type userFlags struct {
	login, name, role           string
	district, street, community string
}

func userAddVerb(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add --login LOGIN --name NAME --role ROLE [--district|--street|--community ID]",
		Short: "新建一个账号；密码在提示后输入，或从标准输入读一行",
		Example: "  gongjue user add --login lin --name 林某 --role operator\n" +
			"  gongjue user add --login zhao --name 赵某 --role convener --community ID < password.txt",
		Args: cobra.NoArgs,
	}
	var flags userFlags
	cmd.Flags().StringVar(&flags.login, "login", "", "登录名")
	cmd.Flags().StringVar(&flags.name, "name", "", "姓名或岗位，显示在页面上")
	cmd.Flags().StringVar(&flags.role, "role", "", "角色："+roleNames())
	cmd.Flags().StringVar(&flags.district, "district", "", "区县的编号（角色 district）")
	cmd.Flags().StringVar(&flags.street, "street", "", "街道的编号（角色 street）")
	cmd.Flags().StringVar(&flags.community, "community", "", "小区的编号（角色 convener、teller）")
	config := p.configFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := config()
		if err != nil {
			return err
		}
		return withStore(cmd.Context(), c, p.environ, func(store *models.Store) error {
			return p.addUser(cmd.Context(), store, flags)
		})
	}
	return cmd
}

func roleNames() string {
	names := make([]string, len(models.Roles))
	for i, role := range models.Roles {
		names[i] = string(role)
	}
	return strings.Join(names, "、")
}

func (p *program) addUser(ctx context.Context, store *models.Store, flags userFlags) error {
	scope, err := flags.scope()
	if errors.Is(err, errNoScope) {
		return p.listScopes(ctx, store, err)
	}
	if err != nil {
		return err
	}
	password, err := p.readPassword(ctx)
	if err != nil {
		return err
	}
	staff, err := store.AddStaff(ctx, operator, models.NewStaff{
		Login: flags.login, Name: flags.name, Password: password, Role: models.Role(flags.role), Scope: scope,
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "已新建账号 %s（%s）。\n", staff.Login, staff.Role)
	return err
}

var errNoScope = errors.New("the role belongs to one district, street or community: please name it")

// scope is the one id that goes with the role; another role's id is an error rather than ignored.
func (f userFlags) scope() (string, error) {
	given := map[string]string{"--district": f.district, "--street": f.street, "--community": f.community}
	needed := ""
	switch models.Role(f.role) {
	case models.RoleDistrict:
		needed = "--district"
	case models.RoleStreet:
		needed = "--street"
	case models.RoleConvener, models.RoleTeller:
		needed = "--community"
	}
	for _, flag := range []string{"--district", "--street", "--community"} {
		if flag != needed && given[flag] != "" {
			return "", fmt.Errorf("%s does not go with the role %q", flag, f.role)
		}
	}
	if needed != "" && given[needed] == "" {
		return "", fmt.Errorf("%s: %w", needed, errNoScope)
	}
	return given[needed], nil
}

// listScopes shows the ids to choose from, since nobody knows them by heart.
func (p *program) listScopes(ctx context.Context, store *models.Store, cause error) error {
	communities, err := store.CommunitiesOf(ctx, models.Staff{Role: models.RoleOperator})
	if err != nil {
		return errors.Join(cause, err)
	}
	var list strings.Builder
	for _, c := range communities {
		fmt.Fprintf(&list, "区县 %s %s\n  街道 %s %s\n    小区 %s %s\n", c.DistrictID, c.DistrictName, c.StreetID, c.StreetName, c.ID, c.Name)
	}
	if len(communities) == 0 {
		list.WriteString("还没有小区：请先用 operator 账号在网页上新建。\n")
	}
	_, err = fmt.Fprint(p.err, list.String())
	return errors.Join(cause, err)
}
