package models

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgCasting commits groups to PostgreSQL over a connection of gorm's pool, by COPY: inserts row by row, and gorm's
// reflection, cost more than everything else of a ballot together.
type pgCasting struct {
	pool *sql.DB
	conn *sql.Conn // nil until the first group, and after a failure

	ballots, leaves []byte // room for the rows of a group, used again
}

// rollbackLimit is how long a connection has to end a group that failed, before it is thrown away.
const rollbackLimit = 2 * time.Second

func (p *pgCasting) group(ctx context.Context, do func(castTx) error) error {
	if p.conn == nil {
		conn, err := p.pool.Conn(ctx)
		if err != nil {
			return err
		}
		p.conn = conn
	}
	err := p.conn.Raw(func(raw any) error {
		tx := &pgGroup{place: p, conn: raw.(*stdlib.Conn).Conn()}
		err := do(tx)
		if !tx.ended {
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackLimit)
			defer cancel()
			_, failure := tx.conn.Exec(last, "rollback")
			if failure != nil { // the pool throws such a connection away
				return errors.Join(err, driver.ErrBadConn)
			}
		}
		return err
	})
	if err != nil {
		p.close()
	}
	return err
}

func (p *pgCasting) close() {
	if p.conn != nil {
		_ = p.conn.Close() // whatever it last said was told to the voters of that group
		p.conn = nil
	}
}

// pgGroup is one transaction of a pgCasting.
type pgGroup struct {
	place *pgCasting
	conn  *pgx.Conn
	ended bool
}

const pgHeads = `SELECT h.size, h.edge, h.last_at, h.closed, h.mandates, h.community_id, h.meeting_id
	FROM log_head h JOIN unnest($1::text[], $2::text[]) AS m (community_id, meeting_id) USING (community_id, meeting_id)
	ORDER BY h.community_id COLLATE "C", h.meeting_id COLLATE "C" FOR UPDATE OF h`

// heads begins the transaction with the same message that asks for the locks.
func (p *pgGroup) heads(ctx context.Context, meetings []*groupPart) ([]logHeadRow, error) {
	communities, ids := make([]string, len(meetings)), make([]string, len(meetings))
	for i, part := range meetings {
		communities[i], ids[i] = part.snap.meeting.CommunityID, part.snap.meeting.ID
	}
	batch := &pgx.Batch{}
	batch.Queue("begin")
	batch.Queue(pgHeads, communities, ids)
	answers := p.conn.SendBatch(ctx, batch)
	heads, err := readHeads(answers, len(meetings))
	if err = errors.Join(err, answers.Close()); err != nil {
		return nil, fmt.Errorf("lock the logs: %w", err)
	}
	for i, head := range heads {
		if head.CommunityID != communities[i] || head.MeetingID != ids[i] {
			return nil, fmt.Errorf("lock the logs: another order than asked for")
		}
	}
	return heads, nil
}

func readHeads(answers pgx.BatchResults, n int) ([]logHeadRow, error) {
	if _, err := answers.Exec(); err != nil {
		return nil, err
	}
	rows, err := answers.Query()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	heads := make([]logHeadRow, 0, n)
	for rows.Next() {
		var head logHeadRow
		if err := rows.Scan(&head.Size, &head.Edge, &head.LastAt, &head.Closed, &head.Mandates, &head.CommunityID, &head.MeetingID); err != nil {
			return nil, err
		}
		heads = append(heads, head)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(heads) != n {
		return nil, fmt.Errorf("%d of %d log heads are there", len(heads), n)
	}
	return heads, nil
}

const pgVoters = `SELECT m.part, b.voter_id FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS m (community_id, meeting_id, seen, part)
	JOIN ballot b ON b.community_id = m.community_id AND b.meeting_id = m.meeting_id AND b.leaf_index >= m.seen`

func (p *pgGroup) voters(ctx context.Context, meetings []*groupPart, each func(*groupPart, string)) error {
	var of pgColumns
	for _, part := range meetings {
		of.add(part.snap.meeting.CommunityID, part.snap.meeting.ID, part.snap.seen, nil, 0)
	}
	rows, err := p.conn.Query(ctx, pgVoters, of.communities, of.meetings, of.sizes)
	if err != nil {
		return err
	}
	var part int64
	var voter string
	_, err = pgx.ForEachRow(rows, []any{&part, &voter}, func() error {
		each(meetings[part-1], voter)
		return nil
	})
	return err
}

func (p *pgGroup) ballot(ctx context.Context, meeting *Meeting, voter string) (ballotRow, error) {
	row := ballotRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: voter}
	err := p.conn.QueryRow(ctx, "SELECT "+knownColumns+" FROM ballot WHERE community_id = $1 AND meeting_id = $2 AND voter_id = $3 ORDER BY revision DESC LIMIT 1",
		meeting.CommunityID, meeting.ID, voter).Scan(row.knownFields()...)
	return row, err
}

