"""A stock definition as the TOML that `certgen.stock.reading` reads. The editing page writes the same text."""

import json
from collections.abc import Iterator, Mapping

from certgen.errors import Said
from certgen.exchange.agency_shape import Tree
from certgen.standards import contents
from certgen.stock.definition import FRONT, Key

HEAD = """\
# 套打纸张定义。长度为毫米，从纸张左上角量起。Stock definition: millimetres from the top left corner.
# state：printed 纸上已印好；data 打印在纸上；none 不用。
# 文字可用 x0、x1、baseline（左、右、基线）写明位置，或用 dx、dy 移动；不写则按版式。字号字体不变。
# A text has a place (x0, x1, baseline) or a shift (dx, dy); without either it stands as in the layout.
# max_lines = 1 只占一行，放不下的行会被拒绝。With max_lines = 1 what takes two lines is refused.
# 修改：certgen stock edit 本文件；检查：certgen stock check 本文件。
"""
ORDER = {
    "": ("format", "version", "form", "branch", "seal_side", "layout_file", "width", "height"),
    "scan": ("file", "dpi", "x", "y", "angle_deg"),
    "check": ("x", "y"),
    "photo": ("x", "y"),
    "qr": ("state", "x", "y"),
    "seal": ("owner", "state", "x", "y"),
    "slot": ("id", "side", "state", "x0", "x1", "baseline", "dx", "dy", "max_lines"),
}
"""The tables of the file and their keys, in the order in which they are written; '' stands before all tables."""

_ALSO = {
    "title": contents.TITLE,
    "body": Said("正文", "body"),
    "agency.name": Said("评价机构名称", "name of the agency"),
    "branch.name": Said("分支机构名称", "name of the branch"),
    "issue_date": contents.ISSUE_DATE,
    "certificate_query": Said("证书信息查询网址", "certificate query"),
    "institution_query": Said("机构信息查询网址", "institution query"),
    "provincial_query": Said("省级查询网址", "provincial query"),
    "print_number": Said("印制流水码", "print number"),
    "sample_mark": Said("样例标记", "sample mark"),
    "sex": Said("性别", "sex"),
    "education": Said("文化程度", "education"),
    "item": Said("考核项目", "item assessed"),
    "score": Said("成绩", "score"),
    "employer": Said("单位", "employer"),
    "term": Said("有效期", "term"),
    "photo": Said("照片", "photo"),
    "qr": Said("二维码", "QR code"),
    "seal.agency": Said("评价机构印章", "seal of the agency"),
    "seal.branch": Said("分支机构印章", "seal of the branch"),
    "heading": Said("考核记录标题", "heading of the record"),
    "record": Said("考核记录文字", "words of the record"),
    "issuer": Said("发证机构", "who issues"),
    "query": Said("证书查询网址", "query address"),
    "printer": Said("印制单位", "who had it printed"),
    "ground": Said("底纹", "ground"),
    "border": Said("边框", "border"),
    "frame": Said("边框", "frame"),
    "issue_date.year": Said("发证日期的年（分填）", "year of the issue date, alone"),
    "issue_date.month": Said("发证日期的月（分填）", "month of the issue date, alone"),
    "issue_date.day": Said("发证日期的日（分填）", "day of the issue date, alone"),
    "check": Said("核对号", "check mark"),
}
_PARTS = {
    "label": Said("栏目名", "label"),
    "value": Said("填写内容", "value"),
    "line": Said("横线", "line"),
}
_LANGUAGES = {"zh": Said("中文", "Chinese"), "en": Said("英文", "English")}


def title(slot: str) -> Said:
    """What stands in a slot, in words; its id where there are none.

    >>> title("name.label.en").zh
    '姓名栏目名（英文）'
    """
    known = {**_ALSO, **contents.LABELS}
    if slot in known:
        return known[slot]
    stem, *parts = slot.split(".")
    if stem not in known:
        return Said(slot, slot)
    zh, en = known[stem]
    for part in parts:
        if part in _PARTS:
            zh, en = f"{zh}{_PARTS[part].zh}", f"{en}, {_PARTS[part].en}"
        elif part in _LANGUAGES:
            zh, en = f"{zh}（{_LANGUAGES[part].zh}）", f"{en}, {_LANGUAGES[part].en}"
    return Said(zh, en)


def dumps(tree: Tree, remarks: Mapping[Key, str] | None = None) -> str:
    """The whole file. `remarks` are written above their slots: how sure a proposal is."""
    lines = [HEAD, *_pairs(tree, "")]
    for name in ("scan", "check", "photo", "qr"):
        if name in tree:
            lines += [
                "",
                *_remark(remarks, Key(FRONT, name)),
                f"[{name}]",
                *_pairs(tree[name], name),
            ]
    for name in ("seal", "slot"):
        for row in tree.get(name, []):
            slot = row["id"] if name == "slot" else f"seal.{row['owner']}"
            key = Key(row.get("side", 1) - 1, slot)
            lines += ["", *_remark(remarks, key), f"[[{name}]]", *_pairs(row, name)]
    return "\n".join(lines) + "\n"


def _remark(remarks: Mapping[Key, str] | None, key: Key) -> Iterator[str]:
    if remarks and key in remarks:
        yield f"# {remarks[key]}"


def _pairs(table: Tree, name: str) -> Iterator[str]:
    for key in ORDER[name]:
        if key in table:
            yield f"{key} = {_value(table[key])}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    return json.dumps(str(value), ensure_ascii=False)


def number(value: float) -> str:
    """Four decimals at most: 0.1 µm.

    >>> number(210.0), number(0.12345), number(-0.00001)
    ('210', '0.1235', '0')
    """
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
