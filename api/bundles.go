package api

import (
	"mime"
	"net/http"
	"sync"
	"time"

	"gongjue/models"
	"gongjue/voting/bundle"
	"gongjue/web"
)

// publicBundleURL is where anyone finds the record of a meeting.
func publicBundleURL(id string) string { return noticeURL(id) + "/bundle.zip" }

// publicBundle is the record of a final result as anyone may check it. A whole community may ask for it within
// minutes of the result: it is put together once.
func publicBundle(c *call) error {
	version, err := c.store.BundleVersion(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	file, err := c.records.get(version, func() ([]byte, error) {
		record, err := c.store.PublicBundle(c, c.Param("meeting"))
		if err != nil {
			return nil, err
		}
		return bundleFile(record, c.config.PublicURL)
	})
	if err != nil {
		return err
	}
	c.sendBundle(bundle.Public, file)
	return nil
}

// records keeps public records that were put together, by everything that could change them.
type records struct {
	making sync.Mutex // one at a time: each stands in memory as a whole
	mu     sync.Mutex
	known  map[string][]byte
	bytes  int
}

// keptBytes bounds the records that are kept; a larger one is made anew for everybody.
const keptBytes = 64 << 20

func (r *records) find(version string) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[version]
}

// get gives a record, made now where it is not known.
func (r *records) get(version string, makeIt func() ([]byte, error)) ([]byte, error) {
	if file := r.find(version); file != nil {
		return file, nil
	}
	r.making.Lock()
	defer r.making.Unlock()
	if file := r.find(version); file != nil {
		return file, nil
	}
	file, err := makeIt()
	if err != nil || len(file) > keptBytes {
		return file, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || r.bytes+len(file) > keptBytes {
		r.known, r.bytes = map[string][]byte{}, 0
	}
	r.known[version] = file
	r.bytes += len(file)
	return file, nil
}

// bundleRequest asks for a copy of a record that is not public.
type bundleRequest struct {
	Tier string `json:"tier" form:"tier" binding:"required,max=20"`
}

var bundleAct = act[bundleRequest]{
	do: func(c *call, in bundleRequest) (done, error) {
		return done{file: func() error {
			return c.fewAtATime(func() error {
				record, err := c.store.HandOutBundle(c, c.actor(), c.community.ID, c.Param("meeting"), bundle.Tier(in.Tier))
				if err != nil {
					return err
				}
				file, err := bundleFile(record, c.config.PublicURL)
				if err != nil {
					return err
				}
				c.sendBundle(record.Tier, file)
				return nil
			})
		}}, nil
	},
}

// copiesAtOnce bounds how many copies that are not public are put together at a time.
const copiesAtOnce = 2

// fewAtATime refuses with busy what would be one copy too many.
func (c *call) fewAtATime(make func() error) error {
	select {
	case c.copies <- struct{}{}:
		defer func() { <-c.copies }()
		return make()
	default:
		return refuse("busy")
	}
}

func (c *call) sendBundle(tier bundle.Tier, file []byte) {
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(uploadTime)) // refused only by test recorders
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": web.BundleName(tier) + ".zip"}))
	c.Data(http.StatusOK, "application/zip", file)
}

// bundleActs are the books of a counted meeting that the account may be handed.
func (c *call) bundleActs(meeting models.Meeting) []web.Act {
	var acts []web.Act
	for _, tier := range models.BundleTiersFor(c.staff.Role, meeting.State) {
		step := web.NewAct("bundle_"+string(tier), c.meetingURL(meeting.ID, "bundle"))
		step.Hidden = []web.Field{{Name: "tier", Value: string(tier)}}
		acts = append(acts, step)
	}
	return acts
}
