package ledger

import (
	"bytes"
	"fmt"
	"slices"

	"gongjue/voting"
	"gongjue/voting/lifecycle"
)

// maxLeaf bounds a leaf in bytes.
const maxLeaf = 64 << 10

// Decode reads a leaf strictly: prefix, canonical JSON, exactly the fields of its type, every value in
// range. Encode of what it returns gives the same bytes. Anything else is ErrLeaf or ErrCanonical, and so
// is a leaf of a type that has no Body here.
func Decode(leaf []byte) (Header, Body, error) {
	text, ok := bytes.CutPrefix(leaf, []byte(LeafPrefix))
	if text, ok = cutNewline(text, ok); !ok || len(leaf) > maxLeaf {
		return Header{}, nil, ErrLeaf
	}
	tree, err := parseCanonical(text)
	if err != nil {
		return Header{}, nil, err
	}
	members, ok := tree.(map[string]any)
	if !ok {
		return Header{}, nil, fmt.Errorf("%w: not an object", ErrLeaf)
	}
	r := reader{members: members}
	if r.number("v") != 1 {
		return Header{}, nil, fmt.Errorf("%w: version", ErrLeaf)
	}
	h := Header{Meeting: r.text("m"), Index: r.number("i"), At: r.instant("at"), By: r.text("by")}
	b := r.body(LeafType(r.text("t")))
	if err := r.finish(); err != nil {
		return Header{}, nil, err
	}
	if err := checkLeaf(h, b); err != nil {
		return Header{}, nil, err
	}
	return h, b, nil
}

func cutNewline(text []byte, ok bool) ([]byte, bool) {
	if !ok || bytes.Count(text, []byte("\n")) != 1 {
		return nil, false
	}
	return bytes.CutSuffix(text, []byte("\n"))
}

// reader takes members out of an object; the first failure is kept, and what is left over is one too.
type reader struct {
	members map[string]any
	err     error
}

func (r *reader) body(t LeafType) Body {
	switch t {
	case LeafOpen:
		return Open{
			RosterRoot: r.hash("roster_root"), Units: r.number("units"), Heads: r.number("heads"),
			Area: voting.Area(r.number("area_cm2")), Rules: r.hash("rules"), Agenda: r.hash("agenda"),
			Opens: r.instant("opens"), Closes: r.instant("closes"), LogKey: r.text("log_key"),
			StreetKeys: r.texts("street_keys"), Release: r.hash("release"), Profile: Profile(r.text("profile")),
		}
	case LeafBallot:
		return Ballot{
			Slot: r.hash("slot"), Channel: lifecycle.Channel(r.text("channel")), Revision: r.number("revision"),
			Choices: r.hash("c"), Evidence: r.hash("ev"), Supersedes: r.number("supersedes"),
		}
	case LeafPaper:
		return r.paper()
	case LeafImport:
		return r.imported()
	case LeafAmend:
		return r.amended()
	case LeafClose:
		return Close{Leaves: r.number("leaves"), Ballots: r.number("ballots"), ByChannel: r.counts("by_channel")}
	case LeafResult:
		return Result{FullBook: r.hash("full_book"), PublicBook: r.hash("public_book"), Outcome: r.hash("result")}
	case LeafUnseal:
		return r.unseal()
	case LeafWaive:
		return Waive{Result: r.hash("result"), Waiver: r.hash("waiver")}
	case LeafLot:
		return r.lot()
	case LeafSupervise:
		return Supervise{Act: lifecycle.SupervisionKind(r.text("act")), Document: r.hash("document")}
	case LeafObjection:
		return Objection{Act: ObjectionAct(r.text("act")), Document: r.hash("document")}
	case LeafSample:
		return Sample{Act: SampleAct(r.text("act")), Document: r.hash("document")}
	case LeafCertify:
		return Certify{Certificate: r.hash("certificate")}
	case LeafAccess:
		return Access{Tier: r.text("tier")}
	}
	reason := "unknown type"
	if slices.Contains(LeafTypes, t) {
		reason = "no body for type " + string(t)
	}
	r.fail(reason)
	return nil
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrLeaf, what)
	}
}

// take removes a member of the wanted type.
func take[T any](r *reader, key string) T {
	value, ok := r.members[key].(T)
	if !ok {
		r.fail("field " + key)
	}
	delete(r.members, key)
	return value
}

func (r *reader) text(key string) string { return take[string](r, key) }

func (r *reader) number(key string) int64 { return take[int64](r, key) }

func (r *reader) hash(key string) Hash {
	h, err := ParseHash(r.text(key))
	if err != nil {
		r.fail("field " + key)
	}
	return h
}

func (r *reader) instant(key string) int64 {
	ms, err := ParseInstant(r.text(key))
	if err != nil {
		r.fail("field " + key)
	}
	return ms
}

func (r *reader) texts(key string) []string {
	var texts []string
	for _, value := range take[[]any](r, key) {
		text, ok := value.(string)
		if !ok {
			r.fail("field " + key)
		}
		texts = append(texts, text)
	}
	return texts
}

func (r *reader) counts(key string) map[lifecycle.Channel]int64 {
	counts := map[lifecycle.Channel]int64{}
	for channel, value := range take[map[string]any](r, key) {
		n, ok := value.(int64)
		if !ok {
			r.fail("field " + key)
		}
		counts[lifecycle.Channel(channel)] = n
	}
	return counts
}

func (r *reader) finish() error {
	if r.err == nil && len(r.members) > 0 {
		r.fail("a field that its type does not have")
	}
	return r.err
}
