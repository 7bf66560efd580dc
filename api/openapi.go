package api

import (
	_ "embed"
	"net/http"
)

// openAPIDocument describes every route under /api/v1; a test walks it against the table of routes.
//
//go:embed openapi.json
var openAPIDocument []byte

func openAPI(c *call) error {
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "application/json", openAPIDocument)
	return nil
}
