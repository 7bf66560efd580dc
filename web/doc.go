// Package web is everything people see in HTML: one typed struct per page, the templates, styles and the
// small script behind them, and in web/messages the Chinese sentence of every error code. A caller fills
// a struct and hands it to [Render]; the package decides wording and layout and nothing else. It must not
// read a database, know a route table or import models, api or gin: every URL arrives in a field.
//
// Conventions of all pages: times are [Instant] (Unix ms, shown in 北京时间), areas voting.Area (cm²),
// heads int64. Every form is a plain POST of form fields to its Action (file forms: multipart); the names of the
// fields stand in the comment of the struct. A refused form is shown again with what was typed and its
// Problems. An empty URL hides the link or button it belongs to.
package web
