package web

import "gongjue/voting"

// Ways are how the owners of a meeting can answer, as its place lets them and its notice says.
type Ways struct {
	Place    string // where paper is taken; may be empty
	Barred   bool   // no electronic vote may be cast on this system here
	CityOnly bool   // because the place demands the authority's own system
	Law      string // article that says so; empty where nothing does
	Platform string // the announced platform of the city, whose result is imported; empty for none
	Conflict voting.ChannelConflict
	SealKept string // server or holders: who keeps the key of the ballots
}

// List names the ways as papers print them.
func (w Ways) List() []string {
	var list []string
	if !w.Barred {
		list = append(list, "手机扫码投票")
	}
	if w.Platform != "" {
		list = append(list, "在"+w.Platform+"上投票")
	}
	if w.Place != "" || len(list) == 0 {
		list = append(list, w.paper())
	}
	return list
}

func (w Ways) paper() string {
	if w.Place == "" {
		return "填写纸质表决票"
	}
	return "填写纸质表决票交到" + w.Place
}

// Sentence says in one sentence how to answer.
func (w Ways) Sentence() string {
	switch {
	case w.Barred && w.Platform == "":
		return w.paper() + "。"
	case w.Barred:
		return "在" + w.Platform + "上投票，或" + w.paper() + "。两种方式效力相同，每户只计一票；两种都用了的，见下面的计票规则。"
	case w.Platform != "":
		return "手机扫码，在" + w.Platform + "上投票，或" + w.paper() + "。效力相同，每户只计一票；用了几种的，见下面的计票规则。"
	}
	return "手机扫码，或" + w.paper() + "。两种方式效力相同，先到的有效。"
}

// Why says why nobody votes on this system here, and what becomes of the platform's result; empty where there is nothing
// to say.
func (w Ways) Why() string {
	law := ""
	if w.Law != "" {
		law = "（" + w.Law + "）"
	}
	switch {
	case w.Barred && !w.CityOnly:
		return "当地规定的表决形式里没有电子投票" + law + "，本次会议只收纸质表决票。"
	case w.Barred && w.Platform == "":
		return "按当地规定，电子投票只能使用主管部门建立的系统" + law + "；本次会议没有公布使用该系统，只收纸质表决票。"
	case w.Barred:
		return "按当地规定，电子投票只能使用主管部门建立的系统" + law + "，所以本系统不收电子投票。截止以后，由两种角色的两个人分别从" + w.Platform +
			"取得结果，核对一致后导入本系统，与纸质票合并计票。"
	case w.Platform != "":
		return "截止以后，由两种角色的两个人分别从" + w.Platform + "取得结果，核对一致后导入本系统，与其他票合并计票。"
	}
	return ""
}

// Manner is how a meeting was held, as the printed result says.
func (w Ways) Manner() string {
	switch {
	case w.Barred && w.Platform == "":
		return "采用书面征求意见的形式"
	case w.Barred:
		return "采用" + w.Platform + "电子投票与书面征求意见相结合的形式"
	}
	return "采用互联网投票与书面征求意见相结合的形式"
}

// lines are the announced parameters about answers that came several ways.
func (w Ways) lines() []Parameter {
	var list []Parameter
	if !w.Barred {
		list = append(list, Parameter{"同时收到线上和纸质票", "先到的有效", "每个投票权人只有一张有效的票，先到的一张有效，后到的不计。"})
	}
	if w.Platform != "" {
		p := policyOf("conflict", string(w.Conflict))
		list = append(list, Parameter{"市平台", w.Platform, w.Why()}, Parameter{"在平台和本系统都有票", p.name, p.meaning})
	}
	return append(list, w.seal())
}

// seal is the announced parameter about the key of the ballots.
func (w Ways) seal() Parameter {
	kept := policyOf("seal_kept", w.SealKept)
	meaning := kept.meaning
	if w.SealKept != "holders" {
		what := "手机上投的票"
		if w.Barred {
			what = "录入和导入的票"
		}
		meaning = what + "用本次会议专用的钥匙封存，计票时才打开；钥匙与数据库分开存放。"
	}
	return Parameter{"选票的封存", kept.name, meaning}
}

// PlatformHint is what the place says of electronic votes, beside the field for the city's platform.
func PlatformHint(cityOnly, barred bool, law string) string {
	if law != "" {
		law = "（" + law + "）"
	}
	switch {
	case barred:
		return "当地规定的表决形式里没有电子投票" + law + "，请只用纸质票。"
	case cityOnly:
		return "当地规定电子投票须使用主管部门建立的系统" + law + "，本系统不收电子投票。使用该系统的，请填写它的名称；不填写，本次会议就只收纸质票。"
	}
	return "业主也在市里的投票平台上投票的，请填写它的名称，截止后导入结果合并计票；没有的，留空。"
}
