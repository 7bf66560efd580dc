package filing

import (
	"io"

	"gongjue/notify/paper"
)

// SealProof writes the 印章刻制证明: with it a committee has its seals engraved. What is on the seals stands in it, for the
// seal of a committee with the term (domain §9).
func SealProof(w io.Writer, data SealProofData) (paper.Report, error) {
	return write(w, cover{title: "印章刻制证明", code: data.CheckCode}, func(n *notice) { n.sealProof(data) })
}

func (n *notice) sealProof(data SealProofData) {
	n.Y += 16
	n.Line(paper.Margin, n.Y, paper.TextWidth, 26, paper.Center, "印 章 刻 制 证 明")
	n.Y += 40
	n.Para("备案号："+data.Number, paper.Style{Size: 12, Align: paper.Center})
	n.Rule(paper.Margin, n.Y+4, paper.TextWidth)
	n.Y += 18
	n.Para(data.Assembly+"选举产生的"+data.Committee+"（第"+paper.Ordinal(data.Term)+"届）已于"+paper.Day(data.CertifiedAt)+"由"+data.Certifier+
		"准予备案。请凭本证明办理下列印章的刻制。", paper.Style{Size: 12, First: 24})
	n.Space(8)
	rows := [][]string{{"业主大会印章", data.Assembly}, {"业主委员会印章", data.Committee + "（第" + paper.Ordinal(data.Term) + "届）"}}
	n.Table([]paper.Column{{Head: "印章", Width: 150}, {Head: "印文", Width: paper.TextWidth - 150}}, rows, 12)
	n.Space(8)
	facts := [][2]string{{"任期：", ""}, {"负责人：", data.Chair}, {"办公地址：", data.Office}}
	if data.TermFrom != "" {
		facts[0][1] = data.TermFrom + " 至 " + data.TermTo
	}
	for _, fact := range facts {
		if fact[1] != "" {
			n.Field(fact[0], fact[1], paper.Style{Size: 12})
		}
	}
	n.together(func() {
		n.Para("备案证明变更、撤回或者注销以后，本证明不再使用。办理前请扫码查验备案证明现在的状态。", paper.Style{Size: 9.5})
		n.Space(10)
		n.check(data.Link, data.CheckCode, "备案证明")
		if data.Link != "" {
			n.Y -= besideCode
		}
		n.sealed([]string{data.Prover + "（盖章）"}, paper.Day(data.IssuedAt))
	})
}
