"""QR versions over the sample rosters, for docs/wire-format.md and ADR 10: `python -m bench.qr_versions`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from statistics import median

import cbor2

sys.path.insert(0, str(Path(__file__).parents[1] / "samples"))

import people
from people import Holder

from certgen.exchange import compact_text, payload, qr_address
from certgen.exchange.payload import Claims
from certgen.render import qr
from tests.exchange.signing import KEYS

HOLDERS = people.EMPLOYER_MAIN + people.EMPLOYER_BRANCH + people.SCHOOL
HOST = "cert.yunhe.example"
INDEX = 48213  # of the usual size: most are between 256 and 65,535


def main() -> None:
    """Both tables."""
    print("| host | bytes (median) | versions |\n|---|---|---|")
    for length in (8, 12, 16, 18, 20, 24, 32, 40, 48, 63):
        host = HOST if length == len(HOST) else "c" * (length - 3) + ".cn"
        texts = [signed(holder, host) for holder in HOLDERS]
        print(f"| {length} characters | {sizes(texts)} | {versions(texts)} |")
    print("\n| choice | bytes (median) | versions |\n|---|---|---|")
    for name, message in CHOICES.items():
        texts = [qr_address.write(HOST, code_of(holder), message(holder)) for holder in HOLDERS]
        print(f"| {name} | {sizes(texts)} | {versions(texts)} |")


def signed(holder: Holder, host: str) -> str:
    """What the QR code of a sample holder says."""
    claims = Claims(
        holder.name,
        holder.kind,
        payload.last_four(holder.number),
        holder.trade.occupation,
        holder.trade.job,
        holder.issued,
        INDEX,
    )
    return payload.sign(host, code_of(holder), claims, KEYS["es256"])


def code_of(holder: Holder) -> str:
    """A code of the holder's year and level."""
    return f"S000041019999{holder.issued:%y}{holder.level:d}000001"


def sizes(texts: Iterable[str]) -> str:
    """The median size of the messages."""
    return f"{median(len(qr_address.read(text).message) for text in texts):.0f}"


def versions(texts: Iterable[str]) -> str:
    """How many have which version."""
    found = Counter(qr.encode(text).version for text in texts)
    return ", ".join(f"{version}: {count}" for version, count in sorted(found.items()))


def other(
    *,
    text: Callable[[str], bytes | str] = compact_text.pack,
    key_id: int = 4,
    algorithm: bool = True,
    day_of_year: bool = True,
    array: bool = True,
) -> Callable[[Holder], bytes]:
    """Messages as they would be with other choices: right in size, signed by nobody."""

    def message(holder: Holder) -> bytes:
        job = holder.trade.job
        day = (
            holder.issued.timetuple().tm_yday
            if day_of_year
            else (holder.issued - date(1970, 1, 1)).days
        )
        values = [
            text(holder.name),
            1,
            payload.last_four(holder.number),
            text(holder.trade.occupation),
            None if job is None else text(job),
            day,
            INDEX,
        ]
        claims = cbor2.dumps(values if array else dict(enumerate(values, 1)))
        header = {1: -7} if algorithm else {}
        protected = cbor2.dumps({**header, 4: b"\xff" * key_id})
        return cbor2.dumps([protected, {}, claims, b"\xff" * 64])

    return message


CHOICES = {
    "chosen": other(),
    "Han text in UTF-8": other(text=str),
    "claims as a map": other(array=False),
    "key id of 8 bytes": other(key_id=8),
    "no algorithm in the header": other(algorithm=False),
    "date as days since 1970": other(day_of_year=False),
    "all the other choices": other(text=str, array=False, key_id=8, day_of_year=False),
}


if __name__ == "__main__":
    main()
