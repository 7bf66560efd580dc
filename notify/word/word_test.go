package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// written are the parts of a document, each read to its end as XML.
func written(t *testing.T, write func(*Doc)) map[string]string {
	t.Helper()
	var first, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &again} {
		doc := New("标题 <&>")
		write(doc)
		if err := doc.Write(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("the same document has other bytes")
	}
	archive, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		parts[entry.Name] = string(text)
		for decoder := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", entry.Name, err)
			}
		}
	}
	return parts
}

func TestHostileTextStaysText(t *testing.T) {
	parts := written(t, func(d *Doc) {
		d.Title("一</w:t><w:t>二", false)
		d.Para("甲&乙\x00\x1b丙\r\n丁\t戊")
		d.Table([]Column{{Head: "头", Width: 156}}, [][]string{{"<!--"}}, 8)
	})
	body := parts["word/document.xml"]
	for _, want := range []string{"一&lt;/w:t&gt;", "甲&amp;乙", "丁　戊", "&lt;!--"} {
		if !strings.Contains(body, want) {
			t.Errorf("the text lacks %s", want)
		}
	}
	if strings.ContainsAny(body, "\x00\x1b\r") {
		t.Error("a control character is in the file")
	}
}

func TestEveryPartIsDeclaredAndEveryTypefaceHasAStandIn(t *testing.T) {
	parts := written(t, func(d *Doc) {
		d.Title("标题", false)
		d.Heading("一、")
		d.Sub("（一）")
		d.Para("正文")
	})
	for name := range parts {
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && !strings.Contains(parts["[Content_Types].xml"], `"/`+name+`"`) {
			t.Errorf("%s is not declared", name)
		}
	}
	for _, face := range []string{faceTitle, faceHead, faceSub, faceBody} {
		if !strings.Contains(parts["word/document.xml"], `w:eastAsia="`+face+`"`) || !strings.Contains(parts["word/fontTable.xml"], `w:name="`+face+`"`) {
			t.Errorf("%s is not used, or nothing stands in for it", face)
		}
	}
	for _, footer := range []string{"word/footer1.xml", "word/footer2.xml"} {
		if !strings.Contains(parts[footer], " PAGE ") {
			t.Errorf("%s has no page number", footer)
		}
	}
}

func TestAPageIsThatOfAnOfficialPaper(t *testing.T) {
	if left, right := 1587, 1474; 11906-left-right < twips(TextWidth)-3 || 11906-left-right > twips(TextWidth)+3 {
		t.Errorf("the text block is %d twips wide, want %d", 11906-left-right, twips(TextWidth))
	}
	parts := written(t, func(d *Doc) {
		d.Fields([]int{30, 48, 30, 48}, [][]string{{"名称", "一"}, {"甲", "乙", "丙", "丁"}}, 9)
		d.Closing("末段。", "某某（盖章）", "日期")
	})
	body := parts["word/document.xml"]
	if !strings.Contains(body, `<w:gridSpan w:val="3"/>`) {
		t.Error("a short line leaves the rest of the form open")
	}
	if kept := strings.Count(body, "<w:keepNext/>"); kept != 2 {
		t.Errorf("%d of the last lines hold together, want the paragraph and the first signature", kept)
	}
	if !slices.Contains([]int{8845, 8844}, twips(TextWidth)) {
		t.Errorf("156 mm are %d twips", twips(TextWidth))
	}
}
