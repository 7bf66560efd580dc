package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestServerEndsWithAKilledTestProcess(t *testing.T) {
	if os.Getenv(SQLiteOnly) == "1" {
		t.Skip(SQLiteOnly + "=1")
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var dir string
	var pid int
	if _, err := fmt.Sscan(line, &dir, &pid); err != nil {
		t.Fatalf("child said %q: %v", line, err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // left behind by design of this test
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	deadline := time.Now().Add(30 * time.Second)
	for running(t, pid) {
		if time.Now().After(deadline) {
			t.Fatalf("server %d outlives the process that started it", pid)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// running is false for a process that has ended, also while nobody has asked for its exit code: in a
// container the first process often does not.
func running(t *testing.T, pid int) bool {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil {
		return true // read again: it may be on its way out
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(after, "Z")
}
