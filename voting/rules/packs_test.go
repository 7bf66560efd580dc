package rules

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gongjue/voting/calendar"
)

var today = calendar.Date(2026, 5, 18)

// shipped are the packs in the order of their ids. None may come from a text that nobody confirmed.
var shipped = []string{
	"cn-beijing-2024", "cn-binzhou-2019", "cn-civil-code-2021", "cn-hangzhou-2021", "cn-heze-2022", "cn-huzhou-2021", "cn-jiaxing-2021",
	"cn-liaocheng-2021", "cn-lishui-2019", "cn-ningbo-2021", "cn-property-law-2007", "cn-qingdao-2021", "cn-qingyuan-2022",
	"cn-rizhao-2017", "cn-shandong-2021", "cn-shanghai-2020", "cn-shaoxing-2020", "cn-taizhou-zj-2021", "cn-weifang-2022",
	"cn-zhoushan-2019", "cn-zibo-2021",
}

func TestShippedPacks(t *testing.T) {
	packs, err := List()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, pack := range packs {
		ids = append(ids, pack.ID)
	}
	if !slices.Equal(ids, shipped) {
		t.Errorf("got %v", ids)
	}
}

func TestEveryShippedClauseReadsInChineseAndCitesAnArticle(t *testing.T) {
	packs, err := List()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range packs {
		lines := pack.Lines()
		if len(lines) != len(pack.Procedure.clauses())+len(pack.Provisions) || len(lines) == 0 {
			t.Errorf("%s: %d lines", pack.ID, len(lines))
		}
		for _, line := range lines {
			if !sentence(line.Text) || line.Topic.Name() == "" || (line.Key != "" && line.Name == "") {
				t.Errorf("%s %s: %+v", pack.ID, line.Key, line)
			}
			if line.Announced != (line.Source == nil) || (line.Announced && pack.Level == Local) {
				t.Errorf("%s %s: announced %v", pack.ID, line.Key, line.Announced)
			}
			if s := line.Source; s != nil && (!s.Confirmed || !strings.HasPrefix(s.Article, "第") || !s.From.valid() || s.Instrument == "") {
				t.Errorf("%s %s: %+v", pack.ID, line.Key, s)
			}
			if s := line.Source; s != nil && pack.Level == Local && ("《"+s.Instrument+"》" != pack.Name || s.From != pack.From) {
				t.Errorf("%s %s cites %s of %s", pack.ID, line.Key, s.Instrument, s.From)
			}
		}
	}
}

