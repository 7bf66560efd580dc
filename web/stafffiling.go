package web

import (
	"strconv"

	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/lifecycle"
)

// FiledRecord is what a filing's page prints of the record.
type FiledRecord struct {
	Title, ConvenerKind, ConvenerName                   string
	NoticedAt, OpensAt, ClosesAt, PublishedAt           Instant
	RosterVersion                                       int
	Total                                               voting.Weight
	Ballots, Objections                                 int64
	Amendments                                          int64 // of the roster after the notice
	Verdicts                                            []Verdict
	NoticeHash, RosterRoot, Result, RecordHash, Package string // hex; empty is left out
	Remark                                              string // the convener's; empty is left out
	CertificateNumber                                   string // empty is left out
}

// Lines are the record in words, line by line.
func (r FiledRecord) Lines() []RecordLine {
	list := []RecordLine{
		{"会议", r.Title},
		{"召集人", r.ConvenerName + "（" + explain.Convener(lifecycle.ConvenerKind(r.ConvenerKind)) + "）"},
		{"会议通知公布", r.NoticedAt.String()},
		{"投票时间", r.OpensAt.String() + " 至 " + r.ClosesAt.String()},
		{"结果公告", r.PublishedAt.String()},
		{"业主名册", "第 " + strconv.Itoa(r.RosterVersion) + " 版"},
		{"总人数（投票权人数）", explain.Count(r.Total.Heads) + " 人"},
		{"总面积（专有部分面积之和）", explain.SquareMetres(r.Total.Area) + " ㎡"},
		{"收回表决票", explain.Count(r.Ballots) + " 张"},
		{"异议", explain.Count(r.Objections) + " 件"},
	}
	if r.Amendments > 0 {
		list = append(list, RecordLine{"通知以后的名册更正", explain.Count(r.Amendments) + " 处，不影响本次计票"})
	}
	for _, v := range r.Verdicts {
		list = append(list, RecordLine{v.Title, verdictLine(v.Kind, v.Result).Word})
	}
	for _, hash := range []RecordLine{{"会议通知核验码", r.NoticeHash}, {"名册指纹", r.RosterRoot}, {"结果核验码", r.Result}, {"备案材料校验值", r.RecordHash}, {"材料包校验值", r.Package}} {
		if hash.Value != "" {
			list = append(list, RecordLine{hash.Name, digest(hash.Value)})
		}
	}
	for _, line := range []RecordLine{{"召集人的说明", r.Remark}, {"备案号", r.CertificateNumber}} {
		if line.Value != "" {
			list = append(list, line)
		}
	}
	return list
}
