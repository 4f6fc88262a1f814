"""The house limits as plain checks on a source tree: each returns one line per violation."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

CODE_ROOMS = ("reliefdesk", "ui", "installer", "tests")
NAMED_ROOMS = ("reliefdesk", "ui")

LINES_OF_A_FILE = 400
LINES_OF_A_FORM = 150
SKELETON_OF_FORMS = "form_page.py"
LINES_OF_A_CLASS = 300
LINES_OF_A_FUNCTION = 60
POSITIONAL_PARAMETERS = 4
SENTENCES_OF_A_PROMISE = 3

VAGUE_WORDS = frozenset(
    {"util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers"}
    | {"common", "misc", "base", "data", "info", "process"}
)

# Brackets keep each pattern from matching the line that defines it.
UNWANTED_TEXTS = {
    "a package registry": r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|conda[.]anaconda",
    "a path of one machine": r"(?<![\w.~}/])/(?:work|home|root|Users)[/](?!clerk\b)\w",
    "a tool of one workplace": r"[.]lib[r]ary/|\bissues[ ]show\b|\bfarm[-][a-z]|[.][.]/share[d]/",
}
LOCK_ADDRESSES = re.compile(r"--(?:extra-)?index-url|--find-links|https?://")

Check = Callable[[Path], Iterable[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_files(root: Path) -> Iterator[str]:
    """Files that nobody reads to the end."""
    for file in python_files(root, CODE_ROOMS):
        count = len(file.read_text(encoding="utf-8").splitlines())
        if count > LINES_OF_A_FILE:
            yield f"{file.relative_to(root)}: {count} lines, at most {LINES_OF_A_FILE}"


def long_forms(root: Path) -> Iterator[str]:
    """Forms (a file of `documents` that makes a PDF) beyond what is read at one glance."""
    for file in python_files(root, ("reliefdesk/documents",)):
        if file.name == SKELETON_OF_FORMS:
            continue
        text = file.read_text(encoding="utf-8")
        count = len(text.splitlines())
        if count > LINES_OF_A_FORM and re.search(r"^def \w+_pdf\(", text, re.MULTILINE):
            yield f"{file.relative_to(root)}: {count} lines, at most {LINES_OF_A_FORM}"


def long_definitions(root: Path) -> Iterator[str]:
    """Functions and classes beyond their stop."""
    for place, node in _definitions(root):
        limit = LINES_OF_A_CLASS if isinstance(node, ast.ClassDef) else LINES_OF_A_FUNCTION
        count = (node.end_lineno or node.lineno) - node.lineno + 1
        if count > limit:
            yield f"{place}: {node.name} has {count} lines, at most {limit}"


def crowded_signatures(root: Path) -> Iterator[str]:
    """More positional parameters than a caller can keep in order.

    A function inside another is a callback: its caller, often a library, gives its shape.
    """
    for file in python_files(root, CODE_ROOMS):
        functions = [node for node in ast.walk(_tree(file)) if isinstance(node, Function)]
        inside = {part for one in functions for part in ast.walk(one) if part is not one}
        for node in functions:
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            count = len([name for name in names if name not in {"self", "cls"}])
            if count > POSITIONAL_PARAMETERS and node not in inside and not _is_test(node):
                place = f"{file.relative_to(root)}:{node.lineno}"
                yield f"{place}: {node.name} takes {count} positional parameters"


def vague_names(root: Path) -> Iterator[str]:
    """Names that could hold anything, of a file, folder or class."""
    for file in python_files(root, CODE_ROOMS):
        place = file.relative_to(root)
        words = {word for part in (*place.parent.parts, file.stem) for word in part.split("_")}
        for word in sorted(words & VAGUE_WORDS):
            yield f"{place}: named {word}"
    for at, node in _definitions(root):
        if isinstance(node, ast.ClassDef):
            words = {word.lower() for word in re.findall(r"[A-Z][a-z]+", node.name)}
            for word in sorted(words & VAGUE_WORDS):
                yield f"{at}: {node.name} is named {word}"


def unpromising_modules(root: Path) -> Iterator[str]:
    """Modules whose docstring is missing or longer than a promise."""
    for file in python_files(root, CODE_ROOMS):
        promise = ast.get_docstring(_tree(file))
        place = file.relative_to(root)
        if not promise:
            yield f"{place}: promises nothing"
        elif len(re.findall(r"[.!?。](?=\s|$)", promise)) > SENTENCES_OF_A_PROMISE:
            yield f"{place}: promises more than {SENTENCES_OF_A_PROMISE} sentences"


def words_outside_the_glossary(root: Path) -> Iterator[str]:
    """File and folder names with a word that GLOSSARY.md does not explain."""
    known = glossary_words((root / "GLOSSARY.md").read_text(encoding="utf-8"))
    for file in python_files(root, NAMED_ROOMS):
        place = file.relative_to(root)
        names = [*place.parts[1:-1], *([] if file.stem == "__init__" else [file.stem])]
        words = {word for name in names for word in name.split("_")}
        for word in sorted(words - known):
            yield f"{place}: {word} is not in the glossary"


def glossary_words(text: str) -> frozenset[str]:
    """The code-marked words in the first column of the tables, in singular and plural."""
    cells = (line.split("|")[1] for line in text.splitlines() if line.startswith("|"))
    words = {word for cell in cells for word in re.findall(r"`([a-z0-9]+)`", cell)}
    singular = {re.sub(r"ies$", "y", word) for word in words} | {w.removesuffix("s") for w in words}
    return frozenset(words | singular | {f"{word}s" for word in words})


def foreign_texts(root: Path) -> Iterator[str]:
    """Addresses and tools that hold on one machine only, anywhere in the tree."""
    for file in text_files(root):
        for number, line in enumerate(_lines(file), start=1):
            for what, pattern in UNWANTED_TEXTS.items():
                if re.search(pattern, line):
                    yield f"{file.relative_to(root)}:{number}: names {what}"


def addresses_in_the_lock(root: Path) -> Iterator[str]:
    """Where to fetch from is the machine's affair, never the lock's."""
    for number, line in enumerate(_lines(root / "requirements.lock"), start=1):
        if LOCK_ADDRESSES.search(line):
            yield f"requirements.lock:{number}: names an address"


CHECKS: tuple[Check, ...] = (
    long_files,
    long_forms,
    long_definitions,
    crowded_signatures,
    vague_names,
    unpromising_modules,
    words_outside_the_glossary,
    foreign_texts,
    addresses_in_the_lock,
)


def python_files(root: Path, rooms: Iterable[str]) -> list[Path]:
    """Every Python file of these rooms, in a fixed order."""
    return sorted(file for room in rooms for file in (root / room).rglob("*.py"))


def text_files(root: Path) -> Iterator[Path]:
    """Everything that would be published, apart from pictures and what programs left behind."""
    for file in sorted(root.rglob("*")):
        if file.is_file() and not any(map(_left_behind, file.relative_to(root).parts)):
            yield file


def _left_behind(part: str) -> bool:
    hidden = part.startswith(".") and part != ".ci"
    return hidden or part in {"__pycache__", "build", "out"} or part.endswith(".egg-info")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []  # a picture


def _definitions(root: Path) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    for file in python_files(root, CODE_ROOMS):
        for node in ast.walk(_tree(file)):
            if isinstance(node, Function | ast.ClassDef):
                yield f"{file.relative_to(root)}:{node.lineno}", node


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _is_test(node: Function) -> bool:
    """Tests take what fixtures give, by name."""
    return node.name.startswith("test_")
