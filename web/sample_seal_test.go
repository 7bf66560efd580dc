package web

import (
	"strings"
	"testing"
)

const sampleCardText = "NSRT-8R03-041B-061W-0506-R3GF-G289-A1C5-60TS-3GFE"

func sampleSealPages() map[string]Page {
	desk := SealPage{Shell: staffShell("开票卡", "street"), Community: "共决示范花园", Meeting: sampleCard.Title, MeetingURL: "/m/1", State: "draft", Next: SealNextTake,
		Cards: []SealCardLine{NewSealCard("convener", false, "示例甲", sampleNow, sampleNow), NewSealCard("street", true, "示例乙", sampleNow, 0),
			NewSealCard("teller", false, "", 0, 0)}}
	taking, trying, opening, second, over := desk, desk, desk, desk, desk
	taking.Take = &SealTakeForm{Form: sampleForm()}
	trying.Try = &SealCodeForm{Form: sampleForm("code"), Code: "8R03-041B-061", Wrong: 3}
	trying.Take = &SealTakeForm{Form: sampleForm("again"), Taken: true, Again: true}
	closed := []SealCardLine{NewTypedCard("convener", false, false, "示例甲", sampleNow), NewTypedCard("street", true, false, "", 0),
		NewTypedCard("teller", false, true, "", 0)}
	opening.State, opening.Next, opening.Cards = "closed", SealNextFirst, closed[1:]
	opening.Open = &SealCodeForm{Form: sampleForm(), First: true}
	second.State, second.Next, second.Cards = "closed", SealNextSecond, closed
	second.Open = &SealCodeForm{Form: sampleForm("code"), Wrong: 10}
	over.State, over.Next, over.Cards, over.Opened = "tallied", SealNextOpened, closed, true
	return map[string]Page{"seal-take": taking, "seal-try": trying, "seal-open": opening, "seal-second": second, "seal-over": over,
		"sealcard": SealCardPage{Shell: staffShell("开票卡", "street"), Community: "共决示范花园", Meeting: sampleCard.Title, Role: SealRole("street"), Closes: sampleCloses,
			Taken: sampleNow, Groups: CardGroups(sampleCardText), Code: sampleCardText, PrintURL: "/m/1/seal/print", SealURL: "/m/1/seal"}}
}

func TestTheNoticeSaysWhoKeepsTheKeyAndWhatLosingItMeans(t *testing.T) {
	for kept, want := range map[string][]string{
		"":        {"由运行系统的服务器保管钥匙"},
		"server":  {"由运行系统的服务器保管钥匙"},
		"holders": {"由召集人、街道、计票人三方保管钥匙", "任意两张到齐才能打开选票", "丢失两张，选票谁也打不开，只能重新表决"},
	} {
		said := ""
		for _, parameter := range (Announced{Ways: Ways{SealKept: kept}}).Parameters() {
			if parameter.Name == "选票的封存" {
				said += parameter.Value + parameter.Meaning
			}
		}
		for _, text := range want {
			if strings.Count(said, text) != 1 {
				t.Errorf("kept by %q: %q is not in %s", kept, text, said)
			}
		}
	}
}
