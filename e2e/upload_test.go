package e2e

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"gongjue/models"
)

// slowLine is what a phone in a basement gets, in bytes a second.
const slowLine = 60_000

// TestARosterIsSentFromABrowser uploads a list with the page's script, on a line so slow that its progress is seen, and
// without. Either way a refusal keeps the answers, and the file ends on the desk.
func TestARosterIsSentFromABrowser(t *testing.T) {
	for name, scripts := range map[string]bool{"": true, "noscript-": false} {
		t.Run("scripts "+strconv.FormatBool(scripts), func(t *testing.T) { sendsRoster(t, name, scripts) })
	}
}

func sendsRoster(t *testing.T, prefix string, scripts bool) {
	w := newTown(t, filepath.Join(t.TempDir(), "browser.db"), false)
	page := w.browser()
	w.prefix, w.noScripts = prefix, !scripts
	file, err := filepath.Abs(rosterFile)
	w.must(err)
	w.visit(page, "/staff/login", "")
	page.MustElement("input[name=user]").MustInput(string(models.RoleConvener))
	page.MustElement("input[name=password]").MustInput(password)
	w.press(page, "登录", "")
	w.visit(page, "/staff/communities/"+w.community.ID+"/rosters/new", "upload-1")

	page.MustElement("input[type=file]").MustSetFiles(file)
	page.MustElementR("button", "^上传").MustClick()
	page.MustElementR(".summary li", "车位")
	w.look(page, "upload-2-refused")

	page.MustElement("input[type=file]").MustSetFiles(file)
	page.MustElement("input[name=parking_area][value=yes]").MustClick()
	page.MustElement("input[name=parking_heads][value=no]").MustClick()
	if scripts {
		w.must(proto.NetworkEnable{}.Call(page))
		w.must(proto.NetworkEmulateNetworkConditions{Latency: 100, DownloadThroughput: -1, UploadThroughput: slowLine}.Call(page))
	}
	page.MustElementR("button", "^上传").MustClick()
	if scripts {
		page.MustElementR(".sending span", "正在上传：.*%")
		w.look(page, "upload-3-sending")
	}
	page.MustElementR("h1", "核对名册文件")
	if address := page.MustInfo().URL; !strings.Contains(address, "/rosters/intakes/") {
		t.Errorf("the desk is at %s", address)
	}
	w.look(page, "upload-4-desk")
}