const pgMoveHeads = `UPDATE log_head h SET size = m.size, edge = m.edge, last_at = m.last_at
	FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::bigint[]) AS m (community_id, meeting_id, size, edge, last_at)
	WHERE h.community_id = m.community_id AND h.meeting_id = m.meeting_id`

const pgKeepKeys = `INSERT INTO seal_group (community_id, meeting_id, id, wrapped_key)
	SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[])`

// commit copies ballots and leaves, and moves the heads with the message that commits.
func (p *pgGroup) commit(ctx context.Context, parts []*groupPart) error {
	ballots, leaves := newCopyRows("ballot ("+ballotColumns+")", ballotWidth, p.place.ballots), newCopyRows("ledger_leaf ("+leafColumns+")", 5, p.place.leaves)
	var heads, keys pgColumns
	for _, part := range parts {
		if len(part.ballots) == 0 {
			continue
		}
		for _, leaf := range part.log.fresh {
			leaves.add(leaf.CommunityID, leaf.MeetingID, leaf.Idx, string(leaf.Kind), leaf.Body)
		}
		for _, job := range part.ballots {
			ballots.add(job.ballot.row.values()...)
		}
		head := part.log.moved()
		heads.add(head.CommunityID, head.MeetingID, head.Size, head.Edge, head.LastAt)
		if key := part.key; !key.stored {
			keys.addKey(key.row)
		}
	}
	p.place.ballots, p.place.leaves = ballots.buf, leaves.buf
	for _, rows := range []*copyRows{leaves, ballots} {
		if err := rows.send(ctx, p.conn); err != nil {
			return err
		}
	}
	batch := &pgx.Batch{}
	if len(keys.ids) > 0 {
		batch.Queue(pgKeepKeys, keys.communities, keys.meetings, keys.ids, keys.bytes)
	}
	batch.Queue(pgMoveHeads, heads.communities, heads.meetings, heads.sizes, heads.bytes, heads.times)
	batch.Queue("commit")
	if err := p.conn.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	p.ended = true
	return nil
}

// pgColumns are rows as arrays, one per column.
type pgColumns struct {
	communities, meetings, ids []string
	sizes, times               []int64
	bytes                      [][]byte
}

func (c *pgColumns) add(community, meeting string, size int64, edge []byte, at int64) {
	c.communities, c.meetings, c.sizes = append(c.communities, community), append(c.meetings, meeting), append(c.sizes, size)
	c.bytes, c.times = append(c.bytes, edge), append(c.times, at)
}

func (c *pgColumns) addKey(row sealGroupRow) {
	c.communities, c.meetings = append(c.communities, row.CommunityID), append(c.meetings, row.MeetingID)
	c.ids, c.bytes = append(c.ids, row.ID), append(c.bytes, row.WrappedKey)
}

// copyRows are rows in the binary form of COPY (https://www.postgresql.org/docs/15/sql-copy.html): texts, bytes and
// 64-bit numbers, none of them null.
type copyRows struct {
	into  string
	width int16
	n     int
	buf   []byte
}

// newCopyRows begins rows in the room of earlier ones.
func newCopyRows(into string, width int, room []byte) *copyRows {
	const signature = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	return &copyRows{into: into, width: int16(width), buf: append(room[:0], signature...)}
}

func (c *copyRows) add(values ...any) {
	c.n++
	c.buf = binary.BigEndian.AppendUint16(c.buf, uint16(c.width))
	for _, value := range values {
		switch value := value.(type) {
		case string:
			c.buf = append(binary.BigEndian.AppendUint32(c.buf, uint32(len(value))), value...)
		case []byte:
			c.buf = append(binary.BigEndian.AppendUint32(c.buf, uint32(len(value))), value...)
		case int64:
			c.buf = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(c.buf, 8), uint64(value))
		}
	}
}

// send copies the rows into their table; none is nothing to do.
func (c *copyRows) send(ctx context.Context, conn *pgx.Conn) error {
	if c.n == 0 {
		return nil
	}
	c.buf = binary.BigEndian.AppendUint16(c.buf, 0xffff)
	_, err := conn.PgConn().CopyFrom(ctx, bytes.NewReader(c.buf), "COPY "+c.into+" FROM STDIN BINARY")
	return err
}
