"""Forms as pictures: whole ones to look at, small grey ones to compare, and what differs where."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from reliefdesk.documents.preview import page_pictures

GOLDEN = Path(__file__).resolve().parents[1] / "documents" / "golden"
GOLDEN_DPI = 50
_GREYS = 4
_MM = 25.4
_TOLERANCE = 90
"""Grey levels a pixel may differ: another release of the renderer smooths a little differently."""
_SPECKS = 3
"""So many single pixels beyond the tolerance are noise, more are a change."""
_GAP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where a page differs: page from 1, and the region in millimetres from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        """The region for a message."""
        return (
            f"page {self.page}: {self.left:.0f}–{self.right:.0f} mm across, "
            f"{self.top:.0f}–{self.bottom:.0f} mm down"
        )


def pages(pdf: bytes, *, dpi: float) -> list[Image.Image]:
    """Every page in colour."""
    return [
        Image.frombytes("RGB", (one.width, one.height), one.rgb, "raw", "RGB", one.stride)
        for one in page_pictures(pdf, dpi=dpi)
    ]


def golden_of(pdf: bytes) -> list[Image.Image]:
    """Every page small and in four greys, as golden pictures are kept."""
    return [_coarse(page) for page in pages(pdf, dpi=GOLDEN_DPI)]


def write_golden(name: str, pdf: bytes, folder: Path = GOLDEN) -> None:
    """Keep the pictures of a form, in place of those before."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in _files(name, folder):
        old.unlink()
    for number, page in enumerate(golden_of(pdf), start=1):
        page.quantize(_GREYS).save(folder / f"{name}.{number}.png", optimize=True, bits=2)


def read_golden(name: str, folder: Path = GOLDEN) -> list[Image.Image]:
    """The kept pictures of a form, page by page; empty where none are kept."""
    return [Image.open(path).convert("L") for path in _files(name, folder)]


def changes(golden: Sequence[Image.Image], found: Sequence[Image.Image]) -> list[Change]:
    """Where pages differ; a missing or added page differs as a whole."""
    result: list[Change] = []
    for index in range(max(len(golden), len(found))):
        if index >= min(len(golden), len(found)):
            page = (golden if index < len(golden) else found)[index]
            result.append(_change(index + 1, (0, 0, page.width, page.height)))
            continue
        region = _difference(golden[index], found[index])
        if region is not None:
            result.append(_change(index + 1, region))
    return result


def side_by_side(
    golden: Sequence[Image.Image], found: Sequence[Image.Image], where: Sequence[Change]
) -> Image.Image:
    """Kept pictures above, new ones below, the changed regions framed in red."""
    rows = [golden, found]
    width = max(sum(page.width + _GAP for page in row) for row in rows)
    height = sum(max((page.height for page in row), default=0) + _GAP for row in rows)
    sheet = Image.new("RGB", (width, height), (120, 120, 120))
    pen = ImageDraw.Draw(sheet)
    top = 0
    for row in rows:
        left = 0
        for number, page in enumerate(row, start=1):
            sheet.paste(page, (left, top))
            for change in where:
                if change.page == number:
                    pen.rectangle(_pixels(change, left, top), outline=(220, 0, 0))
            left += page.width + _GAP
        top += max((page.height for page in row), default=0) + _GAP
    return sheet


def _coarse(page: Image.Image) -> Image.Image:
    step = 255 / (_GREYS - 1)
    return page.convert("L").point(lambda light: round(round(light / step) * step))


def _files(name: str, folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{name}.[0-9]*.png"), key=lambda path: int(path.suffixes[-2][1:]))


def _difference(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    if one.size != other.size:
        return (0, 0, max(one.width, other.width), max(one.height, other.height))
    beyond = ImageChops.difference(one, other).point(lambda level: 255 * (level > _TOLERANCE))
    return beyond.getbbox() if beyond.histogram()[255] > _SPECKS else None


def _change(page: int, region: tuple[int, int, int, int]) -> Change:
    left, top, right, bottom = (edge / GOLDEN_DPI * _MM for edge in region)
    return Change(page=page, left=left, top=top, right=right, bottom=bottom)


def _pixels(change: Change, left: int, top: int) -> tuple[float, float, float, float]:
    scale = GOLDEN_DPI / _MM
    return (
        left + change.left * scale - 2,
        top + change.top * scale - 2,
        left + change.right * scale + 2,
        top + change.bottom * scale + 2,
    )
