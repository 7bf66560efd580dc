package voting_test

import (
	"testing"

	"gongjue/voting"
)

func TestMoneyIsReadAndPrintedExactly(t *testing.T) {
	for text, want := range map[string]string{"0": "0.00", "0.5": "0.50", "30000": "30,000.00", "1,234,567.89": "1,234,567.89", "999999999999.99": "999,999,999,999.99"} {
		got, err := voting.ParseMoney(text)
		if err != nil || got.String() != want {
			t.Errorf("%s is read as %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", ".5", "1.", "1.234", "-1", "+1", "1e3", "12,34", "1,2345", ",123", "1,,234", "1234,567", "1000000000000", "１", "一"} {
		if got, err := voting.ParseMoney(text); err == nil {
			t.Errorf("%q is read as %s", text, got)
		}
	}
	if got := voting.Money(-150).String(); got != "-1.50" {
		t.Errorf("a shortage prints as %s", got)
	}
}
