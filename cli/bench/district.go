package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"gongjue/models"
	"gongjue/models/vault"
	"gongjue/voting/calendar"
	"gongjue/voting/rules"
)

// DistrictOptions say how large the district is.
type DistrictOptions struct {
	Communities int // each with ten meetings in five years
	Rounds      int
	Postgres    string // as in [TallyOptions]
	Progress    func(string)
}

// DistrictReport is what was measured.
type DistrictReport struct {
	Bench     string            `json:"bench"`
	Machine   Machine           `json:"machine"`
	Rounds    int               `json:"rounds"`
	Districts []DistrictFigures `json:"districts"`
}

// DistrictFigures are how long the figures of a district take, as of now and as of a day two years ago, beside one plain
// query over the same communities that an index serves: the certificates of each street.
type DistrictFigures struct {
	Database    string `json:"database"`
	Communities int    `json:"communities"`
	Meetings    int    `json:"meetings"`
	Filings     int    `json:"filings"`
	NowMS       Spread `json:"now_ms"`
	PastMS      Spread `json:"past_ms"`
	PlainMS     Spread `json:"plain_query_ms"`
	Ratio       Spread `json:"now_to_plain"`
	Formed      int64  `json:"formed"`
	Missed      int    `json:"missed"`
	Watched     int    `json:"watched"`         // on the watch list
	Suggested   int    `json:"suggested"`       // for it
	Same        bool   `json:"same_committees"` // as one statement of SQL counts them
}

const (
	benchMeetings = 10 // of a community, half a year apart
	benchStreets  = 20
	benchPlace    = "山东省/样例市/示范区"
	benchDistrict = "district"
)

// District measures the figures of a district.
func District(ctx context.Context, o DistrictOptions) (report DistrictReport, err error) {
	report = DistrictReport{Bench: "district", Machine: ThisMachine(), Rounds: o.Rounds}
	engines, clear, err := openEngines(ctx, o.Postgres)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, clear()) }()
	for _, engine := range engines {
		o.Progress(fmt.Sprintf("%s：%d 个小区、五年", engine.name, o.Communities))
		figures, err := districtIn(ctx, engine, o)
		if err != nil {
			return report, fmt.Errorf("%s: %w", engine.name, err)
		}
		report.Districts = append(report.Districts, figures)
	}
	return report, nil
}

func districtIn(ctx context.Context, place database, o DistrictOptions) (f DistrictFigures, err error) {
	f = DistrictFigures{Database: place.name, Communities: o.Communities}
	keys, err := vault.NewKeys(freshKeys())
	if err != nil {
		return f, err
	}
	store, err := models.Open(ctx, models.Options{URL: place.url, Keys: keys, Origin: Origin})
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := store.Migrate(ctx); err != nil {
		return f, err
	}
	db, err := place.open()
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := fillDistrict(ctx, db, o.Communities, store.Now()); err != nil {
		return f, err
	}
	staff := models.Staff{Role: models.RoleDistrict, DistrictID: benchDistrict}
	var told models.District
	took, err := inTurns(o.Rounds, wallTime,
		func() error { told, err = store.District(ctx, staff, 0); return err },
		func() error { _, err := store.District(ctx, staff, calendar.AddMonths(store.Now(), -24)); return err },
		func() error { _, err := plainCertificates(ctx, db, store.Now()); return err })
	if err != nil {
		return f, err
	}
	f.NowMS, f.PastMS, f.PlainMS, f.Ratio = spreadOf(took[0]), spreadOf(took[1]), spreadOf(took[2]), spreadOf(ratios(took[0], took[2]))
	f.Formed, f.Missed = told.Total.Formed(), len(told.Missed)
	for _, watched := range told.Watch {
		if watched.On {
			f.Watched++
		}
		if len(watched.Suggested) > 0 {
			f.Suggested++
		}
	}
	committees := int64(0)
	for _, count := range []struct {
		into  any
		query string
	}{{&f.Meetings, "SELECT COUNT(*) FROM meeting"}, {&f.Filings, "SELECT COUNT(*) FROM filing"},
		{&committees, "SELECT COUNT(DISTINCT filing.community_id) FROM filing JOIN meeting ON meeting.community_id = filing.community_id AND meeting.id = filing.meeting_id " +
			"WHERE meeting.elected > 0 AND filing.number IS NOT NULL AND SUBSTR(filing.particulars, 13, 10) >= '" + calendar.DayText(store.Now()) + "'"}} {
		if err := db.QueryRowContext(ctx, count.query).Scan(count.into); err != nil {
			return f, fmt.Errorf("count by SQL: %w", err)
		}
	}
	f.Same = committees == told.Total.Committees && told.Total.Communities == int64(o.Communities)
	return f, nil
}

