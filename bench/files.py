"""Makes the files that all engines share: fonts, portraits, seals, key.

A process whose memory is measured imports none of this: it finds the files made.
"""

import random
from collections.abc import Mapping
from pathlib import Path

from bench.data import PASSPHRASE, SEED, material
from bench.drawing import draw_portrait, draw_seal
from bench.key import make_key


def make_files(folder: Path, faces: Mapping[str, Path]) -> None:
    """Fill an empty folder; `faces` names a TrueType file for each role (kai, fangsong …)."""
    (folder / "fonts").mkdir(parents=True)
    for role, face in faces.items():
        (folder / "fonts" / f"{role}.ttf").symlink_to(face.resolve())
    made = material(folder, rows=0)
    rng = random.Random(SEED)  # noqa: S311  drawn portraits need no secure numbers
    for photo in made.photos:
        draw_portrait(photo, rng)
    draw_seal(made.seals.agency, "样例", made.faces.kai)
    draw_seal(made.seals.branch, "样例分", made.faces.kai)
    make_key(made.key, PASSPHRASE)
