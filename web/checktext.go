package web

import (
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
)

// The severities of a [Check].
const (
	CheckOK      = "ok"
	CheckWarning = "warning"
	CheckError   = "error"
)

// NoticeCheck judges how many days a notice stands before the opening: need is the pack's least number, law
// its article; earliest is the first moment that would do for a notice today.
func NoticeCheck(days, need int, earliest Instant, law string) Check {
	text := "会议通知比投票开始提前 " + strconv.Itoa(days) + " 日，要求至少 " + strconv.Itoa(need) + " 日。"
	switch {
	case days < need:
		return Check{CheckError, text + "今天发布通知的话，最早可以从 " + earliest.Day() + "开始投票。", law}
	case days == need:
		return Check{CheckWarning, text + "正好压线，建议再晚一天开始，避免争议。", law}
	}
	return Check{CheckOK, text, law}
}

// NoticedCheck tells by how many days an issued notice preceded the opening.
func NoticedCheck(days, need int, law string) Check {
	check := Check{CheckOK, "会议通知比投票开始提前 " + strconv.Itoa(days) + " 日，要求至少 " + strconv.Itoa(need) + " 日。", law}
	if days < need {
		check.Severity = CheckError
	}
	return check
}

// AgendaCheck tells whether there is anything to vote on.
func AgendaCheck(matters int) Check {
	if matters == 0 {
		return Check{CheckError, message("matter_needed"), ""}
	}
	return Check{CheckOK, "议程有 " + strconv.Itoa(matters) + " 个表决事项。", ""}
}

// RosterCheck tells whether the roster's totals are fixed.
func RosterCheck(list RosterCard, frozen bool) Check {
	if !frozen {
		return Check{CheckError, "名册第 " + strconv.Itoa(list.Version) + " 版还没有锁定，锁定以后才能发布会议通知。", ""}
	}
	return Check{CheckOK, "名册第 " + strconv.Itoa(list.Version) + " 版已锁定：" + explain.Count(list.Weight.Heads) + " 人、" +
		explain.SquareMetres(list.Weight.Area) + " ㎡。", ""}
}

// ScopeCheck tells who votes on a matter that does not concern everybody.
func ScopeCheck(number int, scope []string, base voting.Weight) Check {
	text := "第 " + strconv.Itoa(number) + " 项只由" + scopeWords(scope) + "表决"
	if base.Heads == 0 {
		return Check{CheckError, text + "，但范围内没有计入表决的专有部分。", ""}
	}
	return Check{CheckOK, text + "：" + explain.Count(base.Heads) + " 人、" + explain.SquareMetres(base.Area) + " ㎡。", ""}
}

// ParameterCheck tells whether every parameter that the law leaves open is answered.
func ParameterCheck(answered bool) Check {
	if !answered {
		return Check{CheckError, message("parameter_missing"), ""}
	}
	return Check{CheckOK, "要事先公布的计票规则都已选定。", ""}
}

// ObjectionCheck compares the days of the preliminary display with what is asked or usual; law is empty where
// no law speaks.
func ObjectionCheck(days, usual int, law string) Check {
	if days < usual {
		return Check{CheckWarning, "初步结果公示 " + strconv.Itoa(days) + " 天，少于通常的 " + strconv.Itoa(usual) + " 天。", law}
	}
	return Check{CheckOK, "初步结果公示 " + strconv.Itoa(days) + " 天。", law}
}

// SilenceCheck tells what becomes of ballots that nobody cast, and on what that rests; code is why the notice would be
// refused.
func SilenceCheck(p voting.Policies, rule *voting.SilenceConditions, code string) Check {
	switch {
	case code != "":
		return Check{CheckError, message(code), ""}
	case p.FirstMeeting && !p.InterimCovenant:
		return Check{CheckOK, "首次业主大会会议还没有生效的议事规则，送达后没有投的票一律不计入。", ""}
	}
	return Check{CheckOK, "送达后没有投的票：" + explain.Silence(p.SilenceIn(voting.Motion)) + "。", SilenceSource(p, rule)}
}

// DeliveryCheck reminds of the register without which silence counts for nothing.
func DeliveryCheck(unrecorded, issued int64) Check {
	if unrecorded > 0 {
		return Check{CheckWarning, "还有 " + explain.Count(unrecorded) + " 张表决票没有登记送达（共 " + explain.Count(issued) +
			" 张）。没有凭证的不能按送达计算，截止以后不能补登。", ""}
	}
	return Check{CheckOK, "每张表决票都已登记送达情况。", ""}
}

// PlaceCheck reminds of those who vote on paper.
func PlaceCheck(place string) Check {
	if strings.TrimSpace(place) == "" {
		return Check{CheckWarning, "还没有写纸质票交到哪里；没有手机的业主需要知道。", ""}
	}
	return Check{CheckOK, "纸质票交到：" + place, ""}
}

// OpenObjectionsCheck tells how many objections wait for their answer.
func OpenObjectionsCheck(open int) Check {
	if open > 0 {
		return Check{CheckError, "还有 " + strconv.Itoa(open) + " 件异议没有答复。", ""}
	}
	return Check{CheckOK, "没有未答复的异议。", ""}
}

// WindowCheck tells until when objections are taken.
func WindowCheck(until Instant, over bool) Check {
	if over {
		return Check{CheckOK, "初步结果的公示期已于 " + until.String() + " 结束。", ""}
	}
	return Check{CheckWarning, "初步结果公示到 " + until.String() + "，在此之前不能公布最终结果。", ""}
}

// SheetLaw is what a sheet prints under a matter's title: the article and the share that it needs.
func SheetLaw(law string, approval voting.Threshold) string {
	return law + "；参与表决的人数和面积" + explain.Threshold(approval) + "同意为通过"
}

// UnitNote says what does not count of a unit; empty where everything does.
func UnitNote(unit voting.Unit) string {
	switch {
	case unit.Area == 0 && unit.NoHead:
		return "不计面积，不计人数"
	case unit.Area == 0:
		return "不计面积"
	case unit.NoHead:
		return "不计人数"
	}
	return ""
}
