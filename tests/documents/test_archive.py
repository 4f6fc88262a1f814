"""What a PDF carries for archives and for readers that do not see: checked on every form."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest
from PIL import Image, ImageCms
from pypdf.generic import ContentStream

from reliefdesk.documents.archive import colour_profile
from tests.gallery.forms import FORMS

Node = Any
"""A dictionary or array of a PDF: what it holds is for the claims to find out."""
NAMES = sorted(FORMS)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SHOWING = {b"Tj", b"TJ", b"Do"}


def _reader(name: str) -> Node:
    return pypdf.PdfReader(BytesIO(FORMS[name]()), strict=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_its_language_and_shows_its_title(name: str) -> None:
    reader = _reader(name)
    root = reader.root_object
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    metadata = ET.fromstring(root["/Metadata"].get_object().get_data())  # noqa: S314 - our own
    title = "".join(part for one in metadata.iter(_TITLE) for part in one.itertext()).strip()
    assert reader.metadata is not None
    assert title == reader.metadata.title != ""


@pytest.mark.parametrize("name", NAMES)
def test_no_document_claims_a_conformance_nobody_checked_or_a_date(name: str) -> None:
    pdf = FORMS[name]()
    metadata = _reader(name).root_object["/Metadata"].get_object().get_data()
    assert b"pdfaid" not in metadata
    assert b"pdfuaid" not in metadata
    assert re.search(rb"/(CreationDate|ModDate)", pdf) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_face_is_embedded(name: str) -> None:
    fonts = list(_fonts(_reader(name)))
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font["/FontDescriptor"]


def _fonts(reader: Node) -> Iterator[Node]:
    for page in reader.pages:
        yield from _of(page["/Resources"])


def _of(resources: Node) -> Iterator[Node]:
    for font in resources.get("/Font", {}).values():
        yield font.get_object()
    for part in resources.get("/XObject", {}).values():
        yield from _of(part.get_object().get("/Resources", {}))


@pytest.mark.parametrize("name", NAMES)
def test_all_text_is_tagged_and_every_tag_is_in_the_tree(name: str) -> None:
    reader = _reader(name)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    tree = root["/StructTreeRoot"]
    owners = _owners(tree)
    held = {(piece, number) for piece, number in _pieces(tree["/K"].get_object())}
    for number, page in enumerate(reader.pages):
        assert page["/StructParents"] == number
        found = _marks(ContentStream(page.get_contents(), reader))
        assert found == list(range(len(owners[number])))
        page_id = page.indirect_reference.idnum
        assert {(page_id, mark) for mark in found} <= held


def _owners(tree: Node) -> dict[int, Node]:
    numbers = tree["/ParentTree"]["/Nums"]
    return {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}


def _pieces(element: Node) -> Iterator[tuple[int, int]]:
    for kid in element["/K"]:
        inner = kid.get_object()
        if inner["/Type"] == "/MCR":
            yield (inner.raw_get("/Pg").idnum, int(inner["/MCID"]))
        else:
            yield from _pieces(inner)


def _marks(stream: ContentStream) -> list[int]:
    """The numbers of the page's pieces; fails where text stands outside any of them."""
    open_: list[bool] = []
    found: list[int] = []
    for operands, operator in stream.operations:
        if operator == b"BDC":
            found.append(int(operands[1]["/MCID"]))
            open_.append(True)
        elif operator == b"BMC":
            open_.append(True)
        elif operator == b"EMC":
            open_.pop()
        elif operator in _SHOWING:
            assert open_, operands
    assert open_ == []
    return found


@pytest.mark.parametrize("name", ["case-application", "case-refusal"])
def test_a_form_has_one_heading_and_its_table_has_heads_and_cells(name: str) -> None:
    roles = [str(one["/S"]) for one in _elements(_reader(name).root_object["/StructTreeRoot"])]
    assert roles.count("/H1") == 1
    if name == "case-application":
        assert roles.count("/TR") > 25
        assert roles.count("/TH") > 30
        assert roles.count("/TD") > 50


def _elements(tree: Node) -> Iterator[Node]:
    waiting = [tree["/K"].get_object()]
    while waiting:
        element = waiting.pop()
        yield element
        kids = (kid.get_object() for kid in element["/K"])
        waiting += [kid for kid in kids if kid["/Type"] == "/StructElem"]


def test_the_colour_profile_is_one_that_colour_software_accepts() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(colour_profile()))
    assert profile.profile.xcolor_space.strip() == "RGB"
    red = Image.new("RGB", (1, 1), (255, 0, 0))
    srgb = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(red, profile, srgb)
    assert shown is not None
    near = shown.getpixel((0, 0))
    assert isinstance(near, tuple)
    assert all(abs(one - other) <= 3 for one, other in zip(near, (255, 0, 0), strict=True))
