"""The page listing: page → JSON → page without loss, and what is refused says which item is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import InputError
from certgen.exchange.page_listing import dumps, loads
from certgen.model.page import BLACK, Page, Photo, Shape, TextRun
from tests.design_samples.pages import a_page, changed

SHAPE = Shape("frame", (("m", (1.0, 2.0)), ("c", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)), ("h", ())), BLACK)


@pytest.mark.parametrize("branch", [None, "zezhou"])
def test_a_composed_page_comes_back_as_it_was(branch: str | None) -> None:
    page = a_page(branch)
    assert loads(dumps(page)) == page


def test_a_shape_comes_back_with_its_colours() -> None:
    page = Page("x", 210.0, 148.0, (SHAPE,))
    assert loads(dumps(page)) == page


def test_of_a_photo_only_its_name_is_told() -> None:
    photo = Photo("photo", Path("/home/clerk/张三.jpg"), 1.0, 2.0, 3.0, 4.0)
    text = dumps(Page("x", 210.0, 148.0, (photo,)))
    assert "clerk" not in text
    assert "张三.jpg" in text


def broken(**changes: Any) -> str:
    data = json.loads(dumps(changed(a_page(), lambda i: i if isinstance(i, TextRun) else None)))
    first = data["items"][0]
    for key, value in changes.items():
        target = first if key in {*first, "odd"} else data
        target[key] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", "no page listing"),
        (broken(certgen_page=2), "version"),
        (broken(items=7), "items"),
        (broken(kind="star"), "item 1: unknown kind"),
        (broken(odd=1), "item 1: unknown or missing odd"),
        (broken(text=5), "item 1: text is wrong"),
        (broken(size_pt="12"), "item 1: size_pt is wrong"),
        (broken(x=1e9), "item 1: x is wrong"),
        (broken(static=1), "item 1: static is wrong"),
    ],
)
def test_what_is_no_listing_is_refused_by_item_and_key(text: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        loads(text)
