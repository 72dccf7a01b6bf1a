"""What an electronic certificate says about itself: XMP, the information dictionary and the sRGB output intent.

PDF/A-2b (ISO 19005-2) wants all three to agree, and every colour on the page to be explained by the output intent.
"""

from datetime import UTC, datetime
from functools import cache, lru_cache
from xml.sax.saxutils import escape

from PIL import ImageCms

from certgen.render.pdf import Objects, stream, text_string

PRODUCER = "certgen"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(title: str, author: str, made: datetime) -> bytes:
    """The metadata stream of an electronic certificate. No name and no identity number of a holder is in it."""
    text = _XMP.format(
        title=escape(title),
        author=escape(author),
        date=xmp_date(made),
        producer=PRODUCER,
    )
    return stream(b"/Type/Metadata/Subtype/XML", text.encode())


def info(title: str, author: str, made: datetime) -> bytes:
    """The information dictionary, for readers that look no further. Says what the XMP says."""
    date = pdf_date(made)
    return b"<</Title %b/Author %b/Producer(%b)/CreationDate%b/ModDate%b>>" % (
        text_string(title),
        text_string(author),
        PRODUCER.encode(),
        date,
        date,
    )


@lru_cache(maxsize=64)
def plain_information(title: str, made: datetime) -> bytes:
    """The information dictionary (ISO 32000-1 §14.3.3) of a file that is no certificate."""
    date = pdf_date(made)
    return b"<</Title %b/Producer(%b)/CreationDate%b/ModDate%b>>" % (
        text_string(title),
        PRODUCER.encode(),
        date,
        date,
    )


def xmp_date(when: datetime) -> str:
    """A date as XMP writes it, in UTC."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=64)
def pdf_date(when: datetime) -> bytes:
    """A date as PDF writes it, in UTC (ISO 32000-1 §7.9.4)."""
    return when.astimezone(UTC).strftime("(D:%Y%m%d%H%M%SZ)").encode()


@cache
def srgb_profile() -> bytes:
    """The sRGB profile of Little CMS (free of rights), its date fixed and its version 4.2, as PDF/A-2 knows it."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[8:12] = bytes((4, 0x20, 0, 0))
    made[24:36] = bytes(
        (0x07, 0xE5, 0, 1, 0, 5, 0, 0, 0, 0, 0, 0)
    )  # 2021-01-05, the day of the notice
    return bytes(made)


def put_output_intent(objects: Objects) -> int:
    """The output intent of the electronic edition; its object number."""
    profile = objects.add(stream(b"/N 3", srgb_profile()))
    return objects.add(
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>" % profile
    )
