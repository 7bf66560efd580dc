package web

import (
	"strings"
	"testing"
)

func TestAReviewSaysWhatHoldsWhatToLookAtAndWhatFails(t *testing.T) {
	for _, test := range []struct {
		name  string
		line  ReviewLine
		state string
		says  string
	}{
		{"a day short", ReviewOfNotice(14, 15, "甲条例第1条"), "fails", "规则要求 15 日（甲条例第1条）"},
		{"exactly the days", ReviewOfNotice(15, 15, "甲条例第1条"), "doubt", "正好等于"},
		{"a day more", ReviewOfNotice(16, 15, "甲条例第1条"), "holds", "16 日前"},
		{"no clause", ReviewOfNotice(3, 0, ""), "holds", "没有规定天数"},
		{"another roster", ReviewOfRoster(false, 2, 0), "fails", "不一致"},
		{"the same count", ReviewOfCount(710, 3, nil), "holds", "710 张票"},
		{"another count", ReviewOfCount(710, 3, []int64{1, 3}), "fails", "事项 1、3"},
		{"no objection", ReviewOfObjections(0, 0, 0, 0), "holds", "没有人"},
		{"an open objection", ReviewOfObjections(1, 2, 1, 0), "fails", "没有答复 1 件"},
		{"an objection that was upheld", ReviewOfObjections(0, 2, 1, 1), "doubt", "共 3 件"},
		{"all papers", ReviewOfPapers(5, nil, nil, false), "holds", "5 种"},
		{"an unsigned paper", ReviewOfPapers(5, []string{"委员书面承诺"}, nil, false), "doubt", "委员书面承诺"},
		{"a paper that must be there", ReviewOfPapers(5, nil, []string{"管理规约"}, true), "fails", "没有：管理规约"},
		{"an altered log", ReviewOfLog(9, false, false), "fails", "有人改过"},
		{"a result that is not in the log", ReviewOfLog(9, true, false), "fails", "没有报送的这个结果"},
		{"no witness named", ReviewOfWitness(0, false, ""), "doubt", "没有街道见证"},
		{"a witness that did not sign", ReviewOfWitness(1, false, ""), "fails", "没有在结果上签名"},
		{"a waived witness", ReviewOfWitness(1, false, "电脑坏了"), "doubt", "电脑坏了"},
	} {
		if test.line.State != test.state || !strings.Contains(test.line.Text, test.says) {
			t.Errorf("%s: %+v", test.name, test.line)
		}
	}
}
