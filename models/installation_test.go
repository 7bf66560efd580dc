package models

import (
	"errors"
	"testing"

	"gongjue/models/vault"
)

func TestOnlyTheFirstKeysOpenADatabase(t *testing.T) {
	inHall(t, func(h *hall) {
		h.must(h.CheckKeys(h.ctx()))
		h.must(h.CheckKeys(h.ctx()))
		raw := func() vault.Raw { return vault.Raw{Field: fill(1), Token: fill(2), Seal: fill(3), Log: fill(4)} }
		for name, c := range map[string]struct {
			change func(*vault.Raw)
			want   error
		}{
			"a lost field key":   {func(r *vault.Raw) { r.Field = fill(9) }, ErrKeys},
			"a lost token key":   {func(r *vault.Raw) { r.Token = fill(9) }, ErrKeys},
			"a lost seal key":    {func(r *vault.Raw) { r.Seal = fill(9) }, ErrKeys},
			"a lost log key":     {func(r *vault.Raw) { r.Log = fill(9) }, ErrKeys},
			"a new field key":    {func(r *vault.Raw) { r.Field, r.OldField = fill(9), [][]byte{fill(1)} }, nil},
			"a new seal key":     {func(r *vault.Raw) { r.Seal, r.OldSeal = fill(9), [][]byte{fill(3)} }, nil},
			"the very same keys": {func(*vault.Raw) {}, nil},
		} {
			changed := raw()
			c.change(&changed)
			keys, err := vault.NewKeys(changed)
			h.must(err)
			h.Store.keys = keys
			if err := h.CheckKeys(h.ctx()); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
	})
}
