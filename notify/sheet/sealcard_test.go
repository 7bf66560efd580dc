package sheet

import (
	"bytes"
	"strings"
	"testing"

	"gongjue/notify/paper/papertest"
)

func sampleSealCard() SealCard {
	return SealCard{Community: "共决示范花园", Meeting: "2026年第一次业主大会会议", Role: "街道", Number: 2, TakenAt: 1_795_222_800_000, ClosesAt: 1_796_000_000_000,
		Groups: strings.Split("NSRT-8R03-041B-061W-0506-R3GF-G289-A1C5-60TS-3GFE", "-"), Link: "https://vote.example.org/staff/communities/1/meetings/1/seal"}
}

func TestASealCardIsOnePageWithItsCodeAndHowItIsKept(t *testing.T) {
	long := sampleSealCard()
	long.Community, long.Meeting = strings.Repeat("很长的小区名称", 7), strings.Repeat("很长的会议名称", 20)
	long.Link = "https://vote.example.org/" + strings.Repeat("0195c0de-", 12)
	for name, card := range map[string]SealCard{"an ordinary one": sampleSealCard(), "long names": long} {
		var file bytes.Buffer
		report, err := SealCardPaper(&file, card)
		if err != nil || report.Pages != 1 || len(report.Missing) != 0 {
			t.Fatalf("%s: %+v, %v", name, report, err)
		}
		pages, err := papertest.Read(file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if code, err := pages[0].QR(); err != nil || code != "NSRT-8R03-041B-061W-0506-R3GF-G289-A1C5-60TS-3GFE" {
			t.Errorf("%s: the code reads %q, %v", name, code, err)
		}
		wants(t, all(pages), append(card.Groups, "开票卡", "街道", "第 2 张，共三张", "怎样保管", "不要拍照", "什么时候用", "怎样用", "三天内有效", "丢了怎么办", "只能重新表决", "投票截止以后")...)
	}
}
