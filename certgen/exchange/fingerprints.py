"""Fingerprints (指纹) of keys, as people compare them: SHA-256 in groups of four hexadecimal digits.

>>> lines("3f2a09bc" * 8)[0]
'3f2a 09bc 3f2a 09bc 3f2a 09bc 3f2a 09bc'
"""


def grouped(fingerprint: str) -> str:
    """On one line."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def lines(fingerprint: str) -> tuple[str, ...]:
    """On lines of eight groups."""
    return tuple(grouped(fingerprint[at : at + 32]) for at in range(0, len(fingerprint), 32))
