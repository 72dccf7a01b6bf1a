"""What a print shop is promised: X-1a (no transparency, CMYK only) or X-4 (transparency, an embedded ICC profile).

X-1a names the printing condition (输出条件) by its registered name and carries no profile; X-4 carries the shop's own.
Which one is right is the shop's to say.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from certgen.errors import InputError
from certgen.exchange.agency import Agency, PrintStandard
from certgen.render import metadata
from certgen.render.pdf import Objects, stream, text_string

OVERPRINT = "Over"

_BINARY = b"%\xe2\xe3\xcf\xd3\n"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Press:
    """The standard, the printing condition, and for X-4 its profile."""

    standard: PrintStandard = PrintStandard.X1A
    condition: str = "FOGRA39"
    profile: bytes = b""

    @classmethod
    def of(cls, agency: Agency) -> "Press":
        """As the agency file asks. `InputError` for X-4 without a usable CMYK profile."""
        if agency.print_standard is PrintStandard.X1A:
            return cls(condition=agency.print_condition)
        return cls(PrintStandard.X4, agency.print_condition, _profile(agency.print_profile))

    @property
    def header(self) -> bytes:
        """The first bytes of the file: PDF 1.4 for X-1a:2003, 1.6 for X-4."""
        return (b"%PDF-1.4\n" if self.is_flat else b"%PDF-1.6\n") + _BINARY

    @property
    def is_flat(self) -> bool:
        """Whether nothing may be transparent."""
        return self.standard is PrintStandard.X1A

    @property
    def graphics_states(self) -> str:
        """What a seal is set with: over the text, which stays readable under it."""
        over = "/OP true/op true/OPM 1" if self.is_flat else "/BM/Multiply"
        return f"/ExtGState<</{OVERPRINT}<<{over}>>>>"

    @property
    def group(self) -> str:
        """The page group of X-4. Shops refused pages whose group said RGB, or said nothing."""
        return "" if self.is_flat else "/Group<</S/Transparency/CS/DeviceCMYK>>"

    def put_catalog_entries(
        self, objects: Objects, title: str, made: datetime, identity: str
    ) -> str:
        """Write output intent and XMP among `objects`; how the catalogue refers to them."""
        intent = (
            b"<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(%b)/OutputCondition(%b)"
            b"/RegistryName(http://www.color.org)/Info(%b)" % ((self.condition.encode(),) * 3)
        )
        if self.profile:
            number = objects.add(stream(b"/N 4", self.profile))
            intent += b"/DestOutputProfile %d 0 R" % number
        entries = f"/OutputIntents[{objects.add(intent + b'>>')} 0 R]"
        if not self.is_flat:
            xmp = _XMP.format(
                title=escape(title),
                date=metadata.xmp_date(made),
                identity=identity,
                producer=metadata.PRODUCER,
            )
            entries += (
                f"/Metadata {objects.add(stream(b'/Type/Metadata/Subtype/XML', xmp.encode()))} 0 R"
            )
        return entries

    def information(self, title: str, made: datetime) -> bytes:
        """The information dictionary."""
        date = metadata.pdf_date(made)
        version = b"/GTS_PDFXVersion(PDF/X-1a:2003)" if self.is_flat else b""
        return (
            b"<</Title %b/Creator(%b)/Producer(%b)/CreationDate%b/ModDate%b/Trapped/False%b>>"
            % (
                text_string(title),
                metadata.PRODUCER.encode(),
                metadata.PRODUCER.encode(),
                date,
                date,
                version,
            )
        )


def _profile(path: Path | None) -> bytes:
    if path is None:
        raise InputError(
            zh="PDF/X-4 需要印刷厂的 CMYK 特性文件（ICC）：请向印刷厂索取，并在 [output] print_profile 中写明；"
            '没有时请用 print_standard = "x1a"',
            en="PDF/X-4 needs the shop's CMYK profile (ICC): ask the shop for it and name it as print_profile under "
            '[output]; without one use print_standard = "x1a"',
        )
    data = path.read_bytes()
    kind, space = data[12:16], data[16:20]
    if data[36:40] != b"acsp" or kind != b"prtr" or space != b"CMYK":
        raise InputError(
            zh=f"{path.name} 不是 CMYK 输出设备的 ICC 特性文件：请向印刷厂索取",
            en=f"{path.name} is no ICC profile of a CMYK output device: ask the shop for theirs",
        )
    return data
