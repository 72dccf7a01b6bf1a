"""Several hundred designs that break exactly one thing each: every rule, every disguise, every way of hiding.

The rules' samples, then banned words in every disguise on the page and in every hidden place, with the
agency of each. `of_files` plants the same into real files of every format; it takes minutes and is
run by `bench/lint_figures.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from certgen.model.box import Box
from tests.design_samples import office, pages, pdf, svg
from tests.design_samples.pages import Plant, Way
from tests.verify.design.designs import (
    FILING,
    SPOT,
    a_run,
    beside,
    hidden,
    plain,
    with_runs,
    with_text,
)
from tests.verify.design.rule_samples import samples
from verify.design.art import ForbiddenArt
from verify.design.design import Channel, Design, Hiding, Joined
from verify.design.filing import Filing

TERMS = {
    "中华人民共和国": "wording/state-name",
    "中国": "wording/state-name",
    "中华": "wording/state-name",
    "国家": "wording/state-name",
    "全国": "wording/state-name",
    "人力资源社会保障部门": "wording/government-body",
    "职业技能鉴定中心": "wording/government-body",
    "职业资格": "wording/qualification-claim",
    "资格凭证": "wording/qualification-claim",
    "就业凭证": "wording/qualification-claim",
    "录用依据": "wording/qualification-claim",
    "人员资格": "wording/personnel-qualification",
    "监制": "wording/government-supervision",
    "教育部": "wording/misleading",
    "持证上岗": "wording/misleading",
    "执业资格": "wording/campaign-2022",
}
"""人社鉴发〔2021〕1号 五(二) in its order (its centre in `_BOTH`), then one of each other rule."""

_TRADITIONAL = str.maketrans("华国职业资证凭据录务监门员执岗", "華國職業資證憑據錄務監門員執崗")
_RADICALS = str.maketrans("人民力", "⼈⺠⼒")
_COMPATIBLE = {"中": "㊥", "全": "\ufa72", "国": "囯", "资": "資", "职": "職", "业": "業"}


def _each(between: str) -> Callable[[str], str]:
    return between.join


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "letter-spaced": _each(" "),
    "ideographic spaces": _each("\u3000"),
    "zero-width space": _each("\u200b"),
    "word joiner": _each("\u2060"),
    "soft hyphen": _each("\u00ad"),
    "middle dots": _each("·"),
    "full stops": _each("."),
    "hyphens": _each("-"),
    "stars": _each("★"),
    "line break": lambda word: f"{word[:1]}\n{word[1:]}",
    "traditional": lambda word: word.translate(_TRADITIONAL),
    "radicals": lambda word: word.translate(_RADICALS),
    "compatibility forms": lambda word: "".join(_COMPATIBLE.get(char, char) for char in word),
    "twice": lambda word: "".join(char * 2 for char in word),
    "brackets": lambda word: "".join(f"【{char}】" for char in word),
}


@dataclass(frozen=True)
class Mutation:
    """A design, what is filed, and exactly what must be found where."""

    id: str
    design: Design
    rules: frozenset[str]
    box: Box | None = None  # the finding's box lies here
    written: str = ""  # the exact characters the finding points at
    filing: Filing | None = FILING
    profiles: tuple[str, ...] = ()
    art: tuple[ForbiddenArt, ...] = ()


def in_memory() -> Iterator[Mutation]:
    """All of them that need no file."""
    for rule, (bad, _) in samples().items():
        for sample in bad:
            yield Mutation(
                f"{rule}: {sample.id}",
                sample.design,
                frozenset({rule}) | sample.also,
                filing=sample.filing,
                profiles=sample.profiles,
                art=sample.art,
            )
    yield from _disguised()
    yield from _joined()
    yield from _hidden()


def _disguised() -> Iterator[Mutation]:
    """Every term in every disguise, between other words."""
    for word, rule in TERMS.items():
        for name, disguise in DISGUISES.items():
            written = disguise(word)
            context = f"样式{written}字样"
            yield Mutation(
                f"{word}, {name}",
                with_text(plain(), context),
                frozenset({rule}),
                SPOT,
                _pointed(written),
            )


def _pointed(written: str) -> str:
    """Brackets around the whole word are not of it."""
    return written.strip("【】")


def _joined() -> Iterator[Mutation]:
    """A term over two boxes of one line, over two lines, and stacked."""
    below = Box(SPOT.x0, SPOT.y1 + 1, SPOT.x1, SPOT.y1 + 6)
    for word, rule in TERMS.items():
        head, tail = word[:1], word[1:]
        for joined, box in ((Joined.SAME_LINE, SPOT), (Joined.NEXT_LINE, below)):
            one = a_run(head, Box(SPOT.x0, SPOT.y0, SPOT.x0 + 5, SPOT.y1))
            other = a_run(tail, box, joined=joined, line=int(joined is Joined.NEXT_LINE))
            yield Mutation(
                f"{word}, {joined.value}", with_runs(plain(), (one, other)), frozenset({rule}), SPOT
            )
        stack = [
            a_run(
                char,
                Box(40, 60 + 6 * n, 45, 65 + 6 * n),
                joined=Joined.STACKED if n else Joined.FIRST,
                line=n,
            )
            for n, char in enumerate(word)
        ]
        yield Mutation(
            f"{word}, stacked", with_runs(plain(), stack), frozenset({rule}), Box(40, 60, 45, 200)
        )


_CHANNELS = (
    (Channel.LAYER, "layer", "hidden/layer-off"),
    (Channel.ANNOTATION, "annotation", "hidden/annotation"),
    (Channel.FORM, "form", "hidden/annotation"),
    (Channel.METADATA, "Info /Title", "hidden/metadata"),
    (Channel.METADATA, "XMP dc:description", "hidden/metadata"),
    (Channel.BOOKMARK, "bookmark", "hidden/metadata"),
    (Channel.ATTACHMENT, "attachment", "hidden/attachment"),
    (Channel.PART, "word/document.xml", "hidden/unpainted-text"),
)


def _hidden() -> Iterator[Mutation]:
    """Every way of hiding and every part of a file, with every term in turn."""
    words = cycle(TERMS)
    for hiding in Hiding:
        rule = "hidden/layer-off" if hiding is Hiding.LAYER_OFF else "hidden/unpainted-text"
        for _ in range(3):
            word = next(words)
            yield Mutation(
                f"{word}, {hiding.value}",
                hidden(plain(), word, hiding),
                frozenset({rule}),
                SPOT,
                word,
            )
    for channel, where, rule in _CHANNELS:
        for _ in range(3):
            word = next(words)
            yield Mutation(
                f"{word}, {channel.value} {where}",
                beside(plain(), word, channel, where),
                frozenset({rule}),
                written=word,
            )


@dataclass(frozen=True)
class FileMutation:
    """A real file with one thing planted."""

    id: str
    name: str
    data: bytes
    rules: frozenset[str]  # any one of them


_VISIBLE = {
    *(Way.VISIBLE, Way.SCALED, Way.SPACED, Way.TWO_BOXES, Way.TWO_LINES, Way.VERTICAL, Way.ROTATED),
    *(Way.ROUND, Way.FAKE_BOLD, Way.FORM_XOBJECT, Way.ON_DARK, Way.STAMPED, Way.HEADER),
    *(Way.FOOTNOTE, Way.TEXT_BOX),
}
_UNREAD = {Way.OUTLINED, Way.IN_PICTURE}
_BESIDE = {
    Way.TITLE: "hidden/metadata",
    Way.XMP: "hidden/metadata",
    Way.PROPERTY: "hidden/metadata",
    Way.BOOKMARK: "hidden/metadata",
    Way.ATTACHMENT: "hidden/attachment",
    Way.ANNOTATION: "hidden/annotation",
    Way.FORM_FIELD: "hidden/annotation",
    Way.COMMENT: "hidden/annotation",
    Way.LAYER_NAME: "hidden/layer-off",
    Way.LAYER_OFF: "hidden/layer-off",
}
_HIDES = {
    *("hidden/unpainted-text", "hidden/annotation", "hidden/metadata", "hidden/layer-off"),
    "hidden/attachment",
}


_DRAWN: dict[str, tuple[frozenset[Way], Callable[..., bytes | str]]] = {
    "pdf": (pdf.WAYS, pdf.drawn),
    "svg": (svg.WAYS, svg.drawn),
    "docx": (office.DOCX_WAYS, office.docx),
    "pptx": (office.PPTX_WAYS, office.pptx),
}


def untouched_file(suffix: str) -> bytes:
    """Our own page in a format, nothing planted."""
    return _drawn(suffix, ())


def of_files(
    words: tuple[str, ...] = ("国家级", "职业资格"), formats: tuple[str, ...] = tuple(_DRAWN)
) -> Iterator[FileMutation]:
    """Every way that a format knows, in every format."""
    for suffix in formats:
        for way in sorted(_DRAWN[suffix][0]):
            for number, word in enumerate(words):
                yield FileMutation(
                    f"{suffix}, {way.value}, {word}",
                    f"{way.value}-{number}.{suffix}",
                    _drawn(suffix, (Plant(word, way),)),
                    frozenset(_expected(way, word)),
                )


def _drawn(suffix: str, plants: tuple[Plant, ...]) -> bytes:
    made = _DRAWN[suffix][1](pages.a_page(), plants)
    return made.encode() if isinstance(made, str) else made


def _expected(way: Way, word: str) -> set[str]:
    if way in _UNREAD:
        return {"hidden/unreadable", "marks/undeclared-graphic"}
    if way in _VISIBLE:
        seal = {"seal/other-text"} if way is Way.ROUND else set()
        return {"wording/state-name" if word == "国家级" else "wording/qualification-claim"} | seal
    if way is Way.UNDER_PICTURE:  # nobody knows what the picture over it is
        return _HIDES | {"marks/undeclared-graphic"}
    if way is Way.PROPERTY:  # <metadata> of an SVG is a part of the page's own XML
        return {"hidden/metadata", "hidden/unpainted-text"}
    return {_BESIDE[way]} if way in _BESIDE else _HIDES
