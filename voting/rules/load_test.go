package rules

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gongjue/voting/calendar"
)

const localPack = `
id: cn-sample
name: 示例市住宅小区管理办法
level: local
places: [示例省/示例市]
text_date: 2021-12-01
from: 2022-01-01
procedure:
  notice_days: {days: 20, source: {instrument: 示例市办法, article: 第9条, from: 2022-01-01, confirmed: true}}
  evote: {value: city_system_only, source: {instrument: 示例市办法, article: 第12条, from: 2022-01-01, confirmed: true}}
  certify_working_days: {days: 5, source: {instrument: 示例市办法, article: 第21条, from: 2022-01-01, confirmed: true}}
provisions:
  - text: 示例市的规定。
    source: {instrument: 示例市办法, article: 第30条, from: 2022-01-01, confirmed: true}
`

// provincePack lies above localPack.
const provincePack = `
id: cn-province
name: 示例省管理条例
level: local
places: [示例省]
text_date: 2021-01-01
from: 2021-01-01
procedure:
  notice_days: {days: 18, source: {instrument: 示例省条例, article: 第3条, from: 2021-01-01, until: 2025-01-01, confirmed: true}}
  result_days: {days: 3, source: {instrument: 示例省条例, article: 第4条, from: 2021-01-01, confirmed: true}}
  certify_days: {days: 10, source: {instrument: 示例省条例, article: 第5条, from: 2021-01-01, confirmed: true}}
provisions:
  - text: 示例省的规定。
    source: {instrument: 示例省条例, article: 第8条, from: 2024-01-01, confirmed: true}
`

