package verify

import "slices"

// State is what became of a check.
type State string

// The states. Only the first is a pass: what is not in the bundle was not shown.
const (
	Passed  State = "passed"
	Failed  State = "failed"
	Absent  State = "absent"  // this tier does not hold what it takes
	Unasked State = "unasked" // nobody gave what it is compared with
	Blocked State = "blocked" // what it rests on failed or could not be read
)

// States lists every state.
var States = []State{Passed, Failed, Absent, Unasked, Blocked}

// Finding is the answer to one check.
type Finding struct {
	Check
	State  State
	Detail Text // what was found; empty where there is nothing to add
}

// Report is what a bundle showed.
type Report struct {
	Tier     string
	Meeting  string
	Title    string
	Ballots  int64 // that count
	Leaves   int64
	Findings []Finding // one for every check, in order
}

// The exit codes of a report and of an input that is no bundle.
const (
	ExitOK         = 0
	ExitUnreadable = 1 // no report at all, or a file that is not in its form
	ExitRecord     = 2
	ExitWitness    = 3
	ExitCounting   = 4
	ExitReceipt    = 5
)

// exits gives the code of a failed check by its class.
var exits = map[Class]int{Record: ExitRecord, Witness: ExitWitness, Counting: ExitCounting, ByReceipt: ExitReceipt}

// Exit is 0 when no check failed, otherwise the code of the first that did.
func (r Report) Exit() int {
	for _, finding := range r.Findings {
		if finding.State == Failed {
			return exits[finding.Class]
		}
	}
	return ExitOK
}

// Failures are the numbers of the checks that failed.
func (r Report) Failures() []int {
	var numbers []int
	for _, finding := range r.Findings {
		if finding.State == Failed {
			numbers = append(numbers, finding.Number)
		}
	}
	return numbers
}

// book collects the findings of one run.
type book struct {
	states  map[int]State
	details map[int]Text
}

func newBook() *book { return &book{map[int]State{}, map[int]Text{}} }

// fail keeps the first thing that is wrong with a check.
func (b *book) fail(check int, detail Text) {
	if b.states[check] != Failed {
		b.states[check], b.details[check] = Failed, detail
	}
}

// pass notes that a check was carried out; it does not undo a failure.
func (b *book) pass(check int, detail Text) {
	if b.states[check] == "" {
		b.states[check], b.details[check] = Passed, detail
	}
}

func (b *book) set(check int, state State, detail Text) {
	if b.states[check] == "" {
		b.states[check], b.details[check] = state, detail
	}
}

// block sets checks aside that rest on one that failed.
func (b *book) block(on int, checks ...int) {
	for _, check := range checks {
		b.set(check, Blocked, say("先要第 %d 项通过", "rests on check %d", on))
	}
}

// holds tells whether none of the checks failed so far.
func (b *book) holds(checks ...int) bool {
	return !slices.ContainsFunc(checks, func(check int) bool { return b.states[check] == Failed })
}

// findings are the answers in order; a check that nobody reached is blocked.
func (b *book) findings() []Finding {
	list := make([]Finding, len(Checks))
	for i, check := range Checks {
		state := b.states[check.Number]
		if state == "" {
			state = Blocked
		}
		list[i] = Finding{Check: check, State: state, Detail: b.details[check.Number]}
	}
	return list
}
