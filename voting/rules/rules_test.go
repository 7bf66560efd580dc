package rules

import (
	"errors"
	"reflect"
	"strings"
	"testing"

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
			pack, err := At("示例省/示例市", test.start)
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
	for _, id := range []string{"cn-civil-code-2021", "cn-property-law-2007"} {
		pack, err := For(id)
		if err != nil {
			t.Fatal(err)
		}
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
