package migrations

// registered are the tables of migration 49 whose rows are kept.
var registered = []string{"committee_entry"}
