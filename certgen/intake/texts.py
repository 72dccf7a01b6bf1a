"""Words in a roster: names (姓名), occupations (职业), jobs (工种/职业方向), levels, print numbers.

What is printed is what was written: a name is never Unicode-normalised, because two forms of a
character are two names. Only spaces around it are cut, and the dots that keyboards offer for the
middle dot of a name become U+00B7.
"""

import re
import unicodedata
from functools import lru_cache

from certgen.errors import LevelError
from certgen.intake.cells import Cell, Read, error, note, text_of, unquoted, warning
from certgen.model.finding import Finding
from certgen.standards.levels import Level
from certgen.standards.text import half_width, shown

_REPLACEMENT = "\ufffd"
# Left behind where an old system had no code for a rare character, or where a name was hidden.
_PLACE_HOLDERS = re.compile("[?？□■〓*＊]")
_FORMULA_BEGINS = frozenset("=+@")
_DIGIT = re.compile("[0-9０-９]")
_MIDDLE_DOTS = dict.fromkeys(map(ord, "•・‧･∙⋅\u0387●"), "\u00b7")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_HAN_SPACE_HAN = re.compile(rf"{_HAN}\s+{_HAN}")
_NO_JOB = re.compile(r"[-—–_/\\]*|无")  # what people write for 'none'; the certificate prints `--`
_PRINT_NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}")
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})

# Characters that GBK had at 0xFE50-0xFEA0 before Unicode knew them stood in the private use area.
# Most of them decode today; GB 18030-2005 gives the rest (GB/T 13000 code points).
_FIRST_GBK_PRIVATE, _LAST_GBK_PRIVATE = 0xE815, 0xE864
_GBK_GAP = 0xE844  # the trail byte 0x7F is skipped
_LATER_CODES = {
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE855: "\U000241fe",
    0xE864: "\u9fbb",
}


def read_text(cell: Cell) -> Read[str]:
    """Text as it stands, '' for an empty cell, None when a character in it cannot be printed."""
    raw = text_of(cell)
    text = raw.strip()
    found = _unprintable(text)
    if found:
        return Read(None, found)
    return Read(text, () if text == raw else (_spaces_cut(),))


def read_name(cell: Cell) -> Read[str]:
    """The holder's name, as it will be printed."""
    text, findings = read_text(cell)
    if text is None:
        return Read(None, findings)
    refusal = _name_refusal(text)
    if refusal:
        return Read(None, (*findings, refusal))
    dotted = text.translate(_MIDDLE_DOTS)
    if dotted != text:
        findings += (
            note(
                "name/middle-dot",
                zh="姓名中的间隔号已统一为“·”（U+00B7）",
                en="the middle dot of the name was unified to U+00B7",
            ),
        )
    if _HAN_SPACE_HAN.search(dotted):
        findings += (
            warning(
                "name/inner-space",
                zh="姓名中间有空格，将原样打印；如为排版所加请删除",
                en="a space inside the name will be printed as it is; delete it if only for looks",
            ),
        )
    return Read(dotted, findings)


@lru_cache(maxsize=1024, typed=True)  # as many as the filed scope has, in any number of rows
def read_occupation(cell: Cell) -> Read[str]:
    """The occupation; never empty."""
    text, findings = read_text(cell)
    if text == "":
        missing = error(
            "occupation/missing",
            zh="职业名称为空，请按备案的职业名称填写",
            en="no occupation: give its name as filed",
            clause="人社鉴发〔2021〕1号 二(一)",
        )
        return Read(None, (missing,))
    return Read(text, findings)


@lru_cache(maxsize=1024, typed=True)
def read_job(cell: Cell) -> Read[str]:
    """The job, or '' where the row has none (empty, --, 无)."""
    text, findings = read_text(cell)
    if text is not None and _NO_JOB.fullmatch(text):
        return Read("")
    return Read(text, findings)


@lru_cache(maxsize=1024, typed=True)  # five levels stand in thousands of rows
def read_level(cell: Cell) -> Read[Level]:
    """The skill level, however it is written."""
    text = text_of(cell).strip()
    if not text:
        missing = error(
            "level/missing",
            zh="职业技能等级为空，请写成“三级/高级工”的形式",
            en="no skill level: write it as 三级/高级工",
            clause="人社鉴发〔2021〕1号 三(一)",
        )
        return Read(None, (missing,))
    try:
        return Read(Level.parse(text))
    except LevelError as problem:
        zh, en = problem.said
        return Read(
            None, (error("level/unknown", zh=zh, en=en, clause="人社鉴发〔2019〕2号 附件1"),)
        )


