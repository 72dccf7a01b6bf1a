"""Texts made to make expressions crawl end in bounded time."""

import time

import pytest

from tests.verify.design.designs import found, plain, with_text

LENGTH = 20_000
TEXTS = {
    "one character": "国",
    "spaces": " ",
    "line ends": "\n",
    "one letter": "a",
    "letters apart": "c h i n a ",
    "words": "national vocational ",
    "an endless name": "china of and for ",
    "pinyin": "zhi ye ",
    "labels": "姓名",
    "addresses": "http://a-a.",
    "hyphens": "a-",
    "terms": "中国",
    "companies": "中国公司",
    "digits": "1",
    "brackets": "（",
    "every character twice": "中中",
}


@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_made_to_crawl_ends_in_seconds(piece: str) -> None:
    start = time.process_time()
    found(with_text(plain(), piece * (LENGTH // len(piece))), filing=None)
    assert time.process_time() - start < 5
