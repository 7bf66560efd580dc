package bench

import (
	"fmt"
	"runtime"
	"strconv"

	"gongjue/voting"
)

// Recount is the count of ballots that are laid out in memory, beside the time that it takes to read the same bytes once.
// Times are processor time of one thread, where the system tells it.
type Recount struct {
	Ballots     int     `json:"ballots"`
	Meetings    int     `json:"meetings"` // no meeting has more than a million heads
	Matters     int     `json:"matters"`
	Sheets      int     `json:"different_sheets"`
	Bytes       int     `json:"bytes"` // of the columns
	CountMS     Spread  `json:"count_ms"`
	ReadMS      Spread  `json:"read_ms"` // every value of every column once, column by column
	Ratio       Spread  `json:"count_to_read"`
	NSPerBallot float64 `json:"count_ns_per_ballot"`
}

// recountMatters are on the agenda of the recount; each is for, against or abstention.
const recountMatters = 5

// differentSheets is 3 to the power of recountMatters.
const differentSheets = 243

// filledMarks are the answers of a sheet's digits in base three.
var filledMarks = []voting.Mark{voting.Yes, voting.No, voting.Abstain}

// sheetNumber is how the i-th voter fills in the sheet. Every second one does what most do; the rest differ. SQL computes
// the same numbers.
func sheetNumber(i int) int {
	if i%2 == 0 {
		return 0
	}
	return (i*7919 + i/97) % differentSheets
}

// homeArea is the area of the i-th voter, 40 to 140 m², in cm². SQL computes the same areas.
func homeArea(i int) voting.Area { return voting.Area(400_000 + i*104_729%1_000_000) }

// recountCase is so many ballots in boxes, and columns of the same length as theirs to be read.
type recountCase struct {
	ballots int
	boxes   []*voting.Box
	numbers [][]uint32
	areas   [][]uint32
}

func newRecountCase(ballots int) (*recountCase, error) {
	c := &recountCase{ballots: ballots}
	for first := 0; first < ballots; first += voting.MaxNumber {
		n := min(voting.MaxNumber, ballots-first)
		box, err := fillBox(first, n)
		if err != nil {
			return nil, fmt.Errorf("fill a box: %w", err)
		}
		numbers, areas := make([]uint32, n), make([]uint32, n)
		for i := range n {
			numbers[i], areas[i] = uint32(sheetNumber(first+i)), uint32(homeArea(first+i))
		}
		c.boxes, c.numbers, c.areas = append(c.boxes, box), append(c.numbers, numbers), append(c.areas, areas)
	}
	return c, nil
}

// fillBox lets n voters from the first on cast their ballots in one meeting.
func fillBox(first, n int) (*voting.Box, error) {
	voters := make([]voting.Voter, n)
	units := make([]voting.Unit, n)
	for i := range voters {
		units[i] = voting.Unit{Place: "1", Area: homeArea(first + i)}
		voters[i] = voting.Voter{ID: strconv.Itoa(i), Units: units[i : i+1]}
	}
	box, err := voting.NewBox(recountAgenda(), voting.Policies{}, voters)
	if err != nil {
		return nil, err
	}
	var answers [recountMatters][]int
	for matter := range answers {
		for _, mark := range filledMarks {
			answer, err := box.Read(matter, voting.Answer{Choice: voting.Choice{Mark: mark}})
			if err != nil {
				return nil, err
			}
			answers[matter] = append(answers[matter], answer)
		}
	}
	sheets := make([]int, differentSheets)
	for number := range sheets {
		filled, rest := make([]int, recountMatters), number
		for matter := range filled {
			filled[matter], rest = answers[matter][rest%3], rest/3
		}
		sheets[number] = box.Sheet(filled)
	}
	for i := range voters {
		if err := box.Cast(voters[i].ID, sheets[sheetNumber(first+i)]); err != nil {
			return nil, err
		}
	}
	return box, nil
}

func recountAgenda() []voting.Matter {
	agenda := make([]voting.Matter, recountMatters)
	for i := range agenda {
		agenda[i] = voting.Matter{Kind: voting.Motion, Item: 9}
	}
	return agenda
}

// count adds up every box with the product's own engine.
func (c *recountCase) count() [][]voting.Tally {
	tallies := make([][]voting.Tally, len(c.boxes))
	for i, box := range c.boxes {
		tallies[i] = box.Count()
	}
	return tallies
}

// read takes up every value of the columns once.
func (c *recountCase) read() uint64 {
	sum := uint64(0)
	for i, numbers := range c.numbers {
		for _, number := range numbers {
			sum += uint64(number)
		}
		for _, area := range c.areas[i] {
			sum += uint64(area)
		}
	}
	return sum
}

// bytes are those of the columns.
func (c *recountCase) bytes() int { return c.ballots * (4 + 4) }

// recountFromMemory counts so many ballots in turns with reading them. Few ballots are counted many times over, because no
// clock sees a quarter of a millisecond clearly.
func recountFromMemory(ballots, rounds int) (Recount, error) {
	c, err := newRecountCase(ballots)
	if err != nil {
		return Recount{}, err
	}
	times := max(1, leastCounted/ballots)
	took, err := inTurns(rounds, threadTime,
		func() error {
			for range times {
				runtime.KeepAlive(c.read())
			}
			return nil
		},
		func() error {
			for range times {
				runtime.KeepAlive(c.count())
			}
			return nil
		})
	if err != nil {
		return Recount{}, err
	}
	for _, rounds := range took {
		for i := range rounds {
			rounds[i] /= float64(times)
		}
	}
	r := Recount{Ballots: ballots, Meetings: len(c.boxes), Matters: recountMatters, Sheets: differentSheets, Bytes: c.bytes(),
		ReadMS: spreadOf(took[0]), CountMS: spreadOf(took[1]), Ratio: spreadOf(ratios(took[1], took[0]))}
	r.NSPerBallot = rounded(r.CountMS.Median * 1e6 / float64(ballots))
	return r, nil
}

// leastCounted is how many ballots one measurement counts at least.
const leastCounted = 5_000_000
