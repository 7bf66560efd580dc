package voting

import "slices"

// Subject is whom a satisfaction poll (满意度调查) is about. It is empty for any other poll.
type Subject string

// The subjects.
const (
	AboutFirm      Subject = "firm"      // 物业服务企业
	AboutCommittee Subject = "committee" // 业主委员会 or 物管会
	AboutStreet    Subject = "street"
)

// Subjects lists every subject.
var Subjects = []Subject{AboutFirm, AboutCommittee, AboutStreet}

// MostGrades is the longest scale of a poll.
const MostGrades = 7

// Poll is the announced yardstick of a consult poll; it is never a majority of the law.
type Poll struct {
	Threshold  Threshold   `json:"threshold"`
	OfAll      bool        `json:"of_all"`     // measured against everybody in the scope instead of the participants
	Dimensions []Dimension `json:"dimensions"` // never empty
	About      Subject     `json:"about,omitempty"`
	Favour     int         `json:"favour,omitempty"` // with a scale: so many of its grades, from the first, count as agreement
}

// Graded tells whether a poll has a scale: one of the matter's options is marked instead of yes or no.
func (m Matter) Graded() bool { return m.Kind == Consult && len(m.Options) > 0 }

// YesNo tells whether the ballot of the matter has the marks yes and no and nothing else to choose.
func (m Matter) YesNo() bool { return m.Kind == Motion || m.Kind == Consult && !m.Graded() }

// OneName tells whether a ballot names one of several options.
func (m Matter) OneName() bool { return m.Method == Pick && (m.Kind == Selection || m.Graded()) }

// Favourable are the options whose votes together are the agreement of a matter that is not decided option by option.
func (m Matter) Favourable() []string {
	if m.Graded() {
		return m.Options[:min(m.Poll.Favour, len(m.Options))]
	}
	return []string{OptionYes}
}

// votes are those of an option; of a scale the agreement stands under [OptionYes].
func (m Matter) votes(name string, options map[string]Weight) Weight {
	if !m.Graded() || name != OptionYes {
		return options[name]
	}
	return m.Agreed(options)
}

// Agreed adds up the votes of [Matter.Favourable].
func (m Matter) Agreed(options map[string]Weight) (sum Weight) {
	for _, name := range m.Favourable() {
		sum = sum.Plus(options[name])
	}
	return sum
}

// checkGrades holds a scale to two to seven grades, of which neither none nor all are agreement.
func (m Matter) checkGrades() error {
	switch {
	case m.Poll.About != "" && !slices.Contains(Subjects, m.Poll.About):
		return refuse(CodeBadValue, "poll.about")
	case !m.Graded() && m.Poll.Favour != 0:
		return refuse(CodeBadValue, "poll.favour")
	case m.Graded() && (m.Poll.Favour < 1 || m.Poll.Favour >= len(m.Options)):
		return refuse(CodeBadValue, "poll.favour")
	case m.Graded() && (len(m.Options) > MostGrades || slices.Contains(m.Options, OptionYes)):
		return refuse(CodeBadValue, "options")
	}
	return nil
}
