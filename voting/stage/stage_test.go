package stage

import (
	"testing"

	"gongjue/voting/calendar"
)

func on(text string) int64 {
	ms, err := calendar.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return ms
}

// end is the last millisecond of a day.
func end(text string) int64 { return calendar.EndOfDay(on(text), 0) }

// years are rules like those of 北京.
var years = Window{TermYears: 5, RenewalMonths: 6, InterimYears: 3}

// elected is an election that went well: noticed on 2021-03-01, certified on 2021-05-10.
func elected() Meeting {
	return Meeting{ID: "first", Elects: true, Elected: true, Noticed: on("2021-03-01"), Opened: on("2021-03-20"), Published: on("2021-04-20"),
		HandIns: []HandIn{{Submitted: on("2021-04-25"), Decided: on("2021-04-28")}, {Submitted: on("2021-05-01"), Decided: on("2021-05-10"), Certified: true}}}
}

func TestTheStageFollowsFromWhatHadHappened(t *testing.T) {
	for _, c := range []struct {
		at   int64
		want Stage
		body Body
	}{
		{on("2021-03-01") - 1, None, NoBody}, {on("2021-03-01"), Preparing, NoBody},
		{on("2021-03-20") - 1, Preparing, NoBody}, {on("2021-03-20"), Voting, NoBody},
		{on("2021-04-20") - 1, Voting, NoBody}, {on("2021-04-20"), Filing, NoBody},
		{on("2021-05-10") - 1, Filing, NoBody}, {on("2021-05-10"), InTerm, Committee},
		{on("2025-10-20") - 1, InTerm, Committee}, {on("2025-10-20"), Renewal, Committee},
		{end("2026-04-20"), Renewal, Committee}, {end("2026-04-20") + 1, Lapsed, NoBody},
	} {
		got := At([]Meeting{elected()}, nil, years, c.at)
		if got.Stage != c.want || got.Body != c.body {
			t.Errorf("%s: %s with %s, want %s with %s", calendar.Format(c.at), got.Stage, got.Body, c.want, c.body)
		}
	}
}

func TestWhatTheCertificateSaysOfTheTermGoesFirst(t *testing.T) {
	named := elected()
	named.HandIns[1].TermTo = end("2024-02-29")
	got := At([]Meeting{named}, nil, Window{TermYears: 5, RenewalDays: 90}, on("2023-12-01"))
	if got.Stage != Renewal || got.TermEnds != end("2024-02-29") || got.RenewalFrom != on("2023-12-01") {
		t.Errorf("%+v", got)
	}
	if silent := At([]Meeting{elected()}, nil, Window{}, on("2050-01-01")); silent.Stage != InTerm || silent.TermEnds != 0 || silent.RenewalFrom != 0 {
		t.Errorf("rules that say nothing: %+v", silent)
	}
}

