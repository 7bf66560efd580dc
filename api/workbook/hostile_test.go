package workbook_test

import (
	"errors"
	"fmt"
	"testing"

	"gongjue/api/workbook"
	"gongjue/api/workbook/workbooktest"
	"gongjue/voting/roster"
)

func TestHostileFilesAreRefusedOrKeptOut(t *testing.T) {
	for _, h := range workbooktest.Files() {
		t.Run(h.Name, func(t *testing.T) {
			data := h.Make(t)
			parsed, _, err := workbook.Upload.ParseBytes(data, h.Upload, roster.Guidance{})
			var refusal *workbook.Refusal
			switch {
			case h.Code == "" && err == nil && len(parsed.Units) == 0:
			case h.Code != "" && errors.As(err, &refusal) && refusal.Code == h.Code:
			default:
				t.Errorf("%v and %d units, want %q", err, len(parsed.Units), h.Code)
			}
		})
	}
}

func TestATruncatedFileIsNeverAWholeOne(t *testing.T) {
	list := workbooktest.Header
	for i := range 40 {
		list += fmt.Sprintf(`<row r="%d">`, i+2) + workbooktest.Cell(fmt.Sprintf("A%d", i+2), "1号楼") + workbooktest.Cell(fmt.Sprintf("B%d", i+2), fmt.Sprint(101+i)) +
			fmt.Sprintf(`<c r="C%d"><v>89.5</v></c>`, i+2) + workbooktest.Cell(fmt.Sprintf("D%d", i+2), "样例") + `</row>`
	}
	whole := workbooktest.Book(t, list)
	parsed, _, err := workbook.Upload.ParseBytes(whole, "a.xlsx", roster.Guidance{})
	if err != nil || len(parsed.Units) != 40 {
		t.Fatalf("the whole file: %d units, %v", len(parsed.Units), err)
	}
	for length := range whole {
		if _, _, err := workbook.Upload.ParseBytes(whole[:length], "a.xlsx", roster.Guidance{}); err == nil {
			t.Errorf("%d of %d bytes are taken for a whole file", length, len(whole))
		}
	}
}

func TestLimitsAreTheLargestValueStillRead(t *testing.T) {
	data := []byte("a,b\nc,d\n")
	limits := workbook.Upload
	limits.FileBytes, limits.Rows, limits.Columns, limits.Cells, limits.CellBytes, limits.LineBytes = int64(len(data)), 2, 2, 4, 1, 3
	if _, err := limits.ReadBytes(data, "a.csv"); err != nil {
		t.Errorf("at the limits: %v", err)
	}
	for name, lower := range map[string]func(*workbook.Limits){
		"file": func(l *workbook.Limits) { l.FileBytes-- }, "rows": func(l *workbook.Limits) { l.Rows-- },
		"columns": func(l *workbook.Limits) { l.Columns-- }, "cells": func(l *workbook.Limits) { l.Cells-- },
		"cell": func(l *workbook.Limits) { l.CellBytes-- }, "line": func(l *workbook.Limits) { l.LineBytes-- },
	} {
		below := limits
		lower(&below)
		var refusal *workbook.Refusal
		if _, err := below.ReadBytes(data, "a.csv"); !errors.As(err, &refusal) || refusal.Code != workbook.FileTooBig {
			t.Errorf("%s one lower: %v", name, err)
		}
	}
}