// withNational loads texts, named by their id, beside the national packs.
func withNational(t *testing.T, texts map[string]string) (Library, error) {
	t.Helper()
	folder := fstest.MapFS{}
	for id, text := range texts {
		folder[id+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, id := range []string{"cn-civil-code-2021.yaml", "cn-property-law-2007.yaml"} {
		data, err := files.ReadFile("packs/" + id)
		if err != nil {
			t.Fatal(err)
		}
		folder[id] = &fstest.MapFile{Data: data}
	}
	return Load(folder)
}

func TestALocalPackAddsProcedureAndKeepsTheNationalMajorities(t *testing.T) {
	library, err := withNational(t, map[string]string{"cn-sample": localPack})
	if err != nil {
		t.Fatal(err)
	}
	inside, err := library.At("示例省/示例市/示例区", calendar.Date(2026, 1, 1))
	if err != nil || inside.ID != "cn-sample" || inside.Procedure.NoticeDays.Days != 20 {
		t.Fatalf("%+v, %v", inside, err)
	}
	if inside.Procedure.FilingDays == nil || inside.Procedure.FilingDays.Days != 30 {
		t.Error("the national clause under a silent local pack is gone")
	}
	national, _ := library.For("cn-civil-code-2021")
	if law := inside.Law(); law.Participation != national.Law().Participation || law.Items != 9 || law.ID != "cn-civil-code-2021" {
		t.Errorf("local law: %+v", law)
	}
	if national.Procedure.NoticeDays.Days != 15 || national.Procedure.CertifyWorkingDays != nil || len(national.Layers) != 0 {
		t.Error("the local pack changed the national one")
	}
	for _, place := range []string{"示例省", "示例省/示例市二", ""} {
		if pack, err := library.At(place, calendar.Date(2026, 1, 1)); err != nil || pack.ID != "cn-civil-code-2021" {
			t.Errorf("%q: %s, %v", place, pack.ID, err)
		}
	}
	if byID, err := library.For("cn-sample"); err != nil || byID.Majorities == nil {
		t.Errorf("by id: %+v, %v", byID, err)
	}
}

func TestACityGoesBeforeItsProvinceClauseByClause(t *testing.T) {
	library, err := withNational(t, map[string]string{"cn-sample": localPack, "cn-province": provincePack})
	if err != nil {
		t.Fatal(err)
	}
	pack, err := library.At("示例省/示例市/示例区", calendar.Date(2024, 6, 1))
	if err != nil {
		t.Fatal(err)
	}
	var layers []string
	for _, layer := range pack.Layers {
		layers = append(layers, layer.ID)
	}
	if got := strings.Join(layers, " "); got != "cn-civil-code-2021 cn-province cn-sample" || pack.ID != "cn-sample" {
		t.Errorf("layers %s of %s", got, pack.ID)
	}
	if pack.Name != "《中华人民共和国民法典》第二百七十八条、示例省管理条例、示例市住宅小区管理办法" {
		t.Errorf("named %s", pack.Name)
	}
	p := pack.Procedure
	for name, got := range map[string]string{
		"the city's notice": p.NoticeDays.Source.Instrument, "the province's result": p.ResultDays.Source.Instrument,
		"national filing": p.FilingDays.Source.Instrument, "the city's provision first": pack.Provisions[0].Source.Instrument,
		"the province's provision second": pack.Provisions[1].Source.Instrument,
	} {
		want := map[string]string{"the city's notice": "示例市办法", "the province's result": "示例省条例", "national filing": "物业管理条例",
			"the city's provision first": "示例市办法", "the province's provision second": "示例省条例"}[name]
		if got != want {
			t.Errorf("%s is of %s", name, got)
		}
	}
	if p.CertifyWorkingDays.Days != 5 || p.CertifyDays != nil {
		t.Error("ten days of the province stand beside five working days of the city")
	}
}

func TestAClauseEndsAndBeginsOnItsOwnDays(t *testing.T) {
	library, err := withNational(t, map[string]string{"cn-province": provincePack})
	if err != nil {
		t.Fatal(err)
	}
	ends, begins := calendar.Date(2025, 1, 1), calendar.Date(2024, 1, 1)
	tests := []struct {
		name       string
		start      int64
		notice     int
		provisions int // of the province, before the two national ones
	}{
		{"before the provision", begins - 1, 18, 0},
		{"on its first day", begins, 18, 1},
		{"the last millisecond of the notice clause", ends - 1, 18, 1},
		{"afterwards the national notice holds", ends, 15, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pack, err := library.At("示例省/另一市", test.start)
			if err != nil || pack.Procedure.NoticeDays.Days != test.notice || len(pack.Provisions) != 2+test.provisions {
				t.Errorf("%d days, %d provisions, %v", pack.Procedure.NoticeDays.Days, len(pack.Provisions), err)
			}
		})
	}
}

// refusals change localPack once; what comes out must not load.
var refusals = []struct{ name, old, new string }{
	{"a local pack with majorities", "procedure:", "majorities: {participation: {num: 1, den: 2, of: total}}\nprocedure:"},
	{"a local pack with items", "procedure:", "items: [{number: 1, text: 甲, class: ordinary}]\nprocedure:"},
	{"a local pack with an election item", "procedure:", "election_item: 3\nprocedure:"},
	{"a local pack without a place", "places: [示例省/示例市]\n", ""},
	{"a local pack without the date of its text", "text_date: 2021-12-01\n", ""},
	{"a text that is younger than the rule", "text_date: 2021-12-01", "text_date: 2022-01-02"},
	{"a local pack that only announces", "source: {instrument: 示例市办法, article: 第9条, from: 2022-01-01, confirmed: true}", "announced: true"},
	{"an unknown field", "procedure:", "quorum: 1/2\nprocedure:"},
	{"an unknown clause", "  notice_days", "  notice_weeks"},
	{"an unknown key within a clause", "days: 20,", "days: 20, weeks: 3,"},
	{"an unknown key within a source", "article: 第9条,", "article: 第9条, page: 3,"},
	{"a clause twice", "  evote:", "  notice_days: {days: 7}\n  evote:"},
	{"a clause without a value", "{days: 20, source: {instrument: 示例市办法, article: 第9条, from: 2022-01-01, confirmed: true}}", ""},
	{"a clause that refers to another", "notice_days: {days", "notice_days: &same {days"},
	{"an unknown level", "level: local", "level: provincial"},
	{"another id than the file's name", "id: cn-sample", "id: cn-other"},
	{"no name", "name: 示例市住宅小区管理办法\n", ""},
	{"no first day", "\nfrom: 2022-01-01", ""},
	{"a day that does not exist", "\nfrom: 2022-01-01", "\nfrom: 2022-02-30"},
	{"an end before the start", "\nfrom: 2022-01-01", "\nfrom: 2022-01-01\nuntil: 2021-12-31"},
	{"an end on the day of the start", "\nfrom: 2022-01-01", "\nfrom: 2022-01-01\nuntil: 2022-01-01"},
	{"a clause that ends before it begins", "第9条, from: 2022-01-01", "第9条, from: 2022-01-01, until: 2021-01-01"},
	{"a clause without source", ", source: {instrument: 示例市办法, article: 第9条, from: 2022-01-01, confirmed: true}", ""},
	{"a clause with source that is only announced", "days: 20,", "days: 20, announced: true,"},
	{"a source without article", "article: 第9条, ", ""},
	{"a source with an empty article", "article: 第9条, ", `article: " ", `},
	{"a source without instrument", "instrument: 示例市办法, article: 第9条", "article: 第9条"},
	{"a source without date", "article: 第9条, from: 2022-01-01", "article: 第9条"},
	{"a source that nobody confirmed", "第9条, from: 2022-01-01, confirmed: true", "第9条, from: 2022-01-01"},
	{"a source that is not confirmed", "第9条, from: 2022-01-01, confirmed: true", "第9条, from: 2022-01-01, confirmed: false"},
	{"no days", "days: 20", "days: 0"},
	{"days that are no number", "days: 20", "days: 二十"},
	{"a word of another clause", "city_system_only", "by_rules"},
	{"a provision without text", "text: 示例市的规定。", `text: ""`},
	{"a provision that is not confirmed", "第30条, from: 2022-01-01, confirmed: true", "第30条, from: 2022-01-01"},
	{"a second document", "\nid:", "---\nid: x\n---\nid:"},
}

func TestTheLoaderRefuses(t *testing.T) {
	if _, err := withNational(t, map[string]string{"cn-sample": localPack}); err != nil {
		t.Fatal(err)
	}
	for _, test := range refusals {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(localPack, test.old, test.new, 1)
			if text == localPack {
				t.Fatal("the test changes nothing")
			}
			if _, err := withNational(t, map[string]string{"cn-sample": text}); err == nil {
				t.Error("accepted")
			}
		})
	}
}

