"""Places in the status list (状态序号): one for every version of a certificate, given once and never again.

They are counted, and the count is scattered within blocks of 65,536 by a keyed permutation: whoever reads the public
list sees neither in which order nor how many certificates were issued, and cannot tell from two codes whose places
lie side by side. The key is the register's own.
"""

from hashlib import blake2b

_HALF = 8
_BLOCK = 1 << 2 * _HALF
_ROUNDS = 4
_PURPOSE = b"certgen index 1"


def place(key: bytes, nth: int) -> int:
    """The place of the version counted as `nth` (from 0): no two have the same.

    >>> sorted(place(bytes(32), nth) for nth in range(65536)) == list(range(65536))
    True
    """
    block, inside = divmod(nth, _BLOCK)
    left, right = divmod(inside, 1 << _HALF)
    for number in range(_ROUNDS):  # a Feistel network: a permutation whatever the function
        left, right = right, left ^ _scatter(key, block, number, right)
    return block * _BLOCK + (left << _HALF | right)


def _scatter(key: bytes, block: int, number: int, half: int) -> int:
    data = block.to_bytes(4) + bytes((number, half))
    return blake2b(data, digest_size=1, key=key, person=_PURPOSE).digest()[0]
