"""For every rule, designs that break it alone and designs that it lets pass: one thing is changed in each."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from certgen.model.box import Box
from tests.verify.design.designs import (
    BLUE,
    BRANCH,
    FILING,
    GOLD,
    NAME,
    PALE,
    RED,
    base,
    beside,
    gone,
    hidden,
    on_page,
    plain,
    round_text,
    said,
    sized,
    two_pages,
    unread,
    with_code,
    with_graphic,
    with_text,
)
from verify.design.art import ForbiddenArt, fingerprint
from verify.design.design import Channel, Design, Format, GraphicKind, Hiding, Run, Share, Source
from verify.design.filing import Filing

ROUND = Box(120, 70, 160, 110)  # no seal stands there
WIDE = Box(30, 60, 75, 90)
SCHOOL = Filing(name="郑州商贸学院", category="S", qr_host="cert.yunhe.example")
CHINESE_SCHOOL = replace(SCHOOL, name="郑州商贸学院职业技能等级认定中心")
SOCIAL = replace(FILING, category="S")
ASSOCIATION = replace(FILING, association=True)


@dataclass(frozen=True)
class Sample:
    """A design and what is filed; `also` are rules that the same change breaks too."""

    id: str
    design: Design
    filing: Filing | None = FILING
    profiles: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()
    art: tuple[ForbiddenArt, ...] = ()


def fails(id_: str, design: Design, *also: str, **more: object) -> Sample:
    return Sample(id_, design, also=frozenset(also), **more)  # type: ignore[arg-type]


def passes(id_: str, design: Design, **more: object) -> Sample:
    return Sample(id_, design, **more)  # type: ignore[arg-type]


Pair = tuple[tuple[Sample, ...], tuple[Sample, ...]]


def _words(bad: tuple[str, ...], good: tuple[str, ...]) -> Pair:
    return (
        tuple(fails(text, with_text(plain(), text)) for text in bad),
        tuple(passes(text, with_text(plain(), text)) for text in good),
    )


def _missing(key: str, *slots: str) -> Pair:
    """Gone altogether, gone from a file without roles; there, and empty in a specimen."""
    id_ = f"contents/missing-{key}"
    return (
        (
            fails(f"{id_}: gone", gone(base(), *slots)),
            fails(f"{id_}: gone, no roles", gone_plain(*slots)),
        ),
        (
            passes(f"{id_}: there", plain()),
            passes(f"{id_}: in a scan nobody knows", unread(gone(base(), *slots), "image-only")),
        ),
    )


def gone_plain(*slots: str) -> Design:
    return on_page(gone(base(), *slots), runs=lambda run: replace(run, role=None))


def _field(key: str, *, value: str | None = None) -> tuple[str, ...]:
    return (value or f"{key}.value", f"{key}.label.zh", f"{key}.label.en", f"{key}.line")


def _photo(**changes: object) -> Design:
    return on_page(
        base(),
        graphics=lambda g: replace(g, **changes) if g.role == "photo" else g,  # type: ignore[arg-type]
    )


def _faced(slot: str, **changes: object) -> Design:
    return on_page(
        base(),
        runs=lambda run: replace(run, **changes) if run.role == slot else run,  # type: ignore[arg-type]
    )


def _old_form() -> Design:
    """Three signs of 2019: 工种名称 for 工种/职业方向, —— for no job, no English."""
    design = said(base(), "job.label.zh", "工种名称：")
    design = said(design, "job.value", "——")
    english = [run.role for run in design.pages[0].runs if run.role and run.role.endswith(".en")]
    return gone(design, "title.en", *english)


def _two_seals(agency_x: float, branch_x: float) -> Design:
    one = round_text(base("zezhou"), NAME, Box(agency_x, 150, agency_x + 40, 190), block=999_101)
    return round_text(one, BRANCH, Box(branch_x, 150, branch_x + 40, 190), block=999_102)


def _on_photo(text: str) -> Design:
    photo = next(g for g in base().pages[0].graphics if g.role == "photo").box
    low = Box(photo.x0 + 5, photo.y1 - 20, photo.x1 + 12, photo.y1 + 8)
    design = round_text(base(), NAME, Box(60, 150, 100, 190), block=999_101)
    return round_text(design, text, low, block=999_102)


@cache
def samples() -> Mapping[str, Pair]:
    return {
        "wording/state-name": _words(
            ("国家级基地", "全 国 统 一", "中·华·人·民·共·和·国", "中囯认证"),
            (f"{NAME}颁发", "电气安全国标应用", "国际贸易单证员", "中华路12号"),
        ),
        "wording/government-body": _words(
            ("河南省人社厅认可", "人力資源和社會保障部", "职业技能鉴定指导中心"),
            ("郑州商贸学院职业技能等级认定中心", "人力资源管理师", "个人社保"),
        ),
        "wording/qualification-claim": _words(
            ("职业资格证", "就 业 凭 证", "单位录用的依据"),
            ("职业资历架构", "凭证号", "从业所需技能"),
        ),
        "wording/personnel-qualification": (
            (
                fails("人员资格", with_text(plain(), "从业人员资格等级")),
                fails("an association", with_text(plain(), "人员资格"), filing=ASSOCIATION),
            ),
            _words((), ("人员信息", "资格审查"))[1],
        ),
        "wording/government-supervision": _words(
            ("云河监制", "监 督 印 制"), ("总监制度", "监督电话")
        ),
        "wording/misleading": _words(
            ("教育部备案", "官方认证", "持证上岗", "国务院批准"),
            ("继续教育部门口", "中央空调系统运行操作员", "岗位练兵"),
        ),
        "wording/foreign-equivalent": _words(
            (
                *("National Occupational Qualification", "P.R.China", "Nаtiоnаl Quаlificаtiоn"),
                *("N a t i o n a l  Q u a l i f i c a t i o n", "MOHRSS"),
            ),
            ("Nationality: foreign national", "Chinese Cuisine Cook", ENGLISH_BODY),
        ),
        "wording/pinyin": _words(
            ("ZHONGHUA RENMIN GONGHEGUO", "Guójiā", "ZHYZG"), ("Guo Jing", "Zhengzhou Jiangcai")
        ),
        "wording/campaign-2022": _words(
            ("岗位合格证", "执业资格", "七天拿证", "原卫生部颁发"),
            ("职业技能等级认定专用章", "原材料部"),
        ),
        "title/other-title": (
            (
                fails("认定证书", said(base(), "title.zh", "职业技能等级认定证书")),
                fails(
                    "no roles", on_page(said(base(), "title.zh", "技能等级证书"), runs=_roleless)
                ),
            ),
            (
                passes("letter-spaced", said(base(), "title.zh", "职 业 技 能 等 级 证 书")),
                passes("traditional is a note", said(base(), "title.zh", "職業技能等級證書")),
            ),
        ),
        "name/not-as-filed": (
            (
                fails("有限责任公司", said(base(), "agency.name", "云河样例机械制造有限责任公司")),
                fails(
                    "in the body",
                    said(base(), "body.zh", BODY.replace(NAME, "云河样例机械公司")),
                ),
                fails(
                    "no roles",
                    on_page(
                        said(base(), "agency.name", "云河样例机械制造有限责任公司"), runs=_roleless
                    ),
                ),
            ),
            (
                passes("zero width", said(base(), "agency.name", NAME[:2] + "\u200b" + NAME[2:])),
                passes("a branch", said(base(), "agency.name", BRANCH)),
                passes("radicals", said(base(), "agency.name", NAME.replace("机", "机"))),
            ),
        ),
        "name/school-centre": (
            (
                fails(
                    "a college",
                    said(base(name=SCHOOL.name), "agency.name", SCHOOL.name),
                    filing=SCHOOL,
                    profiles=HENAN,
                ),
                fails(
                    "a technical school",
                    said(base(), "agency.name", "泽州技工学校"),
                    "name/not-as-filed",
                    profiles=HENAN,
                ),
            ),
            (
                passes(
                    "a centre",
                    base(name=CHINESE_SCHOOL.name),
                    filing=CHINESE_SCHOOL,
                    profiles=HENAN,
                ),
                passes("an enterprise", base(), profiles=HENAN),
                passes("elsewhere", base(name=SCHOOL.name), filing=SCHOOL),
            ),
        ),
        "scope/not-filed": (
            (
                fails("another occupation", said(base(), "occupation.value", "电工")),
                fails("another job", said(base(), "job.value", "普通车床")),
                fails("another level", said(base(), "level.value", "一级/高级技师")),
            ),
            (
                passes("as filed", base()),
                passes(
                    "no scope given",
                    said(base(), "occupation.value", "电工"),
                    filing=replace(FILING, scope=()),
                ),
                passes("a blank", said(base(), "occupation.value", "××××"), profiles=("specimen",)),
            ),
        ),
        "fields/empty-job": (
            (
                fails("empty", gone(base(), "job.value")),
                fails("——", said(base(), "job.value", "——")),
                fails("无", on_page(said(base(), "job.value", "无"), runs=_roleless)),
            ),
            (
                passes("--", said(base(), "job.value", "--")),
                passes("a specimen", gone(base(), "job.value"), profiles=("specimen",)),
                passes(
                    "the form of 2019",
                    said(base(), "job.value", "——"),
                    profiles=("withdrawn-2019",),
                ),
            ),
        ),
        "fields/level-form": (
            (
                fails("高级工（三级）", said(base(), "level.value", "高级工（三级）")),
                fails("三级", said(base(), "level.value", "三级")),
                fails("disagreeing", said(base(), "level.value", "三级/中级工")),
                fails(
                    "特级技师 of a social body",
                    said(base(), "level.value", "特级技师"),
                    filing=SOCIAL,
                ),
            ),
            (
                passes("spaces", said(base(), "level.value", "三级 / 高级工")),
                passes("full width", said(base(), "level.value", "三级／高级工")),
                passes("with English", said(base(), "level.value", "三级/高级工 Level 3")),
            ),
        ),
        "type/other-face": (
            (
                fails("a value in Hei", _faced("level.value", face="SimHei")),
                fails("the title in Song", _faced("title.zh", face="SimSun")),
            ),
            (
                passes("仿宋 of another maker", _faced("level.value", face="STFangsong")),
                passes("digits in Times", _faced("code.value", face="TimesNewRomanPSMT")),
                passes("no name", _faced("level.value", face="")),
            ),
        ),
        "type/other-size": (
            (
                fails("a value of 14 pt", _faced("level.value", size_pt=14.0)),
                fails("a title of 26 pt", _faced("title.zh", size_pt=26.0)),
            ),
            (
                passes("0.4 pt", _faced("level.value", size_pt=12.4)),
                passes("not known", _faced("level.value", size_pt=None)),
            ),
        ),
        "photo/other-size": (
            (
                fails("two inches", _photo(box=Box(170, 20, 205, 69))),
                fails("too small", _photo(box=Box(174, 24, 194, 52))),
            ),
            (passes("one inch", base()), passes("0.8 mm", _photo(box=Box(174, 24, 199.8, 59.5)))),
        ),
        "photo/other-ground": (
            (
                fails("blue", _photo(colours=_shares((BLUE, 0.6), ((220, 190, 170), 0.2)))),
                fails(
                    "grey",
                    _photo(
                        colours=_shares(
                            ((90, 90, 90), 0.4), ((40, 40, 40), 0.3), ((180, 180, 180), 0.2)
                        )
                    ),
                ),
            ),
            (
                passes(
                    "white", _photo(colours=_shares(((220, 190, 170), 0.2), ((40, 50, 60), 0.3)))
                ),
                passes("not measured", base()),
            ),
        ),
        "page/other-size": (
            (
                fails("A5", sized(base(), 210, 148)),
                fails("two pages", two_pages(base())),
                fails("cut to A5", sized(base(), 297, 210, trim=Box(10, 10, 220, 158))),
            ),
            (
                passes("portrait", sized(base(), 210, 297)),
                passes("bleed", sized(base(), 303, 216)),
                passes("a print file", sized(base(), 317, 230, trim=Box(10, 10, 307, 220))),
                passes("not known", sized(base(), 400, 300, size_basis="assumed")),
            ),
        ),
        "qr/other-size": (
            (
                fails("20 mm", with_code(base(), HOST, Box(232, 24, 246, 38))),
                fails("45 mm", with_code(base(), HOST, Box(226, 24, 266, 64))),
            ),
            (
                passes("with its quiet zone", with_code(base(), HOST, Box(235, 27, 259, 51))),
                passes("without", with_code(base(), HOST, Box(232, 24, 262, 54))),
            ),
        ),
        "qr/target": (
            (
                fails("a strange host", with_code(base(), "https://cx.example.com/1")),
                fails("a banned word", with_code(base(), "国家职业资格 Y000041018999263000001")),
                fails("neither", with_code(base(), "你好")),
            ),
            (
                passes("the code", with_code(base(), "Y000041018999263000001")),
                passes("the official query", with_code(base(), "http://jndj.osta.org.cn/")),
                passes("its own host", with_code(base(), "https://cert.yunhe.example/c/1")),
            ),
        ),
        "seal/other-text": (
            (
                fails(
                    "专用章 of another scheme",
                    round_text(base(), f"{NAME}职业技能鉴定专用章"),
                    "wording/campaign-2022",
                ),
                fails("an abbreviation", round_text(base(), "云河机械")),
                fails(
                    "an office of a social body",
                    round_text(base(), f"{NAME}人力资源部"),
                    filing=SOCIAL,
                ),
            ),
            (
                passes("the name", round_text(base(), NAME)),
                passes("专用章", round_text(base(), f"{NAME}职业技能等级认定专用章")),
                passes("代章 of an employer", round_text(base(), f"{NAME}人力资源部")),
                passes("its number", round_text(base(), f"{NAME}4101234567890")),
            ),
        ),
        "seal/branch-position": (
            (
                fails("swapped", _two_seals(200, 60)),
                fails("alone", round_text(base("zezhou"), BRANCH)),
            ),
            (
                passes("as prescribed", _two_seals(60, 200)),
                passes("one seal", round_text(base(), NAME)),
            ),
        ),
        "seal/embossed-text": (
            (
                fails("专用章 against the name", _on_photo(f"{NAME}职业技能等级认定专用章")),
                fails("another", _on_photo("样章"), "seal/other-text"),
            ),
            (passes("the same", _on_photo(NAME)), passes("none", round_text(base(), NAME))),
        ),
        "marks/national-emblem": (
            (
                fails("red and gold", with_graphic(plain(), ROUND, RED, GOLD, near_round=True)),
                fails("gold", with_graphic(plain(), ROUND, GOLD, near_round=True)),
            ),
            (
                passes(
                    "its seal",
                    round_text(
                        with_graphic(plain(), Box(60, 150, 100, 190), RED, near_round=True), NAME
                    ),
                ),
                passes("square", with_graphic(base(), WIDE, BLUE, role="seal.agency")),
            ),
        ),
        "marks/national-flag": (
            (
                fails("red with yellow", with_graphic(plain(), WIDE, RED, GOLD)),
                fails("small", with_graphic(plain(), Box(30, 60, 45, 70), RED, RED, GOLD)),
            ),
            (
                passes("a red bar", with_graphic(plain(), Box(30, 60, 90, 61), RED)),
                passes("a seal", base()),
            ),
        ),
        "marks/government-logo": (
            (
                fails("in the folder", _drawable(WIDE), art=(_art("marks/government-logo"),)),
                fails(
                    "smaller", _drawable(Box(40, 60, 64, 76)), art=(_art("marks/government-logo"),)
                ),
            ),
            (
                passes("no folder", base()),
                passes("nothing like it", base(), art=(_art("marks/government-logo"),)),
            ),
        ),
        "marks/undeclared-graphic": (
            (
                fails("a picture", with_graphic(plain(), WIDE, BLUE)),
                fails("a drawing", with_graphic(plain(), WIDE, BLUE, kind=GraphicKind.VECTOR)),
            ),
            (
                passes("a line", with_graphic(plain(), Box(30, 60, 90, 60.5), BLUE)),
                passes("a frame", with_graphic(plain(), Box(14, 11, 283, 199), RED, straight=True)),
                passes("its own logo, declared", with_graphic(base(), WIDE, BLUE, role="logo")),
            ),
        ),
        "marks/misleading-picture": (
            (
                fails("a pale picture", with_graphic(plain(), Box(60, 50, 200, 160), PALE)),
                fails(
                    "a ground",
                    with_graphic(plain(), Box(0, 0, 297, 210), PALE, kind=GraphicKind.VECTOR),
                ),
            ),
            (
                passes(
                    "a thin border of ornaments",
                    with_graphic(
                        plain(), Box(5, 5, 292, 205), BLUE, kind=GraphicKind.VECTOR, ink=0.1
                    ),
                ),
                passes("none", base()),
            ),
        ),
        "link/other-query-address": (
            (
                fails(
                    "a look-alike",
                    said(base(), "certificate_query", "证书信息查询网址：http://jndj.osta.com.cn/"),
                ),
                fails(
                    "swapped",
                    said(base(), "certificate_query", "证书信息查询网址：http://pjjg.osta.org.cn/"),
                ),
                fails("another site", with_text(plain(), "官网 www.example.com")),
            ),
            (
                passes(
                    "https",
                    said(base(), "certificate_query", "证书信息查询网址：https://jndj.osta.org.cn"),
                ),
                passes(
                    "a provincial one",
                    with_text(plain(), "河南省证书查询网址：http://hrss.henan.gov.cn/zscx"),
                ),
                passes("its own", with_text(plain(), "机构网址：https://cert.yunhe.example/")),
            ),
        ),
        "hidden/unpainted-text": (
            (
                fails("white", hidden(plain(), "国家职业资格", Hiding.SAME_COLOUR)),
                fails("invisible", hidden(plain(), "全国", Hiding.INVISIBLE_MODE)),
                fails(
                    "a deleted word", beside(plain(), "国家级", Channel.PART, "word/document.xml")
                ),
            ),
            (
                passes("nothing banned", hidden(plain(), "内部编号", Hiding.TINY)),
                passes("the filed name", hidden(plain(), NAME, Hiding.COVERED)),
            ),
        ),
        "hidden/layer-off": (
            (
                fails("text", hidden(plain(), "国家认可", Hiding.LAYER_OFF)),
                fails("the name of a layer", beside(plain(), "国徽 国家", Channel.LAYER, "layer")),
            ),
            (
                passes("nothing banned", hidden(plain(), "辅助线", Hiding.LAYER_OFF)),
                passes("an ordinary name", beside(plain(), "底纹", Channel.LAYER, "layer")),
            ),
        ),
        "hidden/annotation": (
            (
                fails("a comment", beside(plain(), "请改为国家级", Channel.ANNOTATION, "page 1")),
                fails("a field", beside(plain(), "职业资格", Channel.FORM, "field")),
            ),
            (
                passes("an ordinary one", beside(plain(), "请核对", Channel.ANNOTATION, "page 1")),
                passes("an empty field", beside(plain(), "姓名", Channel.FORM, "field")),
            ),
        ),
        "hidden/metadata": (
            (
                fails(
                    "title", beside(plain(), "国家职业资格证书", Channel.METADATA, "Info /Title")
                ),
                fails("a bookmark", beside(plain(), "全国通用", Channel.BOOKMARK, "bookmark")),
            ),
            (
                passes(
                    "an ordinary title",
                    beside(plain(), "职业技能等级证书样式", Channel.METADATA, "Info /Title"),
                ),
                passes("the agency", beside(plain(), NAME, Channel.METADATA, "Info /Author")),
            ),
        ),
        "hidden/attachment": (
            (
                fails("a name", beside(plain(), "国家标准.pdf", Channel.ATTACHMENT, "attachment")),
                fails("its text", beside(plain(), "职业资格目录", Channel.ATTACHMENT, "a.txt")),
            ),
            (
                passes(
                    "an ordinary one", beside(plain(), "字体.zip", Channel.ATTACHMENT, "attachment")
                ),
                passes("none", plain()),
            ),
        ),
        "hidden/unreadable": (
            (
                fails("outlines", unread(plain(), "outlined-text", WIDE)),
                fails("encrypted", unread(plain(), "encrypted")),
            ),
            (
                passes("all read", plain()),
                passes("a seal has its own rule", unread(plain(), "seal-text", ROUND)),
            ),
        ),
        "form/withdrawn-style": (
            (
                fails("三项", _old_form(), "fields/empty-job"),
                fails("with its photo", _with_old_photo(), "fields/empty-job", "photo/other-size"),
            ),
            (
                passes("one sign", said(base(), "job.label.zh", "工种名称：")),
                passes(
                    "a frame alone",
                    with_graphic(plain(), Box(14, 11, 283, 199), RED, straight=True),
                ),
                passes("an old certificate", _old_form(), profiles=("withdrawn-2019",)),
            ),
        ),
        "contents/other-body-text": (
            (
                fails(
                    "another sentence",
                    said(base(), "body.zh", f"本证书由{NAME}颁发，表明持证人考试合格。"),
                ),
                fails(
                    "another English",
                    said(base(), "body.en", "This is to certify that the bearer passed."),
                ),
            ),
            (
                passes("half-width commas", said(base(), "body.zh", BODY.replace("，", ", "))),
                passes("the sample", base()),
            ),
        ),
        "contents/other-english-terms": (
            (
                fails("a title", said(base(), "title.en", "Vocational Skill Level Certificate")),
                fails("a label", on_page(_label("工种/职业方向 Work Type："), runs=_roleless)),
            ),
            (
                passes("the annex", base()),
                passes("no English", gone(base(), "title.en", *[f"{k}.label.en" for k in KEYS])),
            ),
        ),
        "contents/missing-title": _missing("title", "title.zh", "title.en"),
        "contents/missing-body": _missing("body", "body.zh", "body.en"),
        "contents/missing-agency": (
            (
                fails(
                    "gone",
                    gone(
                        said(base(), "body.zh", "表明持证人通过本机构组织的认定。"), "agency.name"
                    ),
                    "contents/other-body-text",
                ),
                fails(
                    "gone, no roles",
                    on_page(
                        gone(
                            said(base(), "body.zh", "表明持证人通过本机构组织的认定。"),
                            "agency.name",
                        ),
                        runs=_roleless,
                    ),
                    "contents/other-body-text",
                ),
            ),
            (passes("there", plain()), passes("in the body alone", gone(base(), "agency.name"))),
        ),
        "contents/missing-issue-date": _missing("issue-date", *_dates()),
        "contents/missing-name": _missing("name", *_field("name")),
        "contents/missing-identity-type": _missing("identity-type", *_field("identity_type")),
        "contents/missing-identity-number": _missing("identity-number", *_field("identity_number")),
        "contents/missing-occupation": _missing("occupation", *_field("occupation")),
        "contents/missing-job": _missing("job", *_field("job")),
        "contents/missing-level": _missing("level", *_field("level")),
        "contents/missing-code": _missing("code", *_field("code")),
        "contents/missing-photo": _missing("photo", "photo"),
        "contents/missing-qr": _missing("qr", "qr"),
        "contents/missing-certificate-query": _missing("certificate-query", "certificate_query"),
        "contents/missing-institution-query": _missing("institution-query", "institution_query"),
    }


HENAN = ("national-2021", "campaign-2022", "henan-schools")
HOST = "https://cert.yunhe.example/c/Y000041018999263000001"
BODY = f"本证书由{NAME}颁发，表明持证人通过本机构组织的职业技能等级认定，具备该职业（工种）相应技能等级水平。"
ENGLISH_BODY = (
    "in this occupation(job) for successful completion of the occupational skill level assessment"
)
KEYS = (
    "name",
    "identity_type",
    "identity_number",
    "occupation",
    "job",
    "level",
    "code",
    "issue_date",
)


def _roleless(run: Run) -> Run:
    return replace(run, role=None)


def _shares(*pairs: tuple[tuple[int, int, int], float]) -> tuple[Share, ...]:
    return tuple(Share(colour, share) for colour, share in pairs)


def _dates() -> tuple[str, ...]:
    roles = {run.role or "" for run in base().pages[0].runs}
    return tuple(role for role in roles if role.startswith("issue_date"))


def _label(text: str) -> Design:
    return gone(said(base(), "job.label.zh", text), "job.label.en")


def _with_old_photo() -> Design:
    return on_page(
        _old_form(),
        graphics=lambda g: replace(g, box=Box(170, 20, 205, 69)) if g.role == "photo" else g,
    )


@cache
def _emblem() -> Image.Image:
    """Somebody's logo, drawn for this test: rings and bars."""
    picture = Image.new("RGB", (240, 160), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 20, 120, 120), outline="navy", width=14)
    pen.rectangle((140, 30, 170, 150), fill="navy")
    pen.polygon(((190, 150), (230, 150), (210, 20)), fill="teal")
    return picture


@cache
def _drawable(graphic: Box) -> Design:
    """Our page with a file that can be looked at: a sheet with a logo on it."""
    folder = Path(tempfile.mkdtemp())
    scale = 100 / 25.4
    sheet = Image.new("RGB", (round(297 * scale), round(210 * scale)), "white")
    size = (round(graphic.width * scale), round(graphic.height * scale))
    sheet.paste(_emblem().resize(size), (round(graphic.x0 * scale), round(graphic.y0 * scale)))
    sheet.save(folder / "sheet.pdf", resolution=100)
    source = Source("sheet.pdf", Format.PDF, "0" * 64, str(folder / "sheet.pdf"))
    return with_graphic(replace(plain(), source=source), graphic, BLUE)


def _art(rule: str) -> ForbiddenArt:
    return ForbiddenArt("logo.png", rule, fingerprint(_emblem()))
