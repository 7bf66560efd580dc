package verify

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// write writes a value in canonical JSON: an object, a list, a text, a whole number, a flag or nil.
func write(dst []byte, value any) []byte {
	switch value := value.(type) {
	case object:
		dst = append(dst, '{')
		for i, key := range slices.Sorted(maps.Keys(value)) {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = write(append(quote(dst, key), ':'), value[key])
		}
		return append(dst, '}')
	case []any:
		dst = append(dst, '[')
		for i, item := range value {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = write(dst, item)
		}
		return append(dst, ']')
	case string:
		return quote(dst, value)
	case int64:
		return strconv.AppendInt(dst, value, 10)
	case bool:
		return strconv.AppendBool(dst, value)
	case verbatim:
		return append(dst, value...)
	}
	return append(dst, "null"...)
}

// verbatim is a value that is canonical JSON already.
type verbatim []byte

// parse is the inverse of write; the text must be canonical.
func parse(text []byte) (any, error) {
	if err := whole(text); err != nil {
		return nil, err
	}
	return tree(text), nil
}

// tree reads what was scanned before.
func tree(text []byte) any {
	switch text[0] {
	case '{':
		list, _ := members(text, nil) // scanned: cannot fail
		found := object{}
		for _, m := range list {
			found[string(m.key)] = tree(m.raw)
		}
		return found
	case '[':
		list, _ := elements(text) // scanned: cannot fail
		found := make([]any, len(list))
		for i, item := range list {
			found[i] = tree(item)
		}
		return found
	case '"':
		return unquote(text)
	case 't', 'f':
		return text[0] == 't'
	case 'n':
		return nil
	}
	n, _ := strconv.ParseInt(string(text), 10, 64) // scanned: cannot fail
	return n
}

// differ names the first place where two values differ, with both; empty where they are equal.
func differ(path string, want, got any) (place, wanted, found string) {
	if w, ok := want.(verbatim); ok {
		want = tree(w)
	}
	switch w := want.(type) {
	case object:
		g, ok := got.(object)
		if !ok {
			break
		}
		keys := slices.Sorted(maps.Keys(w))
		for key := range g {
			if _, there := w[key]; !there {
				keys = append(keys, key)
			}
		}
		for _, key := range keys {
			if place, wanted, found := differ(path+"."+key, w[key], g[key]); place != "" {
				return place, wanted, found
			}
		}
		return "", "", ""
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			break
		}
		for i := range w {
			if place, wanted, found := differ(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); place != "" {
				return place, wanted, found
			}
		}
		return "", "", ""
	default:
		if want == got {
			return "", "", ""
		}
	}
	return path, short(want), short(got)
}

// short is the beginning of a value, for messages.
func short(value any) string {
	text := []rune(string(write(nil, value)))
	if len(text) > 80 {
		return string(text[:80]) + "…"
	}
	return string(text)
}
