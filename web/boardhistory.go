package web

import "strconv"

// boardKinds are the words of the announcements on a board.
var boardKinds = map[string]string{"roster": "业主名册公示", "notice": "会议通知", "cancelled": "会议撤回", "preliminary": "初步结果公示", "result": "表决结果公告",
	"annulled": "表决作废", "certificate": "备案证明", "certificate_ended": "备案证明失效", "convening": "责令召开"}

// BoardLine names an announcement of a kind, such as 会议通知：首次业主大会会议.
func BoardLine(kind, what string) string { return boardKinds[kind] + "：" + what }

// RosterVersion names a version of a roster.
func RosterVersion(version int64) string { return "第 " + strconv.FormatInt(version, 10) + " 版" }

// FileResultPoster is what the poster of a result is called when it is saved.
const FileResultPoster = "表决结果海报"
