"""680 of 680 rosters decode right, in all encodings that rosters come in, without a detector."""

from collections import Counter
from pathlib import Path

import pytest

from certgen.errors import InputError
from certgen.intake.delimited import encoding_of
from certgen.intake.sheets import find_sheet

from .encodings import COUNT, Sample, encoded, samples


def decoded(sample: Sample, path: Path) -> str | None:
    path.write_bytes(sample.data)
    encoding = encoding_of(path)
    return encoding and sample.data.decode(encoding)


def test_680_of_680_rosters_decode_to_the_text_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    wrong = [sample.name for sample in samples() if decoded(sample, path) != sample.text]
    assert wrong == []


def test_the_680_are_short_and_long_and_in_every_encoding() -> None:
    made = list(samples())
    assert len(made) == COUNT
    kinds = Counter(sample.name.split("_")[1] for sample in made)
    assert set(kinds.values()) == {COUNT // 8}
    assert sum(len(sample.text.splitlines()) <= 3 for sample in made) > COUNT // 3
    assert sum(sample.text.isascii() for sample in made) > COUNT // 8


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be-sig"])
def test_a_file_cut_inside_a_character_is_not_read_as_something_else(
    encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "cut.csv"
    whole = encoded("姓名,证件号码\r\n王样例", encoding)
    path.write_bytes(whole[:-1])
    with pytest.raises(InputError):  # as GB18030 its header names no column
        find_sheet(path)