// TestTheLoaderRefusesAClause puts one clause with a source into a local pack.
func TestTheLoaderRefusesAClause(t *testing.T) {
	const source = "source: {instrument: 示例市办法, article: 第40条, from: 2022-01-01, confirmed: true}"
	tests := []struct{ name, clause, mended string }{
		{"range whose end is before its start", "voting_days: {min: 60, max: 5", "voting_days: {min: 5, max: 60"},
		{"range of nothing", "voting_days: {min: 0", "voting_days: {min: 1"},
		{"share above one", "application_share: {num: 6, den: 5", "application_share: {num: 5, den: 5"},
		{"share of nothing", "alternates: {num: 0, den: 2", "alternates: {num: 1, den: 2"},
		{"cap on proxies that is none", "proxy_cap: {most: 0", "proxy_cap: {most: 3"},
		{"cap on proxies that is two things", "proxy_cap: {most: 3, by_rules: true", "proxy_cap: {by_rules: true"},
		{"delivered share of an unknown measure", "eligibility: {any_of: [{measure: units, num: 1, den: 2}]", "eligibility: {any_of: [{measure: area, num: 1, den: 2}]"},
		{"delivered share without share and years", "eligibility: {any_of: [{measure: area}]", "eligibility: {any_of: [{years: 2}]"},
		{"eligibility without a test", "eligibility: {any_of: []", "eligibility: {any_of: [{measure: heads, num: 1, den: 4, years: 2}]"},
		{"small committee as large as the other", "committee: {min: 5, small: {members: 5, households: 100}", "committee: {min: 5, small: {members: 3, households: 100}"},
		{"small committee of no size", "committee: {min: 5, small: {members: 3}", "committee: {min: 5, small: {members: 3, area_m2: 10000}"},
		{"authority twice", "filing_authorities: {values: [street, street]", "filing_authorities: {values: [street, district]"},
		{"list of nothing", "filing_documents: {values: []", "filing_documents: {values: [promises]"},
		{"renewal in zero months", "renewal_months: {number: 0", "renewal_months: {number: 6"},
		{"interim body led by nobody known", "interim_body: {min: 7, chair: developer", "interim_body: {min: 7, chair: street"},
		{"interim body of a negative term", "interim_body: {min: 7, term_years: -1", "interim_body: {min: 7, term_years: 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			with := func(clause string) error {
				text := strings.Replace(localPack, "procedure:\n", "procedure:\n  "+clause+", "+source+"}\n", 1)
				_, err := withNational(t, map[string]string{"cn-sample": text})
				return err
			}
			if err := with(test.clause); err == nil {
				t.Error("accepted")
			}
			if err := with(test.mended); err != nil {
				t.Errorf("mended: %v", err)
			}
		})
	}
}

