package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongjue/voting/rules"
)

func TestRulesAreListedByPlaceAndDate(t *testing.T) {
	w := newTown(t)
	page := w.browser().get("/rules")
	var list rulePacksJSON
	if err := json.Unmarshal([]byte(w.browser().get("/api/v1/public/rules").body), &list); err != nil {
		t.Fatal(err)
	}
	packs, err := rules.List()
	w.must(err)
	if page.status != http.StatusOK || len(list.Packs) != len(packs) || list.Packs[0].ID != "cn-civil-code-2021" {
		t.Errorf("%d, %d of %d packs", page.status, len(list.Packs), len(packs))
	}
	for _, pack := range list.Packs {
		if !strings.Contains(page.body, `href="/rules/`+pack.ID+`"`) {
			t.Errorf("the page does not lead to %s", pack.ID)
		}
		if pack.InForce != (pack.ID != "cn-property-law-2007") {
			t.Errorf("%s in force: %v", pack.ID, pack.InForce)
		}
	}
	if home := w.browser().get("/"); !strings.Contains(home.body, `href="/rules"`) {
		t.Error("the home page does not lead to the rules")
	}
}

func TestAPackIsShownWithItsArticlesAndTheNationalMajorities(t *testing.T) {
	w := newTown(t)
	tests := []struct {
		id    string
		above []string
		says  string
	}{
		{"cn-civil-code-2021", []string{}, "人数和面积都要达到"},
		{"cn-beijing-2024", []string{"cn-civil-code-2021"}, "优先于本地文本"},
		{"cn-weifang-2022", []string{"cn-shandong-2021", "cn-civil-code-2021"}, "一个代理人最多接受 3 名业主的委托。"},
		{"cn-zhoushan-2019", []string{"cn-civil-code-2021"}, "按文本写明的施行日期适用"},
	}
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) {
			var pack rulePackDetailJSON
			answer := w.browser().get("/api/v1/public/rules/" + test.id)
			if err := json.Unmarshal([]byte(answer.body), &pack); err != nil {
				t.Fatal(err)
			}
			if pack.ID != test.id || !slices.Equal(pack.Above, test.above) || pack.Participation.Num != 2 || len(pack.Items) != 9 || len(pack.Clauses) == 0 {
				t.Errorf("%s", answer.body)
			}
			page := w.browser().get("/rules/" + test.id)
			if page.status != http.StatusOK || !strings.Contains(page.body, test.says) {
				t.Errorf("%d: %s", page.status, page.body)
			}
			for _, id := range test.above {
				if !strings.Contains(page.body, `href="/rules/`+id+`"`) {
					t.Errorf("the page does not lead to %s", id)
				}
			}
			for _, clause := range pack.Clauses {
				if !strings.Contains(page.body, clause.Text) || (clause.Source != nil && clause.Source.Article == "") {
					t.Errorf("%+v", clause)
				}
			}
		})
	}
	for _, path := range []string{"/rules/cn-nowhere", "/api/v1/public/rules/cn-nowhere"} {
		if answer := w.browser().get(path); answer.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.status)
		}
	}
}

// TestTheOldLawIsShownWithItsOwnMajorities: a vote of 2020 is explained by the rule of 2020.
func TestTheOldLawIsShownWithItsOwnMajorities(t *testing.T) {
	w := newTown(t)
	page := w.browser().get("/rules/cn-property-law-2007").body
	if !strings.Contains(page, "全体业主里，同意的人数和面积都不少于三分之二。") || strings.Contains(page, "四分之三") {
		t.Error(page)
	}
}
