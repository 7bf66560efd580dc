package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gongjue/models"
	"gongjue/notify"
	"gongjue/notify/send"
	"gongjue/notify/text"
	"gongjue/voting/calendar"
	"gongjue/web"
)

// outbox is the store's outbox as the queue of [notify.Drain]: it puts the words to each message. Links begin with publicURL.
type outbox struct {
	store     *models.Store
	publicURL string
}

// codeMinutes is how long a one-time code is told to last (security.md section 5).
const codeMinutes = "5"

// Claim gives up at once on what cannot go anywhere: an owner without a phone, a message without words.
func (o outbox) Claim(ctx context.Context, _ int64, n int) ([]notify.Job, error) {
	messages, err := o.store.ClaimMessages(ctx, n)
	if err != nil {
		return nil, err
	}
	var failures []error
	jobs := make([]notify.Job, 0, len(messages))
	for _, message := range messages {
		if message.Phone == "" {
			failures = append(failures, o.store.BuryMessage(ctx, message, string(send.BadAddress)))
			continue
		}
		words, err := o.compose(message)
		if err != nil {
			failures = append(failures, err, o.store.BuryMessage(ctx, message, string(send.Panicked)))
			continue
		}
		jobs = append(jobs, notify.Job{ID: jobID(message), Message: words, Attempts: int(message.Attempts)})
	}
	if len(jobs) == 0 {
		return nil, errors.Join(failures...)
	}
	return jobs, nil
}

// compose writes the SMS of a message.
func (o outbox) compose(message models.OutboxMessage) (send.Message, error) {
	kind, fields := o.toAll(message)
	switch message.Kind {
	case models.OneTimeCode:
		kind = text.OneTimeCode
		fields = map[string]string{"code": message.Code, "minutes": codeMinutes, "community": message.Community}
	case models.RosterCode:
		kind = text.RosterCode
		fields = map[string]string{"code": message.Code, "minutes": codeMinutes, "community": message.Community}
	case models.ObjectionAnswered:
		kind = text.ObjectionAnswered
		fields = map[string]string{"community": message.Community, "number": strconv.FormatInt(message.Number, 10)}
		if message.Meeting != "" {
			kind, fields = text.CountAnswered, map[string]string{"meeting": message.Meeting, "number": fields["number"]}
		}
	case models.BallotRecorded:
		kind = text.BallotRecorded
		fields = map[string]string{"meeting": message.Meeting, "time": calendar.Format(message.CreatedAt)}
		if message.Platform != "" {
			kind, fields["platform"] = text.BallotImported, message.Platform
		}
	}
	if kind == "" {
		return send.Message{}, fmt.Errorf("compose a message: no words for %q", message.Kind)
	}
	_, body, err := text.Compose(kind, fields)
	if err != nil {
		return send.Message{}, err
	}
	return send.Message{Kind: string(message.Kind), Channel: send.SMS, To: message.Phone, Body: body, DedupeKey: message.Dedupe}, nil
}

// toAll gives the words of a notice to all and the page that it leads to; none for any other message.
func (o outbox) toAll(message models.OutboxMessage) (text.Kind, map[string]string) {
	about := message.About
	fields := map[string]string{"meeting": message.Meeting, "link": o.publicURL + "/m/" + about.MeetingID}
	switch message.Kind {
	case models.NoticePublished:
		fields["opens"], fields["closes"] = calendar.Format(about.OpensAt), calendar.Format(about.ClosesAt)
		return text.NoticePublished, fields
	case models.ResultForComment:
		fields["until"], fields["link"] = calendar.Format(about.ObjectionUntil), fields["link"]+"/result"
		return text.ResultForComment, fields
	case models.ResultPublished:
		fields["link"] += "/result"
		return text.ResultPublished, fields
	case models.MeetingEnded:
		if about.Void {
			return text.VoteVoid, fields
		}
		return text.MeetingWithdrawn, fields
	case models.Supervised:
		fields["authority"], fields["act"], fields["link"] = about.Authority, web.SupervisionTitle(about.Act), o.publicURL+"/o/"+about.EntryID
		return text.Supervised, fields
	}
	return "", nil
}

// Done marks the message as sent.
func (o outbox) Done(ctx context.Context, job notify.Job) error {
	return o.store.MessagesSent(ctx, messageOf(job))
}

// Retry gives the message back until at.
func (o outbox) Retry(ctx context.Context, job notify.Job, at int64, cause send.Cause) error {
	return o.store.RetryMessage(ctx, messageOf(job), at, string(cause))
}

// Dead keeps the message for the operator to see.
func (o outbox) Dead(ctx context.Context, job notify.Job, cause send.Cause) error {
	return o.store.BuryMessage(ctx, messageOf(job), string(cause))
}

// jobID holds the two halves of a message's key.
func jobID(message models.OutboxMessage) string { return message.CommunityID + "/" + message.ID }

func messageOf(job notify.Job) models.OutboxMessage {
	community, id, _ := strings.Cut(job.ID, "/")
	return models.OutboxMessage{CommunityID: community, ID: id}
}