// sentence tells a Chinese sentence without the hole that a wrong format leaves behind.
func sentence(text string) bool {
	return strings.HasSuffix(text, "。") && !strings.Contains(text, "%!") && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// TestEveryWordOfEveryParameterReads prints each word of the table once, used by a pack or not.
func TestEveryWordOfEveryParameterReads(t *testing.T) {
	keys := map[string]bool{}
	for _, parameter := range parameters {
		if keys[parameter.key] || parameter.name == "" || parameter.topic.Name() == "" {
			t.Errorf("parameter %s twice, or without name or topic", parameter.key)
		}
		keys[parameter.key] = true
		for _, word := range parameter.words {
			var p Procedure
			text := `{"` + parameter.key + `":{"value":"` + string(word) + `","values":["` + string(word) + `"],"chair":"` + string(word) +
				`","any_of":[{"measure":"` + string(word) + `","num":1,"den":3}],"max":3}}`
			if err := json.Unmarshal([]byte(text), &p); err != nil {
				t.Fatal(err)
			}
			if said := parameter.say(&p); !sentence(said) || strings.Contains(said, "：。") {
				t.Errorf("%s %s reads %q", parameter.key, word, said)
			}
		}
	}
	fields := reflect.TypeFor[Procedure]()
	for i := range fields.NumField() {
		if key := fields.Field(i).Tag.Get("yaml"); !keys[key] {
			t.Errorf("the field %s is in no table", key)
		}
	}
	if fields.NumField() != len(keys) {
		t.Errorf("%d fields, %d parameters", fields.NumField(), len(keys))
	}
	for _, topic := range Topics {
		if topic.Name() == "" {
			t.Errorf("topic %s has no name", topic)
		}
	}
}

func TestAPackIsStoredAsJSONAndGivesTheSameLaw(t *testing.T) {
	for _, id := range shipped {
		pack, err := For(id)
		if err != nil {
			t.Fatal(err)
		}
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

// TestASnapshotOfTheFirstReleaseIsStillRead: meetings keep the pack they were noticed under.
func TestASnapshotOfTheFirstReleaseIsStillRead(t *testing.T) {
	const old = `{"id":"cn-civil-code-2021","name":"甲","level":"national","from":"2021-01-01","procedure":{"notice_days":{"days":15,"source":` +
		`{"instrument":"物业管理条例","article":"第14条第1款","from":"2007-10-01"}},"objection_days":{"days":5,"announced":true}}}`
	var pack Pack
	if err := json.Unmarshal([]byte(old), &pack); err != nil {
		t.Fatal(err)
	}
	back, err := json.Marshal(pack)
	if err != nil || string(back) != old {
		t.Errorf("%s, %v", back, err)
	}
}

func TestEveryLocalPackKeepsTheNationalMajorities(t *testing.T) {
	national, err := At("", today)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range shipped {
		raw, err := For(id)
		if err != nil {
			t.Fatal(err)
		}
		if raw.Level == National {
			continue
		}
		pack, err := At(raw.Places[0]+"/示例区", today)
		if err != nil || pack.ID != id || !reflect.DeepEqual(pack.Law(), national.Law()) {
			t.Errorf("%s: %s, %+v, %v", id, pack.ID, pack.Law(), err)
		}
	}
}

func TestWhatTheLocalTextsSay(t *testing.T) {
	at := func(place string) Procedure {
		pack, err := At(place, today)
		if err != nil {
			t.Fatal(err)
		}
		return pack.Procedure
	}
	tests := []struct {
		name string
		got  any
		want any
	}{
		{"北京 votes online on the city's system only", at("北京市/示例区").EVote.Value, CitySystemOnly},
		{"上海 knows no online vote", at("上海市/示例区").EVote.Value, NotProvided},
		{"潍坊 votes online on the city's system only", at("山东省/潍坊市").EVote.Value, CitySystemOnly},
		{"清远 votes online on the authority's platform only", at("广东省/清远市").EVote.Value, CitySystemOnly},
		{"丽水 asks for real names", at("浙江省/丽水市").EVote.Value, RealNameAny},
		{"湖州 takes recognised systems", at("浙江省/湖州市").EVote.Value, RecognisedSystem},
		{"杭州 gives paper on request", at("浙江省/杭州市").Paper.Value, OnRequest},
		{"杭州 votes for five days at least", at("浙江省/杭州市").VotingDays.Min, 5},
		{"杭州 votes for sixty days at most", at("浙江省/杭州市").VotingDays.Max, 60},
		{"杭州 notices fifteen days ahead", at("浙江省/杭州市").NoticeDays.Days, 15},
		{"杭州 notices an extraordinary meeting seven days ahead", at("浙江省/杭州市").ExtraordinaryNoticeDays.Days, 7},
		{"杭州 lets more than half of the seats stand", at("浙江省/杭州市").Shortfall.Value, OverHalfStands},
		{"elsewhere open seats need a further vote", at("北京市").Shortfall.Value, FurtherVote},
		{"聊城 takes the interim covenant", at("山东省/聊城市").Silence.Value, InterimCovenantToo},
		{"宁波 leaves parking out", at("浙江省/宁波市").Parking.Value, Excluded},
		{"潍坊 caps proxies at three", at("山东省/潍坊市").ProxyCap.Most, 3},
		{"潍坊 takes the province's publication", at("山东省/潍坊市").ResultDays.Source.Instrument, "山东省物业管理条例"},
		{"聊城 certifies in working days, not in the province's days", at("山东省/聊城市").CertifyDays, (*Clause)(nil)},
		{"a city of 山东 without a pack has the province's", at("山东省/示例市").RenewalDays.Days, 90},
		{"滨州 cannot shorten the national notice", at("山东省/滨州市").NoticeDays.Days, 15},
		{"河南 has no pack", at("河南省/示例市").EVote, (*Choice)(nil)},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %v", test.name, test.got)
		}
	}
}

func TestATextBeforeTheCodeComesWithTheLawOfItsVote(t *testing.T) {
	for start, want := range map[int64]string{calendar.Date(2020, 12, 31): "cn-property-law-2007", calendar.Date(2021, 1, 1): "cn-civil-code-2021"} {
		pack, err := At("浙江省/舟山市", start)
		if err != nil || pack.ID != "cn-zhoushan-2019" || pack.Law().ID != want {
			t.Errorf("%s under %s, %v", pack.ID, pack.Law().ID, err)
		}
	}
}

func TestThePlaceOfACommunityAsPeopleTypeIt(t *testing.T) {
	tests := []struct{ place, want string }{
		{"浙江省/杭州市/西湖区", "cn-hangzhou-2021"},
		{"浙江省杭州市西湖区", "cn-hangzhou-2021"},
		{"浙江省 杭州市 西湖区", "cn-hangzhou-2021"},
		{"浙江省／杭州市／西湖区", "cn-hangzhou-2021"},
		{"杭州市西湖区", "cn-hangzhou-2021"},
		{" 杭州市 ", "cn-hangzhou-2021"},
		{"北京市/朝阳区", "cn-beijing-2024"},
		{"北京市朝阳区", "cn-beijing-2024"},
		{"潍坊市/奎文区", "cn-weifang-2022"},
		{"山东省/济南市/历下区", "cn-shandong-2021"},
		{"山东省/邹平县", "cn-shandong-2021"},
		{"西湖区", "cn-civil-code-2021"},
		{"样例区", "cn-civil-code-2021"},
		{"杭州市x", "cn-civil-code-2021"},
		{"杭州市示范", "cn-civil-code-2021"},
		{"小杭州市/西湖区", "cn-civil-code-2021"},
		{"/", "cn-civil-code-2021"},
		{"", "cn-civil-code-2021"},
	}
	for _, test := range tests {
		t.Run(test.place, func(t *testing.T) {
			if pack, err := At(test.place, today); err != nil || pack.ID != test.want {
				t.Errorf("%s, %v", pack.ID, err)
			}
		})
	}
	pack, err := At("潍坊市/奎文区", today)
	if err != nil || len(pack.Layers) != 3 || pack.Layers[1].ID != "cn-shandong-2021" {
		t.Errorf("the province of a city that is typed alone: %+v, %v", pack.Layers, err)
	}
}
