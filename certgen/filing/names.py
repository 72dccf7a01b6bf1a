"""What the pack calls things: the parts of a page, and the faces behind the names in a PDF."""

from certgen.errors import Said
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.layouts.slots import TextSlot
from certgen.standards.contents import CONTENTS

_CONTENTS = {content.id: content.name for content in CONTENTS}
_ITEMS = {
    "title.zh": Said("证书名称（中文）", "title (Chinese)"),
    "title.en": Said("证书名称（英文）", "title (English)"),
    "title.1": Said("标题", "title"),
    "title.2": Said("标题", "title"),
    "heading": Said("考核记录标题", "heading of the record"),
    "query": Said("证书查询", "certificate query"),
    "body.zh": Said("证书正文（中文）", "body (Chinese)"),
    "body.en": Said("证书正文（英文）", "body (English)"),
    "agency.name": Said("机构名称", "name of the agency"),
    "branch.name": Said("分支机构名称", "name of the branch"),
    "print_number.label": Said("印制流水码标签", "label of the print number"),
    "print_number.value": Said("印制流水码", "print number"),
    "sample_mark": Said("“样例”标记", "mark SAMPLE"),
    "unconfirmed": Said("“未经证实”标记", "label UNCONFIRMED"),
}
_FAMILIES = (
    (".label.zh", Said("栏目名称（中文）", "labels (Chinese)")),
    (".label.en", Said("栏目名称（英文）", "labels (English)")),
    (".label", Said("栏目名称", "labels")),
    (".value", Said("填写内容", "filled values")),
    (".value.zh", Said("填写内容", "filled values")),
    (".value.en", Said("填写内容", "filled values")),
)
"""Slots of one kind stand in one line of the table as far as they agree."""


def item_of(slot: TextSlot) -> Said:
    """What a slot holds, as the table names it."""
    key = slot.parts[0].key
    if key in _ITEMS:
        return _ITEMS[key]
    if key in _CONTENTS:
        return _CONTENTS[key]
    if key.startswith("record."):
        return Said("考核记录", "record of the assessment")
    for ending, said in _FAMILIES:
        if key.endswith(ending):
            return said
    return Said(f"自有文字“{slot.id}”", f"own text '{slot.id}'")


def face_of(postscript_name: str, fonts: FontSet[Face]) -> Face | None:
    """The face that a PDF calls by this name; None where it is none of ours."""
    for chain in fonts.faces.values():
        for face in chain:
            if face.postscript_name == postscript_name:
                return face
    return None


def family_of(postscript_name: str, fonts: FontSet[Face]) -> str:
    """The family of a face by the name that a PDF calls it; that name itself where it is none of ours."""
    face = face_of(postscript_name, fonts)
    return face.family if face else postscript_name
