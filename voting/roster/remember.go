package roster

import (
	"slices"
	"strings"
)

// SavedMap is a map of columns by their header texts, which a community keeps for its next file: the order
// of the columns may change, the texts may not.
type SavedMap struct {
	Columns map[Field]string `json:"columns"` // field to header text, in small letters and without blanks
	Headers []string         `json:"headers"` // every header text of that file, in its order
}

// Fit is how a saved map meets a sheet.
type Fit struct {
	Fits    bool     `json:"fits"`
	Missing []string `json:"missing,omitempty"` // header texts of the map that the sheet does not have
	New     []string `json:"new,omitempty"`     // header texts that the earlier file did not have
	Message string   `json:"message"`
}

// Save is the map of a sheet in the form that is remembered; false where the sheet has none, or columns
// without a header text.
func (m SheetMap) Save() (SavedMap, bool) {
	if len(m.saved) == 0 {
		return SavedMap{}, false
	}
	return SavedMap{Columns: m.saved, Headers: m.headers}, true
}

// save is nil where a column has no text to be found again by.
func (h headline) save(fields map[Field]int) (saved map[Field]string, headers []string) {
	saved = map[Field]string{}
	keys := h.keys()
	for field, column := range fields {
		if column >= len(keys) || keys[column] == "" {
			return nil, nil
		}
		saved[field] = keys[column]
	}
	for _, key := range keys {
		if key != "" {
			headers = append(headers, key)
		}
	}
	return saved, headers
}

// on looks the map's texts up in a header.
func (m SavedMap) on(h headline) (map[Field]int, Fit) {
	at := map[string]int{}
	var fit Fit
	for i, key := range h.keys() {
		if key == "" {
			continue
		}
		at[key] = i
		if !slices.Contains(m.Headers, key) {
			fit.New = append(fit.New, shown("", key))
		}
	}
	fields := map[Field]int{}
	for _, field := range Fields {
		text, wanted := m.Columns[field]
		if !wanted {
			continue
		}
		column, found := at[text]
		if !found {
			fit.Missing = append(fit.Missing, shown("", text))
			continue
		}
		fields[field] = column
	}
	fit.Fits = len(fit.Missing) == 0 && len(fields) > 0
	fit.Message = fit.sentence()
	return fields, fit
}

func (f Fit) sentence() string {
	switch {
	case !f.Fits:
		return "上次确认的列对应关系用不上了：这张表没有“" + strings.Join(f.Missing, "”“") + "”，已重新识别，请核对。"
	case len(f.New) > 0:
		return "沿用了上次确认的列对应关系；新出现的“" + strings.Join(f.New, "”“") + "”没有采用，请核对。"
	}
	return "沿用了上次确认的列对应关系。"
}

// recall finds the first saved map that fits any row of the top of a sheet. If none does, the fit is that of
// the first map on the header that was found by its names.
func recall(maps []SavedMap, rows []Row, found *headline) (h headline, fields map[Field]int, fit *Fit) {
	for _, saved := range maps {
		for _, candidate := range headers(rows) {
			if fields, fit := saved.on(candidate); fit.Fits {
				return candidate, fields, &fit
			}
		}
	}
	if len(maps) == 0 || found == nil {
		return headline{}, nil, nil
	}
	_, unfit := maps[0].on(*found)
	return headline{}, nil, &unfit
}
