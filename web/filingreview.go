package web

import (
	"strconv"
	"strings"

	"gongjue/voting/explain"
)

// FilingReview is what the server found out about a hand-in, for whoever decides on it: what it checked, and what to ask about.
type FilingReview struct {
	Lines []ReviewLine
	Flags []ReviewFlag
}

// ReviewLine is one check with its facts. State is holds, doubt or fails.
type ReviewLine struct {
	Name, State, Text string
	Link              *Link // where the facts can be seen
}

// ReviewFlag is something out of the ordinary: a sentence with figures, and from when on it is told.
type ReviewFlag struct{ Kind, Text, Limit string }

// The names of the checks.
const (
	ReviewNotice     = "通知期"
	ReviewRoster     = "业主名册"
	ReviewCount      = "计票和多数"
	ReviewObjections = "异议"
	ReviewPapers     = "材料"
	ReviewLog        = "投票记录"
	ReviewWitness    = "街道见证"
)

func whether(met bool) string {
	if met {
		return "holds"
	}
	return "fails"
}

// ReviewOfNotice says by how many days the notice came before the voting.
func ReviewOfNotice(days, least int, law string) ReviewLine {
	line := ReviewLine{Name: ReviewNotice, State: "holds", Text: "通知在投票开始 " + strconv.Itoa(days) + " 日前公布"}
	switch {
	case least == 0:
		line.Text += "；规则没有规定天数。"
	case days < least:
		line.State, line.Text = "fails", line.Text+"，规则要求 "+strconv.Itoa(least)+" 日（"+law+"）。"
	case days == least:
		line.State, line.Text = "doubt", line.Text+"，规则要求 "+strconv.Itoa(least)+" 日（"+law+"），正好等于，请核对张贴日期。"
	default:
		line.Text += "，规则要求 " + strconv.Itoa(least) + " 日（" + law + "）。"
	}
	return line
}

// ReviewOfRoster says whether record, roster and log name the same roster.
func ReviewOfRoster(same bool, version int64, frozen Instant) ReviewLine {
	text := "第 " + strconv.FormatInt(version, 10) + " 版名册于 " + frozen.String() + " 锁定，材料、名册和投票记录写的是同一个指纹。"
	if !same {
		text = "材料、名册和投票记录写的名册指纹不一致，请不要办理，先查明原因。"
	}
	return ReviewLine{Name: ReviewRoster, State: whether(same), Text: text}
}

// ReviewOfCount says whether counting and deciding again comes to what was filed.
func ReviewOfCount(ballots int64, matters int, differs []int64) ReviewLine {
	text := "系统把 " + explain.Count(ballots) + " 张票重新计了一遍，" + strconv.Itoa(matters) + " 个事项的人数、面积和结论都与报送的一致。"
	if len(differs) > 0 {
		numbers := make([]string, len(differs))
		for i, position := range differs {
			numbers[i] = strconv.FormatInt(position, 10)
		}
		text = "重新计票以后，事项 " + strings.Join(numbers, "、") + " 与报送的不一致，请不要办理，先查明原因。"
	}
	return ReviewLine{Name: ReviewCount, State: whether(len(differs) == 0), Text: text}
}

// ReviewOfObjections says what became of the objections.
func ReviewOfObjections(open, answered, upheld, withdrawn int64) ReviewLine {
	line := ReviewLine{Name: ReviewObjections, State: "holds", Text: "没有人提出异议。"}
	if open+answered+withdrawn > 0 {
		line.Text = "共 " + explain.Count(open+answered+withdrawn) + " 件：答复 " + explain.Count(answered) + " 件，其中成立 " + explain.Count(upheld) +
			" 件；撤回 " + explain.Count(withdrawn) + " 件；没有答复 " + explain.Count(open) + " 件。"
	}
	switch {
	case open > 0:
		line.State = "fails"
	case upheld > 0:
		line.State = "doubt"
	}
	return line
}

// ReviewOfPapers says which papers of the place's list are there. waiting are those of which only a form is there, missing
// those that are not there at all; of them must are those without which nothing is taken in.
func ReviewOfPapers(all int, waiting, missing []string, must bool) ReviewLine {
	line := ReviewLine{Name: ReviewPapers, State: "holds", Text: "清单上的 " + strconv.Itoa(all) + " 种材料都在。"}
	if len(waiting)+len(missing) > 0 {
		line.State, line.Text = "doubt", "清单上共 "+strconv.Itoa(all)+" 种材料。"
		if len(waiting) > 0 {
			line.Text += "没有上传签字件：" + strings.Join(waiting, "、") + "。"
		}
		if len(missing) > 0 {
			line.Text += "没有：" + strings.Join(missing, "、") + "。"
		}
	}
	if must {
		line.State = "fails"
	}
	return line
}

// ReviewOfLog says whether the stored log is the one that was signed, and holds the filed result.
func ReviewOfLog(leaves int64, holds, result bool) ReviewLine {
	switch {
	case !holds:
		return ReviewLine{Name: ReviewLog, State: "fails", Text: "存下来的投票记录与签过名的不一致，有人改过。请不要办理，并告诉区县。"}
	case !result:
		return ReviewLine{Name: ReviewLog, State: "fails", Text: "投票记录里没有报送的这个结果。请不要办理，先查明原因。"}
	}
	return ReviewLine{Name: ReviewLog, State: "holds", Text: "系统把 " + explain.Count(leaves) + " 条记录重新算了一遍，与签过名的指纹一致，报送的结果在其中。"}
}

// ReviewOfWitness says whether the street's own key signed what the result rests on.
func ReviewOfWitness(keys int, seen bool, waived string) ReviewLine {
	line := ReviewLine{Name: ReviewWitness, State: "holds", Text: "街道的密钥已经在包括结果的记录上签名。"}
	switch {
	case keys == 0:
		line.State, line.Text = "doubt", "会议通知没有写街道的见证公钥，这次投票没有街道见证。"
	case seen:
	case waived != "":
		line.State, line.Text = "doubt", "街道写明了理由，没有见证就公布了结果："+waived
	default:
		line.State, line.Text = "fails", "街道的密钥还没有在结果上签名。"
	}
	return line
}
