"""SM2 signatures with SM3 (GB/T 32918, 国密): verified where the extra `[sm2]` is installed, never made.

`cryptography` has no SM2; `gmalg` is slow and not of constant time: right for verifying, where nothing is secret. A
key is a SubjectPublicKeyInfo on the curve 1.2.156.10197.1.301; the signer's identifier is the usual one (GM/T 0009).
"""

from dataclasses import dataclass
from importlib import import_module

from certgen.errors import InputError

IDENTIFIER = b"1234567812345678"
_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")
_POINT_BYTES = 64

# The curve of GB/T 32918.5: y² = x³ - 3x + b over the field of this prime.
_FIELD = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93


@dataclass(frozen=True, slots=True)
class Sm2Key:
    """A public key: a point on the curve."""

    point: bytes  # x and y, 32 bytes each

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` (r and s, 32 bytes each) is over `message`. `InputError` where the extra is missing."""
        try:
            gmalg = import_module("gmalg")
        except ModuleNotFoundError as error:
            raise InputError(
                zh="此签名用 SM2 算法，本机未装核验组件，无法判断真伪：请运行 pip install 'certgen[sm2]'",
                en="this is signed with SM2, which cannot be checked here, so nothing can be said: "
                "run pip install 'certgen[sm2]'",
            ) from error
        r, s = signature[:32], signature[32:]
        checker = gmalg.SM2(uid=IDENTIFIER, pk=b"\x04" + self.point)
        return bool(checker.verify(message, r, s))


def load(spki: bytes) -> Sm2Key | None:
    """The key in a SubjectPublicKeyInfo; None if it is no point on the SM2 curve."""
    point = spki[len(_PREFIX) :]
    if not spki.startswith(_PREFIX) or len(point) != _POINT_BYTES:
        return None
    x, y = int.from_bytes(point[:32]), int.from_bytes(point[32:])
    on_curve = x < _FIELD and y < _FIELD and (y * y - (x**3 - 3 * x + _B)) % _FIELD == 0
    return Sm2Key(point) if on_curve else None
