package drill

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"gongjue/cli/bench"
	"gongjue/e2e/pgtest"
)

// R05: the disk is full while people vote. Nobody is shown a receipt for what is not stored, and when there is room again
// everybody gets theirs.
func TestAFullDiskLosesNoReceipt(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		disk := smallDisk(t, "48m")
		f := newField(t, filepath.Join(disk, bench.LiteFile), 4000)
		f.start(f.product)
		fill(f, disk, func() {})
	})
	t.Run("postgres", func(t *testing.T) {
		disk := smallDisk(t, "256m")
		t.Setenv("TMPDIR", disk)
		server := pgtest.NewServer(t)
		t.Setenv("TMPDIR", filepath.Dir(disk))
		server.Exec("CREATE DATABASE drill")
		f := newField(t, server.URL("drill"), 4000)
		f.start(f.product)
		fill(f, disk, func() { // without room for its log it ends, as it should
			server.Kill()
			server.Start()
		})
	})
}

// fill lets people vote, takes all room away, gives it back, and looks at what stands.
func fill(f *field, disk string, again func()) {
	f.t.Helper()
	v := newVoters(f, think, f.product.Addr)
	v.vote(phones, func() {
		time.Sleep(time.Second)
		filler := filepath.Join(disk, "filler")
		f.must(os.WriteFile(filler, nil, 0o600))
		for until := time.Now().Add(3 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
			f.must(takeRoom(filler))
		}
		f.must(os.Remove(filler))
		again()
	})
	if v.away.Load() == 0 {
		f.t.Error("nobody was told to come back later: the disk was never full")
	}
	v.stand()
}

// takeRoom writes until nothing more fits.
func takeRoom(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	for _, size := range []int{1 << 20, 4 << 10} {
		piece := make([]byte, size)
		for err == nil {
			_, err = file.Write(piece)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			return errors.Join(err, file.Close())
		}
		err = nil
	}
	return file.Close()
}

// smallDisk mounts a disk in memory, which only root may.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "drill-disk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(dir) }) // a mount point that is still busy stays
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size+",mode=0755"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}
