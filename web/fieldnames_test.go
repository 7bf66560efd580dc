package web

import "testing"

func TestAListOfProblemsNamesTheField(t *testing.T) {
	for _, c := range []struct {
		name string
		p    Problem
		want string
	}{
		{"a sentence about this field cites its label", Problem{"contact", "这一项必须填写。"}, "“联系人与电话”必须填写。"},
		{"a sentence that names its subject stays", Problem{"phone", "请输入 11 位手机号。"}, "请输入 11 位手机号。"},
		{"an unknown field stays as it is", Problem{"m.m1", "这一项必须填写。"}, "这一项必须填写。"},
		{"a problem of the whole form stays", Problem{"", "这一项的格式不对，请按提示填写。"}, "这一项的格式不对，请按提示填写。"},
	} {
		if got := summaryOf(Form{Problems: []Problem{c.p}}, "")[0].Text; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestEveryFieldOfTheFormsHasAName goes through the fields of all staff and resident forms.
func TestEveryFieldOfTheFormsHasAName(t *testing.T) {
	all := samples(t)
	for _, page := range []string{"login", "checkcode", "receiptcheck", "findhome", "who", "communities", "objections", "matterform", "meetingform", "deliveryentry", "provehome", "ownhome",
		"rosterobjections", "rosterobjection-unit_missing", "rosterobjection-owner", "rosterobjection-phone", "roster-draft"} {
		for _, e := range elements(t, rendered(t, all[page])) {
			field, kind := e.attrs["name"], e.attrs["type"]
			asked := e.tag == "textarea" || e.tag == "select" || (e.tag == "input" && kind != "hidden" && kind != "checkbox")
			if asked && field != "" && fieldNames[field] == "" {
				t.Errorf("%s: the field %s has no name", page, field)
			}
		}
	}
}
