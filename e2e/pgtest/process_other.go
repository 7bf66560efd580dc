//go:build !linux

package pgtest

import (
	"os"
	"os/exec"
)

// Outside Linux the server runs as ourselves, ends in Main only, and directories of killed processes stay:
// a lock that is never held by others would let sweep remove living ones.

func runAs(*exec.Cmd, *account) {}

func dieWithParent(*exec.Cmd) {}

func tryLock(path string) (*os.File, bool, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	return file, err == nil, err
}