func TestTheLoaderRefusesANationalPackThat(t *testing.T) {
	data, err := files.ReadFile("packs/cn-civil-code-2021.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new string }{
		{"skips an item", "number: 4", "number: 5"},
		{"has an item of no class", "class: special", "class: heavy"},
		{"has an item without source", "article: 第278条第1款第9项, ", ""},
		{"names places", "level: national", "level: national\nplaces: [示例省]"},
		{"has no election item", "election_item: 3", "election_item: 12"},
		{"has more than everybody", "num: 3, den: 4", "num: 5, den: 4"},
		{"has a fraction of nothing", "num: 3, den: 4", "num: 0, den: 4"},
		{"measures participation against participants", "strict: false, of: total", "strict: false, of: participants"},
		{"measures against something else", "of: participants", "of: households"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(string(data), test.old, test.new, 1)
			if text == string(data) {
				t.Fatal("the test changes nothing")
			}
			if _, err := Load(fstest.MapFS{"cn-civil-code-2021.yaml": {Data: []byte(text)}}); err == nil {
				t.Error("accepted")
			}
		})
	}
	without := string(data[:strings.Index(string(data), "# 以上")]) + "procedure: {}\n"
	if _, err := Load(fstest.MapFS{"cn-civil-code-2021.yaml": {Data: []byte(without)}}); err == nil {
		t.Error("a national pack without majorities was accepted")
	}
}

func TestTwoPacksForOneDayAndPlaceAreRefused(t *testing.T) {
	twin := strings.Replace(localPack, "id: cn-sample", "id: cn-twin", 1)
	folder := fstest.MapFS{"cn-sample.yaml": {Data: []byte(localPack)}, "cn-twin.yaml": {Data: []byte(twin)}}
	if _, err := Load(folder); err == nil {
		t.Error("two local packs of one place at once were accepted")
	}
	later := strings.Replace(strings.Replace(twin, "text_date: 2021-12-01", "text_date: 2019-12-01", 1),
		"\nfrom: 2022-01-01", "\nfrom: 2020-01-01\nuntil: 2022-01-01", 1)
	folder["cn-twin.yaml"] = &fstest.MapFile{Data: []byte(later)}
	library, err := Load(folder)
	if err != nil {
		t.Fatalf("one after the other: %v", err)
	}
	if _, err := library.For("cn-sample"); !errors.Is(err, ErrNoPack) {
		t.Errorf("a local pack without national law beneath: %v", err)
	}
	folder["cn-copy.yaml"] = &fstest.MapFile{Data: []byte(localPack)}
	if _, err := Load(folder); err == nil {
		t.Error("two packs of one id were accepted")
	}
}
