package ledger

import (
	"crypto/sha256"
	"fmt"
	"io"

	"gongjue/voting"
)

// The refusals of a typed seal card.
const (
	CodeCardMistyped voting.Code = "card_mistyped" // a group was not read or typed right: see WrongCardGroup
	CodeCardForeign  voting.Code = "card_foreign"  // the card of another meeting
)

// SealCard is what stands on a seal card (开票卡): its number among the three of a meeting, and the secret from which
// its key follows. Printed it is ten groups of four symbols as those of a [Receipt]: three that say something and a check
// symbol of their own, so that people are told which group they have to look at again, and need not type all of it anew.
//
// The thirty symbols are 150 bits: two of the number, the first 20 of SHA-256("gongjue.seal-card/v1\0" ‖ LP(meeting)),
// and the secret. The check symbol of group g is that of a Receipt over the digits in their places 3g+1 … 3g+3, so that
// two groups in each other's place are found as well.
type SealCard struct {
	Number int // 1–3
	Secret [16]byte
}

// Format hides the secret from every verb.
func (SealCard) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "[seal card]") // fmt reports its own write errors to its caller
}

const (
	cardGroups  = 10
	groupDigits = groupSize - 1 // beside the check symbol
	cardHead    = 3             // bytes of number and meeting
	cardPad     = 2             // bits in front of them that are not printed
)

// Print is the card's text, as it is printed and typed.
func (c SealCard) Print(meeting string) string {
	tag := cardTag(meeting)
	code := append([]byte{byte(c.Number)<<4 | tag[0], tag[1], tag[2]}, c.Secret[:]...)
	var digits []byte
	for g := range cardGroups {
		var group [groupDigits]byte
		for i := range group {
			group[i] = cut(code, cardPad+(g*groupDigits+i)*5)
		}
		digits = append(append(digits, group[:]...), groupCheck(g, group[:]))
	}
	return printGroups(digits)
}

// ParseSealCard reads a card as people type it, as [ParseReceipt] does. It refuses with card_mistyped, and with
// card_foreign for a card of another meeting.
func ParseSealCard(meeting, text string) (SealCard, error) {
	digits, wrong := cardDigits(text)
	if wrong != 0 {
		return SealCard{}, &voting.Refusal{Code: CodeCardMistyped, Field: "code"}
	}
	var code [cardHead + 16]byte
	for i, digit := range digits {
		put(code[:], cardPad+i*5, digit)
	}
	tag := cardTag(meeting)
	card := SealCard{Number: int(code[0] >> 4), Secret: [16]byte(code[cardHead:])}
	switch {
	case code[0]&0xf != tag[0] || code[1] != tag[1] || code[2] != tag[2]:
		return SealCard{}, &voting.Refusal{Code: CodeCardForeign, Field: "code"}
	case card.Number == 0:
		return SealCard{}, &voting.Refusal{Code: CodeCardMistyped, Field: "code"}
	}
	return card, nil
}

// WrongCardGroup is the first group, from 1, that is not as it was printed, or is missing; 0 where all of them are right.
func WrongCardGroup(text string) int {
	_, wrong := cardDigits(text)
	return wrong
}

func cardDigits(text string) (digits []byte, wrong int) {
	typed, whole := typedDigits(text, cardGroups*groupSize)
	for g := range cardGroups {
		if len(typed) < (g+1)*groupSize {
			return nil, g + 1
		}
		group := typed[g*groupSize:][:groupSize]
		if group[groupDigits] != groupCheck(g, group[:groupDigits]) {
			return nil, g + 1
		}
		digits = append(digits, group[:groupDigits]...)
	}
	if !whole {
		return nil, cardGroups
	}
	return digits, 0
}

func groupCheck(g int, group []byte) byte {
	return checkDigit(append(make([]byte, g*groupDigits), group...))
}

// cardTag is 20 bits that tell meetings apart, the upper four of the first byte being free.
func cardTag(meeting string) [cardHead]byte {
	hash := sha256.Sum256(appendParts([]byte("gongjue.seal-card/v1\x00"), []byte(meeting)))
	return [cardHead]byte{hash[0] >> 4, hash[0]<<4 | hash[1]>>4, hash[1]<<4 | hash[2]>>4}
}
