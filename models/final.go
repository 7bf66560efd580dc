package models

import (
	"fmt"

	"gorm.io/gorm"

	"gongjue/voting"
	"gongjue/voting/bundle"
	"gongjue/voting/ledger"
)

// storeFinal counts the opened ballots once more: what becomes final is a fresh count, and it must be the
// one that was displayed. Where a lot was drawn, the final result is in its order, as the log had it then.
func (s *Store) storeFinal(tx *gorm.DB, now int64, by Actor, communityID, id string) (bundle.Result, error) {
	meeting, err := meetingView(tx.Where("community_id = ? AND id = ?", communityID, id))
	if err != nil {
		return bundle.Result{}, err
	}
	book, err := s.readLot(tx, meeting)
	if err != nil {
		return bundle.Result{}, err
	}
	if book != nil && book.drawn() == nil {
		return bundle.Result{}, refuse("lot_due")
	}
	body, err := s.recount(tx, meeting)
	if err != nil {
		return body, err
	}
	if book == nil {
		_, err = storeResult(tx, now, by, meeting, FinalResult, body)
		return body, err
	}
	if body, err = book.settled(meeting, body, book.drawn().Number); err != nil {
		return body, err
	}
	hash, err := storeResult(tx, now, by, meeting, FinalResult, body)
	if err != nil {
		return body, err
	}
	return body, logged(tx, meeting, deref(book.drawn().LeafIndex)+1, hash)
}

// electedBy are the members whom the elections of a result elected, without those that fell with another matter.
func electedBy(body bundle.Result) (int64, error) {
	effects, err := effectsOf(body.Matters)
	elected := int64(0)
	for i, effect := range effects {
		if effect != voting.Lapsed {
			elected += int64(len(body.Matters[i].Outcome.Elected))
		}
	}
	return elected, err
}

// fellShort tells whether a result decided nothing: in every matter that binds too few took part, or nobody was elected.
func fellShort(body bundle.Result) bool {
	binding := 0
	for _, matter := range body.Matters {
		if matter.Rule.Kind == voting.Consult {
			continue
		}
		binding++
		nobody := matter.Rule.Kind == voting.Election && len(matter.Outcome.Elected) == 0 && matter.Outcome.Result != voting.RunOffDue
		if matter.Outcome.Result != voting.NotFormed && !nobody {
			return false
		}
	}
	return binding > 0
}

// logged refuses with ledger_mismatch a result that is not the one of a leaf.
func logged(tx *gorm.DB, meeting Meeting, index int64, result ledger.Hash) error {
	var row leafRow
	if err := tx.Where("community_id = ? AND meeting_id = ? AND idx = ?", meeting.CommunityID, meeting.ID, index).Take(&row).Error; err != nil {
		return fmt.Errorf("read the leaf of a result: %w", err)
	}
	_, body, err := ledger.Decode(row.Body)
	if leaf, ok := body.(ledger.Result); err != nil || !ok || leaf.Outcome != result {
		return refuse("ledger_mismatch")
	}
	return nil
}

// recount counts the opened ballots of a displayed result again. Refusal: ledger_mismatch, where it is another result.
func (s *Store) recount(tx *gorm.DB, meeting Meeting) (bundle.Result, error) {
	body, err := s.countOpened(tx, meeting, castSheets(tx, meeting))
	if err != nil {
		return body, err
	}
	text, err := body.Encode()
	if err != nil {
		return body, fmt.Errorf("write the result: %w", err)
	}
	displayed, err := resultsOf(tx, meeting.CommunityID, meeting.ID)
	if err != nil {
		return body, err
	}
	for _, result := range displayed {
		if result.Stage == PreliminaryResult && result.SHA256 != ledger.Sum(text).String() {
			return body, refuse("ledger_mismatch")
		}
	}
	return body, nil
}
