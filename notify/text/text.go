// Package text holds every message the system sends to people, in one table. The words name the meeting
// and what to do; no choice of a voter, no other person and no figure while voting is open.
package text

import (
	"fmt"
	"slices"
	"strings"
)

// Sign opens every SMS: carriers demand the sender's name in these brackets.
const Sign = "【共决】"

// Kind is what a message is about.
type Kind string

// The kinds.
const (
	OneTimeCode      Kind = "one_time_code"      // one-time code to prove who votes
	RosterCode       Kind = "roster_code"        // one-time code to look up one's own home on a roster
	BallotRecorded   Kind = "ballot_recorded"    // a ballot was recorded for this voter
	BallotImported   Kind = "ballot_imported"    // it came with the result of a city's platform
	NoticePublished  Kind = "notice_published"   // a meeting was announced
	ResultForComment Kind = "result_for_comment" // preliminary count, objections open
	ResultPublished  Kind = "result_published"   // final result
	MeetingWithdrawn Kind = "meeting_withdrawn"  // a meeting that was announced is not held
	VoteVoid         Kind = "vote_void"          // a vote is void and is run again
	Supervised       Kind = "supervised"         // what an authority did about what was decided

	ObjectionAnswered Kind = "objection_answered"       // to whoever objected to a roster
	CountAnswered     Kind = "count_objection_answered" // to whoever objected to a count
)

// Kinds lists every kind.
var Kinds = []Kind{OneTimeCode, RosterCode, BallotRecorded, BallotImported, NoticePublished, ResultForComment, ResultPublished, MeetingWithdrawn,
	VoteVoid, Supervised, ObjectionAnswered, CountAnswered}

// Words are the words of one kind; {name} is filled from Fields.
type Words struct {
	Fields  []string
	Subject string
	Body    string
}

var table = map[Kind]Words{
	OneTimeCode: {
		Fields:  []string{"code", "minutes", "community"},
		Subject: "{community}投票验证码",
		Body:    "您的验证码是 {code}，{minutes} 分钟内有效，用于{community}业主大会投票。工作人员不会向您索要验证码，请勿告诉他人。",
	},
	RosterCode: {
		Fields:  []string{"code", "minutes", "community"},
		Subject: "{community}名册查询验证码",
		Body:    "您的验证码是 {code}，{minutes} 分钟内有效，用于查看{community}业主名册上您自己的房屋和投票记录。工作人员不会向您索要验证码，请勿告诉他人。",
	},
	ObjectionAnswered: {
		Fields:  []string{"community", "number"},
		Subject: "{community}业主名册：异议已答复",
		Body:    "您对{community}业主名册提出的第 {number} 号异议已书面答复。打开名册公示，查看自己的房屋，就能看到答复。",
	},
	CountAnswered: {
		Fields:  []string{"meeting", "number"},
		Subject: "{meeting}：异议已答复",
		Body:    "您对{meeting}计票结果提出的第 {number} 号异议已书面答复。打开会议结果的网页，用这个手机号验证身份，就能看到答复。",
	},
	BallotRecorded: {
		Fields:  []string{"meeting", "time"},
		Subject: "{meeting}：表决已收到",
		Body:    "{meeting}已于 {time}（北京时间）收到您所在户的一票。如果不是您或共有人投的，请尽快联系召集人提出异议；在会议通知的网页上可以查本户投票记录。",
	},
	BallotImported: {
		Fields:  []string{"meeting", "platform", "time"},
		Subject: "{meeting}：表决已由市平台导入",
		Body:    "您所在户在{platform}上的表决，已于 {time}（北京时间）导入{meeting}。如果不是您或共有人投的，请尽快联系召集人提出异议；在会议通知的网页上可以查本户投票记录。",
	},
	NoticePublished: {
		Fields:  []string{"meeting", "opens", "closes", "link"},
		Subject: "{meeting}公告",
		Body:    "{meeting}已公告，投票时间 {opens} 至 {closes}（北京时间）。查看公告：{link}",
	},
	ResultForComment: {
		Fields:  []string{"meeting", "until", "link"},
		Subject: "{meeting}初步统计结果公示",
		Body:    "{meeting}的初步统计结果已公示，有异议请于 {until} 前提出。查看：{link}",
	},
	ResultPublished: {
		Fields:  []string{"meeting", "link"},
		Subject: "{meeting}表决结果公告",
		Body:    "{meeting}的表决结果已公告。查看结果，也可以核对自己的回执：{link}",
	},
	MeetingWithdrawn: {
		Fields:  []string{"meeting", "link"},
		Subject: "{meeting}已撤回",
		Body:    "{meeting}已撤回，不再投票。理由：{link}",
	},
	VoteVoid: {
		Fields:  []string{"meeting", "link"},
		Subject: "{meeting}：表决作废",
		Body:    "{meeting}的表决已宣布作废，需要重新表决；已经投的票不算数。理由：{link}",
	},
	Supervised: {
		Fields:  []string{"meeting", "authority", "act", "link"},
		Subject: "通告全体业主：{act}",
		Body:    "通告全体业主：{authority}对{meeting}的决定发布《{act}》。全文：{link}",
	},
}

// Compose fills the words of a kind; the body begins with the Sign. A kind that is not in the table, a
// field that is missing, empty or too many is an error that names the field and no value.
func Compose(kind Kind, values map[string]string) (subject, body string, err error) {
	words, ok := table[kind]
	if !ok {
		return "", "", fmt.Errorf("compose a message: no words for kind %q", kind)
	}
	pairs := []string{}
	for _, field := range words.Fields {
		if values[field] == "" {
			return "", "", fmt.Errorf("compose a %s: field %s is empty", kind, field)
		}
		pairs = append(pairs, "{"+field+"}", values[field])
	}
	for field := range values {
		if !slices.Contains(words.Fields, field) {
			return "", "", fmt.Errorf("compose a %s: unknown field %s", kind, field)
		}
	}
	fill := strings.NewReplacer(pairs...)
	return fill.Replace(words.Subject), Sign + fill.Replace(words.Body), nil
}

// Fields names what Compose needs for a kind; nil for an unknown one.
func Fields(kind Kind) []string { return slices.Clone(table[kind].Fields) }
