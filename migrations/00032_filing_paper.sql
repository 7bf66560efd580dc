-- +goose Up
-- Which of the papers that a filing needs a file is; empty for any other.
ALTER TABLE attachment ADD COLUMN document TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE attachment DROP COLUMN document;
