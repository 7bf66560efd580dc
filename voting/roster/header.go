package roster

import "strings"

// headerRows is how deep below the top a header is looked for; title rows and instructions stand above it.
const headerRows = 50

// headings are the column names that are one field beyond doubt, without blanks and brackets.
var headings = map[Field][]string{
	FieldSequence:    {"序号", "编号", "序", "no", "no."},
	FieldBuilding:    {"楼栋", "栋号", "楼号", "幢号", "楼幢", "楼座", "座号", "栋", "幢", "楼", "座", "楼栋号", "楼幢号", "楼宇", "楼栋名称", "所在楼栋"},
	FieldStair:       {"单元", "单元号", "门", "梯号", "梯"},
	FieldRoom:        {"房号", "户号", "室号", "房间号", "房屋号", "房屋编号", "门牌号", "房间", "室", "户室", "房屋坐落", "坐落", "房屋地址", "房产地址", "车位号", "户室号"},
	FieldUsage:       {"用途", "房屋用途", "规划用途", "房屋性质", "性质", "类型", "房屋类型", "物业类型", "业态"},
	FieldArea:        {"建筑面积", "建面", "专有部分面积", "专有面积", "产权面积", "房屋面积", "登记面积", "面积", "房屋建筑面积"},
	FieldAreaSource:  {"面积来源", "面积依据", "面积取得方式"},
	FieldCertificate: {"不动产权证号", "不动产权证", "不动产权证书号", "产权证号", "房产证号", "权证号", "产证号", "不动产证号", "房产证"},
	FieldName:        {"产权人", "业主", "业主姓名", "姓名", "所有权人", "权利人", "产权人姓名", "房主", "户主", "业主名称", "产权人名称", "房屋所有权人"},
	FieldIDKind:      {"证件类型", "证件种类", "证件名称", "证件类别"},
	FieldIDNumber:    {"证件号码", "身份证", "身份证号", "身份证号码", "证件号", "证照号码", "居民身份证", "身份证件号码", "身份证件号"},
	FieldPhone:       {"联系电话", "手机", "手机号", "手机号码", "电话", "联系方式", "电话号码", "联系号码", "业主电话"},
	FieldCoOwners:    {"共有人", "共有人信息", "其他共有人", "共有权人", "共同产权人", "共有人情况"},
	FieldStatus:      {"交付状态", "状态", "房屋状态", "销售状态", "是否交付", "交付情况", "交房状态", "销售情况"},
	FieldRemark:      {"备注", "说明", "附注"},
}

// hints catch longer column names by a part of them, tried in this order. The floor area inside the walls
// and the share of common parts (套内, 公摊, 分摊, 使用) are never the area that the law counts.
var hints = []struct {
	field    Field
	contains string
}{
	{FieldAreaSource, "面积来源"}, {FieldAreaSource, "面积依据"},
	{FieldCoOwners, "共有"}, {FieldIDKind, "证件类"}, {FieldIDNumber, "身份证"}, {FieldIDNumber, "证件号"},
	{FieldIDNumber, "信用代码"}, {FieldPhone, "电话"}, {FieldPhone, "手机"}, {FieldCertificate, "产权证"},
	{FieldArea, "建筑面积"}, {FieldArea, "面积"}, {FieldStatus, "交付"}, {FieldName, "业主姓名"}, {FieldName, "产权人"},
	{FieldUsage, "用途"},
}

var exactHeading = func() map[string]Field {
	exact := map[string]Field{}
	for field, names := range headings {
		for _, name := range names {
			exact[name] = field
		}
	}
	return exact
}()

// fieldOf reads a column name; exact tells whether it is in the list or only resembles one.
func fieldOf(cell string) (field Field, exact bool) {
	name := headingText(cell)
	if name == "" || len(name) > 60 {
		return "", false
	}
	if field, found := exactHeading[name]; found {
		return field, true
	}
	for _, not := range []string{"套内", "公摊", "分摊", "使用面积", "得房"} {
		if strings.Contains(name, not) {
			return "", false
		}
	}
	for _, hint := range hints {
		if strings.Contains(name, hint.contains) {
			return hint.field, false
		}
	}
	return "", false
}

// headingText strips what people add around a column name: blanks, a star for required, a unit in brackets.
func headingText(cell string) string {
	name := strings.ToLower(compact(withoutHidden(cell)))
	if i := strings.IndexAny(name, "(["); i > 0 {
		name = name[:i]
	}
	name = strings.Trim(name, "*:/、,.")
	for _, unit := range areaUnits[:len(areaUnits)-1] {
		name = strings.TrimSuffix(name, unit)
	}
	return name
}

// findLayout looks for the row that names the most fields, room and owner or area among them.
func findLayout(sheet Sheet) (Layout, bool) {
	best, found := Layout{Sheet: sheet.Name}, false
	for i, row := range sheet.Rows {
		if i == headerRows {
			break
		}
		columns := columnsOf(row)
		_, room := columns[FieldRoom]
		_, name := columns[FieldName]
		_, area := columns[FieldArea]
		if room && (name || area) && len(columns) >= 3 && len(columns) > len(best.Columns) {
			best.HeaderRow, best.Columns, found = row.Number, columns, true
		}
	}
	return best, found
}

// columnsOf maps the cells of one row; an exact name wins over a resembling one, the left over the right.
func columnsOf(row Row) map[Field]int {
	columns, exactly := map[Field]int{}, map[Field]bool{}
	for i, cell := range row.Cells {
		field, exact := fieldOf(cell)
		if _, taken := columns[field]; field == "" || taken && (!exact || exactly[field]) {
			continue
		}
		columns[field], exactly[field] = i, exact
	}
	return columns
}

// rivals lists the columns that could also have been a field whose choice matters.
func rivals(row Row, columns map[Field]int) map[Field]int {
	lost := map[Field]int{}
	for i, cell := range row.Cells {
		field, _ := fieldOf(cell)
		switch field {
		case FieldArea, FieldName, FieldIDNumber, FieldBuilding, FieldRoom, FieldStatus:
			if _, known := lost[field]; columns[field] != i && !known {
				lost[field] = i
			}
		}
	}
	return lost
}
