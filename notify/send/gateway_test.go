package send

import (
	"context"
	"testing"
)

func TestAShortMessageGoesThroughTheMailGateway(t *testing.T) {
	mails := &MemorySender{}
	gateway := PhoneMail{Mail: mails, Address: "{phone}@sms.example"}
	if err := gateway.Send(context.Background(), Message{Channel: SMS, To: "19900000001", Body: "x"}); err != nil {
		t.Fatal(err)
	}
	got := mails.Latest("19900000001@sms.example")
	if len(got) != 1 || got[0].Body != "x" || got[0].Channel != Mail || got[0].Subject == "" {
		t.Errorf("the gateway got %+v", got)
	}
	for _, to := range []string{"", "1990000@evil.example,x", "1990000 0001", "owner@example.org"} {
		failure := Classify(gateway.Send(context.Background(), Message{Channel: SMS, To: to}))
		if *failure != (Failure{BadAddress, true}) {
			t.Errorf("%q: %+v", to, failure)
		}
	}
}
