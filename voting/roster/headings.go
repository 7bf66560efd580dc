package roster

import "strings"

// headings are the column names that are one field beyond doubt, without blanks and brackets.
var headings = map[Field][]string{
	FieldSequence: {"序号", "编号", "序", "no", "no."},
	FieldBuilding: {"楼栋", "栋号", "楼号", "幢号", "楼幢", "楼座", "座号", "栋", "幢", "楼", "座", "楼栋号", "楼幢号", "楼宇", "楼栋名称", "所在楼栋", "幢名称", "自然幢号"},
	FieldStair:    {"单元", "单元号", "门", "梯号", "梯", "所在单元"},
	FieldFloor:    {"楼层", "层", "层号", "所在层", "所在楼层", "楼层号"},
	FieldRoom: {"房号", "户号", "室号", "房间号", "房屋号", "房屋编号", "门牌号", "房间", "室", "户室", "房屋坐落", "坐落", "房屋地址", "房产地址", "车位号", "户室号",
		"不动产坐落", "房屋座落", "座落", "房室号", "户名号", "门牌"},
	FieldUsage:          {"用途", "房屋用途", "规划用途", "房屋性质", "性质", "类型", "房屋类型", "物业类型", "业态"},
	FieldArea:           {"建筑面积", "建面", "专有部分面积", "专有面积", "产权面积", "房屋面积", "登记面积", "面积", "房屋建筑面积", "专有部分建筑面积"},
	FieldAreaSource:     {"面积来源", "面积依据", "面积取得方式"},
	FieldCertificate:    {"不动产权证号", "不动产权证", "不动产权证书号", "产权证号", "房产证号", "权证号", "产证号", "不动产证号", "房产证"},
	FieldName:           {"产权人", "业主", "业主姓名", "姓名", "所有权人", "权利人", "产权人姓名", "房主", "户主", "业主名称", "产权人名称", "房屋所有权人", "权利人名称", "权利人姓名"},
	FieldIDKind:         {"证件类型", "证件种类", "证件名称", "证件类别"},
	FieldIDNumber:       {"证件号码", "身份证", "身份证号", "身份证号码", "证件号", "证照号码", "居民身份证", "身份证件号码", "身份证件号", "公民身份号码", "证件编号"},
	FieldPhone:          {"联系电话", "手机", "手机号", "手机号码", "电话", "联系方式", "电话号码", "联系号码", "业主电话"},
	FieldCoOwners:       {"共有人", "共有人信息", "其他共有人", "共有权人", "共同产权人", "共有人情况", "共有人姓名", "共有人名称"},
	FieldCoOwnerID:      {"共有人证件号码", "共有人证件号", "共有人身份证", "共有人身份证号", "共有人身份证号码"},
	FieldCoOwnerPhone:   {"共有人电话", "共有人联系电话", "共有人手机", "共有人手机号", "共有人联系方式"},
	FieldRepresentative: {"法定代表人", "法人代表", "法人", "法定代表人姓名", "单位负责人"},
	FieldGuardian:       {"监护人", "监护人姓名", "法定监护人"},
	FieldNamed:          {"推选的投票人", "推选人", "投票代表", "投票人", "表决代表", "表决权人", "行使表决权人", "投票代表人"},
	FieldStatus:         {"交付状态", "状态", "房屋状态", "销售状态", "是否交付", "交付情况", "交房状态", "销售情况"},
	FieldRemark:         {"备注", "说明", "附注"},
}

// hints catch longer column names by a part of them, tried in this order.
var hints = []struct {
	field    Field
	contains string
}{
	{FieldAreaSource, "面积来源"}, {FieldAreaSource, "面积依据"},
	{FieldNamed, "投票人"}, {FieldNamed, "投票代表"}, {FieldRepresentative, "法定代表人"}, {FieldGuardian, "监护人"},
	{FieldCoOwners, "共有"}, {FieldIDKind, "证件类"}, {FieldIDNumber, "身份证"}, {FieldIDNumber, "证件号"},
	{FieldIDNumber, "信用代码"}, {FieldPhone, "电话"}, {FieldPhone, "手机"}, {FieldCertificate, "产权证"},
	{FieldArea, "建筑面积"}, {FieldArea, "面积"}, {FieldStatus, "交付"}, {FieldName, "业主姓名"}, {FieldName, "产权人"},
	{FieldName, "权利人"}, {FieldUsage, "用途"},
}

// neverArea are parts of the names of other areas: inside the walls, or a share of the common parts. They
// are never the area that the law counts (解释第8条).
var neverArea = []string{"套内", "公摊", "分摊", "使用面积", "得房", "共有面积", "占地", "土地"}

// coOwnerFields are the fields of a column about co-owners by what the column would be for an owner.
var coOwnerFields = map[Field]Field{FieldName: FieldCoOwners, FieldIDNumber: FieldCoOwnerID, FieldPhone: FieldCoOwnerPhone,
	FieldCoOwners: FieldCoOwners, FieldCoOwnerID: FieldCoOwnerID, FieldCoOwnerPhone: FieldCoOwnerPhone}

var exactHeading = func() map[string]Field {
	exact := map[string]Field{}
	for field, names := range headings {
		for _, name := range names {
			exact[name] = field
		}
	}
	return exact
}()

// longestHeading is the number of bytes of a cell that may name a column; a longer one is a text.
const longestHeading = 300

// fieldOf reads a column name; exact tells whether it is in the list or only resembles one.
func fieldOf(cell string) (field Field, exact bool) {
	if len(cell) > longestHeading {
		return "", false
	}
	name := headingText(cell)
	if name == "" || len(name) > 60 {
		return "", false
	}
	if field, found := exactHeading[name]; found {
		return field, true
	}
	for _, not := range neverArea {
		if strings.Contains(name, not) {
			return "", false
		}
	}
	for _, hint := range hints {
		if !strings.Contains(name, hint.contains) {
			continue
		}
		if hint.field == FieldCoOwners {
			return coOwnerHint(name), false
		}
		return hint.field, false
	}
	return "", false
}

// coOwnerHint tells 共有人1身份证 from 共有人1姓名.
func coOwnerHint(name string) Field {
	switch {
	case strings.Contains(name, "身份证"), strings.Contains(name, "证件号"):
		return FieldCoOwnerID
	case strings.Contains(name, "电话"), strings.Contains(name, "手机"):
		return FieldCoOwnerPhone
	case strings.Contains(name, "证件"), strings.Contains(name, "份额"), strings.Contains(name, "方式"), strings.Contains(name, "比例"):
		return "" // 共有方式 and 共有份额 say how, not who
	}
	return FieldCoOwners
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
