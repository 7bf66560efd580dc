package workbook_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/voting/roster"
)

// fileVariable makes the test program read one file as an upload and tell what that cost: in a process of its own,
// so that nothing but the reading is measured.
const fileVariable = "GONGJUE_TEST_READ"

func TestMain(m *testing.M) {
	if path := os.Getenv(fileVariable); path != "" {
		if err := tellCost(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// cost is what one file did and took.
type cost struct {
	Code   workbook.Code // empty where it was read
	Units  int
	Millis int64 // from the first byte to the answer
	CPU    int64 // ms of processor time of the whole process
	PeakKB int64 // resident set of the whole process
}

func tellCost(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	began := time.Now()
	parsed, _, err := workbook.Upload.Parse(file, info.Size(), path, roster.Guidance{})
	c := cost{Units: len(parsed.Units), Millis: time.Since(began).Milliseconds(), PeakKB: peak()}
	var refusal *workbook.Refusal
	if errors.As(err, &refusal) {
		c.Code = refusal.Code
	} else if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(c)
}

// peak is the most memory that this process has held; 0 where the system does not tell.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kb int64
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0
	}
	return kb
}

// readApart reads a file in a process of its own.
func readApart(t testing.TB, h workbooktest.File) cost {
	t.Helper()
	path := filepath.Join(t.TempDir(), h.Upload)
	if err := os.WriteFile(path, h.Make(t), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), fileVariable+"="+path)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v %s", h.Name, err, out)
	}
	var c cost
	if err := json.Unmarshal(out, &c); err != nil {
		t.Fatalf("%s: %v", h.Name, err)
	}
	c.CPU = (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Milliseconds()
	return c
}

// mostMemory is what no hostile file may take, in KB.
const mostMemory = 200 << 10

// BenchmarkHostileFiles measures every file of the corpus, each in a process of its own:
//
//	go test ./api/workbook -run '^$' -bench HostileFiles -benchtime 1x
func BenchmarkHostileFiles(b *testing.B) {
	for _, h := range workbooktest.Files() {
		b.Run(strings.ReplaceAll(h.Name, " ", "_"), func(b *testing.B) {
			var c cost
			for b.Loop() {
				c = readApart(b, h)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(c.Millis), "ms")
			b.ReportMetric(float64(c.CPU), "cpu-ms")
			b.ReportMetric(float64(c.PeakKB)/1024, "MB")
			if c.PeakKB > mostMemory {
				b.Errorf("%s took %d MB", h.Name, c.PeakKB>>10)
			}
		})
	}
}
