package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// assetPrefix is where [Assets] is mounted.
const assetPrefix = "/static/"

// asset is a file that browsers may keep for ever, because its address changes with its content.
type asset struct {
	body []byte
	kind string
}

// assets are found by hashed name; assetNames leads from the plain name, as templates write it, to the address.
var assets, assetNames = loadAssets()

func loadAssets() (map[string]asset, map[string]string) {
	files, names := map[string]asset{}, map[string]string{}
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		body, err := staticFiles.ReadFile(path.Join("static", entry.Name()))
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(body)
		ending := path.Ext(entry.Name())
		hashed := strings.TrimSuffix(entry.Name(), ending) + "-" + hex.EncodeToString(sum[:6]) + ending
		files[hashed] = asset{body, mime.TypeByExtension(ending)}
		names[entry.Name()] = assetPrefix + hashed
	}
	return files, names
}

// Assets serves styles, script and pictures under /static/ with content hashes, cacheable for a year.
// Anything else under that path is 404.
func Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, known := assets[strings.TrimPrefix(r.URL.Path, assetPrefix)]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", file.kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method == http.MethodHead {
			return
		}
		// The status line is already out: a broken connection is the reader's own affair.
		_, _ = w.Write(file.body)
	})
}
