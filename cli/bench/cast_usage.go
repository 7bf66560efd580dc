package bench

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// usage is processor time so far, in µs.
type usage struct{ server, database, client float64 }

func (u usage) since(before usage) usage {
	return usage{u.server - before.server, u.database - before.database, u.client - before.client}
}

// tick is one unit of /proc/PID/stat in µs: USER_HZ is 100 on every Linux that Go runs on.
const tick = 10_000

// usageOf gives the function that reads the processor time of a server and of the tree of processes under a database's
// first process; 0 stands for neither. Without /proc the figures are 0.
func usageOf(server, postmaster int) func() usage {
	return func() usage {
		u := usage{client: milliseconds(processorTime()) * 1000}
		if server != 0 {
			u.server = processTicks(server, false) * tick
		}
		if postmaster != 0 {
			u.database = treeTicks(postmaster) * tick
		}
		return u
	}
}

// treeTicks adds up a process, its children that live and its children that ended.
func treeTicks(root int) float64 {
	sum := processTicks(root, true)
	list, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", root, root))
	if err != nil {
		return sum
	}
	for _, text := range strings.Fields(string(list)) {
		if pid, err := strconv.Atoi(text); err == nil {
			sum += processTicks(pid, false)
		}
	}
	return sum
}

// processTicks reads user and system time, with those of waited-for children on request.
func processTicks(pid int, children bool) float64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	last := 13
	if children {
		last = 15
	}
	var sum float64
	for i := 11; i < last && i < len(fields); i++ {
		n, _ := strconv.ParseFloat(fields[i], 64) // /proc writes numbers only
		sum += n
	}
	return sum
}

// parentOf is the process above; 0 where that cannot be told.
func parentOf(pid int) int {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(fields[1]) // /proc writes numbers only
	return parent
}
