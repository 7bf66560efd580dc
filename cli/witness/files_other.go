//go:build !windows

package witness

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// othersMayRead tells whether anybody but the owner may read the file.
func othersMayRead(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }

// lock takes the folder for this process alone; the system lets go of it however the process ends. ErrBusy while another
// process has it.
func lock(path string) (release func() error, err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(ErrBusy, file.Close())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the folder: %w", err), file.Close())
	}
	return file.Close, nil
}

// syncFolder makes a rename in the folder outlast a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}