func TestUnhappyWays(t *testing.T) {
	failed, annulled, revoked, withdrawn := elected(), elected(), elected(), elected()
	failed.Elected = false // the certificate is for the rules that the meeting adopted
	annulled.Ended = on("2021-04-01")
	revoked.Ended, revoked.HandIns[1].Ended = on("2022-01-01"), on("2022-01-01")
	withdrawn.HandIns[1].Ended = on("2022-01-01")
	next := elected()
	next.ID, next.Noticed, next.Opened, next.Published, next.HandIns = "next", on("2026-05-01"), on("2026-05-20"), 0, nil
	early := next
	early.Noticed = on("2025-11-01")
	body := Meeting{ID: "body", Interim: true, Noticed: on("2020-02-29")}
	for name, c := range map[string]struct {
		meetings []Meeting
		at       int64
		want     Stage
		body     Body
	}{
		"nothing at all":                                    {nil, on("2021-01-01"), None, NoBody},
		"an election that elected nobody":                   {[]Meeting{failed}, on("2021-06-01"), None, NoBody},
		"before it was annulled":                            {[]Meeting{annulled}, on("2021-04-01") - 1, Voting, NoBody},
		"once it was annulled":                              {[]Meeting{annulled}, on("2021-04-01"), None, NoBody},
		"before a revocation":                               {[]Meeting{revoked}, on("2022-01-01") - 1, InTerm, Committee},
		"after a revocation":                                {[]Meeting{revoked}, on("2022-01-01"), None, NoBody},
		"after the certificate was withdrawn":               {[]Meeting{withdrawn}, on("2022-01-01"), None, NoBody},
		"a new election after the term ended":               {[]Meeting{elected(), next}, on("2026-05-10"), Preparing, NoBody},
		"the next election within the term":                 {[]Meeting{elected(), early}, on("2025-12-01"), Renewal, Committee},
		"an interim body":                                   {[]Meeting{body}, end("2023-02-28"), None, Interim},
		"its years are over":                                {[]Meeting{body}, end("2023-02-28") + 1, None, NoBody},
		"an interim body while it lets elect":               {[]Meeting{body, elected()}, on("2021-03-02"), Preparing, Interim},
		"a committee takes the place of it":                 {[]Meeting{body, elected()}, on("2021-06-01"), InTerm, Committee},
		"an election without a certificate before another":  {[]Meeting{{Elects: true, Elected: true, Noticed: 1, Published: 2}, elected()}, end("2026-04-20") + 1, Lapsed, NoBody},
		"a meeting that elects nobody says nothing of that": {[]Meeting{{Noticed: 1, Opened: 2, Published: 3}}, 4, None, NoBody},
	} {
		if got := At(c.meetings, nil, years, c.at); got.Stage != c.want || got.Body != c.body {
			t.Errorf("%s: %s with %s, want %s with %s", name, got.Stage, got.Body, c.want, c.body)
		}
	}
}

// TestTheRegisterTellsWhatNoMeetingDoes: terms from papers and from orders, and terms that ended before their last day.
func TestTheRegisterTellsWhatNoMeetingDoes(t *testing.T) {
	papers := func() *Term { return &Term{From: on("2020-05-01"), To: end("2024-04-30")} }
	dissolved, revoked, early := papers(), papers(), papers()
	dissolved.Ended, revoked.Revoked, early.Group = on("2022-01-01"), on("2022-01-01"), on("2023-06-01")
	interim := &Term{Interim: true, From: on("2024-08-01"), To: end("2026-07-31")}
	shortened := *interim
	shortened.Ended = on("2025-01-01")
	open := Term{Interim: true, From: on("2024-08-01")}
	called := Meeting{ID: "called", Interim: true, Noticed: on("2024-02-01")}
	for name, c := range map[string]struct {
		meetings []Meeting
		terms    []*Term
		at       int64
		want     Stage
		body     Body
		ends     int64
	}{
		"before the first day of a term from papers":  {nil, []*Term{papers()}, on("2020-05-01") - 1, None, NoBody, 0},
		"on its first day":                            {nil, []*Term{papers()}, on("2020-05-01"), InTerm, Committee, end("2024-04-30")},
		"before its renewal is due":                   {nil, []*Term{papers()}, on("2023-10-30") - 1, InTerm, Committee, end("2024-04-30")},
		"once its renewal is due":                     {nil, []*Term{papers()}, on("2023-10-30"), Renewal, Committee, end("2024-04-30")},
		"before the renewal group was formed":         {nil, []*Term{early}, on("2023-06-01") - 1, InTerm, Committee, end("2024-04-30")},
		"once it was formed, though early":            {nil, []*Term{early}, on("2023-06-01"), Renewal, Committee, end("2024-04-30")},
		"on its last day":                             {nil, []*Term{papers()}, end("2024-04-30"), Renewal, Committee, end("2024-04-30")},
		"after its last day":                          {nil, []*Term{papers()}, end("2024-04-30") + 1, Lapsed, NoBody, end("2024-04-30")},
		"before the street dissolved it":              {nil, []*Term{dissolved}, on("2022-01-01") - 1, InTerm, Committee, end("2024-04-30")},
		"once the street dissolved it":                {nil, []*Term{dissolved}, on("2022-01-01"), Lapsed, NoBody, on("2022-01-01") - 1},
		"once its election was revoked":               {nil, []*Term{revoked}, on("2022-01-01"), None, NoBody, 0},
		"an election within such a term":              {[]Meeting{elected()}, []*Term{papers()}, on("2021-04-21"), InTerm, Committee, end("2024-04-30")},
		"the newer certificate goes first":            {[]Meeting{elected()}, []*Term{papers()}, on("2021-06-01"), InTerm, Committee, end("2026-04-20")},
		"before an interim body took office":          {nil, []*Term{papers(), interim}, on("2024-08-01") - 1, Lapsed, NoBody, end("2024-04-30")},
		"once it took office":                         {nil, []*Term{papers(), interim}, on("2024-08-01"), Lapsed, Interim, end("2024-04-30")},
		"after its last day, too":                     {nil, []*Term{interim}, end("2026-07-31") + 1, None, NoBody, 0},
		"without a last day, the place's years count": {nil, []*Term{&open}, end("2027-08-01"), None, Interim, 0},
		"and no longer":                               {nil, []*Term{&open}, end("2027-08-01") + 1, None, NoBody, 0},
		"an interim body that ended":                  {nil, []*Term{&shortened}, on("2025-01-01"), None, NoBody, 0},
		"its meeting tells of no other one":           {[]Meeting{called}, []*Term{&shortened}, on("2025-01-01"), None, NoBody, 0},
		"but of what was before the register":         {[]Meeting{called}, []*Term{&shortened}, on("2024-08-01") - 1, None, Interim, 0},
		"a display that never took office":            {nil, []*Term{{Interim: true}}, on("2025-01-01"), None, NoBody, 0},
	} {
		got := At(c.meetings, c.terms, years, c.at)
		if got.Stage != c.want || got.Body != c.body || got.TermEnds != c.ends {
			t.Errorf("%s: %s with %s until %s, want %s with %s until %s", name, got.Stage, got.Body, calendar.Format(got.TermEnds), c.want, c.body, calendar.Format(c.ends))
		}
		if body := BodyAt(c.meetings, c.terms, years, c.at); body != c.body {
			t.Errorf("%s: the body alone is %s", name, body)
		}
	}
}

