"""Looks for a word in what was read."""

from verify.design.design import Design, Run

WORD = "国家职业"


def found(design: Design, word: str = WORD) -> list[tuple[Run, ...]]:
    """The blocks that hold a word."""
    return [block for block in design.blocks() if word in "".join(run.text for run in block)]


def the_one(design: Design, word: str = WORD) -> tuple[Run, ...]:
    """The one block that holds a word: it is read once."""
    (block,) = found(design, word)
    return block
