package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"gongjue/api/workbook"
	"gongjue/voting/roster"
)

// fileField is the part of a form that holds a file. Where nothing was chosen, browsers send it without a file
// name, and then it arrives among the plain fields.
const fileField = "file"

// upload answers an act whose request is a form with a file on the API too: the answer is JSON.
func (a act[In]) upload(c *call) error {
	var in In
	if err := decodeForm(c, &in); err != nil {
		return err
	}
	result, err := a.do(c, in)
	if err != nil {
		return err
	}
	return c.sendJSON(result)
}

// sentFile is the part `file` of a form, in memory or in a temporary file that the server removes after the
// request. Name is as the sender wrote it.
type sentFile struct {
	multipart.File
	Name string
	Size int64
}

// sentFile opens the part `file`. Refusals: file_missing, file_empty.
func (c *call) sentFile() (sentFile, error) {
	part, header, err := c.Request.FormFile(fileField)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return sentFile{}, refuseField("file_missing", fileField)
	}
	if err != nil {
		return sentFile{}, err
	}
	if header.Size == 0 {
		return sentFile{}, refuseField("file_empty", fileField)
	}
	return sentFile{File: part, Name: header.Filename, Size: header.Size}, nil
}

// sum is the SHA-256 of the file in hex.
func (f sentFile) sum() (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, io.NewSectionReader(f, 0, f.Size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// spreadsheetsAtOnce bounds how many files are read at a time: each may take a hundred megabytes of memory.
const spreadsheetsAtOnce = 2

// spreadsheetPatience is how long a file waits for its turn.
const spreadsheetPatience = 10 * time.Second

// readSpreadsheet parses a roster when it is its turn. Refusals: busy, and those of
// workbook.
func (c *call) readSpreadsheet(limits workbook.Limits, file []byte, name string, guidance roster.Guidance) (roster.Roster, []roster.Issue, error) {
	turn, cancel := context.WithTimeout(c.Request.Context(), spreadsheetPatience)
	defer cancel()
	select {
	case c.spreadsheets <- struct{}{}:
		defer func() { <-c.spreadsheets }()
		return limits.ParseBytes(file, name, guidance)
	case <-turn.Done():
		return roster.Roster{}, nil, refuse("busy")
	}
}

// asFileRefusal gives a workbook's refusal its place beside the file field.
func asFileRefusal(err error) error {
	var refused *workbook.Refusal
	if errors.As(err, &refused) {
		return refuseField(string(refused.Code), "file")
	}
	return err
}
