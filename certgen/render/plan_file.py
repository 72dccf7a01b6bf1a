"""A plan as one file on disk: a zip of plain parts, the same bytes for the same plan, named by its SHA-256.

`plan.json` holds what is small, `prefix.bin` the beginning of every electronic certificate, `glyphs.bin` the outlines.
"""

import hashlib
import io
import json
import os
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from certgen.errors import InputError
from certgen.fonts.faces import Glyph
from certgen.render.base import Base, Shared
from certgen.render.embed import Descriptor
from certgen.render.faces import KeptFace
from certgen.render.plan import FORMAT, Plan
from certgen.render.signature import AGENCY_FIELD, SealField, Signing


def save(plan: Plan, folder: Path) -> str:
    """Write `plan` into `folder` (temporary name, fsync, rename); its digest, which is its name."""
    data = to_bytes(plan)
    digest = hashlib.sha256(data).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest}.plan"
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return digest


def load(digest: str, folder: Path) -> Plan:
    """The plan of that digest. `InputError` when it is gone or was altered."""
    try:
        data = (folder / f"{digest}.plan").read_bytes()
    except OSError as problem:
        raise InputError(
            zh=f"找不到制证方案 {digest[:12]}（文件夹 {folder.name}）：请从备份恢复该文件夹",
            en=f"plan {digest[:12]} is not in folder {folder.name}: restore that folder from a backup",
        ) from problem
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError(
            zh=f"制证方案 {digest[:12]} 已损坏：请从备份恢复",
            en=f"plan {digest[:12]} was altered: restore it from a backup",
        )
    return from_bytes(data)


def to_bytes(plan: Plan) -> bytes:
    """The file, with fixed dates and order."""
    blob = bytearray()
    faces = []
    for face in plan.faces.values():
        glyphs: dict[str, list[int]] = {}
        for char, glyph in face.glyphs.items():
            glyphs[char] = [glyph.advance, glyph.left_side_bearing, len(blob), len(glyph.data)]
            blob += glyph.data
        faces.append(
            {
                "id": face.id,
                "descriptor": asdict(face.descriptor),
                "units_per_em": face.units_per_em,
                "glyphs": glyphs,
            }
        )
    about = {
        "format": FORMAT,
        "form": plan.form,
        "branch": plan.branch,
        "signing": plan.signing.value,
        "chains": {role: list(ids) for role, ids in plan.chains.items()},
        "common": {face: "".join(chars) for face, chars in plan.common.items()},
        "faces": faces,
        "electronic": _base_facts(plan.electronic),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        _put(file, "plan.json", json.dumps(about, ensure_ascii=False, sort_keys=True).encode())
        _put(file, "glyphs.bin", bytes(blob))
        if plan.electronic:
            _put(file, "prefix.bin", plan.electronic.prefix)
            _put(file, "entries.bin", plan.electronic.entries)
    return made.getvalue()


def from_bytes(data: bytes) -> Plan:
    """The plan that `to_bytes` wrote."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        about = json.loads(file.read("plan.json"))
        if about["format"] not in {1, FORMAT}:
            raise InputError(
                zh=f"制证方案格式 {about['format']} 不受支持：请用制作它的版本",
                en=f"plan format {about['format']} is not supported: use the version that made it",
            )
        blob = file.read("glyphs.bin")
        facts = about["electronic"]
        electronic = (
            Base(
                prefix=file.read("prefix.bin"),
                entries=file.read("entries.bin"),
                next_number=facts["next_number"],
                shared=Shared(**facts["shared"]),
                fields=_fields(facts),
                catalog=facts.get("catalog", "").encode("latin-1"),
            )
            if facts
            else None
        )
    return Plan(
        form=about["form"],
        branch=about["branch"],
        signing=_signing(about),
        electronic=electronic,
        chains={role: tuple(ids) for role, ids in about["chains"].items()},
        faces={face["id"]: _face(face, blob) for face in about["faces"]},
        common={face: tuple(chars) for face, chars in about["common"].items()},
    )


def _base_facts(base: Base | None) -> dict[str, Any] | None:
    if base is None:
        return None
    return {
        "next_number": base.next_number,
        "shared": asdict(base.shared),
        "fields": [asdict(field) for field in base.fields],
        "catalog": base.catalog.decode("latin-1"),
    }


def _signing(about: dict[str, Any]) -> Signing:
    """Who signs. Format 1 knew one signature or none."""
    if about["format"] == 1:
        return Signing.AGENCY if about["signed"] else Signing.NOBODY
    return Signing(about["signing"])


def _fields(facts: dict[str, Any]) -> tuple[SealField, ...]:
    if "fields" in facts:
        return tuple(SealField(**field) for field in facts["fields"])
    if not facts["seal_box"]:
        return ()
    return (SealField(AGENCY_FIELD, facts["seal_box"], facts["appearance"]),)


def _face(about: dict[str, Any], blob: bytes) -> KeptFace:
    descriptor = about["descriptor"]
    return KeptFace(
        id=about["id"],
        descriptor=Descriptor(**{**descriptor, "bbox": tuple(descriptor["bbox"])}),
        units_per_em=about["units_per_em"],
        glyphs={
            char: Glyph(advance, bearing, blob[start : start + length])
            for char, (advance, bearing, start, length) in about["glyphs"].items()
        },
    )


def _put(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, (2021, 1, 5, 0, 0, 0))
    entry.external_attr = 0o600 << 16
    file.writestr(entry, data, zipfile.ZIP_DEFLATED, 6)
