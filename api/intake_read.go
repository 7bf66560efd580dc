package api

import (
	"strconv"
	"sync"

	"gongjue/api/workbook"
	"gongjue/models"
	"gongjue/voting/roster"
)

// intakeRead is a file on the desk, read under everything that people told about it.
type intakeRead struct {
	models.Intake
	parsedFile
	review  roster.Review
	rulings roster.RulingReview // how far the file follows what was decided before
	holders []roster.Voter
	refused []roster.Refusal // what was told and cannot be followed
}

// parsedFile is what stands in a file.
type parsedFile struct {
	parsed roster.Roster
	issues []roster.Issue
	text   *workbook.Text // nil for a workbook
}

// intakesKept is how many files stay read in memory: whoever mends one looks at it page after page.
const intakesKept = 4

// intakeMemory holds the files that were read last, by id and revision.
type intakeMemory struct {
	mu   sync.Mutex
	keys []string // the one used last at the end
	read map[string]*intakeRead
}

func (m *intakeMemory) find(key string) *intakeRead {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.read[key]
}

func (m *intakeMemory) keep(key string, read *intakeRead) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.read == nil {
		m.read = map[string]*intakeRead{}
	}
	if m.read[key] == nil {
		m.keys = append(m.keys, key)
	}
	m.read[key] = read
	if len(m.keys) > intakesKept {
		delete(m.read, m.keys[0])
		m.keys = m.keys[1:]
	}
}

// intakeKey names a file on the desk as it was at one revision.
func intakeKey(intake models.Intake) string {
	return intake.ID + "@" + strconv.FormatInt(intake.Revision, 10)
}

// intake reads the file on the desk that the address names. Refusals: not_found, those of workbook.
func (c *call) intake() (*intakeRead, error) {
	intake, file, err := c.store.Intake(c, c.community.ID, c.Param("intake"))
	if err != nil {
		return nil, err
	}
	key := intakeKey(intake)
	read := c.intakes.find(key)
	if read == nil {
		if read, err = c.readIntake(intake, file); err != nil {
			return nil, err
		}
		c.intakes.keep(key, read)
	}
	return c.following(read)
}

// following lays over a file what was decided before and taken over. Objections are answered while the file lies on the
// desk: what is kept in memory is the file without them.
func (c *call) following(read *intakeRead) (*intakeRead, error) {
	rulings, err := c.store.Rulings(c, c.community.ID, read.Work)
	if err != nil || len(rulings) == 0 {
		return read, err
	}
	ruled := *read
	ruled.parsed, ruled.rulings = roster.Follow(read.parsed, rulings, read.Work.Settled, c.store.IssueSecret(c.community.ID))
	ruled.hold()
	return &ruled, nil
}

// intakeRow reads the file once more for one row in clear, which is noted in the audit first.
func (c *call) intakeRow(row roster.RowRef) (*intakeRead, error) {
	intake, file, err := c.store.Intake(c, c.community.ID, c.Param("intake"))
	if err != nil {
		return nil, err
	}
	if err := c.store.NoteRowShown(c, c.actor(), c.community.ID, intake.ID, row); err != nil {
		return nil, err
	}
	return c.readIntake(intake, file, row)
}

func (c *call) readIntake(intake models.Intake, file []byte, show ...roster.RowRef) (*intakeRead, error) {
	work := intake.Work
	guidance := roster.Guidance{Columns: work.Columns, Remembered: work.Maps, Corrections: work.Corrections, Show: show,
		Secret: c.store.IssueSecret(c.community.ID)}
	limits := workbook.Upload.In(workbook.Encoding(work.Encoding))
	parsed, issues, err := c.readSpreadsheet(limits, file, intake.Name, guidance)
	if err != nil {
		return nil, asFileRefusal(err)
	}
	return judged(intake, parsedFile{parsed, issues, limits.Text(file, intake.Name)}), nil
}

// judged lays what people confirmed and decided over a file that was read.
func judged(intake models.Intake, file parsedFile) *intakeRead {
	read := &intakeRead{Intake: intake, parsedFile: file, review: roster.ReviewIssues(file.issues, intake.Work.Confirmations)}
	read.hold()
	return read
}

// hold counts who holds what.
func (r *intakeRead) hold() {
	r.holders, r.refused = r.Work.Decisions.Holders(r.Parking.Apply(r.parsed.Units), r.Parking)
	r.refused = append(append([]roster.Refusal{}, r.parsed.Refused...), r.refused...)
}

// firstLook is a file that has just been put on the desk and was read before: once more only where the community's
// earlier files say what its columns are.
func (c *call) firstLook(intake models.Intake, before *intakeRead, file []byte) (*intakeRead, error) {
	read := judged(intake, before.parsedFile)
	if len(intake.Work.Maps) > 0 {
		var err error
		if read, err = c.readIntake(intake, file); err != nil {
			return nil, err
		}
	}
	c.intakes.keep(intakeKey(intake), read)
	return c.following(read)
}

// file is the roster that a confirmation makes of it.
func (r *intakeRead) file() models.RosterFile {
	return models.RosterFile{Name: r.Name, SHA256: r.SHA256, Roster: r.parsed, Issues: r.issues, Parking: r.Parking, Work: r.Work}
}
