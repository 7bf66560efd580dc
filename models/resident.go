package models

import "gongjue/models/vault"

// ResidentSession is what a resident's cookie says: meeting, voter, owner, the proof of identity behind it
// and when it ends.
type ResidentSession = vault.ResidentSession
