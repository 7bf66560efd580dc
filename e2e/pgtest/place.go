package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// debianBins is where Debian keeps the programs of each major version, outside of PATH.
const debianBins = "/usr/lib/postgresql/*/bin"

// dirPattern names the directories of this package under the machine's temporary directory.
const dirPattern = "gongjue-pgtest-"

// staleAfter is how old a directory without a living owner must be before it is removed: long enough that
// another process is never robbed between making its directory and locking it.
const staleAfter = 10 * time.Minute

// binaries finds the directory of initdb and postgres: the newest of Debian's, else what PATH offers.
func binaries() (string, error) {
	return binariesIn(debianBins)
}

func binariesIn(pattern string) (string, error) {
	dirs, err := filepath.Glob(pattern)
	if err != nil {
		return "", fmt.Errorf("look for PostgreSQL: %w", err)
	}
	slices.SortFunc(dirs, func(a, b string) int { return majorVersion(b) - majorVersion(a) })
	if path, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	for _, dir := range dirs {
		if executable(filepath.Join(dir, "initdb")) && executable(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", errNotInstalled
}

// majorVersion reads 15 out of /usr/lib/postgresql/15/bin; 0 where there is no number.
func majorVersion(dir string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	if err != nil {
		return 0
	}
	return n
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// account is the system user as whom the server runs.
type account struct{ uid, gid int }

// serverUser is nil for an ordinary user, who runs the server as itself; root may not, and takes the user
// that Debian's package made.
func serverUser() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("run PostgreSQL as root: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, fmt.Errorf("read the id of user postgres: %w", err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, fmt.Errorf("read the group of user postgres: %w", err)
	}
	return &account{uid, gid}, nil
}

// makeDir makes and locks the directory of a cluster and gives it to the server's user. The lock lives as
// long as this process and tells [sweep] that the directory is in use.
func makeDir(owner *account) (string, *os.File, error) {
	dir, err := os.MkdirTemp("", dirPattern)
	if err != nil {
		return "", nil, fmt.Errorf("make a directory for PostgreSQL: %w", err)
	}
	lock, held, err := tryLock(filepath.Join(dir, "lock"))
	if err != nil {
		return "", nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if !held {
		return "", nil, fmt.Errorf("lock %s: another process has it", dir)
	}
	if owner != nil {
		if err := os.Chown(dir, owner.uid, owner.gid); err != nil {
			return "", nil, fmt.Errorf("give %s to PostgreSQL's user: %w", dir, err)
		}
	}
	return dir, lock, nil
}

// sweep removes what killed test processes left behind. It is a courtesy to the disk: what it may not
// touch, such as another user's directory, it leaves alone.
func sweep(parent string) {
	dirs, err := filepath.Glob(filepath.Join(parent, dirPattern+"*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil || time.Since(info.ModTime()) < staleAfter {
			continue
		}
		lock, held, err := tryLock(filepath.Join(dir, "lock"))
		if err != nil {
			continue
		}
		if held {
			_ = os.RemoveAll(dir) // the next process tries again
		}
		_ = lock.Close() // opened for the lock alone
	}
}
