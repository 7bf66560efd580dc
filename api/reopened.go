package api

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// An address that only takes a form is opened by whoever reloads it from the address bar, comes back to it after
// signing in, or keeps it as a bookmark: that leads to the page that holds the form.

// heldBy names the page with a route's form, where that is not the nearest page above its address.
func (r route) heldBy(page string) route {
	r.page = page
	return r
}

// reopened are the ways back from all page addresses that only take a form. Anybody may take them: they tell nothing,
// and the page itself asks who is there.
func reopened(all []route) []route {
	opens := map[string]bool{}
	for _, r := range all {
		opens[r.path] = opens[r.path] || r.method == http.MethodGet
	}
	var back []route
	for _, r := range all {
		if r.method != http.MethodPost || opens[r.path] || strings.HasPrefix(r.path, "/api/") {
			continue
		}
		opens[r.path] = true
		page := r.page
		for above := r.path; page == ""; {
			if above = path.Dir(above); opens[above] && !slices.ContainsFunc(back, func(b route) bool { return b.path == above }) {
				page = above
			}
		}
		back = append(back, get(r.path, public, backTo(page)))
	}
	return back
}

// backTo leads to a page of the table, named by its pattern; the names in it are those of the address.
func backTo(page string) func(*call) error {
	return func(c *call) error {
		parts := strings.Split(page, "/")
		for i, part := range parts {
			if name, isName := strings.CutPrefix(part, ":"); isName {
				parts[i] = url.PathEscape(c.Param(name))
			}
		}
		c.seeOther(done{location: strings.Join(parts, "/")})
		return nil
	}
}
