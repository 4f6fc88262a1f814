"""Every code has its sentence, every sentence its code, every placeholder its fact."""

import ast
import re
import string
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk import wording
from reliefdesk.domain.cases import Finding, Reason, Stage
from reliefdesk.domain.cash import FloatShortError
from reliefdesk.domain.decisions import NotAllowedError
from reliefdesk.domain.money import Money
from reliefdesk.domain.problems import Problem
from reliefdesk.paths import wording_dir

_ROOT = Path(__file__).parent.parent
_CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+")
_FACTS = re.compile(r"Facts: ([a-z_0-9, \n]+)")
_LATIN = re.compile(r"[A-WYZa-z]{2,}")


@cache
def _tables() -> dict[str, dict[str, str]]:
    return {
        f"{path.stem}.{name}": table
        for path in wording_dir().glob("*.toml")
        for name, table in tomllib.loads(path.read_text("utf-8")).items()
        if name != "text"
    }


@cache
def _texts() -> dict[str, str]:
    return {
        f"{path.stem}.{name}": value
        for path in wording_dir().glob("*.toml")
        for name, value in tomllib.loads(path.read_text("utf-8")).get("text", {}).items()
    }


@cache
def _trees(*rooms: str) -> tuple[ast.Module, ...]:
    return tuple(
        ast.parse(path.read_text("utf-8"))
        for room in rooms or ("reliefdesk", "ui")
        for path in sorted((_ROOT / room).rglob("*.py"))
    )


@cache
def _own_errors() -> tuple[tuple[str, str, str], ...]:
    """Name, code and docstring of every error class; a class without a code has an empty one."""
    return tuple(
        (node.name, _code_of(node), ast.get_docstring(node) or "")
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    )


def _code_of(node: ast.ClassDef) -> str:
    for line in node.body:
        targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "code" for target in targets):
            return next(iter(_strings(line)))
    return ""


