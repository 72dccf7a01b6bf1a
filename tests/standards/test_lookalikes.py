from unicodedata import name

import pytest

from certgen.standards.characters import tier
from certgen.standards.lookalikes import RADICALS, VARIANTS, usual
from certgen.standards.wording import ASSOCIATION_TERMS, TERMS


@pytest.mark.parametrize(
    ("character", "meant"),
    [
        pytest.param("Ａ", "A", id="full width"),
        pytest.param("㊥", "中", id="circled"),
        pytest.param("⼈", "人", id="a Kangxi radical"),
        pytest.param("⺠", "民", id="a radical of the supplement, which NFKC leaves"),
        pytest.param("\uf9e1", "李", id="a compatibility ideograph"),
        pytest.param("國", "国", id="traditional"),
        pytest.param("囯", "国", id="a variant that no standard table folds"),
        pytest.param("½", "½", id="three characters are not one"),
        pytest.param("𬭎", "𬭎", id="a rare character is itself"),
    ],
)
def test_a_look_alike_means_one_character(character: str, meant: str) -> None:
    assert usual(character) == meant


def test_radicals_are_radicals_and_mean_general_characters() -> None:
    assert all(name(radical).startswith("CJK RADICAL") for radical in RADICALS)
    assert all(tier(meant) for meant in RADICALS.values())


def test_variants_are_of_the_letters_of_the_terms_and_in_no_table() -> None:
    letters = set("".join([*TERMS, *ASSOCIATION_TERMS]))
    assert set(VARIANTS.values()) <= letters
    assert not [variant for variant in VARIANTS if tier(variant)]
