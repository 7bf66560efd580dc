package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// Page asks for the N entries of a list behind the one with the id After, from the beginning where that is empty. A
// cursor that names nothing in the list is cursor_invalid.
type Page struct {
	After string
	N     int
}

// cut keeps the page of a query that asked for one entry more, and gives the cursor of the page behind it.
func cut[T any](list []T, page Page, id func(T) string) ([]T, string) {
	if len(list) <= page.N {
		return list, ""
	}
	return list[:page.N], id(list[page.N-1])
}

// errCursor is the refusal of a cursor.
func errCursor() error { return refuseField("cursor_invalid", "after") }

// communityPage reads one page of a query of communities in the order of district, street and name.
func communityPage(query *gorm.DB, page Page) ([]Community, string, error) {
	if page.After != "" {
		var last Community
		err := query.Session(&gorm.Session{}).Where("community.id = ?", page.After).Take(&last).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil, "", errCursor()
		}
		if err != nil {
			return nil, "", fmt.Errorf("find the cursor of a page: %w", err)
		}
		query = query.Where("(district.name, street.name, community.name, community.id) > (?, ?, ?, ?)",
			last.DistrictName, last.StreetName, last.Name, last.ID)
	}
	var found []Community
	if err := inOrder(query).Limit(page.N + 1).Scan(&found).Error; err != nil {
		return nil, "", fmt.Errorf("list communities: %w", err)
	}
	list, next := cut(found, page, func(c Community) string { return c.ID })
	return list, next, nil
}

// CommunityPage is one page of the communities that a member of staff may enter. Refusal: cursor_invalid.
func (s *Store) CommunityPage(ctx context.Context, staff Staff, page Page) ([]Community, string, error) {
	return communityPage(s.communitiesWithin(ctx, staff), page)
}

// communitiesWithin selects the communities that a member of staff may enter.
func (s *Store) communitiesWithin(ctx context.Context, staff Staff) *gorm.DB {
	query := communities(s.read(ctx))
	switch staff.Role {
	case RoleOperator:
		return query
	case RoleDistrict:
		return query.Where("district.id = ?", staff.DistrictID)
	case RoleStreet:
		return query.Where("street.id = ?", staff.StreetID)
	default:
		return query.Where("community.id = ?", staff.CommunityID)
	}
}

// containing keeps the communities whose name or place holds the text.
func containing(query *gorm.DB, text string) *gorm.DB {
	if text == "" {
		return query
	}
	literal := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text)
	return query.Where(`district.name || ' ' || street.name || ' ' || community.name LIKE ? ESCAPE '\'`, "%"+literal+"%")
}

// idsOf are the ids of communities, and where each stands in the list.
func idsOf(list []Community) (ids []string, at map[string]int) {
	ids, at = make([]string, len(list)), make(map[string]int, len(list))
	for i, community := range list {
		ids[i], at[community.ID] = community.ID, i
	}
	return ids, at
}
