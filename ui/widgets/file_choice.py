"""Where a dialog for a file begins: among the clerk's own documents, not beside the program."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def in_documents(name: str) -> str:
    """`name` in the folder for documents of whoever uses this PC, or bare where there is none."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder) / name) if folder and Path(folder).is_dir() else name
