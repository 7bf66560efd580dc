package web

import (
	"slices"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// Scale is what a poll offers instead of yes and no; its first Favour grades count as agreement.
type Scale struct {
	Name   string
	Grades []string
	Favour int
}

// ShortScale is the scale of a satisfaction poll for which none was chosen.
const ShortScale = "three"

var scales = []Scale{
	{ShortScale, []string{"满意", "基本满意", "不满意"}, 2},
	{"five", []string{"非常满意", "满意", "基本满意", "不满意", "很不满意"}, 3},
}

// ScaleNamed finds a scale.
func ScaleNamed(name string) (Scale, bool) {
	i := slices.IndexFunc(scales, func(s Scale) bool { return s.Name == name })
	if i < 0 {
		return Scale{}, false
	}
	return scales[i], true
}

// ScaleOf names the scale with these grades; empty for none.
func ScaleOf(grades []string) string {
	for _, scale := range scales {
		if slices.Equal(scale.Grades, grades) {
			return scale.Name
		}
	}
	return ""
}

// PollNote says what an opinion poll asks and how it is measured.
func PollNote(m voting.Matter) string {
	note := "事先约定的标准：" + explain.Poll(m) + "。"
	if m.Poll.About != "" {
		note = "对" + explain.Subject(m.Poll.About) + "的满意度调查。" + note
	}
	return note
}
