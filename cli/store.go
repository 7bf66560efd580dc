package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gongjue/migrations"
	"gongjue/models"
	"gongjue/models/vault"
)

// operator stands in the audit for whoever may type commands on the server.
var operator = models.Actor{Role: string(models.RoleOperator)}

// openStore opens the configured database with the installation's keys, whatever its schema. clock is nil
// for the system's; only the demo has another.
func openStore(ctx context.Context, config Config, environ []string, clock func() int64) (*models.Store, error) {
	if err := prepareDataDir(config); err != nil {
		return nil, fmt.Errorf("prepare the data directory: %w", err)
	}
	raw, err := loadSecrets(config, environ)
	if err != nil {
		return nil, err
	}
	keys, err := vault.NewKeys(raw)
	if err != nil {
		return nil, fmt.Errorf("take over the keys: %w", err)
	}
	origin, err := config.origin()
	if err != nil {
		return nil, err
	}
	release, err := releaseHash()
	if err != nil {
		return nil, err
	}
	return models.Open(ctx, models.Options{URL: config.databaseURL(), MaxConnections: int(config.Database.MaxConnections), Keys: keys, Clock: clock, Origin: origin, Release: release,
		Throwaway: clock != nil})
}

// prepareDataDir makes the directory and, on the embedded database, the empty file, which SQLite would
// otherwise make readable for every user of the machine. Its journals take over the mode.
func prepareDataDir(config Config) error {
	if err := os.MkdirAll(config.DataDir, 0o700); err != nil || config.Database.URL != "" {
		return err
	}
	file, err := os.OpenFile(config.databaseURL(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// withAnySchema runs a use case on the configured database, whatever its schema, and closes it.
func withAnySchema(ctx context.Context, config Config, environ []string, use func(*models.Store) error) error {
	store, err := openStore(ctx, config, environ, nil)
	if err != nil {
		return err
	}
	return errors.Join(use(store), store.Close())
}

// withStore is withAnySchema on a schema that is exactly this program's, with the keys that belong to it.
func withStore(ctx context.Context, config Config, environ []string, use func(*models.Store) error) error {
	return withAnySchema(ctx, config, environ, func(store *models.Store) error {
		if err := checkSchema(ctx, store); err != nil {
			return err
		}
		if err := store.CheckKeys(ctx); err != nil {
			return fmt.Errorf("%w; bring back the key files that it was last used with", err)
		}
		return use(store)
	})
}

// checkSchema adds to a schema that does not fit what to do about it.
func checkSchema(ctx context.Context, store *models.Store) error {
	err := store.CheckSchema(ctx)
	switch {
	case errors.Is(err, migrations.ErrBehind):
		return fmt.Errorf("%w; run: gongjue migrate up", err)
	case errors.Is(err, migrations.ErrAhead):
		return fmt.Errorf("%w; run the newer program that made it", err)
	}
	return err
}
