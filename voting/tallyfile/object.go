package tallyfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"gongjue/voting"
)

// deepest bounds nesting; no tally file needs more than eight levels.
const deepest = 64

var errJSON = errors.New("not one JSON object")

// fault is the first refusal of a file.
type fault struct {
	code  Code
	field string
}

func (f *fault) Error() string { return string(f.code) + ": " + f.field }

// parse reads one JSON object as a tree. It refuses a name that stands twice in one object, which the
// standard decoder would silently resolve to the last.
func parse(data []byte) (map[string]any, error) {
	if !utf8.Valid(data) || !json.Valid(data) {
		return nil, &fault{CodeBadJSON, ""}
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	tree, err := value(decoder, "", 0)
	root, isObject := tree.(map[string]any)
	var refused *fault
	if errors.As(err, &refused) {
		return nil, refused
	}
	if _, more := decoder.Token(); err != nil || !isObject || !errors.Is(more, io.EOF) {
		return nil, &fault{CodeBadJSON, ""}
	}
	return root, nil
}

func value(decoder *json.Decoder, path string, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil || depth > deepest {
		return nil, errJSON
	}
	switch token {
	case json.Delim('{'):
		object := map[string]any{}
		for decoder.More() {
			key, err := decoder.Token()
			name, isText := key.(string)
			if err != nil || !isText {
				return nil, errJSON
			}
			at := join(path, name)
			if _, twice := object[name]; twice {
				return nil, &fault{CodeDuplicate, at}
			}
			if object[name], err = value(decoder, at, depth+1); err != nil {
				return nil, err
			}
		}
		_, err = decoder.Token()
		return object, err
	case json.Delim('['):
		list := []any{}
		for decoder.More() {
			item, err := value(decoder, path+"["+strconv.Itoa(len(list))+"]", depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err = decoder.Token()
		return list, err
	}
	return token, nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// reader remembers the first refusal, so that a file is read in one go and judged at the end.
type reader struct{ first *fault }

func (r *reader) refuse(code Code, field string) {
	if r.first == nil {
		r.first = &fault{code, field}
	}
}

// object is one JSON object being read; fields that nobody asked for are unknown.
type object struct {
	*reader
	path   string
	fields map[string]any
	asked  map[string]bool
}

func (r *reader) object(tree any, path string) object {
	fields, isObject := tree.(map[string]any)
	if !isObject {
		r.refuse(CodeBadValue, path)
	}
	return object{r, path, fields, map[string]bool{}}
}

func (o object) at(name string) string { return join(o.path, name) }

func (o object) has(name string) bool { _, there := o.fields[name]; return there }

// take gives a field, which may be absent unless required.
func (o object) take(name string, required bool) (any, bool) {
	o.asked[name] = true
	tree, there := o.fields[name]
	if !there && required {
		o.refuse(CodeMissingField, o.at(name))
	}
	return tree, there
}

// done refuses what was not asked for.
func (o object) done() {
	for _, name := range slices.Sorted(maps.Keys(o.fields)) {
		if !o.asked[name] {
			o.refuse(CodeUnknownField, o.at(name))
		}
	}
}

// name reads a required non-empty text.
func (o object) name(field string) string {
	tree, there := o.take(field, true)
	if !there {
		return ""
	}
	return o.text(tree, o.at(field))
}

func (r *reader) text(tree any, path string) string {
	text, isText := tree.(string)
	if !isText || text == "" {
		r.refuse(CodeBadValue, path)
	}
	return text
}

// oneOf reads a word of a list; absent and not required is the empty word.
func oneOf[T ~string](o object, field string, list []T, required bool) T {
	tree, there := o.take(field, required)
	if !there {
		return ""
	}
	text, isText := tree.(string)
	if !isText || !slices.Contains(list, T(text)) {
		o.refuse(CodeBadValue, o.at(field))
	}
	return T(text)
}

func (o object) flag(field string, required bool) bool {
	tree, there := o.take(field, required)
	truth, isBool := tree.(bool)
	if there && !isBool {
		o.refuse(CodeBadValue, o.at(field))
	}
	return truth
}

// integer reads a whole number of at least smallest; absent and not required is 0.
func (o object) integer(field string, smallest int, required bool) int {
	tree, there := o.take(field, required)
	if !there {
		return 0
	}
	number, _ := tree.(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil || n < smallest {
		o.refuse(CodeBadValue, o.at(field))
	}
	return n
}

// list reads a list; an empty one is refused unless it may be.
func (o object) list(field string, required, mayBeEmpty bool) []any {
	tree, there := o.take(field, required)
	items, isList := tree.([]any)
	if there && (!isList || (len(items) == 0 && !mayBeEmpty)) {
		o.refuse(CodeBadValue, o.at(field))
	}
	return items
}

// names reads a list of non-empty texts.
func (o object) names(field string, required, mayBeEmpty bool) []string {
	var names []string
	for i, item := range o.list(field, required, mayBeEmpty) {
		names = append(names, o.text(item, o.at(field)+"["+strconv.Itoa(i)+"]"))
	}
	return names
}

func (o object) area(field string) voting.Area {
	tree, there := o.take(field, true)
	if !there {
		return 0
	}
	text, isText := tree.(string)
	area, err := voting.ParseArea(text)
	if !isText || err != nil {
		o.refuse(CodeBadValue, o.at(field))
	}
	return area
}

// weight reads heads with their area; absent and not required is nothing.
func (o object) weight(field string, required bool) voting.Weight {
	tree, there := o.take(field, required)
	if !there {
		return voting.Weight{}
	}
	return o.reader.weigh(tree, o.at(field))
}

func (r *reader) weigh(tree any, path string) voting.Weight {
	w := r.object(tree, path)
	weight := voting.Weight{Heads: int64(w.integer("heads", 0, true)), Area: w.area("area_m2")}
	w.done()
	if weight.Heads > voting.MaxNumber {
		r.refuse(CodeBadValue, join(path, "heads"))
	}
	if weight.Heads == 0 && weight.Area > 0 {
		r.refuse(CodeDoesNotAddUp, path)
	}
	return weight
}
