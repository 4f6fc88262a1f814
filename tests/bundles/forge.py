"""A second, independent maker of bundles after FORMAT.md, which also makes every bad kind.

It shares no code with what it tests but age and Ed25519 themselves; its keys are for tests only.
"""

import base64
import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # the wheel carries no types
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reliefdesk.bundles.reading import Me, VerifiedBundle, open_bundle
from reliefdesk.domain.desks import DeskKind
from reliefdesk.keys.desk_keys import DeskKeys, keys_from
from reliefdesk.keys.key_list import KeyList, KeyRow, KnownKeys, Trusted
from reliefdesk.keys.root_key import root_key_from

Facts = dict[str, Any]
Change = Callable[[Any], Any]
AT = datetime(2021, 3, 10, 1, 0, tzinfo=UTC)
TYPE = "application/vnd.reliefdesk.manifest+json"
ZEROS = "0" * 64


def seed(name: str) -> bytes:
    """Give repeatable key material."""
    return hashlib.sha256(f"reliefdesk test {name}".encode()).digest()


OFFICE = keys_from(
    seed("office"), "AGE-SECRET-KEY-1854PVUTLHGHGFP8W542DNP7Y836N0WZSTDFJ004ZJDVLAFVRHJHQRD4GCP"
)
SPARE = "AGE-SECRET-KEY-1NAZ3FJSQJGW3TSJUSSQWYKF6EXRH6ZS4634F7EVJYPU4J3CY8URSTYCV2M"
DISTRICT = keys_from(
    seed("district"),
    "AGE-SECRET-KEY-103HWP2EMZ5N72KR5X038ZDCGG5L7XDFQYSAQRPMYLT92MJZQ9S0Q80DQ84",
    spare="age16q8ee8lgqtecdyr5yeq52360efdk9nrzyvyygpryysdqkws67srqnckgdl",
)
LOST = keys_from(
    seed("lost"), "AGE-SECRET-KEY-1M5R5APMC4Z2SMTP9Z0RJN93ART94WHK7Q9NHWQX5505KN0CH0CAQ9U7DJ7"
)
STRANGER = keys_from(seed("stranger"), LOST.secret)
ROOT = root_key_from(seed("root"))

OFFICE_CODE, DISTRICT_CODE, LOST_CODE = "150302003", "150302", "150302007"
OFFICE_DEVICE, DISTRICT_DEVICE, LOST_DEVICE = "device-office", "device-district", "device-lost"
ME = Me(office=DISTRICT_CODE, devices=frozenset({DISTRICT_DEVICE}))


