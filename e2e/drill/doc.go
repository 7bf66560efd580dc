// Package drill ends the product and its database as faults do, while people vote, and then looks whether every receipt
// that anybody was given still stands. `make test` runs a few cycles, `make drill` all of them.
package drill
