package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"gongjue/api/workbook"
	"gongjue/models"
	documents "gongjue/notify/filing"
	"gongjue/notify/paper"
	"gongjue/voting/bundle"
	"gongjue/web"
)

// packer puts a package together, file after file.
type packer struct {
	ctx       context.Context
	store     *models.Store
	publicURL string
	meeting   models.Meeting
	result    models.PublicResult
	papers    []models.FilingPaper
	pack      models.FilingPackage
	listed    []documents.ContentsFile
	number    int
}

// BuildPackage prints everything that a hand-in of the meeting consists of, as it stands now. Its index says which hand-in
// that is, or that it is none. Refusals: those of [models.Store.FilingBasis].
func BuildPackage(ctx context.Context, store *models.Store, publicURL, communityID, meetingID string, handedIn bool) (models.FilingPackage, error) {
	basis, version, err := store.FilingBasis(ctx, communityID, meetingID)
	if err != nil {
		return models.FilingPackage{}, err
	}
	if !handedIn {
		version = 0
	}
	p := packer{ctx: ctx, store: store, publicURL: publicURL, pack: models.FilingPackage{Basis: basis, MadeAt: store.Now()}}
	if p.result, err = store.PublicResultOf(ctx, meetingID); err != nil {
		return models.FilingPackage{}, err
	}
	p.meeting = p.result.Meeting
	p.papers = p.meeting.FilingPapers(p.result.Result)
	for _, step := range []func() error{p.forms, p.tables, p.notices, p.record, p.attached, func() error { return p.contents(version) }} {
		if err := step(); err != nil {
			return models.FilingPackage{}, fmt.Errorf("package of meeting %s: %w", meetingID, err)
		}
	}
	p.pack.SHA256, p.pack.Size, err = sumPackage(p.pack, func(file models.PackageFile) ([]byte, error) {
		return store.PackageContent(ctx, communityID, file)
	})
	return p.pack, err
}

// add takes a file in under the next number and lists it.
func (p *packer) add(name, ending, pages string, content []byte) {
	p.number++
	path := fmt.Sprintf("%02d-%s.%s", p.number, name, ending)
	p.take(path, content)
	p.list(name, pages, web.SourceProgram)
}

func (p *packer) take(path string, content []byte) {
	sum := sha256.Sum256(content)
	p.pack.Files = append(p.pack.Files, models.PackageFile{Path: path, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Content: content})
}

// list puts the file that was taken in last into the index.
func (p *packer) list(name, pages, source string) {
	last := p.pack.Files[len(p.pack.Files)-1]
	p.listed = append(p.listed, documents.ContentsFile{Path: last.Path, Name: name, Pages: pages, Source: source, SHA256: last.SHA256})
}

func (p *packer) pdf(name string, write func(io.Writer) (paper.Report, error)) error {
	var file bytes.Buffer
	report, err := write(&file)
	if err != nil {
		return fmt.Errorf("print %s: %w", name, err)
	}
	p.add(name, "pdf", fmt.Sprint(report.Pages), file.Bytes())
	return nil
}

func (p *packer) xlsx(name string, tables ...workbook.Table) error {
	var file bytes.Buffer
	if err := workbook.Write(&file, tables...); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	p.add(name, "xlsx", web.PagesByPrint, file.Bytes())
	return nil
}

// record adds the published record of the meeting, by which anyone counts again.
func (p *packer) record() error {
	record, err := p.store.PublicBundle(p.ctx, p.meeting.ID)
	if err != nil {
		return err
	}
	file, err := bundleFile(record, p.publicURL)
	if err != nil {
		return err
	}
	p.add(web.FileBundle, "zip", web.PagesOfData, file)
	return nil
}

// attached adds what people brought: the documents that the place asks for first, then everything else.
func (p *packer) attached() error {
	p.number++
	n := 0
	take := func(name string, file models.Attachment) {
		n++
		p.pack.Files = append(p.pack.Files, models.PackageFile{Path: fmt.Sprintf("%02d-%s/%02d-%s", p.number, web.FilePapers, n, file.Name),
			Size: file.Size, SHA256: file.SHA256, Attachment: file.ID})
		p.list(name, web.PagesOfPaper, web.SourcePeople)
	}
	asked := map[string]bool{}
	for _, wanted := range p.papers {
		for _, file := range wanted.Files {
			take(wanted.Name, file)
			asked[file.ID] = true
		}
	}
	for _, file := range p.meeting.Attachments {
		if !asked[file.ID] {
			take(strings.TrimSpace(file.Name), file)
		}
	}
	return nil
}

// contents puts the index in front of everything, and the sums at the end.
func (p *packer) contents(version int64) error {
	data := documents.ContentsData{Community: p.result.Community.Name, Meeting: p.meeting.Title, Convener: p.meeting.ConvenerName,
		Street: p.result.Community.StreetName, Version: version, MadeAt: p.pack.MadeAt, Files: p.listed, Record: web.Digest(p.result.Result.SHA256),
		Link: p.publicURL + resultURL(p.meeting.ID)}
	for _, wanted := range p.papers {
		data.Papers = append(data.Papers, documents.ContentsPaper{Must: wanted.Must, Name: wanted.Name, Law: articleOf(wanted.Source), Standing: web.PaperStanding(string(wanted.State))})
	}
	var file bytes.Buffer
	if _, err := documents.Contents(&file, data); err != nil {
		return fmt.Errorf("print the index: %w", err)
	}
	rest := p.pack.Files
	p.pack.Files = nil
	p.take("00-"+web.FileContents+".pdf", file.Bytes())
	p.pack.Files = append(p.pack.Files, rest...)
	var sums strings.Builder
	for _, file := range p.pack.Files {
		fmt.Fprintf(&sums, "%s  %s\n", file.SHA256, file.Path)
	}
	p.take(web.FileSums, []byte(sums.String()))
	return nil
}

// bundleFile writes into memory, so that an error never leaves half a file behind.
func bundleFile(record bundle.Bundle, publicURL string) ([]byte, error) {
	var file bytes.Buffer
	guide := web.BundleGuide(record.Tier, record.Standing.Community, publicURL+resultURL(record.Meeting))
	if err := record.Write(&file, guide); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}