@cache
def _strings(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


@cache
def _spelled_codes(tree: ast.AST) -> set[str]:
    """Literal codes, and f-strings such as f"cases.{name}_missing" over the keys beside them."""
    codes = {text for text in _strings(tree) if _CODE.fullmatch(text)}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for pattern in _patterns(function):
                codes |= {pattern.replace("{}", key) for key in _keys(function)}
    return {code for code in codes if code.split(".")[0] in _nouns()}


def _built_codes(tree: ast.AST) -> Iterator[str]:
    """F-strings such as f"today.{kind}": patterns of the codes that they may yield."""
    for part in ast.walk(tree):
        if isinstance(part, ast.JoinedStr):
            pieces = (
                re.escape(min(_strings(piece), default="")) or r"\w+" for piece in part.values
            )
            pattern = "".join(pieces)
            if pattern.split(r"\.")[0] in _nouns():
                yield pattern


def _patterns(function: ast.AST) -> Iterator[str]:
    for part in ast.walk(function):
        if isinstance(part, ast.JoinedStr):
            pieces = (_strings(piece) or {"{}"} for piece in part.values)
            pattern = "".join(min(piece) for piece in pieces)
            if pattern.count("{}") == 1 and _CODE.fullmatch(pattern.replace("{}", "x")):
                yield pattern


@cache
def _keys(function: ast.AST) -> set[str]:
    found: set[str] = set()
    for part in ast.walk(function):
        if isinstance(part, ast.Dict):
            found = found.union(*(_strings(key) for key in part.keys if key is not None))
    return found


@cache
def _named_facts(tree: ast.AST) -> set[str]:
    words = {part.arg for part in ast.walk(tree) if isinstance(part, ast.keyword) and part.arg}
    return words | _keys(tree)


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for part in ast.walk(tree):
        if isinstance(part, ast.Call):
            called = part.func
            if getattr(called, "attr", getattr(called, "id", "")) == name:
                yield part


@cache
def _problem_facts() -> dict[str, set[str]]:
    """Every code that a Problem or an eligibility reason may carry, and the facts beside it."""
    facts: dict[str, set[str]] = defaultdict(set)
    for tree in _trees():
        # A window names its boxes like codes, so only the call itself counts there.
        calls = list(_calls(tree, "Problem"))
        places: list[ast.AST] = [tree] if calls and not _is_window(tree) else [*calls]
        for place in places:
            for code in _spelled_codes(place) - set(_texts()) - _error_codes():
                facts[code] |= _named_facts(tree)
    for tree in _trees("reliefdesk/domain"):
        for call in _calls(tree, "say"):
            for code in set().union(*(_strings(argument) for argument in call.args)):
                facts[f"eligibility.{code}"] |= {word.arg or "" for word in call.keywords}
    return facts


def _is_window(tree: ast.AST) -> bool:
    modules = {part.module or "" for part in ast.walk(tree) if isinstance(part, ast.ImportFrom)}
    return any(module.startswith(("ui", "PySide6")) for module in modules)


@cache
def _error_codes() -> set[str]:
    return {code for _, code, _ in _own_errors()}


@cache
def _error_facts() -> dict[str, set[str]]:
    facts: dict[str, set[str]] = defaultdict(set)
    for _, code, promise in _own_errors():
        told = _FACTS.search(promise)
        facts[code or "bug.unnamed"] |= set(re.split(r"[,\s]+", told[1])) if told else set()
    return facts


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_error_has_its_sentence() -> None:
    assert {code for _, code, _ in _own_errors() if code} - set(_tables()) == set()


def test_every_concrete_error_has_a_code_of_its_own() -> None:
    families = {"UserError", "SurroundingsError", "TrustError"}
    codes = {name: code for name, code, _ in _own_errors() if name not in families}
    assert [name for name, code in codes.items() if not code] == []
    assert len(set(codes.values())) == len(codes)


def test_every_problem_and_reason_has_its_sentence() -> None:
    assert set(_problem_facts()) - set(_tables()) == set()


@cache
def _nouns() -> set[str]:
    return {path.stem for path in wording_dir().glob("*.toml")}


def test_every_placeholder_is_a_fact_that_the_source_gives() -> None:
    errors, problems = _error_facts(), _problem_facts()
    unfilled = {
        code: missing
        for code, table in _tables().items()
        if (
            missing := set().union(*map(_placeholders, table.values()))
            - errors.get(code, set())
            - problems.get(code, set())
        )
    }
    assert unfilled == {}


def test_no_sentence_stands_unused() -> None:
    used = set(_error_facts()) | set(_problem_facts())
    used = used.union(*(_spelled_codes(tree) for tree in _trees()))
    built = [re.compile(pattern) for tree in _trees() for pattern in _built_codes(tree)]
    unused = (set(_tables()) | set(_texts())) - used
    assert [code for code in unused if not any(form.fullmatch(code) for form in built)] == []


def test_every_sentence_says_what_happened_and_what_to_do_without_latin_jargon() -> None:
    for code, table in _tables().items():
        assert set(table) <= {"short", "what", "why", "todo"}, code
        assert table["what"], code
        assert table.get("todo") or code not in _error_codes(), code
        for part in table.values():
            plain = re.sub(r"\{[a-z_0-9]+\}|/[\w/.]+|PDF|USB", "", part)
            # Administrators at the command line type Latin words; clerks never meet them.
            assert code.startswith("cli.") or not _LATIN.search(plain), (code, part)
            assert not plain.endswith("。"), (code, part)


def test_money_days_and_terms_are_shown_as_people_read_them() -> None:
    assert wording.shown(Money(243000)) == "2,430.00"
    assert wording.shown(date(2021, 3, 10)) == "2021年3月10日"
    assert wording.shown(datetime(2021, 9, 16, 16, 30, tzinfo=UTC)) == "2021年9月17日 00:30"
    assert wording.shown(Stage.ACCEPTED) == "已受理"
    facts = {"on": "2021-03-10", "who": "本人", "amount": "2,000.00", "case_no": "AJ-1"}
    told = wording.reason_sentence(
        Reason(
            finding=Finding.FAILS,
            code="eligibility.frequency_paid",
            facts=facts | {"place": "2021-03-10号楼", "used": "1", "limit": "1"},
            source="",
        )
    )
    assert "2021年3月10日领过" in told
    assert "2021-03-10号楼" in told, "what was typed is quoted as typed"
    assert wording.shown(("甲", "乙")) == "甲、乙"
    assert wording.shown(Path("/secret/place/desk.rd")) == "desk.rd"
    assert [wording.shown(fact) for fact in (True, False, None, 7)] == ["是", "否", "（不详）", "7"]


def test_a_float_that_is_short_names_the_three_amounts() -> None:
    error = FloatShortError(balance=Money(120000), amount=Money(200000), short=Money(80000))
    assert "还差800.00元" in wording.sentence(error)
    assert wording.parts(error).todo == "请先补领备用金，或减少金额"


def test_an_identity_problem_says_which_digit_breaks_which_rule() -> None:
    facts = {"position": 18, "typed": "5", "expected": "6"}
    problem = Problem(field="number", code="identity.check_digit", facts=facts)
    assert "第18位校验码是5，按前17位计算应为6" in wording.problem_sentence(problem)


def test_a_reason_is_said_with_its_facts() -> None:
    reason = Reason(
        finding=Finding.FAILS, code="eligibility.local_hukou", facts={"scope": "本市"}, source=""
    )
    assert wording.reason_sentence(reason).startswith("申请人是本市户籍。")


@pytest.mark.parametrize("key", ["nothing.there", "cases", "cases.nothing"])
def test_an_unknown_text_shows_its_key(key: str) -> None:
    assert wording.text(key) == key


@given(code=st.text(), facts=st.dictionaries(st.text(), st.text()))
def test_an_unknown_code_is_a_plain_sentence_with_the_code_never_an_exception(
    code: str, facts: dict[str, str]
) -> None:
    problem = Problem(field="number", code=f"unknown-{code}", facts=facts)
    assert f"unknown-{code}" in wording.problem_sentence(problem)


def test_a_fact_that_is_a_rule_reads_as_its_short_name() -> None:
    refusal = NotAllowedError(rule="eligibility.over_cap")
    assert wording.parts(refusal).what == "不能批准：超过最高限额"


def test_a_missing_fact_is_shown_as_unknown() -> None:
    assert "（不详）" in wording.problem_sentence(Problem(field="x", code="amount.too_large"))


def test_a_damaged_table_costs_only_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cases.toml").write_bytes(b"\xff[[")
    (tmp_path / "cash.toml").write_text('[text]\nbox = "抽屉里有{sum}元"\n', "utf-8")
    monkeypatch.setenv("RELIEFDESK_WORDING", str(tmp_path))
    assert "cases.unknown" in wording.problem_sentence(Problem(field="x", code="cases.unknown"))
    assert wording.text("cash.box", sum=Money(5)) == "抽屉里有0.05元"
