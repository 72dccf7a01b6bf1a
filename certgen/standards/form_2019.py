"""What stood on the form of 2019 (人社鉴发〔2019〕2号 附件2; 豫职鉴〔2020〕2号 附件2 is identical), and in what sizes.

Withdrawn since 2021-01-05 (人社鉴发〔2021〕1号 五(一)): kept to recognise old certificates and to print one again that
was issued before.
"""

CLAUSE = "人社鉴发〔2019〕2号 附件2"

LABELS = {
    "name": "姓名",
    "identity_type": "证件类型",
    "identity_number": "证件号码",
    "occupation": "职业名称",
    "job": "工种名称",
    "level": "职业技能等级",
    "code": "证书编号",
}
"""The seven fields in the order of the sample; 工种名称, not 工种/职业方向."""

CERTIFICATE_QUERY, INSTITUTION_QUERY = "证书信息查询网址：", "机构信息查询网址："
"""Before the addresses. Erratum: the sample prints pjgg.osta.org.cn for pjjg.osta.org.cn."""

NO_JOB = "——"
"""注 3: 工种名称如无，请填写“——”."""

FRAME_WIDTH_MM, FRAME_HEIGHT_MM = 269.0, 188.0
FRAME_PT = 2.25
"""边框居横排 A4 纸满幅，粗实线，188mm×269mm，2.25 磅."""

TITLE_PT, BODY_PT, ADDRESS_PT, FIELD_PT = 30.0, 16.0, 14.0, 16.0
"""左页上 证书名称 30 磅; 左页中 正文 16 磅; 左页下 网址 14 磅; 右页下 基本信息 16 磅; all 华文楷体, 单倍行距."""

PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM = 35.0, 49.0
"""右页上 个人照片 2 寸. 35 × 49: inferred, public tables give 35 × 49 and 35 × 53."""

QR_MM = 30.0
"""右页上 二维码 30mm×30mm."""
