package cli

import (
	"bytes"
	"context"
	"fmt"

	"gongjue/models"
	"gongjue/notify/paper"
)

// signedPapers uploads what a convener would have had signed: every document without which nothing is handed in.
func (d *demoStage) signedPapers(ctx context.Context, communityID, meetingID string) error {
	needed, err := d.store.PapersNeeded(ctx, communityID, meetingID)
	if err != nil {
		return err
	}
	if d.scan == nil {
		if d.scan, err = sampleScan(); err != nil {
			return fmt.Errorf("print a sample scan: %w", err)
		}
	}
	for _, document := range needed {
		_, err := d.store.AddFilingPaper(ctx, d.by[models.RoleConvener], communityID, meetingID, document.Document, document.Name+"（签字盖章）.pdf", d.scan)
		if err != nil {
			return fmt.Errorf("add %s: %w", document.Document, err)
		}
	}
	return nil
}

// sampleScan stands for a signed paper: nobody signs in a demo.
func sampleScan() ([]byte, error) {
	const title = "样例扫描件"
	doc, err := paper.New(title)
	if err != nil {
		return nil, err
	}
	doc.Begin(title)
	doc.Para(title, paper.Style{Size: paper.Title, Align: paper.Center})
	doc.Space(20)
	doc.Para("这一页代替召集人签字盖章以后的扫描件。示范数据里没有真人签字。", paper.Style{Size: paper.Body})
	var file bytes.Buffer
	_, err = doc.Finish(&file)
	return file.Bytes(), err
}
