package api

import (
	"net/http"
)

// The cookies. Over HTTPS they carry the __Host- prefix, which binds them to this host and path /.
const (
	staffCookieName    = "gongjue_staff"
	residentCookieName = "gongjue_voter"
	ownerCookieName    = "gongjue_owner"
)

func (c *call) staffCookie() string    { return c.cookieName(staffCookieName) }
func (c *call) residentCookie() string { return c.cookieName(residentCookieName) }
func (c *call) ownerCookie() string    { return c.cookieName(ownerCookieName) }

func (s *Server) cookieName(name string) string {
	if s.config.SecureCookies {
		return "__Host-" + name
	}
	return name
}

// setCookie keeps a session in the browser until it is closed. Staff cookies are Strict; a resident comes
// from a QR or a message, so theirs is Lax.
func (c *call) setCookie(name, value string, sameSite http.SameSite) {
	http.SetCookie(c.Writer, &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, Secure: c.config.SecureCookies, SameSite: sameSite})
}

func (c *call) dropCookie(name string) {
	http.SetCookie(c.Writer, &http.Cookie{Name: name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.config.SecureCookies, SameSite: http.SameSiteStrictMode})
}
