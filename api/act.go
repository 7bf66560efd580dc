package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"

	"gongjue/models"
	"gongjue/web"
)

// act is one use case that can be asked for as JSON and as a form: In has json and form tags with the same
// names, and binding tags for its shape. do carries it out; again shows a refused form with what was typed, or
// gives nil where the page does not have that form any more.
type act[In any] struct {
	do    func(c *call, in In) (done, error)
	again func(c *call, in In, problems []web.Problem) (web.Page, error)
}

// done is what an act answers: JSON with a status on the API, a redirect on a page.
type done struct {
	status   int    // 200 when 0
	body     any    // nil: 204
	location string // of the page to go to
	flash    string // code of web.Flash, told on that page

	// show is the page of an act that ends in an answer and not at an address: shown in place of a redirect.
	show func(c *call) (web.Page, error)

	file func() error // sends the file that the act ends in, on the API and on a page alike
}

// api answers the act as JSON.
func (a act[In]) api(c *call) error {
	var in In
	if err := decodeJSON(c, &in); err != nil {
		return err
	}
	result, err := a.do(c, in)
	if err != nil {
		return err
	}
	return c.sendJSON(result)
}

// page answers the act as a form: afterwards a redirect, so that a reload repeats nothing; when it is
// refused, the same form with what was typed and the sentence at its field.
func (a act[In]) page(c *call) error {
	var in In
	err := decodeForm(c, &in)
	var result done
	if err == nil {
		result, err = a.do(c, in)
	}
	if err == nil {
		return c.sendPage(result)
	}
	found := refusals(err)
	if found == nil || a.again == nil || statusOf(found[0].Code) == http.StatusNotFound {
		return err
	}
	page, failed := a.again(c, in, problems(found))
	if failed != nil {
		return failed
	}
	if page == nil {
		return err
	}
	c.retryLater(found[0].Code)
	return c.render(statusOf(found[0].Code), page)
}

func (c *call) sendJSON(result done) error {
	if result.file != nil {
		return result.file()
	}
	c.Header("Cache-Control", "no-store")
	if result.body == nil {
		c.Status(http.StatusNoContent)
		return nil
	}
	if result.status == 0 {
		result.status = http.StatusOK
	}
	c.JSON(result.status, result.body)
	return nil
}

// sendPage goes on to the next page, or shows the answer.
func (c *call) sendPage(result done) error {
	if result.file != nil {
		return result.file()
	}
	if result.show == nil {
		c.seeOther(result)
		return nil
	}
	page, err := result.show(c)
	if err != nil {
		return err
	}
	status := http.StatusOK // an answer is a page; only an answer that finds nothing has another status
	if result.status >= http.StatusBadRequest {
		status = result.status
	}
	return c.render(status, page)
}

func (c *call) seeOther(result done) {
	location := result.location
	if result.flash != "" {
		separator := "?"
		if strings.Contains(location, "?") {
			separator = "&"
		}
		location += separator + "done=" + url.QueryEscape(result.flash)
	}
	c.Redirect(http.StatusSeeOther, location)
}

// decodeJSON reads exactly one JSON object without unknown fields. An act that needs no input takes an empty body.
func decodeJSON(c *call, in any) error {
	if c.Request.ContentLength == 0 && checkShape(in) == nil {
		return nil
	}
	body, err := jsonBody(c)
	if err != nil {
		return err
	}
	return decodeBody(body, in)
}

// jsonBody is the body of a request that says it is JSON.
func jsonBody(c *call) ([]byte, error) {
	declared := c.GetHeader("Content-Type")
	if media, _, err := mime.ParseMediaType(declared); err != nil || media != "application/json" {
		return nil, refuse("wrong_type")
	}
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, jsonRefusal(err)
	}
	return body, nil
}

// decodeBody reads one value of known fields.
func decodeBody(body []byte, in any) error {
	if bytes.Contains(body, []byte(`\u0000`)) { // the one text that JSON can carry and PostgreSQL cannot store
		return refuse("bad_value")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(in); err != nil {
		return jsonRefusal(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return refuse("bad_json")
	}
	return checkShape(in)
}

// jsonRefusal names what is wrong with a body; encoding/json has no error type for an unknown field.
func jsonRefusal(err error) error {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return refuse("body_too_big")
	}
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return refuseField("bad_value", wrongType.Field)
	}
	if field, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return refuseField("unknown_field", strings.Trim(field, `"`))
	}
	return refuse("bad_json")
}

// storableForm refuses values that no database stores as text.
func storableForm(form url.Values) error {
	for name, values := range form {
		for _, value := range values {
			if !storable(name) || !storable(value) {
				return refuse("bad_value")
			}
		}
	}
	return nil
}

// decodeForm reads a posted form into fields with form tags; a field that the form does not have is refused.
func decodeForm(c *call, in any) error {
	err := c.Request.ParseForm() // ParseMultipartForm alone would swallow its error
	if err == nil {
		err = c.Request.ParseMultipartForm(1 << 20)
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) {
			return refuse("body_too_big")
		}
		return refuse("wrong_type")
	}
	known := formFields(reflect.TypeOf(in).Elem())
	if err := storableForm(c.Request.PostForm); err != nil {
		return err
	}
	for name := range c.Request.PostForm {
		if !known[name] && !(c.fileRoute && name == fileField) {
			return refuseField("unknown_field", name)
		}
	}
	if err := binding.MapFormWithTag(in, c.Request.PostForm, "form"); err != nil {
		return refuse("bad_value")
	}
	return checkShape(in)
}

func formFields(t reflect.Type) map[string]bool {
	known := map[string]bool{}
	for _, field := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(field.Tag.Get("form"), ","); name != "" {
			known[name] = true
		}
	}
	return known
}

// shape checks binding tags and names fields as the request does.
var shape = newShape()

func newShape() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.SetTagName("binding")
	v.RegisterTagNameFunc(func(field reflect.StructField) string {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		return name
	})
	return v
}

// shapeCodes gives the code of a failed binding tag; anything else is bad_value.
var shapeCodes = map[string]string{"required": "required", "max": "too_long"}

func checkShape(in any) error {
	err := shape.Struct(in)
	var invalid validator.ValidationErrors
	if !errors.As(err, &invalid) {
		return err
	}
	found := make(fieldErrors, len(invalid))
	for i, field := range invalid {
		code, listed := shapeCodes[field.Tag()]
		if !listed {
			code = "bad_value"
		}
		found[i] = &models.Refusal{Code: code, Field: field.Field()}
	}
	return found
}
