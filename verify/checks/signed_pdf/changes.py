"""What differs between a signed revision and the file as it is now, object by object, by whitelist.

pyHanko compares too, by its own rules. Here the question is simpler: the page, the catalog and everything below them
must be what they were; only the named additions of a later signature, of validation data and of time stamps may differ.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf

from verify.checks.signed_pdf.chain import Revision
from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import BRANCH, TIMESTAMP, Signature

_MOST = 20_000  # pairs of objects; a certificate has some hundreds
_DSS = {"/Type", "/Certs", "/CRLs", "/OCSPs", "/VRI"}
_VRI = {"/Type", "/Cert", "/CRL", "/OCSP", "/TU", "/TS"}
_STAMPED_INFO = {"/ModDate", "/Producer"}
_FILLING = {"/V", "/AP"}  # what signing a waiting field adds to it


def check_changes(data: bytes, end: int, now: pikepdf.Pdf, found: Found, *, branch: bool) -> None:
    """Compare the revision that ends at `end` with the whole file, `now`.

    `branch`: the branch may have signed since. Document time stamps and validation data may always have come.
    """
    with pikepdf.open(BytesIO(data[:end])) as then:
        if then.get_warnings():
            found.note("signature/coverage")
            return
        _compare(then, now, found, branch=branch)


def check_purpose(
    revision: Revision, now: pikepdf.Pdf, signatures: Sequence[Signature], found: Found
) -> None:
    """A revision behind the first signature holds a signature, a time stamp or validation data, and what belongs to it.

    Even an object that is written again without a change has no business there.
    """
    numbers = set(revision.offsets)
    data = _tree(now.Root.get("/DSS"))
    here = {one.field for one in signatures if one.end == revision.end}
    fields = [one for one in now.Root.AcroForm.Fields if str(one.get("/T", "")) in here]
    allowed = data | {now.Root.objgen[0], now.Root.AcroForm.objgen[0]}
    if "/Info" in now.trailer:
        allowed.add(now.trailer.Info.objgen[0])
    for one in fields:
        allowed |= (
            {one.objgen[0]} | _tree(one.get("/V")) | _tree(one.get("/AP")) | _tree(one.get("/Lock"))
        )
        stamped = one.V.get("/Type") == "/DocTimeStamp"
        for page in now.pages:
            annotations = page.obj.get("/Annots", pikepdf.Array())
            if stamped and one.objgen in [note.objgen for note in annotations]:
                allowed |= {page.obj.objgen[0], annotations.objgen[0]}
    found.unless(numbers <= allowed and bool(here or numbers & data), "changes/objects")


def _tree(value: pikepdf.Object | None) -> set[int]:
    """The numbers of everything below a value."""
    found: set[int] = set()
    waiting = [] if value is None else [value]
    while waiting and len(found) < _MOST:
        one = waiting.pop()
        if not isinstance(one, pikepdf.Object) or one.objgen[0] in found:
            continue
        if one.objgen[0]:
            found.add(one.objgen[0])
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [one[key] for key in _keys(one) - {"/P", "/Parent"}]
    return found


def _compare(then: pikepdf.Pdf, now: pikepdf.Pdf, found: Found, *, branch: bool) -> None:
    same = _Sameness()
    old, new = then.Root, now.Root
    for key in _keys(old, new) - {"/DSS", "/AcroForm", "/Pages", "/Extensions", "/Version"}:
        rule = "changes/metadata" if key == "/Metadata" else "changes/catalog"
        found.unless(same(old.get(key), new.get(key)), rule)
    found.unless(_only_grows(old, new, same), "changes/catalog")
    _compare_fields(old, new, same, found, branch=branch)
    _compare_pages(then, now, same, found)
    _compare_info(then, now, same, found)
    check_dss(now, found)


def _only_grows(old: pikepdf.Object, new: pikepdf.Object, same: "_Sameness") -> bool:
    """Version and extensions may be added by whoever signs later (ISO 32000-2 and ESIC), never taken away."""
    extensions = old.get("/Extensions", pikepdf.Dictionary())
    later = new.get("/Extensions", pikepdf.Dictionary())
    kept = all(same(extensions[key], later.get(key)) for key in _keys(extensions))
    versions = [str(one.get("/Version", "/1.0")) for one in (old, new)]
    return kept and versions == sorted(versions)


def _compare_fields(
    old: pikepdf.Object, new: pikepdf.Object, same: "_Sameness", found: Found, *, branch: bool
) -> None:
    before, after = old.get("/AcroForm"), new.get("/AcroForm")
    if before is None or after is None:
        found.note("changes/fields")
        return
    for key in _keys(before, after) - {"/Fields"}:
        found.unless(same(before.get(key), after.get(key)), "changes/fields")
    fields, later = list(before.get("/Fields", ())), list(after.get("/Fields", ()))
    if len(later) < len(fields):
        found.note("changes/fields")
        return
    for one, other in zip(fields, later, strict=False):
        name = str(one.get("/T", ""))
        free: set[str] = set()
        if "/V" not in one and TIMESTAMP.fullmatch(name) and "/V" in other:
            free = {"/V"}
            found.unless(_invisible(other), "changes/timestamp", name)
        elif "/V" not in one and name == BRANCH and branch:
            free = _FILLING
        kept = one.objgen == other.objgen and _same_but(one, other, free, same)
        found.unless(kept, "changes/fields", name)
    for added in later[len(fields) :]:
        name = str(added.get("/T", ""))
        found.unless(TIMESTAMP.fullmatch(name) is not None, "fields/unexpected", name)
        found.unless(_invisible(added), "changes/timestamp", name)


def _invisible(field: pikepdf.Object) -> bool:
    """A document time stamp shows nothing: its field has no size and no appearance worth drawing."""
    value, box = field.get("/V"), [float(edge) for edge in field.get("/Rect", (0, 0, 0, 0))]
    appearance = field.get("/AP")
    drawn = b""
    if isinstance(appearance, pikepdf.Dictionary):
        normal = appearance.get("/N")
        drawn = normal.read_bytes() if isinstance(normal, pikepdf.Stream) else b"?"
    return (
        len(box) == 4
        and box[0] == box[2]
        and box[1] == box[3]
        and not drawn.strip()
        and not {"/A", "/AA", "/Kids", "/MK"} & set(field.keys())
        and isinstance(value, pikepdf.Dictionary)
        and value.get("/Type") == "/DocTimeStamp"
    )


def _compare_pages(then: pikepdf.Pdf, now: pikepdf.Pdf, same: "_Sameness", found: Found) -> None:
    if len(then.pages) != len(now.pages):
        found.note("changes/page")
        return
    for one, other in zip(then.pages, now.pages, strict=True):
        kept = one.obj.objgen == other.obj.objgen and _same_but(
            one.obj, other.obj, {"/Annots"}, same
        )
        found.unless(kept, "changes/page")
        old = list(one.obj.get("/Annots", ()))
        new = list(other.obj.get("/Annots", ()))
        kept = [note.objgen for note in old] == [note.objgen for note in new[: len(old)]]
        found.unless(kept, "changes/page")
        for note in new[len(old) :]:
            named = TIMESTAMP.fullmatch(str(note.get("/T", ""))) is not None
            found.unless(named and note.get("/FT") == "/Sig" and _invisible(note), "changes/page")
    tree, later = then.Root.Pages, now.Root.Pages
    found.unless(_same_but(tree, later, {"/Kids"}, same), "changes/page")


def _compare_info(then: pikepdf.Pdf, now: pikepdf.Pdf, same: "_Sameness", found: Found) -> None:
    old = then.trailer.get("/Info", pikepdf.Dictionary())
    new = now.trailer.get("/Info", pikepdf.Dictionary())
    found.unless(_same_but(old, new, _STAMPED_INFO, same), "changes/metadata")
    stable = [list(pdf.trailer.get("/ID", ()))[:1] for pdf in (then, now)]
    kept = [bytes(one) for one in stable[0]] == [bytes(one) for one in stable[1]]
    found.unless(kept and "/Encrypt" not in now.trailer, "changes/catalog")


def check_dss(pdf: pikepdf.Pdf, found: Found) -> None:
    """Validation data (ISO 32000-2 12.8.4.3) is lists of streams, and by the digest of a signature the same again."""
    dss = pdf.Root.get("/DSS")
    if dss is None:
        return
    good = isinstance(dss, pikepdf.Dictionary) and set(dss.keys()) <= _DSS
    good = good and all(_streams(dss.get(key)) for key in ("/Certs", "/CRLs", "/OCSPs"))
    vri = dss.get("/VRI") if good else None
    good = good and (vri is None or isinstance(vri, pikepdf.Dictionary))
    if good and vri is not None:
        for key in vri.keys():  # noqa: SIM118 - a pikepdf object iterates over something else
            one = vri[key]
            good = good and isinstance(one, pikepdf.Dictionary) and set(one.keys()) <= _VRI
            good = good and all(_streams(one.get(name)) for name in ("/Cert", "/CRL", "/OCSP"))
    found.unless(good, "changes/dss")


def _streams(array: pikepdf.Object | None) -> bool:
    if array is None:
        return True
    return isinstance(array, pikepdf.Array) and all(
        isinstance(one, pikepdf.Stream) for one in array
    )


def _keys(*objects: pikepdf.Object) -> set[str]:
    return {str(key) for one in objects for key in one.keys()}  # noqa: SIM118 - as above


def _same_but(
    one: pikepdf.Object, other: pikepdf.Object, free: set[str], same: "_Sameness"
) -> bool:
    keys = _keys(one, other) - free
    return all(same(one.get(key), other.get(key)) for key in keys)


class _Sameness:
    """Whether two values, each with everything below it, are the same.

    Objects keep their numbers from revision to revision, so a reference must stay the same reference as well. The
    catalog, pages and fields are compared on their own: that is where the whitelist speaks.
    """

    def __init__(self) -> None:
        self._seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()

    def __call__(self, one: object, other: object) -> bool:
        waiting: list[tuple[object, object]] = [(one, other)]
        for _ in range(_MOST):
            if not waiting:
                return True
            old, new = waiting.pop()
            if not self._alike(old, new):
                return False
            waiting += self._below(old, new)
        return False

    def _alike(self, old: object, new: object) -> bool:
        if not isinstance(old, pikepdf.Object) or not isinstance(new, pikepdf.Object):
            return type(old) is type(new) and old == new
        if old.objgen != new.objgen or old._type_code != new._type_code:  # noqa: SLF001
            return False
        if isinstance(old, pikepdf.Stream):
            return bool(old.read_raw_bytes() == new.read_raw_bytes())
        if isinstance(old, pikepdf.Dictionary):
            return _own_question(old) == _own_question(new) and (
                _own_question(old) or len(old) == len(new)
            )
        if isinstance(old, pikepdf.Array):
            return len(old) == len(new)
        return bool(old == new)

    def _below(self, old: object, new: object) -> Iterator[tuple[object, object]]:
        if not isinstance(old, pikepdf.Object) or not isinstance(new, pikepdf.Object):
            return
        if old.objgen != (0, 0):
            if (old.objgen, new.objgen) in self._seen:
                return
            self._seen.add((old.objgen, new.objgen))
        if isinstance(old, pikepdf.Array):
            yield from zip(old, new, strict=True)
        elif isinstance(old, pikepdf.Dictionary | pikepdf.Stream) and not _own_question(old):
            for key in _keys(old, new):
                yield old.get(key), new.get(key)


def _own_question(value: pikepdf.Object) -> bool:
    """Catalog, pages and signature fields are compared where the whitelist speaks; a lock refers to the catalog."""
    return value.get("/Type") in ("/Catalog", "/Page", "/Pages") or value.get("/FT") == "/Sig"
