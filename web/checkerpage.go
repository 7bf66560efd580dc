package web

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"strings"
)

// checkerFiles are the parts of the page that checks a published record in a browser without a network.
//
//go:embed checker
var checkerFiles embed.FS

// CheckerName is what the page is called when it is saved.
const CheckerName = "核对网页.html"

// checker is the whole page in one file, and the policy that it keeps: its own script and style, and nothing from anywhere.
var checker, checkerPolicy = assembleChecker()

// Checker is the page that checks a published record, a receipt or the record of a home without a network: one file with
// everything in it, the same for every installation of a release.
func Checker() []byte { return []byte(checker) }

// CheckerPolicy is the content policy of the page, for the header as well.
func CheckerPolicy() string { return checkerPolicy }

func assembleChecker() (page, policy string) {
	entries, err := checkerFiles.ReadDir("checker")
	if err != nil {
		panic(err)
	}
	var script strings.Builder
	parts := map[string]string{}
	for _, entry := range entries { // in the order of their names
		text, err := checkerFiles.ReadFile("checker/" + entry.Name())
		if err != nil {
			panic(err)
		}
		if strings.HasSuffix(entry.Name(), ".js") {
			script.Write(text)
			continue
		}
		parts[entry.Name()] = string(text)
	}
	style := parts["page.css"]
	policy = "default-src 'none'; script-src " + sourceHash(script.String()) + "; style-src " + sourceHash(style) + "; base-uri 'none'; form-action 'none'"
	return strings.NewReplacer("{{policy}}", policy, "{{style}}", style, "{{script}}", script.String()).Replace(parts["page.html"]), policy
}

// sourceHash names an inline script or style in a content policy.
func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
