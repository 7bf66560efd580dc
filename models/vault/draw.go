package vault

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

// NewSalt draws the salt of a ballot or a roster leaf (ledger.Salt).
func NewSalt() [32]byte {
	var salt [32]byte
	_, _ = rand.Read(salt[:]) // never fails: the runtime ends the process rather than give poor randomness
	return salt
}

// NewSlots draws the slots of n units at the freeze: every order of 0…n−1 is equally likely, so that a slot
// says nothing about a room.
func NewSlots(n int) ([]int64, error) {
	slots := make([]int64, n)
	for i := range slots {
		other, err := rand.Int(rand.Reader, big.NewInt(int64(i)+1))
		if err != nil {
			return nil, fmt.Errorf("draw slots: %w", err)
		}
		j := other.Int64()
		slots[i] = slots[j]
		slots[j] = int64(i)
	}
	return slots, nil
}
