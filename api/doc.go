// Package api is the product over HTTP: the table of routes with who may use each, sessions, limits, and
// the way from a request to one use case of models and back to JSON or a page of web. It decides nothing
// of the law: shape is checked here, meaning in voting, uniqueness in the database.
package api
