"""What to do about a rare character: the roster first, then the fonts, then the holder."""

from certgen.errors import Said
from certgen.fonts.faces import Face
from certgen.fonts.report import STYLES, substitution
from certgen.intake.texts import read_text
from certgen.standards.characters import tier
from certgen.standards.lookalikes import usual


def is_printable(text: str) -> bool:
    """Whether every character of `text` is a standard one with a form of its own."""
    return text.isprintable() and "\ufffd" not in text


def unprintable(char: str, text: str) -> Said | None:
    """What the intake says of a private-use (自造字), lost or invisible character; None of others.

    Some faces draw private-use characters, each its own: no face serves them.
    """
    if is_printable(text):
        return None
    code = f"U+{ord(char):04X}"
    return next((found.said for found in read_text(text).findings if code in found.said.en), None)


def remedies(char: str, text: str, role: str, face: Face | None) -> tuple[Said, ...]:
    """In the order in which to try them; none where an open face of the right style serves."""
    spoken = unprintable(char, text)
    if spoken:
        return (spoken,)
    found = [meant] if (meant := _look_alike(char)) else []
    if face is None:
        return (*found, _add_a_font(role), *_ask(char))
    used = substitution(role, face)
    if used and not used.same_style:
        found.append(_other_style(role, used.said))
    return (*found, *_ask(char))


def _look_alike(char: str) -> Said | None:
    meant = usual(char)
    if meant == char:
        return None
    code = f"U+{ord(meant):04X}"
    return Said(
        zh=f"很可能应为“{meant}”（{code}）：这是兼容字、部首或异体；证件上是“{meant}”的，请改名册",
        en=f"most likely {meant} ({code}) is meant: this is a compatibility form, a radical or a "
        f"variant; if the document has {meant}, change the roster",
    )


def _add_a_font(role: str) -> Said:
    return Said(
        zh=f"没有字体能显示：请在字体文件夹（机构配置 fonts.folder）中加入含该字的{STYLES[role].zh}，"
        "或运行 certgen fonts fetch；否则该行不能发证",
        en=f"no face draws it: put a {STYLES[role].en} face that has it into the folder of fonts "
        "(fonts.folder of the agency file), or run certgen fonts fetch; without one the row is "
        "refused",
    )


def _other_style(role: str, said: Said) -> Said:
    return Said(
        zh=f"{said.zh}：可以发证；要求字体一致的，请在字体文件夹中加入含该字的{STYLES[role].zh}",
        en=f"{said.en}: it may be issued; for one style throughout, put a {STYLES[role].en} face "
        "that has it into the folder of fonts",
    )


def _ask(char: str) -> tuple[Said, ...]:
    """A character outside the table is a mistake of typing more often than a name."""
    if tier(char) or char.isascii():
        return ()
    return (
        Said(
            zh="不在《通用规范汉字表》内：请对照证件，并请持证人确认字形",
            en="outside 通用规范汉字表: compare it with the document and let the holder confirm it",
        ),
    )
