package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// packed is a package of one printed file and every file of the meeting, made from what it stands at.
func (h *hall) packed(meeting Meeting) *FilingPackage {
	h.t.Helper()
	basis, _, err := h.FilingBasis(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	meeting, err = h.Meeting(h.ctx(), h.community.ID, meeting.ID)
	h.must(err)
	content := []byte("各户明细：1号楼101 已表决")
	sum := sha256.Sum256(content)
	pack := &FilingPackage{Basis: basis, SHA256: "c0de", Size: 99, MadeAt: h.now,
		Files: []PackageFile{{Path: "01-表.xlsx", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Content: content}}}
	for _, file := range meeting.Attachments {
		pack.Files = append(pack.Files, PackageFile{Path: "02-材料/" + file.Name, Size: file.Size, SHA256: file.SHA256, Attachment: file.ID})
	}
	return pack
}

func TestAPackageIsKeptAsItWasHandedIn(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		h.published(meeting)
		ctx, community, convener, street := h.ctx(), h.community.ID, h.by(RoleConvener), h.by(RoleStreet)
		signed, err := h.AddFilingPaper(ctx, convener, community, meeting.ID, "meeting_record", "记录.pdf", []byte("%PDF-1.4 x"))
		h.must(err)
		stale := h.packed(meeting)
		_, err = h.AddFilingPaper(ctx, convener, community, meeting.ID, "assembly_decision", "决定.pdf", []byte("%PDF-1.4 y"))
		h.must(err)
		_, err = h.SubmitFiling(ctx, convener, community, meeting.ID, "", stale)
		h.refused(err, "filing_moved")
		pack := h.packed(meeting)
		filing, err := h.SubmitFiling(ctx, convener, community, meeting.ID, "", pack)
		h.must(err)
		if filing.Record.Package != pack.SHA256 {
			t.Errorf("the record names the package %q", filing.Record.Package)
		}
		stored := []byte{}
		h.must(h.db.Table("filing_document").Select("content").Where("path = ?", "01-表.xlsx").Row().Scan(&stored))
		if bytes.Contains(stored, []byte("已表决")) {
			t.Error("which homes voted can be read in the database")
		}
		h.must(h.ReturnFiling(ctx, street, community, filing.ID, FilingReturn{Reasons: []string{"缺承诺书"}}))
		h.must(h.DeleteAttachment(ctx, convener, community, meeting.ID, signed.ID))
		h.refused(h.DeleteAttachment(ctx, convener, community, meeting.ID, signed.ID), "not_found")
		if got := h.standings(meeting.ID); got["meeting_record"] != PaperToSign {
			t.Errorf("what was taken off the list still counts: %v", got)
		}
		h.handedOut(filing, pack)
	})
}

// handedOut reads every file back, and finds the copy in the audit.
func (h *hall) handedOut(filing Filing, want *FilingPackage) {
	h.t.Helper()
	ctx, community := h.ctx(), h.community.ID
	of, pack, err := h.HandOutPackage(ctx, h.by(RoleStreet), community, filing.ID)
	h.must(err)
	if of.ID != filing.ID || pack.SHA256 != want.SHA256 || pack.Size != want.Size || pack.MadeAt != want.MadeAt || len(pack.Files) != len(want.Files) {
		h.t.Fatalf("handed out %+v of %s", pack, of.ID)
	}
	for i, file := range pack.Files {
		content, err := h.PackageContent(ctx, community, file)
		h.must(err)
		if sum := sha256.Sum256(content); file.Path != want.Files[i].Path || hex.EncodeToString(sum[:]) != want.Files[i].SHA256 {
			h.t.Errorf("%s is another file", file.Path)
		}
	}
	altered := pack.Files[0]
	altered.SHA256 = pack.Files[1].SHA256
	_, err = h.PackageContent(ctx, community, altered)
	h.refused(err, "ledger_mismatch")
	trail, err := h.Audit(ctx, community, filing.MeetingID)
	h.must(err)
	if last := trail[len(trail)-1]; last.Act != "package_handed_out" || last.ActorRole != string(RoleStreet) {
		h.t.Errorf("the audit ends with %+v", last)
	}
}

func TestAHandInWithoutAPackageHasNoneToGive(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		_, _, err := h.FilingBasis(h.ctx(), h.community.ID, meeting.ID)
		h.refused(err, "illegal_step")
		h.published(meeting)
		filing := h.submit(meeting, "")
		_, _, err = h.FilingBasis(h.ctx(), h.community.ID, meeting.ID)
		h.refused(err, "filing_open")
		_, _, err = h.HandOutPackage(h.ctx(), h.by(RoleStreet), h.community.ID, filing.ID)
		h.refused(err, "package_not_kept")
		_, _, err = h.HandOutPackage(h.ctx(), h.by(RoleStreet), h.community.ID, "nothing")
		h.refused(err, "not_found")
	})
}

func TestAHomeTellsWhetherItVotedAndNeverHow(t *testing.T) {
	inHall(t, func(h *hall) {
		meeting := h.counted()
		counted, err := h.Meeting(h.ctx(), h.community.ID, meeting.ID)
		h.must(err)
		homes, err := h.HomeTurnoutOf(h.ctx(), counted)
		h.must(err)
		classes := map[string]int{}
		for _, home := range homes {
			classes[string(home.Class)]++
			if (home.Channel != "") != (home.Class == "voted" || home.Class == "void") {
				t.Errorf("%s-%s came %s by %q", home.Building, home.Room, home.Class, home.Channel)
			}
		}
		if classes["voted"] == 0 || classes["delivered_silent"] == 0 || classes["not_issued"] == 0 || classes[""] != 0 {
			t.Errorf("the homes stand at %v", classes)
		}
		meeting.TalliedAt = 0
		_, err = h.HomeTurnoutOf(h.ctx(), meeting)
		h.refused(err, "result_not_ready")
		lines, err := h.DeliveryRegister(h.ctx(), counted)
		h.must(err)
		recorded := 0
		for _, line := range lines {
			if line.Last != nil {
				recorded++
			}
		}
		if len(lines) == 0 || recorded != 1 {
			t.Errorf("%d of %d sheets have a record", recorded, len(lines))
		}
	})
}
