package cli

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

const (
	environmentPrefix = "GONGJUE_"
	testPrefix        = environmentPrefix + "TEST_" // read by the repository's tests, never by the program
)

// setting is one leaf of Config: its dotted path in the file, its name in the environment, its place.
type setting struct {
	path, variable string
	value          reflect.Value
}

// settings walks Config, so that a field added there can be overridden without another line of code.
func settings(config *Config) []setting {
	var found []setting
	var walk func(v reflect.Value, path []string)
	walk = func(v reflect.Value, path []string) {
		if v.Kind() != reflect.Struct {
			variable := environmentPrefix + strings.ToUpper(strings.Join(path, "_"))
			found = append(found, setting{strings.Join(path, "."), variable, v})
			return
		}
		for i := range v.NumField() {
			key := v.Type().Field(i).Tag.Get("yaml")
			walk(v.Field(i), append(path[:len(path):len(path)], key))
		}
	}
	walk(reflect.ValueOf(config).Elem(), nil)
	return found
}

// applyEnvironment lays GONGJUE_ variables over the settings. An unknown one is an error, since a slip of
// the pen would otherwise leave a default in force unseen. Values are never printed: some are secret.
func applyEnvironment(config *Config, environ []string) error {
	byName := map[string]setting{}
	for _, s := range settings(config) {
		byName[s.variable] = s
	}
	for _, pair := range environ {
		name, text, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, environmentPrefix) || strings.HasPrefix(name, testPrefix) || isSecretVariable(name) {
			continue
		}
		s, known := byName[name]
		if !known {
			return fmt.Errorf("environment: unknown variable %s", name)
		}
		if err := s.set(text); err != nil {
			return fmt.Errorf("environment: %s: %w", name, err)
		}
	}
	return nil
}

func (s setting) set(text string) error {
	switch field := s.value.Addr().Interface().(type) {
	case *string:
		*field = text
	case *bool:
		on, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("neither true nor false")
		}
		*field = on
	case *int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("not a whole number")
		}
		*field = n
	case *[]string:
		*field = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	default:
		return fmt.Errorf("settings of type %T cannot come from the environment", field)
	}
	return nil
}

// fillZeros gives every empty or zero setting its default. False stays false.
func fillZeros(config *Config) {
	standard := defaults()
	from := settings(&standard)
	for i, s := range settings(config) {
		if s.value.Kind() != reflect.Bool && (s.value.IsZero() || s.value.Kind() == reflect.Slice && s.value.Len() == 0) {
			s.value.Set(from[i].value)
		}
	}
}
