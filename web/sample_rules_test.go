package web

import (
	"slices"
	"strings"
	"testing"

	"gongjue/voting/rules"
)

// sampleRules are the list and every shipped pack: a clause that breaks a page is found here.
func sampleRules(t testing.TB) map[string]Page {
	packs, err := rules.List()
	if err != nil {
		t.Fatal(err)
	}
	national, err := rules.At("", int64(sampleNow))
	if err != nil {
		t.Fatal(err)
	}
	list := Rules{Shell: publicShell(TitleRules), HomeURL: "/"}
	pages := map[string]Page{}
	for _, pack := range RulesInOrder(packs) {
		list.Packs = append(list.Packs, RuleCard{Pack: pack, URL: "/rules/" + pack.ID, Now: pack.Until == ""})
		page := RulePage{Shell: publicShell(pack.Name), Pack: pack, National: national, ListURL: "/rules"}
		if pack.Level == rules.National {
			page.National = pack
		} else {
			page.Above = []Link{{"《山东省物业管理条例》", "/rules/cn-shandong-2021"}, {national.Name, "/rules/" + national.ID}}
		}
		pages["rule-"+pack.ID] = page
	}
	pages["rules"] = list
	return pages
}

func TestThePageOfAPackShowsEveryClauseWithItsArticle(t *testing.T) {
	for name, page := range sampleRules(t) {
		shown, isPack := page.(RulePage)
		if !isPack {
			continue
		}
		html := rendered(t, page)
		for _, line := range shown.Pack.Lines() {
			if !strings.Contains(html, line.Text) || !strings.Contains(html, basis(line.Source)) {
				t.Errorf("%s does not show %q of %s", name, line.Text, basis(line.Source))
			}
		}
		for _, line := range shown.Majorities() {
			if !strings.Contains(html, line.Text) || !strings.Contains(html, line.Basis) {
				t.Errorf("%s does not show %q", name, line.Text)
			}
		}
		if shown.Local() != strings.Contains(html, "优先于本地文本") {
			t.Errorf("%s says wrongly whose majorities hold", name)
		}
	}
}

func TestMajoritiesInWords(t *testing.T) {
	tests := []struct{ id, participation, ordinary, special string }{
		{"cn-civil-code-2021", "全体业主里，参加表决的人数和面积都不少于三分之二。", "参加表决的业主里，同意的人数和面积都过半数。", "参加表决的业主里，同意的人数和面积都不少于四分之三。"},
		{"cn-property-law-2007", "全体业主里，参加表决的人数和面积都过半数。", "全体业主里，同意的人数和面积都过半数。", "全体业主里，同意的人数和面积都不少于三分之二。"},
	}
	for _, test := range tests {
		pack, err := rules.For(test.id)
		if err != nil {
			t.Fatal(err)
		}
		lines := RulePage{Pack: pack, National: pack}.Majorities()
		if lines[0].Text != test.participation || lines[1].Text != test.ordinary || lines[2].Text != test.special {
			t.Errorf("%s: %+v", test.id, lines)
		}
	}
}

func TestRulesStandByPlaceAndDate(t *testing.T) {
	packs := []rules.Pack{
		{ID: "city", Places: []string{"甲省/乙市"}, From: "2021-01-01"}, {ID: "old", From: "2007-10-01"}, {ID: "newer-city", Places: []string{"甲省/乙市"}, From: "2025-01-01"},
		{ID: "province", Places: []string{"甲省"}, From: "2022-01-01"}, {ID: "new", From: "2021-01-01"},
	}
	var ids []string
	for _, pack := range RulesInOrder(packs) {
		ids = append(ids, pack.ID)
	}
	if want := []string{"new", "old", "province", "newer-city", "city"}; !slices.Equal(ids, want) {
		t.Errorf("got %v", ids)
	}
	for day, want := range map[rules.Day]string{"2024-03-29": "2024年3月29日", "": ""} {
		if got := dayWords(day); got != want {
			t.Errorf("%s: %s", day, got)
		}
	}
	if got := RulesPeriod("2007-10-01", "2021-01-01"); got != "2007年10月1日起，到2021年1月1日前" {
		t.Error(got)
	}
}