// plainCertificates counts the certificates of each street by then.
func plainCertificates(ctx context.Context, db *sql.DB, at int64) (streets int, err error) {
	rows, err := db.QueryContext(ctx, fmt.Sprintf("SELECT community.street_id, COUNT(*) FROM filing JOIN community ON community.id = filing.community_id "+
		"JOIN street ON street.id = community.street_id WHERE street.district_id = '%s' AND filing.number IS NOT NULL AND filing.decided_at <= %d "+
		"GROUP BY community.street_id", benchDistrict, at))
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		streets++
	}
	return streets, errors.Join(rows.Err(), rows.Close())
}

const benchDay = int64(24 * 60 * 60 * 1000)

// fillDistrict makes the district with SQL alone, in statements that both engines read. A community's first and seventh
// meetings elect, its fourth adopts rules; one in fifty of those was never handed in, and one in three cancelled its last.
func fillDistrict(ctx context.Context, db *sql.DB, communities int, now int64) error {
	pack, err := rules.At(benchPlace, now)
	if err != nil {
		return err
	}
	short, err := json.Marshal(rules.Pack{ID: pack.ID, Procedure: pack.Procedure})
	if err != nil {
		return err
	}
	// Half-years and a few days of its own after the beginning of each community; the elections' terms end by their certificates.
	published := fmt.Sprintf("(%d + (k * 182 + c * 37 %% 170) * %d)", calendar.StartOfDay(now)-1990*benchDay, benchDay)
	numbers := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < %d), m AS (SELECT i / %d AS c, i %% %d AS k FROM n), ",
		communities*benchMeetings-1, benchMeetings, benchMeetings)
	numbers += "e AS (SELECT c, k, 'c' || c AS community, 'm' || c || '-' || k AS meeting, " + published + " AS published FROM m) "
	cancelled := "k = 9 AND c % 3 = 0"
	for _, statement := range []string{
		"INSERT INTO district (id, name, created_at) VALUES ('" + benchDistrict + "', '" + benchPlace + "', 0)",
		fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO street (id, district_id, name, created_at) "+
			"SELECT 's' || i, '%s', '街道' || i, 0 FROM n", benchStreets-1, benchDistrict),
		numbers + fmt.Sprintf("INSERT INTO community (id, street_id, name, place, created_at) SELECT community, 's' || (c %% %d), '小区' || c, '%s', 1 FROM e WHERE k = 0", benchStreets, benchPlace),
		numbers + "INSERT INTO roster (community_id, id, version, state, source_name, source_sha256, parking_area, parking_heads, units, heads, area_cm2, summary, root, " +
			"created_at, created_by, frozen_at) SELECT community, 'r' || c || '-' || k, k + 1, 'frozen', '', '', FALSE, FALSE, 1, 1, 1, '{}', '', 1, '', published - 60 * CAST(86400000 AS BIGINT) FROM e WHERE k % 5 = 0",
		numbers + "INSERT INTO meeting (community_id, id, roster_id, state, title, convener_kind, convener_name, contact, place, opens_at, closes_at, objection_days, policies, " +
			"pack, notice_hash, created_at, created_by, noticed_at, opened_at, closed_at, tallied_at, preliminary_at, published_at, reason, elected) SELECT community, meeting, 'r' || c || '-0', " +
			"CASE WHEN " + cancelled + " THEN 'cancelled' ELSE 'published' END, '会议', 'committee', '', '', '', published - 20 * CAST(86400000 AS BIGINT), published - 10 * CAST(86400000 AS BIGINT), 7, '{}', '" + string(short) + "', '', 1, '', " +
			"published - 36 * CAST(86400000 AS BIGINT), published - 20 * CAST(86400000 AS BIGINT), published - 10 * CAST(86400000 AS BIGINT), published - 9 * CAST(86400000 AS BIGINT), published - 9 * CAST(86400000 AS BIGINT), published, '', " +
			"CASE WHEN k IN (0, 6) AND c % 10 < 7 THEN 5 ELSE 0 END FROM e",
		numbers + "INSERT INTO matter (community_id, id, meeting_id, position, kind, item, method, title, body, rule) SELECT community, 'x' || meeting, meeting, 1, " +
			"CASE WHEN k IN (0, 6) THEN 'election' ELSE 'motion' END, CASE WHEN k IN (0, 6) THEN 3 WHEN k = 3 THEN 1 ELSE 8 END, CASE WHEN k IN (0, 6) THEN 'approval_each' ELSE '' END, '', '', '{}' FROM e",
		numbers + "INSERT INTO audit (community_id, id, at, actor_role, actor_id, act, subject, subject_id, detail) SELECT community, 'a' || meeting, published - 30 * CAST(86400000 AS BIGINT), " +
			"'convener', '', CASE WHEN " + cancelled + " THEN 'meeting_cancelled' ELSE 'meeting_published' END, 'meeting', meeting, '{}' FROM e",
		numbers + "INSERT INTO filing (community_id, meeting_id, id, version, state, remark, record, record_sha256, submitted_at, submitted_by, due_at, decided_at, decided_by, reasons, " +
			"checks, number, check_code, particulars) SELECT community, meeting, 'f' || meeting, 1, 'certified', '', '{}', '', published + 5 * CAST(86400000 AS BIGINT), '', published + 20 * CAST(86400000 AS BIGINT), " +
			"published + 9 * CAST(86400000 AS BIGINT), '', '', '[]', meeting, meeting, CASE WHEN k = 3 THEN '{}' ELSE '{\"term_to\":\"20' || (22 + k + (c - c / 3 * 3)) || '-06-30\"}' END FROM e WHERE k IN (0, 3, 6) AND NOT (k = 3 AND c % 50 = 0)",
		// The register: every election that a certificate followed began a term, every tenth community has one from before with
		// its papers, and an interim body in between whose handover was refused.
		numbers + "INSERT INTO committee (community_id, id, kind, number, name, state, origin, meeting_id, document, seats, seat_groups, began_at, term_from, term_to, constituted_at, ended_at, created_at, created_by) " +
			"SELECT community, 't' || meeting, 'committee', 2 + k / 6, '', CASE WHEN k = 0 THEN 'ended' ELSE 'serving' END, 'election', meeting, '', 5, '[]', published, published, published + 1095 * CAST(86400000 AS BIGINT), published, " +
			"CASE WHEN k = 0 THEN published + 1095 * CAST(86400000 AS BIGINT) END, published, '' FROM e WHERE k IN (0, 6) AND c % 10 < 7",
		numbers + "INSERT INTO committee (community_id, id, kind, number, name, state, origin, document, seats, seat_groups, began_at, term_from, term_to, constituted_at, ended_at, created_at, created_by) " +
			"SELECT community, 'p' || c, 'committee', 1, '', 'ended', 'papers', '号', 5, '[]', 1, 1, published - 1, 1, published - 1, 1, '' FROM e WHERE k = 0 AND c % 10 < 7",
		numbers + "INSERT INTO committee_entry (community_id, id, committee_id, number, kind, ground, post, happened_at, reason, document, matter, present, in_favour, at, authority, made_by) " +
			"SELECT community, 'e' || meeting, 't' || meeting, 1, CASE WHEN c % 40 = 0 THEN 'handover_refused' ELSE 'elected' END, '', '', published, '', '', 0, 0, 0, published, 'system', '' FROM e WHERE k IN (0, 6) AND c % 10 < 7",
		// One community in twenty is on the watch list, and as many were on it.
		numbers + "INSERT INTO watch_entry (community_id, id, number, kind, reasons, basis, body, until_at, facts, authority, name, at, made_by) " +
			"SELECT community, 'w' || meeting, k - 7, CASE WHEN k = 8 THEN 'listed' ELSE 'removed' END, CASE WHEN k = 8 THEN 'dispute' ELSE '' END, '', '情况', 0, '[]', 'street', '街道', published, '' " +
			"FROM e WHERE (k = 8 AND c % 10 = 0) OR (k = 9 AND c % 20 = 0)",
		"ANALYZE",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("fill a district: %w", err)
		}
	}
	return nil
}
