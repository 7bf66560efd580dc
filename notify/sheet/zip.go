package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"

	"gongjue/notify/paper"
)

// Zip writes a ZIP of PDFs with at most MaxVoters sheets each, named 表决票-0001-0500.pdf and so on. It
// takes the voters one by one and lets go of each file before it begins the next, so that the memory
// needed is that of MaxVoters sheets whatever the meeting's size. An error of the sequence ends it.
func Zip(w io.Writer, meeting Meeting, voters iter.Seq2[Voter, error]) (paper.Report, error) {
	archive := zip.NewWriter(w)
	total := paper.Report{}
	batch, done := []Voter{}, 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		report, err := addFile(archive, meeting, batch, done+1)
		if err != nil {
			return err
		}
		total.Pages += report.Pages
		total.Missing = append(total.Missing, report.Missing...)
		done += len(batch)
		batch = batch[:0]
		return nil
	}
	for voter, err := range voters {
		if err != nil {
			return total, fmt.Errorf("read the voters for their sheets: %w", err)
		}
		if batch = append(batch, voter); len(batch) == MaxVoters {
			if err := flush(); err != nil {
				return total, err
			}
		}
	}
	if err := flush(); err != nil {
		return total, err
	}
	if err := archive.Close(); err != nil {
		return total, fmt.Errorf("end the archive of sheets: %w", err)
	}
	return total, nil
}

func addFile(archive *zip.Writer, meeting Meeting, voters []Voter, first int) (paper.Report, error) {
	var file bytes.Buffer
	report, err := Sheets(&file, meeting, voters)
	if err != nil {
		return report, err
	}
	// Stored, not deflated: the pages and the typeface inside are compressed already.
	entry, err := archive.CreateHeader(&zip.FileHeader{
		Name: fmt.Sprintf("表决票-%04d-%04d.pdf", first, first+len(voters)-1), Method: zip.Store, Modified: paper.Beijing(meeting.NoticedAt),
	})
	if err != nil {
		return report, fmt.Errorf("add a file of sheets: %w", err)
	}
	if _, err := entry.Write(file.Bytes()); err != nil {
		return report, fmt.Errorf("add a file of sheets: %w", err)
	}
	return report, nil
}
