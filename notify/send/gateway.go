package send

import (
	"context"
	"strings"
)

// PhoneMark stands for the phone number in the address of a PhoneMail.
const PhoneMark = "{phone}"

// PhoneMail sends short messages through a carrier's mail-to-SMS gateway: the number stands in the address,
// such as {phone}@sms.example. The mail has the message's own words as its body.
type PhoneMail struct {
	Mail    Sender
	Address string // with PhoneMark in it
}

// Send refuses with bad_address, for good, a recipient that is no phone number.
func (g PhoneMail) Send(ctx context.Context, message Message) error {
	if message.To == "" || strings.Trim(message.To, "0123456789+-") != "" {
		return &Failure{Cause: BadAddress, Final: true}
	}
	message.To = strings.ReplaceAll(g.Address, PhoneMark, message.To)
	message.Channel = Mail
	if message.Subject == "" {
		message.Subject = gatewaySubject
	}
	return g.Mail.Send(ctx, message)
}

// gatewaySubject is the subject of a mail that becomes an SMS; gateways drop it.
const gatewaySubject = "共决"
