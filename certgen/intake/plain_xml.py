"""Reads the XML inside a workbook as a stream of tags, and refuses what no spreadsheet writes.

A document type declaration is the door to entity bombs and foreign files; spreadsheets have none.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import IO
from xml.parsers import expat

Attributes = Mapping[str, str]
"""Attributes by local name: 'r:id' is 'id'."""


class XmlError(ValueError):
    """What this module cannot read; its callers say which file that was."""


def scan(
    file: IO[bytes],
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Tell `start` of every tag, `text` of what stands between them, `end` of closing tags.

    All names are local: the prefixes are the writer's choice. Raises `XmlError`.
    """
    parser = _parser()
    parser.StartElementHandler = lambda tag, found: start(local(tag), _Local(found))
    if text:
        parser.CharacterDataHandler = text
    if end:
        parser.EndElementHandler = lambda tag: end(local(tag))
    _parse(parser, file)


def check(file: IO[bytes]) -> None:
    """Raises `XmlError` for a document that is not well-formed or declares a type."""
    _parse(_parser(), file)


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


class _Local(dict[str, str]):
    """Attributes that are found with or without the prefix they were written with."""

    def __missing__(self, name: str) -> str:
        return next((self[key] for key in self if local(key) == name), "")


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _parse(parser: expat.XMLParserType, file: IO[bytes]) -> None:
    try:
        parser.ParseFile(file)
    except expat.ExpatError as problem:
        raise XmlError(str(problem)) from problem


def _no_doctype(*_: object) -> None:
    message = "a document type declaration"
    raise XmlError(message)
