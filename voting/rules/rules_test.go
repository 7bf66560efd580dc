package rules

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"gongjue/voting"
	"gongjue/voting/calendar"
)

func TestTheRuleFollowsTheStartOfVoting(t *testing.T) {
	newYear := calendar.Date(2021, 1, 1)
	tests := []struct {
		name  string
		start int64
		want  string
	}{
		{"the last millisecond of 2020", newYear - 1, "cn-property-law-2007"},
		{"midnight of 2021 in 北京时间", newYear, "cn-civil-code-2021"},
		{"today's votes", calendar.Date(2026, 5, 18), "cn-civil-code-2021"},
		{"the first day of the property law", calendar.Date(2007, 10, 1), "cn-property-law-2007"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pack, err := At("浙江省/杭州市", test.start)
			if err != nil || pack.ID != test.want {
				t.Errorf("got %s, %v", pack.ID, err)
			}
		})
	}
	if _, err := At("", calendar.Date(2007, 10, 1)-1); !errors.Is(err, ErrNoPack) {
		t.Errorf("before the property law: %v", err)
	}
	if _, err := For("cn-nowhere"); !errors.Is(err, ErrNoPack) {
		t.Errorf("an unknown id: %v", err)
	}
}

func TestLawOfTheCivilCode(t *testing.T) {
	pack, err := For("cn-civil-code-2021")
	if err != nil {
		t.Fatal(err)
	}
	const article = "民法典第278条第2款"
	want := voting.Law{
		ID:            "cn-civil-code-2021",
		Participation: voting.Test{Threshold: voting.TwoThirds, OfTotal: true, Article: article},
		Ordinary:      voting.Test{Threshold: voting.OverHalf, Article: article},
		Special:       voting.Test{Threshold: voting.ThreeQuarters, Article: article},
		Items:         9, SpecialItems: []int{6, 7, 8}, ElectionItem: 3,
	}
	if got := pack.Law(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestLawOfThePropertyLawMeasuresAgainstAll(t *testing.T) {
	pack, err := For("cn-property-law-2007")
	if err != nil {
		t.Fatal(err)
	}
	const article = "物权法第76条第2款"
	want := voting.Law{
		ID:            "cn-property-law-2007",
		Participation: voting.Test{Threshold: voting.OverHalf, OfTotal: true, Article: "物业管理条例第12条第1款"},
		Ordinary:      voting.Test{Threshold: voting.OverHalf, OfTotal: true, Article: article},
		Special:       voting.Test{Threshold: voting.TwoThirds, OfTotal: true, Article: article},
		Items:         7, SpecialItems: []int{5, 6}, ElectionItem: 3,
	}
	if got := pack.Law(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestNationalDeadlines(t *testing.T) {
	packs, err := List()
	if err != nil || len(packs) != 2 {
		t.Fatalf("%d packs, %v", len(packs), err)
	}
	for _, pack := range packs {
		p := pack.Procedure
		if p.NoticeDays.Days != 15 || p.NoticeDays.Source.String() != "物业管理条例第14条第1款" {
			t.Errorf("%s: notice %+v", pack.ID, p.NoticeDays)
		}
		if p.FilingDays.Days != 30 || p.FilingDays.Source.String() != "物业管理条例第16条第1款" {
			t.Errorf("%s: filing %+v", pack.ID, p.FilingDays)
		}
		if !p.ObjectionDays.Announced || !p.DisplayDays.Announced {
			t.Errorf("%s: objection and display days are no law and must be announced", pack.ID)
		}
		if p.CertifyWorkingDays != nil {
			t.Errorf("%s: national law sets no days for the certificate", pack.ID)
		}
	}
}

func TestAPackIsStoredAsJSONAndGivesTheSameLaw(t *testing.T) {
	packs, err := List()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range packs {
		text, err := json.Marshal(pack)
		if err != nil {
			t.Fatal(err)
		}
		var back Pack
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, pack) || !reflect.DeepEqual(back.Law(), pack.Law()) {
			t.Errorf("%s came back different", pack.ID)
		}
	}
}

func TestItemsByNumber(t *testing.T) {
	pack, err := For("cn-civil-code-2021")
	if err != nil {
		t.Fatal(err)
	}
	if item, found := pack.Item(5); !found || item.Class != Ordinary || !strings.HasPrefix(item.Text, "使用") {
		t.Errorf("using the fund is ordinary: %+v", item)
	}
	if item, found := pack.Item(6); !found || item.Class != Special || !strings.HasPrefix(item.Text, "筹集") {
		t.Errorf("raising the fund is special: %+v", item)
	}
	for _, number := range []int{-1, 0, 10} {
		if _, found := pack.Item(number); found {
			t.Errorf("item %d exists", number)
		}
	}
}

const localPack = `
id: cn-sample
name: 示例市住宅小区管理办法
level: local
places: [示例省/示例市]
from: 2022-01-01
procedure:
  notice_days: {days: 20, source: {instrument: 示例市办法, article: 第9条, from: 2022-01-01}}
  certify_working_days: {days: 5, source: {instrument: 示例市办法, article: 第21条, from: 2022-01-01}}
`

func withNational(t *testing.T, name, text string) (Library, error) {
	t.Helper()
	folder := fstest.MapFS{name: {Data: []byte(text)}}
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
	library, err := withNational(t, "cn-sample.yaml", localPack)
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
	if law := inside.Law(); law.Participation != national.Law().Participation || law.Items != 9 {
		t.Errorf("local law: %+v", law)
	}
	if national.Procedure.NoticeDays.Days != 15 || national.Procedure.CertifyWorkingDays != nil {
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

func TestTheLoaderRefuses(t *testing.T) {
	tests := []struct{ name, old, new string }{
		{"a local pack with majorities", "procedure:", "majorities: {participation: {num: 1, den: 2, of: total}}\nprocedure:"},
		{"a local pack with items", "procedure:", "items: [{number: 1, text: 甲, class: ordinary}]\nprocedure:"},
		{"a local pack with an election item", "procedure:", "election_item: 3\nprocedure:"},
		{"a local pack without a place", "places: [示例省/示例市]\n", ""},
		{"an unknown field", "procedure:", "quorum: 1/2\nprocedure:"},
		{"an unknown clause", "  notice_days", "  notice_weeks"},
		{"an unknown level", "level: local", "level: provincial"},
		{"another id than the file's name", "id: cn-sample", "id: cn-other"},
		{"no name", "name: 示例市住宅小区管理办法\n", ""},
		{"no first day", "from: 2022-01-01\nprocedure", "procedure"},
		{"a day that does not exist", "from: 2022-01-01\nprocedure", "from: 2022-02-30\nprocedure"},
		{"an end before the start", "from: 2022-01-01\nprocedure", "from: 2022-01-01\nuntil: 2021-12-31\nprocedure"},
		{"a clause without source", ", source: {instrument: 示例市办法, article: 第9条, from: 2022-01-01}", ""},
		{"a clause with source that is only announced", "days: 20,", "days: 20, announced: true,"},
		{"a source without article", "article: 第9条, ", ""},
		{"a source without instrument", "instrument: 示例市办法, article: 第9条", "article: 第9条"},
		{"a source without date", "article: 第9条, from: 2022-01-01", "article: 第9条"},
		{"no days", "days: 20", "days: 0"},
		{"days that are no number", "days: 20", "days: 二十"},
		{"a second document", "\nid:", "---\nid: x\n---\nid:"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(localPack, test.old, test.new, 1)
			if text == localPack {
				t.Fatal("the test changes nothing")
			}
			if _, err := withNational(t, "cn-sample.yaml", text); err == nil {
				t.Error("accepted")
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
	later := strings.Replace(strings.Replace(twin, "level: local", "level: local\nuntil: 2022-01-01", 1),
		"from: 2022-01-01\nprocedure", "from: 2020-01-01\nprocedure", 1)
	folder["cn-twin.yaml"] = &fstest.MapFile{Data: []byte(later)}
	library, err := Load(folder)
	if err != nil {
		t.Fatalf("one after the other: %v", err)
	}
	if _, err := library.For("cn-sample"); !errors.Is(err, ErrNoPack) {
		t.Errorf("a local pack without national law beneath: %v", err)
	}
}
