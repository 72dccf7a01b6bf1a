"""Every reader copies the same text out of a certificate, rare characters included."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from tests.render.builders import FORMS, RARE, Form, joined, run, squeezed


def by_pypdf(pdf: Path) -> str:
    return PdfReader(pdf).pages[0].extract_text()


def by_pdftotext(pdf: Path) -> str:
    """In the order of the page: otherwise poppler takes the end of `--` for a hyphenated word."""
    return run(["pdftotext", "-raw", "-l", "1", pdf, "-"]).stdout


def by_mutool(pdf: Path) -> str:
    return run(["mutool", "draw", "-F", "txt", pdf, "1"]).stdout


READERS = (by_pypdf, by_pdftotext, by_mutool)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("edition", ["electronic", "printed"])
@pytest.mark.parametrize("name", FORMS)
def test_every_value_and_label_is_copied_as_it_was_written(
    name: str,
    edition: str,
    read: Callable[[Path], str],
    forms: dict[str, Form],
    request: pytest.FixtureRequest,
) -> None:
    text = squeezed(read(request.getfixturevalue(edition)[name]))
    runs = forms[name].runs()
    missing = {
        slot
        for slot in {run.slot for run in runs}
        if squeezed(joined(runs, slot)) not in text and not _in_lines(forms[name], slot, text)
    }
    assert missing == set()
    assert Counter(text) == Counter(squeezed("".join(run.text for run in runs)))


def _in_lines(form: Form, slot: str, text: str) -> bool:
    """Readers order the lines of neighbours in their own way, but keep each line together."""
    lines: dict[float, str] = {}
    for one in form.runs():
        if one.slot == slot:
            lines[one.baseline] = lines.get(one.baseline, "") + one.text
    return all(squeezed(line) in text for line in lines.values())


@pytest.mark.parametrize("read", READERS)
def test_names_beyond_the_basic_plane_are_copied_whole(
    read: Callable[[Path], str], electronic: dict[str, Path]
) -> None:
    assert f"王{RARE}" in squeezed(read(electronic["style-2-everything"]))
    assert "阿卜杜拉·买买提" in squeezed(read(electronic["style-2"]))


def test_a_character_beyond_the_basic_plane_is_mapped_to_two_surrogates(
    electronic: dict[str, Path],
) -> None:
    beyond = [char for char in RARE if ord(char) > 0xFFFF]
    assert beyond
    maps = "".join(to_unicode_maps(electronic["style-2-everything"]))
    for char in beyond:
        assert f"<{char.encode('utf-16-be').hex().upper()}>" in maps


def test_no_block_of_a_map_has_more_than_a_hundred_lines(electronic: dict[str, Path]) -> None:
    """Adobe Technical Note 5014: readers may refuse longer ones."""
    for text in to_unicode_maps(electronic["style-2-everything"]):
        for block in text.split(" beginbfchar\n")[1:]:
            assert 1 <= block.partition("\nendbfchar")[0].count("\n") + 1 <= 100


def to_unicode_maps(pdf: Path) -> Iterator[str]:
    with pikepdf.open(pdf) as file:
        for font in file.pages[0].Resources.Font.values():
            yield font.ToUnicode.read_bytes().decode()
