package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"gongjue/voting/rules"
)

func TestRulesListNamesEveryPack(t *testing.T) {
	packs, err := rules.List()
	if err != nil {
		t.Fatal(err)
	}
	text := must(t, nil, "", "rules", "list")
	var list []rulesEntry
	if err := json.Unmarshal([]byte(must(t, nil, "", "rules", "list", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != len(packs) || list[0].ID != "cn-civil-code-2021" || list[0].Places == nil {
		t.Errorf("%d of %d packs, first %+v", len(list), len(packs), list[0])
	}
	for _, pack := range packs {
		if !strings.Contains(text, pack.ID+"\t") || !strings.Contains(text, pack.Name) {
			t.Errorf("%s is not listed", pack.ID)
		}
	}
	if !strings.Contains(text, "浙江省杭州市\t《杭州市物业管理条例》") {
		t.Error(text)
	}
}

func TestRulesShowPrintsEveryClauseWithItsArticle(t *testing.T) {
	packs, err := rules.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range packs {
		text := must(t, nil, "", "rules", "show", pack.ID)
		for _, line := range pack.Lines() {
			if !strings.Contains(text, line.Text+line.Note+"〔") || (line.Source != nil && !strings.Contains(text, line.Source.String())) {
				t.Errorf("%s does not show %q", pack.ID, line.Text)
			}
		}
		if !strings.Contains(text, "特别事项（第 ") || (pack.Level == rules.Local) != strings.Contains(text, "优先于本地文本") {
			t.Errorf("%s says wrongly which majorities hold:\n%s", pack.ID, text)
		}
		var back rules.Pack
		if err := json.Unmarshal([]byte(must(t, nil, "", "rules", "show", "--json", pack.ID)), &back); err != nil || back.ID != pack.ID || len(back.Lines()) != len(pack.Lines()) {
			t.Errorf("%s: %v", pack.ID, err)
		}
	}
	old := must(t, nil, "", "rules", "show", "cn-property-law-2007")
	if !strings.Contains(old, "全体业主里，同意的人数和面积都过半数。") || !strings.Contains(old, "5. 筹集和使用建筑物及其附属设施的维修资金：特别事项（三分之二以上同意）") {
		t.Error(old)
	}
	refused(t, nil, "", "no pack has that id", "rules", "show", "cn-nowhere")
}
