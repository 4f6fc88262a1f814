"""A bundle is opened and its signature checked by public tools alone, by the very recipe."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reliefdesk import bundles, paths
from tests.bundles import forge
from tests.bundles.bad_kinds import flipped
from tests.bundles.forge import DISTRICT, OFFICE, SPARE, STRANGER, Forge
from tests.bundles.parties import a_plan, sealed

VECTORS = Path(__file__).with_name("vectors")
TOOLS = ("age", "openssl", "tar", "gunzip", "basenc", "base64", "sha256sum", "sed")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"not installed here: {missing}")


def recipe() -> str:
    text = Path(str(bundles.__file__)).with_name("FORMAT.md").read_text("utf-8")
    found = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def run(folder: Path, bundle: Path, *, key: Path, public: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the recipe of our own specification
        ["/bin/sh", "-c", recipe()],
        cwd=folder,
        env={**paths.environment(), "KEY": str(key), "BUNDLE": str(bundle), "PUBLIC": public},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_golden_file_opens_with_age_tar_and_openssl(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        VECTORS / "golden.age",
        key=VECTORS / "recipient.key",
        public=OFFICE.public.signing,
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert told == ["Signature Verified Successfully", "events.jsonl: OK", "chain: OK"]
    lines = (tmp_path / "events.jsonl").read_bytes().splitlines()
    assert lines == list(forge.LINES)


def test_what_we_seal_opens_with_the_same_recipe(tmp_path: Path) -> None:
    bundle, key = tmp_path / "ours.age", tmp_path / "key"
    bundle.write_bytes(sealed(forge.LINES, a_plan()).content)
    key.write_text(DISTRICT.secret + "\n", "ascii")
    done = run(tmp_path, bundle, key=key, public=OFFICE.public.signing)
    assert (done.returncode, done.stdout.count("OK")) == (0, 2)


def test_the_sealed_spare_opens_it_as_well(tmp_path: Path) -> None:
    key = tmp_path / "spare"
    key.write_text(SPARE + "\n", "ascii")
    done = run(tmp_path, VECTORS / "golden.age", key=key, public=OFFICE.public.signing)
    assert done.returncode == 0, done.stderr


def test_the_recipe_refuses_a_strange_key_and_a_flipped_byte(tmp_path: Path) -> None:
    key, golden = VECTORS / "recipient.key", VECTORS / "golden.age"
    assert run(tmp_path, golden, key=key, public=STRANGER.public.signing).returncode != 0
    damaged = tmp_path / "damaged.age"
    damaged.write_bytes(Forge(file=flipped(-1)).made())
    assert run(tmp_path, damaged, key=key, public=OFFICE.public.signing).returncode != 0
