"""How a check says that something is wrong, from however deep inside: it raises a `Fault`.

The runner turns it into a finding. A check that returns has passed; none returns a bool that a
caller may forget to look at.
"""

from certgen.errors import CertgenError


class Fault(CertgenError):  # noqa: N818 - it states a fact; nothing failed in the program
    """What is wrong, in both languages. The sentence holds no identity number (证件号码)."""


def require(holds: bool, /, *, zh: str, en: str) -> None:  # noqa: FBT001 - the sentence's subject
    """Raise `Fault` with this sentence unless it holds."""
    if not holds:
        raise Fault(zh=zh, en=en)
