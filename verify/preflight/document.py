"""Keys of the document as a whole: version, identity, information, output intent, what may not travel with it."""

import re
from collections.abc import Callable
from typing import Any

import pikepdf

from verify.preflight.found import Findings, Where, found
from verify.preflight.profile import REGISTERED, Standard

_HIGHEST = {Standard.X1A: "1.4", Standard.X4: "1.6"}
_DECLARED = {Standard.X1A: "PDF/X-1a:2003", Standard.X4: "PDF/X-4"}
_XMP_VERSION = re.compile(rb"GTS_PDFXVersion[>=\"'\s]+([^<\"']+)")


def standard_of(pdf: pikepdf.Pdf) -> Standard | None:
    """What the file claims to be."""
    said = declared(pdf)
    if said.startswith("PDF/X-4"):
        return Standard.X4
    return Standard.X1A if said.startswith("PDF/X-1") else None


def declared(pdf: pikepdf.Pdf) -> str:
    """GTS_PDFXVersion, of the information dictionary or the XMP; '' where neither has it."""
    key = str(pdf.docinfo.get("/GTS_PDFXVersion", ""))
    if key:
        return key
    xmp = pdf.Root.get("/Metadata")
    match = _XMP_VERSION.search(xmp.read_bytes()) if isinstance(xmp, pikepdf.Stream) else None
    return match.group(1).decode("ascii", "replace").strip() if match else ""


def check(pdf: pikepdf.Pdf, where: Where, standard: Standard) -> Findings:
    """Every rule about the document."""
    for rule in _RULES:
        yield from rule(pdf, where, standard)


def _version(pdf: pikepdf.Pdf, where: Where, standard: Standard) -> Findings:
    if pdf.pdf_version > _HIGHEST[standard]:
        yield found(
            where,
            "version",
            zh=f"文件头为 PDF {pdf.pdf_version}，{standard} 最高为 {_HIGHEST[standard]}",
            en=f"header says PDF {pdf.pdf_version}; {standard} allows {_HIGHEST[standard]} at most",
        )


def _says_what_it_is(pdf: pikepdf.Pdf, where: Where, standard: Standard) -> Findings:
    said = declared(pdf)
    if not said:
        yield found(
            where,
            "not-declared",
            zh="文件没有声明 PDF/X 版本（GTS_PDFXVersion）",
            en="the file declares no PDF/X version (GTS_PDFXVersion)",
        )
    elif not said.startswith(_DECLARED[standard].split(":")[0]):
        yield found(
            where,
            "other-standard",
            zh=f"文件声明为 {said}，应为 {_DECLARED[standard]}",
            en=f"the file declares {said}, expected {_DECLARED[standard]}",
        )


def _encryption(pdf: pikepdf.Pdf, where: Where, _: Standard) -> Findings:
    if pdf.is_encrypted:
        yield found(
            where, "encrypted", zh="文件已加密，印刷流程无法处理", en="the file is encrypted"
        )


def _identity(pdf: pikepdf.Pdf, where: Where, _: Standard) -> Findings:
    if "/ID" not in pdf.trailer:
        yield found(where, "no-id", zh="缺少文件标识 /ID", en="no file identifier /ID")


def _information(pdf: pikepdf.Pdf, where: Where, _: Standard) -> Findings:
    trapped = str(pdf.docinfo.get("/Trapped", ""))
    if trapped not in {"/True", "/False"}:
        yield found(
            where,
            "trapped",
            zh=f"未说明是否已做陷印（/Trapped 为 {trapped or '空'}），应为 True 或 False",
            en=f"whether the file is trapped is not said (/Trapped is {trapped or 'absent'}): True or False",
        )
    for key in ("/Title", "/CreationDate", "/ModDate"):
        if not str(pdf.docinfo.get(key, "")):
            yield found(
                where,
                "no-information",
                zh=f"文件信息缺少 {key}",
                en=f"the information dictionary lacks {key}",
            )


def _compressed_objects(pdf: pikepdf.Pdf, where: Where, standard: Standard) -> Findings:
    if standard is Standard.X1A and pdf.trailer.get("/Type") == "/XRef":
        yield found(
            where,
            "object-streams",
            zh="使用了对象流（PDF 1.5），旧式 RIP 不支持",
            en="object streams (PDF 1.5) are used, which older RIPs do not read",
        )


def _output_intent(pdf: pikepdf.Pdf, where: Where, standard: Standard) -> Findings:
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if one.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield found(
            where,
            "output-intent",
            zh=f"应有且只有一个印刷输出意图（GTS_PDFX），现有 {len(intents)} 个",
            en=f"exactly one print output intent (GTS_PDFX) is needed, found {len(intents)}",
        )
        return
    (intent,) = intents
    condition = str(intent.get("/OutputConditionIdentifier", ""))
    profile = intent.get("/DestOutputProfile")
    if profile is None and (standard is Standard.X4 or condition not in REGISTERED):
        yield found(
            where,
            "output-condition",
            zh=f"输出条件“{condition or '空'}”不是登记名称，又没有嵌入 ICC 特性文件",
            en=f"output condition '{condition or 'none'}' is not a registered name and no ICC profile is embedded",
        )
    if isinstance(profile, pikepdf.Stream):
        yield from _profile(profile, where)


def _profile(profile: pikepdf.Stream, where: Where) -> Findings:
    head = profile.read_bytes()[:40]
    kind, space = head[12:16].decode("latin-1"), head[16:20].decode("latin-1")
    if len(head) < 40 or head[36:40] != b"acsp" or kind != "prtr" or space != "CMYK":
        yield found(
            where,
            "icc-profile",
            zh=f"ICC 特性文件应为 CMYK 输出设备（prtr），现为 {space.strip() or '未知'}/{kind.strip() or '未知'}",
            en=f"the ICC profile must be of a CMYK output device (prtr), it is {space.strip()}/{kind.strip()}",
        )
    if profile.get("/N") != 4:
        yield found(
            where, "icc-profile", zh="ICC 特性文件的 /N 不是 4", en="/N of the ICC profile is not 4"
        )


def _nothing_that_acts(pdf: pikepdf.Pdf, where: Where, _: Standard) -> Findings:
    names: Any = pdf.Root.get("/Names", pikepdf.Dictionary())
    held = {
        "javascript": "/JavaScript" in names,
        "attachment": "/EmbeddedFiles" in names or "/AF" in pdf.Root,
        "action": "/OpenAction" in pdf.Root or "/AA" in pdf.Root,
        "form": "/AcroForm" in pdf.Root,
        "layers": "/OCProperties" in pdf.Root,
    }
    said = {
        "javascript": ("含有 JavaScript", "holds JavaScript"),
        "attachment": ("含有附件", "carries an attachment"),
        "action": ("打开时会执行动作", "does something when it is opened"),
        "form": ("含有表单或签名域", "has form fields or signatures"),
        "layers": ("含有图层（OCG）", "has layers (optional content)"),
    }
    for code in (code for code, there in held.items() if there):
        zh, en = said[code]
        yield found(where, code, zh=zh, en=f"the file {en}")


_RULES: tuple[Callable[[pikepdf.Pdf, Where, Standard], Findings], ...] = (
    _version,
    _says_what_it_is,
    _encryption,
    _identity,
    _information,
    _compressed_objects,
    _output_intent,
    _nothing_that_acts,
)
