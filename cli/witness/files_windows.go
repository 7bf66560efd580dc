package witness

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// othersMayRead is for the access lists of the system, which a mode does not show.
func othersMayRead(os.FileInfo) bool { return false }

// lock takes the folder for this process alone; the system lets go of it however the process ends. ErrBusy while another
// process has it.
func lock(path string) (release func() error, err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, fmt.Errorf("name the lock: %w", err)
	}
	const shared = 0 // with nobody
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, shared, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	const sharingViolation = syscall.Errno(32)
	if errors.Is(err, sharingViolation) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, fmt.Errorf("lock the folder: %w", err)
	}
	return func() error { return syscall.CloseHandle(handle) }, nil
}

// syncFolder has nothing to do: renames are journalled.
func syncFolder(string) error { return nil }
