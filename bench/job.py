"""certgen's whole job, as a user starts it: roster and photos in, released certificates out.

Reading the roster, checking it, reserving numbers, preparing photos, planning, stamping, signing,
register and fsync are all inside; `checked` adds the self-check before release.
"""

import csv
import random
import shutil
from pathlib import Path

from PIL import Image

from bench import ours
from bench.data import PASSPHRASE, Material
from certgen import api

COLUMNS = {
    "姓名": "name",
    "证件类型": "id_type",
    "证件号码": "id_number",
    "职业名称": "occupation",
    "工种/职业方向": "job",
    "职业技能等级": "level",
    "发证日期": "issued",
}

_FACE, _FACE_AT = (180, 240), (116, 120)  # pixels


class Job:
    """A roster with its photos, and an agency file for every run, in a folder of their own."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.rows = folder, rows
        self.roster, self.photos, self.place = (
            folder / "roster.csv",
            folder / "photos",
            folder / "run",
        )

    def prepare(self, material: Material) -> None:
        """Write the roster and name the photos; then as `clear`."""
        self.folder.mkdir(parents=True)
        _write_roster(material, self.roster)
        _place_photos(material, self.photos)
        self.clear(material)

    def clear(self, material: Material) -> None:
        """An empty place to issue into, without a register."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        ours.write_agency_file(material, self.place)

    def run(self, *, checked: bool) -> None:
        """Issue every row; `RuntimeError` if one was refused."""
        account = api.issue(
            self.place / ours.AGENCY_FILE,
            self.roster,
            self.place / "out",
            photos=self.photos,
            passphrase=lambda _key: PASSPHRASE.encode(),
            payload_passphrase=lambda _key: PASSPHRASE.encode(),
            selfcheck=api.SELFCHECK if checked else None,
        )
        if account.issued != self.rows:
            raise RuntimeError([one for one in account.findings if one.refuses][:5])


def _write_roster(material: Material, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*COLUMNS, "分支机构"))
        for record in material.records:
            values = dict(record)
            writer.writerow((*(values[key] for key in COLUMNS.values()), ours.BRANCH_ID))


def _place_photos(material: Material, folder: Path) -> None:
    """One photo a person, named by identity number.

    The portraits of the pool, each with a face of its own: the same picture for two people is refused.
    """
    folder.mkdir()
    for index, record in enumerate(material.records):
        with Image.open(material.photo_of(index)) as pooled:
            portrait = pooled.convert("RGB")
        colours = random.Random(index).randbytes(3 * 6 * 8)  # noqa: S311  (no secret)
        face = Image.frombytes("RGB", (6, 8), colours).resize(_FACE, Image.Resampling.BICUBIC)
        portrait.paste(face, _FACE_AT)
        portrait.save(folder / f"{record['id_number']}.jpg", quality=82)
