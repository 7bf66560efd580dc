package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// p64Table is one row per ballot, one transaction per row: what a plain program does at best.
const p64Table = `CREATE TABLE ballot(id bigint generated always as identity primary key, assembly_id bigint not null, voter_id bigint not null,
	choices jsonb not null, area int8 not null, receipt bytea not null, created_at timestamptz not null default now(), unique(assembly_id, voter_id))`

const p64Script = `\set v random(1, 9000000000000000)
insert into ballot(assembly_id,voter_id,choices,area,receipt) values (1,:v::bigint,'{"1":"for","2":"against","3":"abstain","4":"for","5":"for"}',8932,'\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff')
`

// p64 runs pgbench with 64 clients in a database of its own in the same cluster.
func (f *castField) p64(ctx context.Context, admin database) (run castRun, err error) {
	place, drop, err := admin.made(ctx, f.grounds[len(f.grounds)-1].place.schema+"_p64", "")
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, drop(context.WithoutCancel(ctx))) }()
	if err := errors.Join(place.exec(ctx, p64Table), place.exec(ctx, "CHECKPOINT")); err != nil {
		return run, err
	}
	script := filepath.Join(f.dir, "p64.sql")
	if err := os.WriteFile(script, []byte(p64Script), 0o600); err != nil {
		return run, err
	}
	logs := filepath.Join(f.dir, "p64")
	if err := os.MkdirAll(logs, 0o700); err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(logs)) }()
	// On a busy machine 64 clients may not even be connected within a second.
	for seconds := max(1, int(f.o.Measured.Seconds()+0.5)); ; seconds *= 2 {
		run, err := f.pgbench(ctx, place, script, logs, seconds)
		if !errors.Is(err, errNoRate) || seconds > 8 {
			return run, err
		}
	}
}

// errNoRate says that pgbench finished nothing in its time.
var errNoRate = errors.New("pgbench told no rate")

func (f *castField) pgbench(ctx context.Context, place database, script, logs string, seconds int) (castRun, error) {
	address, err := url.Parse(place.url)
	if err != nil {
		return castRun{}, err
	}
	cmd := exec.CommandContext(ctx, f.o.Pgbench, "-n", "-M", "prepared", "-f", script, "-c", "64", "-j", "2",
		"-T", strconv.Itoa(seconds), "-l", "--log-prefix="+filepath.Join(logs, "log"), address.String())
	sample := usageOf(0, f.postmaster)
	before := sample()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return castRun{}, fmt.Errorf("pgbench: %w: %s", err, strings.TrimSpace(string(out)))
	}
	used := sample().since(before)
	waits, err := pgbenchLatencies(logs)
	if err != nil {
		return castRun{}, err
	}
	rate := regexp.MustCompile(`tps = ([0-9.]+) `).FindSubmatch(out)
	if rate == nil || len(waits) == 0 {
		return castRun{}, errNoRate
	}
	perSecond, err := strconv.ParseFloat(string(rate[1]), 64)
	n := float64(len(waits))
	client := milliseconds(cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()) * 1000
	return castRun{perSecond: perSecond, p50: waits[len(waits)/2] / 1000, p99: waits[len(waits)*99/100] / 1000,
		database: used.database / n, client: client / n, same: true}, err
}

// pgbenchLatencies reads the third column of pgbench's logs, µs of every transaction, sorted.
func pgbenchLatencies(dir string) ([]float64, error) {
	files, err := filepath.Glob(filepath.Join(dir, "log*"))
	if err != nil {
		return nil, err
	}
	var waits []float64
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			fields := strings.Fields(lines.Text())
			if len(fields) < 3 {
				continue
			}
			wait, err := strconv.ParseFloat(fields[2], 64)
			if err != nil {
				return nil, errors.Join(err, file.Close())
			}
			waits = append(waits, wait)
		}
		if err := errors.Join(lines.Err(), file.Close()); err != nil {
			return nil, err
		}
	}
	slices.Sort(waits)
	return waits, nil
}
