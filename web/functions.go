package web

import (
	"fmt"
	"html/template"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"gongjue/voting"
	"gongjue/voting/explain"
	"gongjue/voting/roster"
	"gongjue/web/messages"
)

// functions are what templates may call, beside the methods of the page structs.
var functions = template.FuncMap{
	"asset":           func(name string) string { return assetNames[name] },
	"word":            word,
	"text":            text,
	"message":         message,
	"paragraphs":      paragraphs,
	"lines":           func(list []string) string { return strings.Join(list, "、") },
	"digest":          digest,
	"size":            fileSize,
	"share":           voting.Share,
	"shareArea":       func(part, whole voting.Area) string { return voting.Share(int64(part), int64(whole)) },
	"bar":             bar,
	"barArea":         func(part, whole voting.Area, t voting.Threshold) Bar { return bar(int64(part), int64(whole), t) },
	"twoThirds":       func() voting.Threshold { return voting.TwoThirds },
	"input":           newInput,
	"choice":          newChoice,
	"summary":         summaryOf,
	"ballotSummary":   ballotSummary,
	"matterOf":        matterView,
	"sheetMatterOf":   paperMatterView,
	"sheetSummary":    paperSummary,
	"voidReasons":     func() []Option { return VoidReasons },
	"deliveryModes":   func() []Option { return DeliveryModes },
	"deliveryResults": func() []Option { return DeliveryResults },
	"relations":       func() []Option { return Relations },
	"deliveryForm":    newDeliveryForm,
	"resultOf":        resultView,
	"announced":       func(a Announced) []Parameter { return a.lines() },
	"notes":           MatterNotes,
	"digits":          lotDigits,
	"earliest":        lotEarliest,
	"afterday":        sampleEarliest,
	"threshold":       explain.Threshold,
	"count":           explain.Count,
	"m2":              explain.SquareMetres,
	"scope":           scopeWords,
	"parking":         ParkingRule,
	"withTotal":       withTotal,
	"room":            func(place string) string { return strings.ReplaceAll(place, "/", " ") },
	"fileroom":        func(place string) string { return strings.ReplaceAll(roster.MaskPlace(place), "/", " ") }, // of a file that nobody looked through yet
	"door":            func(g IntakeGrid, cell roster.GridCell) door { return newDoor(g, cell) },
	"options":         optionsOf,
	"sealwrong":       sealWrong,
	"rate":            rate,
	"inform":          func(f ContractForm, in string) contractInForm { return contractInForm{f, in} },
	"instep":          contractStepIn,
	"optional":        optional,
	"has":             slices.Contains[[]string],
}

// text gives the string behind any of the string types of the pages.
func text(v any) string { return fmt.Sprint(v) }

// message is the sentence of a code; an unknown code says that something went wrong on our side, because
// a code without a sentence is exactly that.
func message(code string) string {
	if sentence, ok := messages.Text(code); ok {
		return sentence
	}
	sentence, _ := messages.Text("internal")
	return sentence
}

// paragraphs divides a text at its line feeds and drops empty lines.
func paragraphs(s string) []string {
	var list []string
	for _, p := range strings.Split(strings.ReplaceAll(s, "\r", ""), "\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// digest shows the first 16 hex digits in groups of four, as the notice prints a root.
func digest(hex string) string {
	if len(hex) < 16 {
		return hex
	}
	return strings.ToUpper(hex[:4] + " " + hex[4:8] + " " + hex[8:12] + " " + hex[12:16])
}

func fileSize(bytes int64) string {
	switch {
	case bytes < 1024:
		return strconv.FormatInt(bytes, 10) + " 字节"
	case bytes < 1024*1024:
		return strconv.FormatInt((bytes+512)/1024, 10) + " KB"
	default:
		tenths := (bytes*10 + 512*1024) / (1024 * 1024)
		return fmt.Sprintf("%d.%d MB", tenths/10, tenths%10)
	}
}

// Bar is one bar of a chart in thousandths of its width. It draws; nothing is decided on it.
type Bar struct {
	Fill int64 // 0–1000
	Mark int64 // where the threshold stands; 0 = none is drawn
}

// Line and Gap are where the threshold's line and the white around it begin.
func (b Bar) Line() int64 { return b.Mark - 3 }

// Gap is explained at [Bar.Line].
func (b Bar) Gap() int64 { return b.Mark - 8 }

func bar(part, whole int64, t voting.Threshold) Bar {
	b := Bar{Fill: thousandths(part, whole)}
	if t.Den > 0 {
		b.Mark = thousandths(t.Num, t.Den)
	}
	return b
}

func thousandths(part, whole int64) int64 {
	if whole <= 0 || part <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(1000, uint64(min(part, whole)))
	quotient, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(quotient)
}

func scopeWords(scope []string) string {
	if len(scope) == 0 {
		return "全体业主"
	}
	return strings.ReplaceAll(strings.Join(scope, "、"), "/", " ") + "的业主"
}
