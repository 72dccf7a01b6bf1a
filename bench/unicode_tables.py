"""Makes the two look-alike tables of `certgen/standards` from Unicode's own files.

    python bench/unicode_tables.py FOLDER

FOLDER holds EquivalentUnifiedIdeograph.txt and Unihan_Variants.txt (or .bz2) of the Unicode Character
Database, as Debian's package unicode-data installs them in /usr/share/unicode. Run it again when a
wording rule gains a character; a test says when.
"""

import bz2
import re
import sys
from collections import defaultdict
from pathlib import Path

from certgen.standards.characters import tier
from certgen.standards.wording import ASSOCIATION_TERMS, TERMS
from certgen.standards.wording_related import RELATED

HERE = Path(__file__).resolve().parent.parent / "certgen" / "standards"
TO_THE_VARIANT = {"kTraditionalVariant", "kSemanticVariant", "kZVariant", "kSpoofingVariant"}


def letters() -> set[str]:
    """Every ideograph of the wording rules."""
    texts = [*TERMS, *ASSOCIATION_TERMS, *(pattern.expression for pattern in RELATED)]
    return {char for text in texts for char in text if "\u4e00" <= char <= "\u9fff"}


def equivalents(folder: Path) -> list[str]:
    """Lines 'character look-alikes' of EquivalentUnifiedIdeograph.txt."""
    others: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
        found = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", line)
        if found:
            first, last, meant = found[1], found[2] or found[1], chr(int(found[3], 16))
            others[meant] += map(chr, range(int(first, 16), int(last, 16) + 1))
    return [f"{meant} {''.join(found)}" for meant, found in sorted(others.items())]


def variants(folder: Path) -> list[str]:
    """Lines for the letters of the rules: forms that 通用规范汉字表 does not hold."""
    packed = folder / "Unihan_Variants.txt.bz2"
    text = (
        bz2.decompress(packed.read_bytes()).decode()
        if packed.exists()
        else (folder / "Unihan_Variants.txt").read_text("utf-8")
    )
    wanted, others = letters(), defaultdict(set)
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) != 3:
            continue
        here = chr(int(fields[0].removeprefix("U+"), base=16))
        there = [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", fields[2])]
        if fields[1] in TO_THE_VARIANT and here in wanted:
            others[here].update(char for char in there if not tier(char))
        if fields[1] in TO_THE_VARIANT | {"kSimplifiedVariant"} and not tier(here):
            for char in wanted.intersection(there):
                others[char].add(here)
    taken: set[str] = set()
    lines = []
    for meant, found in sorted(others.items()):
        only = sorted(char for char in found if char not in taken)
        taken.update(only)
        if only:
            lines.append(f"{meant} {''.join(only)}")
    return lines


def write(name: str, head: str, lines: list[str]) -> None:
    """One data file with its source."""
    (HERE / name).write_text(f"# {head}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    where = Path(sys.argv[1])
    write(
        "equivalent_ideographs.txt",
        "Unicode 15.0, EquivalentUnifiedIdeograph.txt: a character, then the radicals and strokes that look like it.\n"
        "# Copyright 1991-2022 Unicode, Inc. "
        "https://www.unicode.org/terms_of_use.html. Made by bench/unicode_tables.py",
        equivalents(where),
    )
    write(
        "variants.txt",
        "Unicode 15.0, Unihan_Variants.txt: a character of the wording rules, then its forms outside 通用规范汉字表.\n"
        "# Copyright 1991-2022 Unicode, Inc. "
        "https://www.unicode.org/terms_of_use.html. Made by bench/unicode_tables.py",
        variants(where),
    )
