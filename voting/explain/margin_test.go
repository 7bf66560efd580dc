package explain

import (
	"strings"
	"testing"

	"gongjue/voting"
)

func TestTheMarginOfAnElectionIsToldInBothSteps(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	// high and middle have both majorities, low has neither; between has both, with fewer heads and more area than middle.
	between := middle
	between.Heads, between.Area = middle.Heads-5, middle.Area+123_400
	two := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙", "丙"}, Seats: 2, Alternates: 1}
	one := voting.Matter{Kind: voting.Selection, Item: 4, Method: voting.ApprovalEach, Options: []string{"东风物业", "南山物业"}}
	const rank = "再按事先公布的“先比同意人数，人数相同比面积”排名。"
	for name, test := range map[string]struct {
		matter voting.Matter
		rank   voting.Rank
		counts voting.Counts
		want   string // the end of the sentence; empty: nothing is said
	}{
		"by heads, with less area":     {two, "", each(two.Options, high, middle, between), rank + "最后一个席位的乙，比下一名丙人数多 5 人、面积少 12.34㎡。"},
		"by area, with fewer heads":    {two, voting.AreaThenHeads, each(two.Options, high, middle, between), "排名。最后一个席位的丙，比下一名乙人数少 5 人、面积多 12.34㎡。"},
		"nobody behind the last place": {two, "", each(two.Options, high, middle, low), rank + "最后一个席位的乙后面，没有其他达到法定比例的，排名不影响结果。"},
		"a tie is told elsewhere":      {two, "", each(two.Options, high, middle, middle), ""},
		"nobody elected":               {two, "", each(two.Options, low, low, low), ""},
		"a firm":                       {one, "", each(one.Options, middle, between), "每一家企业先要人数和面积都达到法定比例，余量逐项列在比较里；都达到的，" + rank + "选定的东风物业，比下一名南山物业人数多 5 人、面积少 12.34㎡。"},
		"by seat group":                {groups, "", each(groups.Options, high, middle, middle, low), rank + "3号楼最后一个席位的甲，比下一名乙人数多"},
	} {
		t.Run(name, func(t *testing.T) {
			policies := voting.Policies{Rank: test.rank}
			outcome := decide(t, code, policies, test.matter, test.counts)
			got := Margin(test.matter, policies, outcome, Names{})
			if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
	if got := Margin(voting.Matter{Kind: voting.Motion, Item: 1}, voting.Policies{}, voting.Outcome{Result: voting.Passed}, Names{}); got != "" {
		t.Errorf("a motion: %s", got)
	}
	if DisputedPlaces(two) == "" || DisputedPlaces(one) != "" {
		t.Error("only an election has alternates")
	}
}

func TestADrawnPlaceIsAheadByTheLotAlone(t *testing.T) {
	code := lawOf(t, "cn-civil-code-2021")
	tied := voting.Matter{Kind: voting.Election, Item: 3, Method: voting.ApprovalEach, Options: []string{"甲", "乙"}, Seats: 1, TieWay: voting.TieByLot}
	outcome := decide(t, code, voting.Policies{}, tied, each(tied.Options, middle, middle))
	drawn, err := voting.ResolveTie(code, voting.Policies{}, tied, outcome, "公开的种子", "事项一")
	if err != nil {
		t.Fatal(err)
	}
	if got := Margin(tied, voting.Policies{}, drawn, Names{}); !strings.Contains(got, "人数和面积都相同，由事先公布的办法定先后。") {
		t.Error(got)
	}
}
