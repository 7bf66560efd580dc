// Package lifecycle is the life of a roster, a meeting, a filing and an objection as tables: in which
// state, which event, by whom, leads where (domain §7). It holds no guards on time, completeness or
// votes; whoever takes a step checks those, and asks the table first.
package lifecycle

import (
	"fmt"
	"slices"
)

// Actor is the kind of person, or the server itself, that takes a step.
type Actor string

// The actors. Reaching the start and the end of voting is nobody's act: only the system opens and closes.
const (
	Operator Actor = "operator" // runs the installation
	District Actor = "district" // 区县主管部门
	Street   Actor = "street"   // 街道办事处、乡镇人民政府
	Convener Actor = "convener" // 召集人
	Teller   Actor = "teller"   // 计票人
	Owner    Actor = "owner"    // 业主
	System   Actor = "system"
)

// Actors lists every actor.
var Actors = []Actor{Operator, District, Street, Convener, Teller, Owner, System}

// Event is what happens to a roster, meeting, filing or objection.
type Event string

// Step is one row of a table: in From, Event by one of By leads to Next.
type Step[S ~string] struct {
	From  S
	Event Event
	By    []Actor
	Next  S
}

// Table is every lawful step of one thing. What is not in it is illegal.
type Table[S ~string] []Step[S]

// CodeIllegalStep is the code of every step that no table allows.
const CodeIllegalStep = "illegal_step"

// Illegal is the refusal of a step: the event is not possible in this state, or not for this actor.
type Illegal struct {
	State string
	Event Event
	Actor Actor
}

// Code gives the stable code of the refusal.
func (i *Illegal) Code() string { return CodeIllegalStep }

// Error names the step for logs; people read the sentence of the code.
func (i *Illegal) Error() string {
	return fmt.Sprintf("%s: %s by %s in state %s", CodeIllegalStep, i.Event, i.Actor, i.State)
}

// Next gives the state after the event, or *[Illegal].
func (t Table[S]) Next(state S, event Event, actor Actor) (S, *Illegal) {
	for _, step := range t {
		if step.From == state && step.Event == event && slices.Contains(step.By, actor) {
			return step.Next, nil
		}
	}
	return state, &Illegal{State: string(state), Event: event, Actor: actor}
}

// Events lists what the actor may do in the state, in the order of the table: the buttons of a page.
func (t Table[S]) Events(state S, actor Actor) []Event {
	var events []Event
	for _, step := range t {
		if step.From == state && slices.Contains(step.By, actor) {
			events = append(events, step.Event)
		}
	}
	return events
}
