// Package voting is the law of an owners' assembly as exact arithmetic: what is counted (heads and
// exclusive floor area), which majorities a matter needs, and how counts become an outcome that lists
// its steps. It is pure: standard library only, no I/O, no clock, no randomness, no floating point,
// so that a lawyer can read it and anyone can run it again.
package voting
