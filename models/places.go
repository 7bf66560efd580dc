package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// Community is a 物业管理区域 with one owners' assembly, and the street and district it belongs to.
type Community struct {
	ID, Name     string
	Place        string // region whose rule packs apply, names joined by slashes
	StreetID     string
	StreetName   string
	DistrictID   string
	DistrictName string
	CreatedAt    int64 // Unix ms
}

type districtRow struct {
	ID        string
	Name      string
	CreatedAt int64
}

func (districtRow) TableName() string { return "district" }

type streetRow struct {
	ID         string
	DistrictID string
	Name       string
	CreatedAt  int64
}

func (streetRow) TableName() string { return "street" }

type communityRow struct {
	ID        string
	StreetID  string
	Name      string
	Place     string
	CreatedAt int64
}

func (communityRow) TableName() string { return "community" }

// CreateCommunity opens a community under a street and a district, both made if they do not exist yet.
// Refusals: required, name_taken (the street has a community of that name).
func (s *Store) CreateCommunity(ctx context.Context, by Actor, district, street, name string) (Community, error) {
	names := []string{strings.TrimSpace(district), strings.TrimSpace(street), strings.TrimSpace(name)}
	for i, field := range []string{"district", "street", "name"} {
		if names[i] == "" {
			return Community{}, refuseField("required", field)
		}
	}
	var id string
	err := s.tx(ctx, func(tx *gorm.DB, now int64) error {
		districtID, err := ensureDistrict(tx, names[0], now)
		if err != nil {
			return err
		}
		streetID, err := ensureStreet(tx, districtID, names[1], now)
		if err != nil {
			return err
		}
		row := communityRow{ID: newID(), StreetID: streetID, Name: names[2], Place: names[0], CreatedAt: now}
		if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return refuseField("name_taken", "name")
		} else if err != nil {
			return fmt.Errorf("create community: %w", err)
		}
		id = row.ID
		return record(tx, now, by, row.ID, "community_created", "community", row.ID, nil)
	})
	if err != nil {
		return Community{}, err
	}
	return s.Community(ctx, id)
}

func ensureDistrict(tx *gorm.DB, name string, now int64) (string, error) {
	var row districtRow
	err := tx.Where("name = ?", name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		row = districtRow{ID: newID(), Name: name, CreatedAt: now}
		err = raced(tx.Create(&row).Error)
	}
	if err != nil {
		return "", fmt.Errorf("find or create district: %w", err)
	}
	return row.ID, nil
}

func ensureStreet(tx *gorm.DB, districtID, name string, now int64) (string, error) {
	var row streetRow
	err := tx.Where("district_id = ? AND name = ?", districtID, name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		row = streetRow{ID: newID(), DistrictID: districtID, Name: name, CreatedAt: now}
		err = raced(tx.Create(&row).Error)
	}
	if err != nil {
		return "", fmt.Errorf("find or create street: %w", err)
	}
	return row.ID, nil
}

// Community reads one community. Refusal: not_found.
func (s *Store) Community(ctx context.Context, id string) (Community, error) {
	var found Community
	err := communities(s.read(ctx)).Where("community.id = ?", id).Take(&found).Error
	if err != nil {
		return Community{}, orNotFound(err)
	}
	return found, nil
}

// CommunitiesOf lists the communities that a member of staff may enter: all for an operator, its own for
// every other role.
func (s *Store) CommunitiesOf(ctx context.Context, staff Staff) ([]Community, error) {
	var found []Community
	if err := inOrder(s.communitiesWithin(ctx, staff)).Scan(&found).Error; err != nil {
		return nil, fmt.Errorf("list communities of %s: %w", staff.Role, err)
	}
	return found, nil
}

func communities(db *gorm.DB) *gorm.DB {
	return db.Table("community").
		Select("community.id, community.name, community.place, community.created_at, street.id AS street_id, " +
			"street.name AS street_name, district.id AS district_id, district.name AS district_name").
		Joins("JOIN street ON street.id = community.street_id").
		Joins("JOIN district ON district.id = street.district_id")
}

func inOrder(query *gorm.DB) *gorm.DB {
	return query.Order("district.name, street.name, community.name, community.id")
}
