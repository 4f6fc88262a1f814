"""No person stands in a byte outside: not in bundle, name, told facts, refusal or log."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk import log, paths, wording
from reliefdesk.bundles import telling
from reliefdesk.bundles.refusals import BundleError
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.storage import journal
from tests import builders
from tests.bundles import elsewhere, forge
from tests.bundles.bad_kinds import flipped, told
from tests.bundles.forge import Forge
from tests.bundles.parties import a_plan, sealed

PERSONS = (builders.P01, builders.P02, builders.P03, builders.P05)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def secrets_of(person: PersonDraft) -> list[str]:
    return [text for text in (person.name, person.number, person.phone, person.hukou_place) if text]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The journal of a real desk with four people."""
    made = builders.a_desk(tmp_path_factory.mktemp("desk") / "desk")
    for person in PERSONS:
        builders.an_approved_case(made, builders.a_draft(person))
    found = [journal.line_of(row) for row in journal.rows(made.context().file)]
    made.desk.close()
    return found


def found_in(content: bytes) -> list[str]:
    texts = {text for person in PERSONS for text in secrets_of(person)}
    return sorted(text for text in texts for code in ENCODINGS if text.encode(code) in content)


def test_the_journal_of_a_real_desk_travels_and_arrives(lines: list[bytes]) -> None:
    bundle = forge.opened(sealed(lines, a_plan()).content)
    assert [line.content for line in bundle.lines()] == lines
    assert set(found_in(bundle.content)) == {
        text for person in PERSONS for text in secrets_of(person)
    }


def test_the_journal_on_another_computer_gives_the_same_bundle(lines: list[bytes]) -> None:
    strange = {"TZ": "America/New_York", "LANG": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"}
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", elsewhere.__name__],
        input=b"\n".join(lines),
        env={**paths.environment(), **strange},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == elsewhere.inside_of(lines)


def test_no_byte_of_the_bundle_and_its_name_tells_a_person(lines: list[bytes]) -> None:
    made = sealed(lines, a_plan())
    assert found_in(made.content) == []
    assert found_in(made.name.encode()) == []
    assert found_in(repr(made).encode()) == []


def test_the_manifest_and_what_is_told_of_it_name_no_person(
    lines: list[bytes], tmp_path: Path
) -> None:
    made = sealed(lines, a_plan())
    path, key = tmp_path / made.name, tmp_path / "key"
    path.write_bytes(made.content)
    key.write_text(forge.KEY_FILE, "ascii")
    told_facts = repr((telling.outside_facts(path), telling.inside_facts(path, key)))
    assert found_in(told_facts.encode()) == []
    assert found_in(forge.decrypted(made.content)["manifest.dsse.json"]) == []
    assert found_in(repr(forge.opened(made.content)).encode()) == []


def test_no_refusal_and_no_log_of_it_names_a_person(lines: list[bytes], tmp_path: Path) -> None:
    broken = [lines[0], *lines[2:]]
    changes = [
        Forge(lines=broken),
        Forge(lines=lines, file=flipped(-1)),
        Forge(lines=lines, told=told(sha256="1" * 64)),
        Forge(lines=[line.replace(b'"at":', b'"at": ') for line in lines]),
    ]
    started = log.start_log(tmp_path)
    for made in changes:
        with pytest.raises(BundleError) as refusal:
            forge.opened(made.made())
        logging.getLogger("reliefdesk").error("refused", exc_info=refusal.value)
        assert found_in(wording.sentence(refusal.value).encode()) == []
        assert found_in(repr(refusal.value.facts).encode()) == []
    log.stop_log(started)
    written = (tmp_path / log.FILE_NAME).read_bytes()
    assert written.count(b"Traceback") >= len(changes)
    assert found_in(written) == []