def canonical(value: object) -> bytes:
    """Give canonical bytes, from the standard library."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def line(seq: int, event: str = "CashPaid", **payload: object) -> bytes:
    """Give an event line; a payment of `seq` × 100 分 where nothing is said."""
    return canonical(
        {
            "at": f"2021-03-10T01:{seq // 60 % 60:02d}:{seq % 60:02d}.000000Z",
            "by": "operator-1",
            "confirmed_by": ["operator-2"],
            "event": event,
            "id": f"event-{seq}",
            "on": "2021-03-10",
            "payload": payload or {"amount": seq * 100, "recipient": "测试甲"},
            "seq": seq,
            "version": 1,
        }
    )


LINES = (
    line(1, "PersonRegistered", name="测试甲", number="640181198506179976", phone="13800000001"),
    line(2),
    line(3),
    line(4, "CashNoted", amount=-50, reason="退回"),
    line(5),
)


def chain(lines: Iterable[bytes], before: str = ZEROS) -> list[str]:
    """Give the hash of each line."""
    hashes = []
    for content in lines:
        before = hashlib.sha256(before.encode() + b"\n" + content).hexdigest()
        hashes.append(before)
    return hashes


def row(keys: DeskKeys, place: tuple[str, str], trusted: Trusted | None = None) -> KeyRow:
    """Give a row of the key list for an office."""
    office, device = place
    return KeyRow(
        keys=keys.public,
        role=DeskKind.OFFICE,
        office=office,
        device=device,
        epoch=1,
        valid_from=AT,
        revoked_at=AT if trusted else None,
        trusted=trusted,
    )


OFFICE_ROW = row(OFFICE, (OFFICE_CODE, OFFICE_DEVICE))
LOST_ROW = row(LOST, (LOST_CODE, LOST_DEVICE), Trusted(seq=3, hash=chain(LINES)[2]))
KEY_LIST = KeyList(district=DISTRICT_CODE, number=1, made_at=AT, rows=(OFFICE_ROW, LOST_ROW))
KNOWN = KnownKeys(rows=KEY_LIST.rows)
KEY_FILE = (
    f"# Keys for tests only.\n# recipient {DISTRICT_CODE} {DISTRICT_DEVICE}\n"
    f"# sender s1 {OFFICE.public.signing} {OFFICE_CODE} {OFFICE_DEVICE} 1\n{DISTRICT.secret}\n"
)


def same(value: Any) -> Any:  # noqa: ANN401 - whatever it is
    """Leave a layer as it is."""
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A bundle and what is to be done to each of its layers, from the inside out.

    `lines` and `before` are the content; then come the text of the lines, its packing, the
    manifest (dict, then bytes), the envelope (dict, then bytes), the archive, and the file.
    """

    lines: Sequence[bytes] = LINES
    before: tuple[int, str] = (0, ZEROS)
    text: Change = same
    packed: Change = same
    told: Change = same
    payload: Change = same
    payload_type: str = TYPE
    keys: DeskKeys = OFFICE
    envelope: Change = same
    envelope_bytes: Change = same
    members: Change = same
    inside: Change = same
    recipients: Sequence[str] = DISTRICT.public.recipients
    file: Change = same

    def manifest(self) -> Facts:
        """Give the honest manifest, changed by `told`."""
        text = self.content()
        hashes = chain(self.lines, self.before[1])
        last = self.before[0] + len(self.lines)
        sender = {"office": OFFICE_CODE, "device": OFFICE_DEVICE, "epoch": 1}
        if self.keys is LOST:
            sender |= {"office": LOST_CODE, "device": LOST_DEVICE}
        facts = {
            "suite": "s1",
            "format": 1,
            "number": 7,
            "sender": sender,
            "recipient": {"office": DISTRICT_CODE, "device": DISTRICT_DEVICE},
            "before": {"seq": self.before[0], "hash": self.before[1]},
            "head": {"seq": last, "hash": hashes[-1] if hashes else self.before[1]},
            "have": None,
            "sums": _sums(self.lines),
            "size": len(text),
            "sha256": hashlib.sha256(text).hexdigest(),
            "created_at": "2021-03-10T01:00:00Z",
            "expires_on": None,
            "program": "forge 1",
        }
        return {**facts, **self.told(dict(facts))}

    def content(self) -> bytes:
        """Give the text of the lines."""
        text: bytes = self.text(b"".join(content + b"\n" for content in self.lines))
        return text

    def archive(self) -> bytes:
        """Give what age encrypts: equal bytes for equal content."""
        payload = self.payload(canonical(self.manifest()))
        envelope = self.envelope(signed(payload, self.payload_type, self.keys))
        packed = self.packed(_gzip(self.content()))
        members = [
            (_member("events.jsonl.gz"), packed),
            (_member("manifest.dsse.json"), self.envelope_bytes(canonical(envelope))),
        ]
        inside: bytes = self.inside(tar(self.members(members)))
        return inside

    def made(self) -> bytes:
        """Give the file."""
        recipients = [pyrage.x25519.Recipient.from_str(text) for text in self.recipients]
        file: bytes = self.file(pyrage.encrypt(self.archive(), recipients))
        return file


def signed(payload: bytes, payload_type: str, keys: DeskKeys) -> Facts:
    """Give a DSSE envelope with one signature."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(keys.seed))
    pae = f"DSSEv1 {len(payload_type)} {payload_type} {len(payload)} ".encode() + payload
    public = private.public_key().public_bytes_raw()
    signature = {"keyid": hashlib.sha256(public).hexdigest(), "sig": b64(private.sign(pae))}
    return {"payload": b64(payload), "payloadType": payload_type, "signatures": [signature]}


def tar(members: Iterable[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """Write members into an archive that ends after two blocks of zeros."""
    parts = []
    for info, content in members:
        info.size = len(content)
        parts += [info.tobuf(tarfile.USTAR_FORMAT), content, bytes(-len(content) % 512)]
    return b"".join(parts) + bytes(1024)


def opened(file: bytes, known: KnownKeys = KNOWN, me: Me = ME) -> VerifiedBundle:
    """Open as the district does."""
    return open_bundle(file, identity=DISTRICT.identity, known=known, me=me)


def opened_file(path: Path) -> VerifiedBundle:
    """Open a file as the district does."""
    return open_bundle(path, identity=DISTRICT.identity, known=KNOWN, me=ME)


def b64(raw: bytes) -> str:
    """Give standard base64."""
    return base64.b64encode(raw).decode()


def decrypted(file: bytes) -> dict[str, bytes]:
    """Give the members of a bundle, read with the standard library."""
    identity = pyrage.x25519.Identity.from_str(DISTRICT.secret)
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(file, [identity]))) as inside:
        return {name: _extracted(inside, name) for name in inside.getnames()}


def _extracted(inside: tarfile.TarFile, name: str) -> bytes:
    member = inside.extractfile(name)
    assert member is not None
    return member.read()


def _gzip(text: bytes) -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile("", "wb", 2, target, mtime=0) as stream:
        stream.write(text)
    return target.getvalue()


def _member(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.mode = 0o600
    return info


def _sums(lines: Iterable[bytes]) -> list[Facts]:
    found: dict[str, Facts] = {}
    for content in lines:
        try:
            told = json.loads(content)
            event, amount = told["event"], told["payload"].get("amount", 0)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            event, amount = "CashPaid", 0
        kept = found.setdefault(event, {"event": event, "count": 0, "fen": 0})
        kept["count"] += 1
        kept["fen"] += amount if type(amount) is int else 0
    return [found[event] for event in sorted(found)]
