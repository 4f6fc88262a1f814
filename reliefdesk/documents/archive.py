"""What a PDF needs to be kept for decades: language, title in metadata, meaning of its colours.

Written for every document; no conformance to PDF/A is claimed in it, since no validator has seen
it (DECISIONS.md). Dates are left out: equal facts give equal bytes, and the journal has the times.
"""

import struct
from typing import Any
from xml.sax.saxutils import escape

LANGUAGE = "zh-CN"
PROGRAM = "ReliefDesk"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{program}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool><pdf:Producer>{program}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_D50 = (0.9642, 1.0, 0.82491)
_COLOURS = {
    b"wtpt": _D50,
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.7141),
}
"""sRGB's primaries adapted to D50, as IEC 61966-2-1 states them."""
_GAMMA = 0x0233


def write(document: Any, *, title: str) -> None:  # noqa: ANN401 - no useful type
    """Put language, metadata, viewer wishes and output intent into a document before saving."""
    from reportlab.pdfbase import pdfdoc as pdf  # noqa: PLC0415 - lazy as in page.py

    catalog = document.Catalog
    catalog.Lang = pdf.PDFString(LANGUAGE)
    catalog.ViewerPreferences = pdf.PDFDictionary({"DisplayDocTitle": pdf.PDFtrue})
    metadata = _XMP.format(title=escape(title), program=PROGRAM, language=LANGUAGE)
    kind = {"Type": pdf.PDFName("Metadata"), "Subtype": pdf.PDFName("XML")}
    # Metadata stay plain text, so that an archive can read them without a PDF program.
    catalog.Metadata = pdf.PDFStream(pdf.PDFDictionary(kind), metadata.encode(), filters=[])
    profile = pdf.PDFStream(pdf.PDFDictionary({"N": 3}), colour_profile())
    intent = {
        "Type": pdf.PDFName("OutputIntent"),
        "S": pdf.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdf.PDFString("sRGB"),
        "Info": pdf.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(profile),
    }
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdf.PDFArray([pdf.PDFDictionary(intent)])
    document.info = _properties(title)


def _properties(title: str) -> Any:  # noqa: ANN401 - reportlab's own kind
    from reportlab.pdfbase import pdfdoc as pdf  # noqa: PLC0415 - lazy as in page.py

    class Properties(pdf.PDFInfo):
        """The document's properties without dates."""

        def format(self, document: Any) -> Any:  # noqa: ANN401
            texts = {"Title": title, "Author": PROGRAM, "Creator": PROGRAM, "Producer": PROGRAM}
            strings = {key: pdf.PDFString(text) for key, text in texts.items()}
            return pdf.PDFDictionary(strings).format(document)

    made = Properties()
    made.title = title
    return made


def colour_profile() -> bytes:
    """A small ICC profile of sRGB: its primaries, and 2.2 for its curve."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"sRGB\0" + bytes(12 + 67),
        b"cprt": b"text" + bytes(4) + b"No copyright\0",
        **{key: b"XYZ " + bytes(4) + _fixed(*values) for key, values in _COLOURS.items()},
        **{
            key: b"curv" + bytes(4) + struct.pack(">IH", 1, _GAMMA)
            for key in (b"rTRC", b"gTRC", b"bTRC")
        },
    }
    table, content = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for key, value in tags.items():
        table += key + struct.pack(">II", start + len(content), len(value))
        content += value + bytes(-len(value) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12s4s", start + len(content), b"", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
        struct.pack(">6H", 2000, 1, 1, 0, 0, 0), b"acsp",
    )  # fmt: skip
    return (head + bytes(28) + _fixed(*_D50)).ljust(128, b"\0") + table + content


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))
