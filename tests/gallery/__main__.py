"""Builds the gallery in out/gallery, or with --golden the small pictures that tests look at."""

import argparse
import sys
from html import escape
from io import BytesIO
from pathlib import Path

import pypdf

from tests.gallery.forms import FORMS
from tests.gallery.pictures import GOLDEN, pages, write_golden

_DPI = 110
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>表单图样</title>
<style>body{{font-family:sans-serif;background:#ddd}}img{{max-width:32%;margin:2px;
border:1px solid #888;vertical-align:top}}</style><h1>表单图样</h1>{parts}</html>
"""


def main() -> int:
    """Render every form; `--golden` replaces the golden pictures instead."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--golden", action="store_true", help="replace the golden pictures")
    parser.add_argument("--out", type=Path, default=Path("out/gallery"))
    parser.add_argument("--only", default="", help="part of a form's name")
    wanted = parser.parse_args()
    named = {name: make for name, make in FORMS.items() if wanted.only in name}
    if wanted.golden:
        for name, make in named.items():
            write_golden(name, make())
        size = sum(path.stat().st_size for path in GOLDEN.glob("*.png"))
        sys.stdout.write(f"{GOLDEN}: {size / 1000:.0f} kB\n")
        return 0
    wanted.out.mkdir(parents=True, exist_ok=True)
    parts = [_written(name, make(), wanted.out) for name, make in named.items()]
    index = wanted.out / "index.html"
    index.write_text(_PAGE.format(parts="\n".join(parts)), encoding="utf-8")
    sys.stdout.write(f"{index}\n")
    return 0


def _written(name: str, pdf: bytes, folder: Path) -> str:
    found = pypdf.PdfReader(BytesIO(pdf)).metadata
    title = "" if found is None else str(found.title)
    images = []
    for number, page in enumerate(pages(pdf, dpi=_DPI), start=1):
        file = folder / f"{name}.{number}.png"
        page.save(file)
        images.append(f'<img src="{file.name}" alt="{escape(title)} {number}">')
    (folder / f"{name}.pdf").write_bytes(pdf)
    return f"<h2>{escape(title)}（{name}）</h2>{''.join(images)}"


if __name__ == "__main__":
    raise SystemExit(main())
