"""Makes the samples: two invented agencies with sixty holders, and rosters with one defect each.

    python samples/make.py samples/made

Everything but keys and certificates comes out the same, byte for byte, in every run. Keys that are
still valid are kept, so that a batch begun with them can be finished after a second making.
"""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import agencies
import bad_rosters
import blank_sheet
import ca
import other_forms
import people
import portraits
import seals
import trust
from agencies import SampleAgency
from people import Holder
from portraits import Turned

from certgen.errors import CertgenError
from certgen.fonts import fontset

# Three portraits of each agency lie as a camera wrote them, with orientation and place (GPS):
# neither may reach a certificate.
_TURNED = {3: Turned.RIGHT, 9: Turned.HALF, 17: Turned.LEFT}


def make(out: Path, now: datetime, font: Path) -> None:
    """Writes all samples below `out`; seals are lettered in `font`, keys valid from today."""
    for agency in agencies.AGENCIES:
        _agency(out / agency.folder, agency, font)
    for form in other_forms.FORMS:
        _form(out / form.folder, form)
    keys(out, now)
    for case in bad_rosters.cases():
        _write(out / "bad" / case.file, case.content)
    _write(out / "bad" / "expected.json", bad_rosters.expected_json().encode())
    blank_sheet.write(out / "yunhe", fontset.load())


def _agency(folder: Path, agency: SampleAgency, font: Path) -> None:
    _write(folder / "agency.toml", agency.settings.encode())
    _write(folder / "scope.csv", agency.scope())
    _write(folder / agency.roster_name, agency.roster())
    _write(folder / agency.approved_name, agency.approved())
    for file, name in agency.seals.items():
        _write(folder / "seals" / file, seals.png(name, font))
    for index, holder in enumerate(agency.holders):
        _write(folder / "photos" / f"{holder.number}.jpg", _photo(index, holder))


def _form(folder: Path, form: other_forms.SampleForm) -> None:
    _write(folder / "agency.toml", form.settings.encode())
    _write(folder / form.roster_name, form.roster())
    for number in form.numbers:
        drawn = portraits.portrait(people.seed_of(number), female=people.is_female(number))
        _write(folder / "photos" / f"{number}.jpg", portraits.jpeg(drawn, Turned.UPRIGHT))


def _photo(index: int, holder: Holder) -> bytes:
    upright = portraits.portrait(holder.seed, female=holder.female)
    return portraits.jpeg(upright, _TURNED.get(index, Turned.UPRIGHT))


def keys(out: Path, now: datetime) -> None:
    """Writes root and signing keys, unless the ones that are there are still valid."""
    root = out / "ca.pem"
    owners = {
        f"{agency.folder}/keys/{file}": owner
        for agency in agencies.AGENCIES
        for file, owner in agency.keys.items()
    }
    listed = out / "trust" / "samples.key-list"
    qr_keys = [out / agency.folder / "keys" / "payload.pem" for agency in agencies.AGENCIES]
    files = (root, listed, *qr_keys, *(out / file for file in owners))
    whole = all(path.exists() for path in files)
    if (
        whole
        and ca.still_good(root.read_bytes(), now)
        and trust.still_good(listed.read_bytes(), now)
    ):
        return
    made = ca.make(owners, agencies.PASSPHRASE, now.date())
    for file in owners:
        _write(out / file, made.pkcs12[file], mode=0o600)
    _write(root, made.root_pem)
    _trust(out, made.pkcs12, now)


def _trust(out: Path, pdf_keys: Mapping[str, bytes], now: datetime) -> None:
    """Writes the keys that sign QR codes, and what a verifier needs to check them."""
    listed = {
        agency.folder: trust.Agency(
            agency.name,
            tuple(re.findall(r'^prefix = "(.*)"$', agency.settings, re.MULTILINE)),
            tuple(pdf_keys[f"{agency.folder}/keys/{file}"] for file in agency.keys),
        )
        for agency in agencies.AGENCIES
    }
    made = trust.make(listed, agencies.PASSPHRASE, now)
    for folder, key in made.keys.items():
        _write(out / folder / "keys" / "payload.pem", key, mode=0o600)
    _write(out / "trust" / "root.pem", made.root_pem)
    _write(out / "trust" / "samples.key-list", made.key_list)


def _write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Replaces `path` at once: nobody sees half a file, and a key is never readable by others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    new.replace(path)


def main() -> int:
    """The command line: one folder to write into."""
    parser = argparse.ArgumentParser(description="Makes the certgen samples. 生成样例。")
    parser.add_argument(
        "out", type=Path, metavar="OUTDIR", help="folder to write into / 输出文件夹"
    )
    out: Path = parser.parse_args().out
    try:
        font = fontset.load().faces["hei"][0].path
        make(out, datetime.now(UTC), font)
    except CertgenError as error:
        print(f"{error.said.zh}\n{error.said.en}", file=sys.stderr)
        return 2
    count = sum(len(agency.holders) for agency in agencies.AGENCIES)
    print(f"{out}: {count} 名虚构持证人的样例已生成。Samples of {count} invented holders are made.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
