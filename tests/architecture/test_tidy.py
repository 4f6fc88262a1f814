"""The house limits hold in this repository, and each check catches a deliberate violation."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import tidy

REPOSITORY = Path(__file__).resolve().parents[2]
PROMISE = '"""Holds one thing."""\n'
LONG_FUNCTION = PROMISE + "def walk():\n" + "    step = 1\n" * 60
LONG_FORM = PROMISE + "step = 1\n" * 150 + "def policy_pdf(): ...\n"
LONG_CLASS = PROMISE + "class Walk:\n" + "    step = 1\n" * 300


@pytest.mark.parametrize("check", tidy.CHECKS, ids=lambda check: check.__name__)
def test_this_repository_keeps_the_house_limits(check: tidy.Check) -> None:
    assert list(check(REPOSITORY)) == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree that keeps every limit."""
    (tmp_path / "GLOSSARY.md").write_text(
        "| noun | 中文 | meaning |\n|--|--|--|\n| `policies` | 政策 | rows |\n", encoding="utf-8"
    )
    (tmp_path / "requirements.lock").write_text("six==1.17.0\n", encoding="utf-8")
    _add(tmp_path, "reliefdesk/policy.py", PROMISE)
    return tmp_path


def test_a_tidy_tree_is_left_in_peace(tree: Path) -> None:
    assert [line for check in tidy.CHECKS for line in check(tree)] == []


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (tidy.long_files, "ui/policy.py", PROMISE + "step = 1\n" * 400),
        (tidy.long_forms, "reliefdesk/documents/policy.py", LONG_FORM),
        (tidy.long_definitions, "ui/policy.py", LONG_FUNCTION),
        (tidy.long_definitions, "tests/test_policy.py", LONG_CLASS),
        (tidy.crowded_signatures, "ui/policy.py", PROMISE + "def f(a, b, c, d, e): ...\n"),
        (tidy.vague_names, "reliefdesk/utils.py", PROMISE),
        (tidy.vague_names, "installer/policy_helper.py", PROMISE),
        (tidy.vague_names, "ui/policy.py", PROMISE + "class PolicyManager: ...\n"),
        (tidy.unpromising_modules, "ui/policy.py", "step = 1\n"),
        (tidy.unpromising_modules, "ui/policy.py", '"""One. Two. Three. Four."""\n'),
        (tidy.words_outside_the_glossary, "reliefdesk/gadgets.py", PROMISE),
        (tidy.words_outside_the_glossary, "ui/gadgets/policies.py", PROMISE),
        (tidy.foreign_texts, "README.md", "from https://pypi" + ".org/simple\n"),
        (tidy.foreign_texts, "Makefile", "cd /home" + "/someone/desk\n"),
        (tidy.foreign_texts, "notes.txt", "see ../shared" + "/design.md\n"),
        (tidy.addresses_in_the_lock, "requirements.lock", "--index-url somewhere\n"),
    ],
)
def test_a_violation_is_named(
    tree: Path, check: Callable[[Path], list[str]], path: str, text: str
) -> None:
    _add(tree, path, text)
    found = list(check(tree))
    assert len(found) == 1
    assert found[0].startswith(path)


def _add(tree: Path, path: str, text: str) -> None:
    file = tree / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_the_linter_has_few_exceptions_and_the_types_none() -> None:
    tools = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tools["ruff"]["lint"]["select"] == ["ALL"]
    assert len(tools["ruff"]["lint"]["ignore"]) <= 15
    assert tools["mypy"]["strict"]
    assert "overrides" not in tools["mypy"]
