package word

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
)

// The parts of the file beside its text. What stands in where an office lacks a typeface is named in the table of fonts.
const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	schema  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	rootRelations = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	officeRelation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	relations      = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeRelation + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + officeRelation + `settings" Target="settings.xml"/>` +
		`<Relationship Id="rId3" Type="` + officeRelation + `fontTable" Target="fontTable.xml"/><Relationship Id="rId4" Type="` + officeRelation + `footer" Target="footer1.xml"/>` +
		`<Relationship Id="rId5" Type="` + officeRelation + `footer" Target="footer2.xml"/></Relationships>`

	settings = xmlHead + `<w:settings ` + schema + `><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/></w:settings>`

	// section is A4 with the margins of an official paper: 37 mm above, 35 below, 28 at the left, 26 at the right, which
	// leave a text block of 156 by 225 mm.
	section = `<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1587" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>`
)

// standIns are the typefaces by which a program without the named one replaces it.
var standIns = [][2]string{{faceTitle, "华文中宋"}, {faceHead, "SimHei"}, {faceSub, "楷体"}, {faceBody, "仿宋"}, {facePage, "SimSun"}}

func fontTable() string {
	var text strings.Builder
	text.WriteString(xmlHead + `<w:fonts ` + schema + `>`)
	for _, pair := range standIns {
		fmt.Fprintf(&text, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`, pair[0], pair[1])
	}
	return text.String() + `</w:fonts>`
}

func styles() string {
	return xmlHead + `<w:styles ` + schema + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(faceBody) +
		fmt.Sprintf(`<w:kern w:val="2"/><w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>`, sizeBody, sizeBody) +
		`</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`
}

// footer is the number of the page between dashes, a character from the outer edge.
func footer(align, before, after string) string {
	run := func(inner string) string {
		return `<w:r><w:rPr>` + fonts(facePage) + `<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>` + inner + `</w:r>`
	}
	return xmlHead + `<w:ftr ` + schema + `><w:p><w:pPr><w:jc w:val="` + align + `"/></w:pPr>` + run(`<w:t xml:space="preserve">`+before+`— </w:t>`) +
		run(`<w:fldChar w:fldCharType="begin"/>`) + run(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) + run(`<w:fldChar w:fldCharType="separate"/>`) +
		run(`<w:t>1</w:t>`) + run(`<w:fldChar w:fldCharType="end"/>`) + run(`<w:t xml:space="preserve"> —`+after+`</w:t>`) + `</w:p></w:ftr>`
}

func core(title string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + escaped(title) + `</dc:title></cp:coreProperties>`
}

// Write writes the file.
func (d *Doc) Write(w io.Writer) error {
	archive := zip.NewWriter(w)
	for _, part := range [][2]string{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", rootRelations}, {"docProps/core.xml", core(d.title)},
		{"word/document.xml", xmlHead + `<w:document ` + schema + `><w:body>` + d.body.String() + section + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", relations}, {"word/styles.xml", styles()}, {"word/settings.xml", settings}, {"word/fontTable.xml", fontTable()},
		{"word/footer1.xml", footer("right", "", "　")}, {"word/footer2.xml", footer("left", "　", "")},
	} {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(file, part[1])
		}
		if err != nil {
			return fmt.Errorf("write %s of a document: %w", part[0], err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("end a document: %w", err)
	}
	return nil
}
