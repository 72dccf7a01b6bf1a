"""Parses XML that somebody sent: no external entities, no expansion, bounded depth and size.

Illustrator writes short entities for its name spaces into SVG; those are plain text and are read. Any other
entity is refused.
"""

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from certgen.errors import InputError

DEPTH = 200
ELEMENTS = 500_000
_ENTITY_LENGTH = 200
_ENTITIES = 64


def parse(data: bytes, what: str) -> Element:
    """The root element. Raises `InputError` that names `what`, the part that cannot be read."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    guard = _Guard(what)

    def start(tag: str, attributes: dict[str, str]) -> None:
        guard.enter()
        builder.start(_braced(tag), {_braced(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        guard.depth -= 1
        builder.end(_braced(tag))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = guard.entity
    parser.ExternalEntityRefHandler = guard.external
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError) as problem:
        raise InputError(
            zh=f"{what} 不是完好的 XML，无法读取：请重新导出",
            en=f"{what} is not well-formed XML: export it again",
        ) from problem


class _Guard:
    def __init__(self, what: str) -> None:
        self._what = what
        self.depth = 0
        self._elements = 0
        self._entities = 0

    def enter(self) -> None:
        self.depth += 1
        self._elements += 1
        if self.depth > DEPTH or self._elements > ELEMENTS:
            raise InputError(
                zh=f"{self._what} 嵌套过深或元素过多，无法检查，请简化后重新导出",
                en=f"{self._what} is nested too deeply or holds too many elements: simplify it",
            )

    def entity(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:  # noqa: FBT001
        self._entities += 1
        plain = value is not None and len(value) <= _ENTITY_LENGTH and "&" not in value
        if is_parameter or not plain or self._entities > _ENTITIES:
            self._refuse(name)

    def external(self, *_: object) -> NoReturn:
        self._refuse("")

    def _refuse(self, _name: str) -> NoReturn:
        raise InputError(
            zh=f"{self._what} 含有 XML 实体声明，可能是恶意文件，未读取：请重新导出",
            en=f"{self._what} declares XML entities and may be hostile: export it again",
        )


def _braced(name: str) -> str:
    space, found, local = name.rpartition("}")
    return f"{{{space}}}{local}" if found else name


def local(name: str) -> str:
    """The name without its name space."""
    return name.rpartition("}")[2]