def read_print_number(cell: Cell) -> Read[str]:
    """The print number (印制流水码) of the sheet, '' where none stands."""
    text = half_width(unquoted(text_of(cell))).strip()
    if text and not _PRINT_NUMBER.fullmatch(text):
        wrong = error(
            "print-number/form",
            zh=f"印制流水码“{shown(text)}”应为 1 至 20 位数字、字母或连字符",
            en=f"print number '{shown(text)}' must be 1 to 20 digits, letters or hyphens",
        )
        return Read(None, (wrong,))
    # The notice's own sample has eight digits; a number cell cannot hold leading zeros.
    if text and not isinstance(cell, str) and len(text) < 8:
        lost = warning(
            "print-number/leading-zeros",
            zh="印制流水码存成了数字，前面的 0 可能已丢失，请核对并把该列设为文本格式",
            en="the print number is a number cell: leading zeros may be lost; make the column text",
        )
        return Read(text, (lost,))
    return Read(text)


def _name_refusal(text: str) -> Finding | None:
    if not text:
        return error(
            "name/missing",
            zh="姓名为空，请填写",
            en="no name: fill it in",
            clause="人社鉴发〔2021〕1号 二(一)",
        )
    if text[0] in _FORMULA_BEGINS:
        return error(
            "name/formula",
            zh=f"姓名以“{text[0]}”开头，像是公式而不是姓名，请直接填写姓名",
            en=f"the name begins with '{text[0]}' and looks like a formula: type the name itself",
        )
    if _DIGIT.search(text):
        return error(
            "name/digits",
            zh="姓名中有数字，请核对是否错列",
            en="digits in the name: have the columns shifted?",
        )
    sign = _PLACE_HOLDERS.search(text)
    return _lost_character(sign.group(), sign.start() + 1) if sign else None


def _unprintable(text: str) -> tuple[Finding, ...]:
    """A finding for every character that has no form of its own."""
    if text.isprintable() and _REPLACEMENT not in text:
        return ()
    found = (_character(sign, position) for position, sign in enumerate(text, 1))
    return tuple(finding for finding in found if finding)


def _character(sign: str, position: int) -> Finding | None:
    if sign == _REPLACEMENT:
        return _lost_character("U+FFFD", position)
    category = unicodedata.category(sign)
    if category == "Co":
        return _private_use(sign, position)
    if category in _INVISIBLE:
        return error(
            "text/invisible",
            zh=f"第 {position} 个字符 U+{ord(sign):04X} 不可见（控制符、零宽字符或换行），请删除",
            en=f"character {position}, U+{ord(sign):04X}, is invisible (control, zero width or "
            "line break): delete it",
        )
    return None


def _private_use(sign: str, position: int) -> Finding:
    likely = _likely_character(sign)
    meant_zh = f"，很可能是“{likely}”（U+{ord(likely):04X}）" if likely else ""
    meant_en = f", most likely {likely} (U+{ord(likely):04X})" if likely else ""
    return error(
        "text/private-use",
        zh=f"第 {position} 个字符 U+{ord(sign):04X} 是自造字{meant_zh}，请改用标准编码的字",
        en=f"character {position}, U+{ord(sign):04X}, is a private-use character{meant_en}: "
        "type the standard character",
    )


def _likely_character(sign: str) -> str:
    """The standard character that stood at this private code in GBK fonts, or ''."""
    code = ord(sign)
    if not _FIRST_GBK_PRIVATE <= code <= _LAST_GBK_PRIVATE:
        return ""
    trail = 0x50 + code - _FIRST_GBK_PRIVATE + (code >= _GBK_GAP)
    return _LATER_CODES.get(code) or bytes((0xFE, trail)).decode("gb18030")


def _lost_character(sign: str, position: int) -> Finding:
    return error(
        "text/lost-character",
        zh=f"第 {position} 个字符是“{sign}”，原来的字已丢失，请对照证件补上",
        en=f"character {position} is '{sign}': the real one was lost; take it from the document",
    )


def _spaces_cut() -> Finding:
    return note(
        "text/spaces-cut",
        zh="已去掉首尾空格",
        en="spaces at the beginning or end were cut",
    )
