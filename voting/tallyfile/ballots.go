package tallyfile

import (
	"fmt"
	"maps"
	"slices"

	"gongjue/voting"
)

func (f *file) readBallots(root object) {
	for i, tree := range root.list("voters", true, false) {
		f.voters = append(f.voters, f.readVoter(f.object(tree, fmt.Sprintf("voters[%d]", i))))
	}
	for i, tree := range root.list("ballots", true, true) {
		f.ballots = append(f.ballots, f.readBallot(f.object(tree, fmt.Sprintf("ballots[%d]", i))))
	}
	f.delivered = root.names("delivered", false, true)
}

func (f *file) readVoter(o object) voting.Voter {
	voter := voting.Voter{ID: o.name("id")}
	if len(f.matter.Scope) == 0 && !o.has("units") {
		voter.Units = []voting.Unit{{Area: o.area("area_m2")}}
		o.done()
		return voter
	}
	for i, tree := range o.list("units", true, false) {
		unit := f.object(tree, fmt.Sprintf("%s[%d]", o.at("units"), i))
		voter.Units = append(voter.Units, voting.Unit{Place: unit.name("place"), Area: unit.area("area_m2")})
		unit.done()
	}
	o.done()
	return voter
}

func (f *file) readBallot(o object) voting.Ballot {
	ballot := voting.Ballot{Voter: o.name("voter"), Void: o.flag("void", false)}
	choice, there := o.take("choice", false)
	if there && choice != nil && !ballot.Void {
		ballot.Choice = f.readChoice(choice, o.at("choice"))
	}
	o.done()
	return ballot
}

// readChoice reads the shape; what the ballot offered is the engine's to judge.
func (f *file) readChoice(tree any, path string) voting.Choice {
	switch choice := tree.(type) {
	case string:
		mark := voting.Mark(choice)
		if f.matter.Method == voting.ApprovalEach || !slices.Contains(f.matter.Marks(f.policies), mark) {
			break
		}
		return voting.Choice{Mark: mark}
	case []any:
		if f.matter.Method != voting.Pick {
			break
		}
		var names []string
		for i, name := range choice {
			names = append(names, f.text(name, fmt.Sprintf("%s[%d]", path, i)))
		}
		return voting.Choice{Names: names}
	case map[string]any:
		if f.matter.Method != voting.ApprovalEach {
			break
		}
		each := map[string]voting.Mark{}
		for _, name := range slices.Sorted(maps.Keys(choice)) {
			each[name] = voting.Mark(f.text(choice[name], join(path, name)))
		}
		return voting.Choice{Each: each}
	}
	f.refuse(CodeBadValue, path)
	return voting.Choice{}
}
