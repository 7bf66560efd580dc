package models

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
)

// liteCasting commits groups to SQLite, which has one writer: plain statements on one connection.
type liteCasting struct {
	pool *sql.DB
	conn *sql.Conn // nil until the first group, and after a failure
	made map[string]*sql.Stmt
}

func (l *liteCasting) group(ctx context.Context, do func(castTx) error) error {
	if l.conn == nil {
		conn, err := l.pool.Conn(ctx)
		if err != nil {
			return err
		}
		l.conn, l.made = conn, map[string]*sql.Stmt{}
	}
	if _, err := l.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		l.drop() // it may have begun all the same, just as the time was over
		return err
	}
	tx := &liteGroup{liteCasting: l}
	err := do(tx)
	if !tx.ended {
		_, failure := l.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, failure)
		l.drop()
	}
	return err
}

func (l *liteCasting) close() { l.end(nil) }

// drop throws the connection away: one that went back to the pool within a transaction would keep every writer out.
func (l *liteCasting) drop() { l.end(driver.ErrBadConn) }

// end gives up the connection, after the statements that were prepared on it.
func (l *liteCasting) end(fault error) {
	if l.conn == nil {
		return
	}
	for _, statement := range l.made {
		_ = statement.Close() // goes with its connection
	}
	_ = l.conn.Raw(func(any) error { return fault }) // the pool throws a bad one away
	_ = l.conn.Close()                               // whatever it last said was told to the voters of that group
	l.conn = nil
}

// liteGroup is one transaction of a liteCasting.
type liteGroup struct {
	*liteCasting
	ended bool
}

// prepared keeps statements for the life of the connection.
func (l *liteCasting) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if known := l.made[query]; known != nil {
		return known, nil
	}
	statement, err := l.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	l.made[query] = statement
	return statement, nil
}

func (l *liteGroup) heads(ctx context.Context, meetings []*groupPart) ([]logHeadRow, error) {
	query, err := l.prepared(ctx, "SELECT size, edge, last_at, closed, mandates FROM log_head WHERE community_id = ? AND meeting_id = ?")
	if err != nil {
		return nil, err
	}
	heads := make([]logHeadRow, len(meetings))
	for i, part := range meetings {
		head := &heads[i]
		head.CommunityID, head.MeetingID = part.snap.meeting.CommunityID, part.snap.meeting.ID
		if err := query.QueryRowContext(ctx, head.CommunityID, head.MeetingID).Scan(&head.Size, &head.Edge, &head.LastAt, &head.Closed, &head.Mandates); err != nil {
			return nil, fmt.Errorf("read the log head of meeting %s: %w", head.MeetingID, err)
		}
	}
	return heads, nil
}

func (l *liteGroup) voters(ctx context.Context, meetings []*groupPart, each func(*groupPart, string)) error {
	query, err := l.prepared(ctx, "SELECT voter_id FROM ballot WHERE community_id = ? AND meeting_id = ? AND leaf_index >= ?")
	if err != nil {
		return err
	}
	for _, part := range meetings {
		rows, err := query.QueryContext(ctx, part.snap.meeting.CommunityID, part.snap.meeting.ID, part.snap.seen)
		if err != nil {
			return err
		}
		for rows.Next() {
			var voter string
			if err := rows.Scan(&voter); err != nil {
				return errors.Join(err, rows.Close())
			}
			each(part, voter)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (l *liteGroup) ballot(ctx context.Context, meeting *Meeting, voter string) (ballotRow, error) {
	row := ballotRow{CommunityID: meeting.CommunityID, MeetingID: meeting.ID, VoterID: voter}
	err := l.conn.QueryRowContext(ctx, "SELECT "+knownColumns+" FROM ballot WHERE community_id = ? AND meeting_id = ? AND voter_id = ? ORDER BY revision DESC LIMIT 1",
		meeting.CommunityID, meeting.ID, voter).Scan(row.knownFields()...)
	return row, err
}

func (l *liteGroup) commit(ctx context.Context, parts []*groupPart) error {
	var leaves, ballots, keys, heads []any
	for _, part := range parts {
		if len(part.ballots) == 0 {
			continue
		}
		if key := part.key; !key.stored {
			keys = append(keys, key.row.CommunityID, key.row.MeetingID, key.row.ID, key.row.WrappedKey)
		}
		for _, leaf := range part.log.fresh {
			leaves = append(leaves, leaf.CommunityID, leaf.MeetingID, leaf.Idx, string(leaf.Kind), leaf.Body)
		}
		for _, job := range part.ballots {
			ballots = append(ballots, job.ballot.row.values()...)
		}
		head := part.log.moved()
		heads = append(heads, head.Size, head.Edge, head.LastAt, head.CommunityID, head.MeetingID)
	}
	// Nothing follows a statement that failed: where the disk is full, SQLite ends the transaction by itself, and what came
	// after would stand in the log alone.
	for _, step := range []struct {
		statement string
		values    []any
		width     int
	}{
		{insertInto("seal_group", "community_id, meeting_id, id, wrapped_key", 4), keys, 4},
		{insertInto("ledger_leaf", leafColumns, 5), leaves, 5},
		{insertInto("ballot", ballotColumns, ballotWidth), ballots, ballotWidth},
		{"UPDATE log_head SET size = ?, edge = ?, last_at = ? WHERE community_id = ? AND meeting_id = ?", heads, 5},
	} {
		if err := l.eachRow(ctx, step.statement, step.width, step.values); err != nil {
			return err
		}
	}
	if _, err := l.conn.ExecContext(ctx, "COMMIT"); err != nil {
		return err
	}
	l.ended = true
	return nil
}

// insertInto writes one row: see [loader] for why not several at a time.
func insertInto(table, columns string, width int) string {
	return "INSERT INTO " + table + " (" + columns + ") VALUES (?" + strings.Repeat(", ?", width-1) + ")"
}

// eachRow runs a statement with so many values at a time.
func (l *liteGroup) eachRow(ctx context.Context, query string, width int, values []any) error {
	if len(values) == 0 {
		return nil
	}
	statement, err := l.prepared(ctx, query)
	if err != nil {
		return err
	}
	for ; len(values) > 0; values = values[width:] {
		if _, err := statement.ExecContext(ctx, values[:width]...); err != nil {
			return err
		}
	}
	return nil
}