// TestACertificateNamesTheTermOfItsOwnElection alone: members who join a committee serve until the end of its term.
func TestACertificateNamesTheTermOfItsOwnElection(t *testing.T) {
	term := &Term{Meeting: "first", From: on("2021-04-20"), To: end("2025-03-31")}
	own, joins := elected(), elected()
	own.Term, joins.Term = term, term
	joins.ID, joins.Published, joins.HandIns[1].Decided = "joins", on("2023-04-20"), on("2023-05-10")
	if got := At([]Meeting{own}, []*Term{term}, years, on("2023-04-01")); got.TermEnds != term.To {
		t.Errorf("a silent certificate: until %s", calendar.Format(got.TermEnds))
	}
	if got := At([]Meeting{own, joins}, []*Term{term}, years, on("2023-06-01")); got.TermEnds != term.To || got.Meeting != "joins" {
		t.Errorf("after a by-election: %+v", got)
	}
	own.HandIns[1].TermTo = end("2024-12-31")
	if got := At([]Meeting{own}, []*Term{term}, years, on("2023-04-01")); got.TermEnds != end("2024-12-31") {
		t.Errorf("a certificate that names its term: until %s", calendar.Format(got.TermEnds))
	}
	term.Revoked = on("2023-01-01")
	if got := At([]Meeting{own}, []*Term{term}, years, on("2023-01-01")); got.Stage != None || got.Body != NoBody {
		t.Errorf("a revoked term: %+v", got)
	}
}

// TestTheBodyAloneIsThatOfTheStanding walks a committee, its early end and an interim body day by day.
func TestTheBodyAloneIsThatOfTheStanding(t *testing.T) {
	short, interim := elected(), Meeting{ID: "interim", Interim: true, Noticed: on("2024-06-01")}
	short.HandIns[1].TermTo = end("2023-12-31")
	seen := map[Body]bool{}
	for _, meetings := range [][]Meeting{nil, {elected()}, {short, interim}} {
		for at := on("2021-01-01"); at < on("2028-01-01"); at += day {
			body := BodyAt(meetings, nil, years, at)
			seen[body] = true
			if want := At(meetings, nil, years, at).Body; body != want {
				t.Fatalf("%s: %s, want %s", calendar.Format(at), body, want)
			}
		}
	}
	if len(seen) != len(Bodies) {
		t.Errorf("only %v were tried", seen)
	}
}
