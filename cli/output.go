package cli

import (
	"encoding/json"
	"io"
)

// writeJSON prints one indented document for a machine that may also be read by a person: Chinese and the
// signs < > & stand as they are.
func writeJSON(out io.Writer, document any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
