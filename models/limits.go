package models

import (
	"encoding/hex"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// limit is a count per window of security.md section 5.
type limit struct {
	name   string
	window int64 // ms
	hits   int64
}

const (
	minute = int64(60_000)
	hour   = 60 * minute
	day    = 24 * hour
)

// The limits that are counted in the database, so that they hold over all replicas.
var (
	limitLoginTries    = limit{"login", 15 * minute, 5}      // of one login from one address
	limitLoginAll      = limit{"login_all", 15 * minute, 50} // of one login from anywhere: nobody else locks its owner out quickly
	limitLoginAddress  = limit{"login_address", 15 * minute, 60}
	limitCodeTries     = limit{"code_tries", hour, 10} // wrong ones; an hour, because a stranger with the QR can use them up
	limitCodeTriesDay  = limit{"code_tries_day", day, 30}
	limitCodes10Min    = limit{"codes_10min", 10 * minute, 3}
	limitCodesHour     = limit{"codes_hour", hour, 5}
	limitCodesDay      = limit{"codes_day", day, 10}
	limitCodesAddress  = limit{"codes_address", hour, 20}
	limitFindAddress   = limit{"find_address", hour, 20}
	limitTriesAddress  = limit{"tries_address", hour, 60}
	limitFindUnit      = limit{"find_unit", hour, 5}
	limitReadsHour     = limit{"reads_hour", hour, 30} // full numbers of owners, by one account
	limitReadsDay      = limit{"reads_day", day, 100}
	limitSealTries     = limit{"seal_tries", hour, 10}     // wrong seal cards of one account in one meeting
	limitCosignAddress = limit{"cosign_address", hour, 30} // cosignatures that were refused
	limitQuestionsHour = limit{"questions_hour", hour, 5}  // about disclosures, of one owner
	limitQuestionsDay  = limit{"questions_day", day, 10}
	limitOwnerSearch   = limit{"owner_search", hour, 60} // for an owner, by one account
)

// count adds one to the limit's counter of key in the current window and tells whether it is still within
// bounds. The key is hashed with the token key: counters hold no address and no phone.
func (s *Store) count(tx *gorm.DB, l limit, key string, now int64) (bool, error) {
	row := limitRow{Bucket: s.bucket(l, key), WindowStart: now - now%l.window, Hits: 1}
	err := tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "bucket"}, {Name: "window_start"}},
		DoUpdates: clause.Assignments(map[string]any{"hits": gorm.Expr("limit_counter.hits + 1")}),
	}).Create(&row).Error
	if err != nil {
		return false, fmt.Errorf("count %s: %w", l.name, err)
	}
	hits, err := s.hits(tx, l, key, now)
	return hits <= l.hits, err
}

// hits tells how often the limit's key was counted in the current window.
func (s *Store) hits(tx *gorm.DB, l limit, key string, now int64) (int64, error) {
	var row limitRow
	err := tx.Where("bucket = ? AND window_start = ?", s.bucket(l, key), now-now%l.window).Take(&row).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, fmt.Errorf("read %s: %w", l.name, err)
	}
	return row.Hits, nil
}

// forgive forgets what was counted for the key in the current window: only wrong tries wear a limit out.
func (s *Store) forgive(tx *gorm.DB, l limit, key string, now int64) error {
	err := tx.Where("bucket = ? AND window_start = ?", s.bucket(l, key), now-now%l.window).Delete(&limitRow{}).Error
	if err != nil {
		return fmt.Errorf("forgive %s: %w", l.name, err)
	}
	return nil
}

func (s *Store) bucket(l limit, key string) string {
	return l.name + ":" + hex.EncodeToString(s.keys.BlindIndex("limit_counter."+l.name, "", key))
}

type limitRow struct {
	Bucket      string
	WindowStart int64
	Hits        int64
}

func (limitRow) TableName() string { return "limit_counter" }
