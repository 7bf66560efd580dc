// Package naive takes ballots the way a web service is written in an afternoon: a signed token, one transaction per
// ballot, and counters that every ballot updates. It is the yardstick of `gongjue bench cast`, serves nobody else, and
// leaves out what the product does beside (sealing, ledger, notices), which makes the comparison kinder to it.
package naive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

type meeting struct {
	ID     int64 `gorm:"primaryKey"`
	Title  string
	Closes time.Time
}

type voter struct {
	ID        int64 `gorm:"primaryKey"`
	MeetingID int64 `gorm:"index"`
	Area      int64
}

type ballot struct {
	ID        int64 `gorm:"primaryKey"`
	MeetingID int64 `gorm:"index"`
	VoterID   int64 `gorm:"index"`
	Choices   string
	Area      int64
	CreatedAt time.Time
}

type tally struct {
	MeetingID int64  `gorm:"primaryKey"`
	Matter    int64  `gorm:"primaryKey"`
	Mark      string `gorm:"primaryKey"`
	Heads     int64
	Area      int64
}

// Matters are on the agenda of the one meeting.
const Matters = 5

var marks = []string{"yes", "no", "abstain"}

// tables are what gorm would make of the structs by itself.
var tables = []string{
	"CREATE TABLE meetings (id bigserial PRIMARY KEY, title text, closes timestamptz)",
	"CREATE TABLE voters (id bigserial PRIMARY KEY, meeting_id bigint, area bigint)",
	"CREATE INDEX idx_voters_meeting_id ON voters (meeting_id)",
	"CREATE TABLE ballots (id bigserial PRIMARY KEY, meeting_id bigint, voter_id bigint, choices text, area bigint, created_at timestamptz)",
	"CREATE INDEX idx_ballots_meeting_id ON ballots (meeting_id)",
	"CREATE INDEX idx_ballots_voter_id ON ballots (voter_id)",
	"CREATE TABLE tallies (meeting_id bigint, matter bigint, mark text, heads bigint, area bigint, PRIMARY KEY (meeting_id, matter, mark))",
}

// Fill makes the tables and a meeting of so many voters.
func Fill(url string, voters int) error {
	db, err := open(url)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := db.Exec(table).Error; err != nil {
			return err
		}
	}
	people := make([]voter, voters)
	for i := range people {
		people[i] = voter{ID: int64(i + 1), MeetingID: 1, Area: 893_200}
	}
	counters := make([]tally, 0, Matters*len(marks))
	for matter := range int64(Matters) {
		for _, mark := range marks {
			counters = append(counters, tally{MeetingID: 1, Matter: matter, Mark: mark})
		}
	}
	err = errors.Join(db.Create(&meeting{ID: 1, Title: "样例", Closes: time.Now().Add(24 * time.Hour)}).Error,
		db.CreateInBatches(people, 1000).Error, db.Create(&counters).Error)
	pool, failure := db.DB()
	if failure != nil {
		return errors.Join(err, failure)
	}
	return errors.Join(err, pool.Close())
}

func open(url string) (*gorm.DB, error) {
	return gorm.Open(postgres.Open(url), &gorm.Config{Logger: logger.Discard})
}

// Handler takes POST /ballots on the database.
func Handler(url string, key []byte) (http.Handler, error) {
	db, err := open(url)
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(64)
	pool.SetMaxIdleConns(64)
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.POST("/ballots", func(c *gin.Context) {
		id, err := check(strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer "), key)
		var choices map[string]string
		if err == nil {
			err = c.ShouldBindJSON(&choices)
		}
		if err == nil {
			err = cast(db.WithContext(c), id, choices)
		}
		if err != nil {
			c.JSON(http.StatusConflict, map[string]string{"error": err.Error()})
			return
		}
		c.JSON(http.StatusOK, map[string]bool{"ok": true})
	})
	return engine, nil
}

// cast reads, compares, inserts and counts in one transaction.
func cast(db *gorm.DB, id int64, choices map[string]string) error {
	return db.Transaction(func(tx *gorm.DB) error {
		var who voter
		if err := tx.First(&who, id).Error; err != nil {
			return err
		}
		var where meeting
		if err := tx.First(&where, who.MeetingID).Error; err != nil {
			return err
		}
		var before int64
		if err := tx.Model(&ballot{}).Where("meeting_id = ? AND voter_id = ?", where.ID, who.ID).Count(&before).Error; err != nil {
			return err
		}
		if before > 0 || time.Now().After(where.Closes) {
			return errors.New("too late")
		}
		text, err := json.Marshal(choices)
		if err != nil {
			return err
		}
		if err := tx.Create(&ballot{MeetingID: where.ID, VoterID: who.ID, Choices: string(text), Area: who.Area}).Error; err != nil {
			return err
		}
		for matter := range int64(Matters) {
			err := tx.Model(&tally{}).Where("meeting_id = ? AND matter = ? AND mark = ?", where.ID, matter, choices[fmt.Sprint(matter)]).
				Updates(map[string]any{"heads": gorm.Expr("heads + 1"), "area": gorm.Expr("area + ?", who.Area)}).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type claims struct {
	Voter   int64 `json:"voter"`
	Expires int64 `json:"exp"`
}

var encoding = base64.RawURLEncoding

const header = `{"alg":"HS256","typ":"JWT"}`

// Token is a JSON web token for a voter.
func Token(voter int64, key []byte) (string, error) {
	body, err := json.Marshal(claims{voter, time.Now().Add(time.Hour).Unix()})
	if err != nil {
		return "", err
	}
	signed := encoding.EncodeToString([]byte(header)) + "." + encoding.EncodeToString(body)
	return signed + "." + encoding.EncodeToString(sign(signed, key)), nil
}

func sign(text string, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text)) // a hash never fails to take bytes
	return mac.Sum(nil)
}

func check(token string, key []byte) (int64, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return 0, errors.New("no token")
	}
	tag, err := encoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(tag, sign(parts[0]+"."+parts[1], key)) {
		return 0, errors.New("a forged token")
	}
	body, err := encoding.DecodeString(parts[1])
	if err != nil {
		return 0, err
	}
	var who claims
	if err := json.Unmarshal(body, &who); err != nil || who.Expires < time.Now().Unix() {
		return 0, errors.New("an old token")
	}
	return who.Voter, nil
}
