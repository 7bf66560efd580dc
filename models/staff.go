package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"gongjue/models/vault"
)

// Role is what a staff account may do; the table of routes says it in full.
type Role string

// The roles.
const (
	RoleOperator Role = "operator" // runs the installation; sees no roster and no vote
	RoleDistrict Role = "district" // 区县: reads the state of its communities
	RoleStreet   Role = "street"   // 街道: receives filings, certifies or returns them
	RoleConvener Role = "convener" // 召集人 of one community
	RoleTeller   Role = "teller"   // 计票人 of one community
)

// Roles lists every role.
var Roles = []Role{RoleOperator, RoleDistrict, RoleStreet, RoleConvener, RoleTeller}

// Staff is an account as the rest of the program sees it.
type Staff struct {
	ID, Login, Name string
	Role            Role
	DistrictID      string // district only
	StreetID        string // street only
	CommunityID     string // convener and teller only
}

// Actor is the account as it stands in the audit.
func (s Staff) Actor() Actor { return Actor{Role: string(s.Role), ID: s.ID} }

// MayEnter tells whether the community lies within the account's bounds.
func (s Staff) MayEnter(c Community) bool {
	switch s.Role {
	case RoleOperator:
		return true
	case RoleDistrict:
		return s.DistrictID == c.DistrictID
	case RoleStreet:
		return s.StreetID == c.StreetID
	default:
		return s.CommunityID == c.ID
	}
}

type staffRow struct {
	ID           string
	Login        string
	Name         string
	Role         Role
	DistrictID   *string
	StreetID     *string
	CommunityID  *string
	PasswordHash string
	CreatedAt    int64
	DisabledAt   *int64
}

func (staffRow) TableName() string { return "staff" }

// NewStaff is what AddStaff needs. Scope is the id of the district, street or community that the role
// belongs to, empty for an operator.
type NewStaff struct {
	Login, Name, Password string
	Role                  Role
	Scope                 string
}

// minPassword is the least number of characters of a staff password (ASVS 6.2.1 asks for 8, recommends 15).
const minPassword = 12

// AddStaff creates an account. Refusals: required, bad_value (role), password_short, unknown_community
// (the scope does not exist), staff_exists.
func (s *Store) AddStaff(ctx context.Context, by Actor, account NewStaff) (Staff, error) {
	account.Login, account.Name = strings.TrimSpace(account.Login), strings.TrimSpace(account.Name)
	switch {
	case account.Login == "":
		return Staff{}, refuseField("required", "login")
	case account.Name == "":
		return Staff{}, refuseField("required", "name")
	case utf8.RuneCountInString(account.Password) < minPassword:
		return Staff{}, refuseField("password_short", "password")
	}
	row := staffRow{ID: newID(), Login: account.Login, Name: account.Name, Role: account.Role, PasswordHash: vault.HashPassword(account.Password)}
	var table string
	switch account.Role {
	case RoleOperator:
	case RoleDistrict:
		table, row.DistrictID = "district", &account.Scope
	case RoleStreet:
		table, row.StreetID = "street", &account.Scope
	case RoleConvener, RoleTeller:
		table, row.CommunityID = "community", &account.Scope
	default:
		return Staff{}, refuseField("bad_value", "role")
	}
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		row.CreatedAt = now
		if table != "" {
			var n int64
			if err := tx.Table(table).Where("id = ?", account.Scope).Count(&n).Error; err != nil {
				return fmt.Errorf("find %s: %w", table, err)
			} else if n == 0 {
				return refuseField("unknown_community", "scope")
			}
		}
		if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return refuseField("staff_exists", "login")
		} else if err != nil {
			return fmt.Errorf("create account: %w", err)
		}
		return record(tx, now, by, deref(row.CommunityID), "staff_added", "staff", row.ID, map[string]string{"role": string(row.Role)})
	})
	if err != nil {
		return Staff{}, err
	}
	return row.view(), nil
}

func (r staffRow) view() Staff {
	return Staff{ID: r.ID, Login: r.Login, Name: r.Name, Role: r.Role,
		DistrictID: deref(r.DistrictID), StreetID: deref(r.StreetID), CommunityID: deref(r.CommunityID)}
}

func deref[T any](value *T) T {
	if value == nil {
		var zero T
		return zero
	}
	return *value
}
