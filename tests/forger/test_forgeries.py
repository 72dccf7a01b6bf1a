"""A hundred forgeries and more, each refused for the right reason; and those that are seen are really seen."""

import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.forger import longterm
from tests.forger.forgery import ALL, Forgery
from tests.forger.genuine import one_seal, policy
from tests.forger.house import NOW
from verify.checks.signature import Examiner, Standing

for family in sorted((Path(__file__).parent / "families").glob("*.py")):
    import_module(f"tests.forger.families.{family.stem}")

RENDERERS = {
    "poppler": ["pdftoppm", "-r", "30", "-gray", "-f", "1", "-l", "1", "-singlefile"],
    "mupdf": ["mutool", "draw", "-q", "-r", "30", "-c", "gray", "-o"],
}


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner(policy(), clock=lambda: NOW) as one:
        yield one


@pytest.mark.parametrize("seals", [1, 2])
@pytest.mark.parametrize("level", longterm.LEVELS)
def test_genuine_files_of_every_level_are_accepted(
    level: str, seals: int, examiner: Examiner
) -> None:
    report = examiner.examine(longterm.pressed(level, seals))
    assert (report.standing, report.reasons) == (Standing.ACCEPTED, ())
    assert report.level == level
    assert len(report.seals) == seals
    assert [seal.proved is None for seal in report.seals] == [level == "B-B"] * seals


def test_there_are_more_than_a_hundred_forgeries_and_no_two_of_one_name() -> None:
    assert len({one.name for one in ALL}) == len(ALL) > 100


@pytest.mark.parametrize("forged", ALL, ids=lambda forged: forged.name)
def test_a_forgery_is_refused_for_the_right_reason(forged: Forgery, examiner: Examiner) -> None:
    report = examiner.examine(forged.make(), policy=forged.policy() if forged.policy else None)
    rules = {reason.rule for reason in report.reasons}
    assert forged.rule in rules, rules
    assert report.standing is forged.standing, rules


def drawn(renderer: str, path: Path) -> Image.Image | None:
    """The first page as a renderer shows it; None if it shows nothing."""
    made = path.with_suffix(f".{renderer}")
    out = made if renderer == "poppler" else made.with_suffix(".pgm")
    words = [*RENDERERS[renderer], str(path), str(out)]
    if renderer == "mupdf":
        words = [*RENDERERS[renderer], str(out), str(path), "1"]
    subprocess.run(words, capture_output=True, check=False, timeout=60)  # noqa: S603 - our own words
    found = made.with_suffix(".pgm") if renderer == "mupdf" else Path(f"{made}.pgm")
    return Image.open(found).convert("L") if found.exists() else None


@cache
def genuine_page(renderer: str, folder: Path) -> Image.Image:
    path = folder / "genuine.pdf"
    path.write_bytes(one_seal())
    page = drawn(renderer, path)
    assert page is not None
    return page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@pytest.mark.parametrize(
    "forged", [one for one in ALL if one.shows], ids=lambda forged: forged.name
)
def test_a_forgery_that_shows_is_seen_by_somebody(forged: Forgery, folder: Path) -> None:
    path = folder / f"{forged.name.replace('/', '-')}.pdf"
    path.write_bytes(forged.make())
    for renderer in RENDERERS:
        page, genuine = drawn(renderer, path), genuine_page(renderer, folder)
        if page is not None and differs(page, genuine):
            return
    pytest.fail("every renderer shows the genuine page: this is no forgery")


def differs(one: Image.Image, other: Image.Image) -> bool:
    """Whether a reader sees two pages: fifty pixels and more are clearly another grey."""
    if one.size != other.size:
        return True
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[64:]) > 50
