"""Every kind of bundle that must be refused, by name, with the code of the expected refusal."""

import gzip
import io
import tarfile
from collections.abc import Callable
from typing import Any

from tests.bundles.forge import (
    LINES,
    LOST,
    LOST_CODE,
    OFFICE,
    STRANGER,
    Change,
    Facts,
    Forge,
    b64,
    canonical,
    chain,
    line,
    signed,
)

Kind = tuple[str, str, Forge]
NEST = 5_000


def told(**changed: object) -> Change:
    """Change facts of the manifest; a dict is merged, nothing else is touched."""

    def change(facts: Facts) -> Facts:
        merged = {
            key: {**(facts[key] or {}), **new} for key, new in changed.items() if type(new) is dict
        }
        return {**changed, **merged}

    return change


def replaced(old: bytes, new: bytes) -> Change:
    """Replace bytes, which must be there."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


def flipped(place: int) -> Change:
    """Flip one bit of one byte."""

    def change(content: bytes) -> bytes:
        changed = bytearray(content)
        changed[place] ^= 1
        return bytes(changed)

    return change


def lines_with(number: int, content: bytes) -> tuple[bytes, ...]:
    """Give the lines with one of them replaced."""
    return (*LINES[: number - 1], content, *LINES[number:])


def _member(name: str, **facts: object) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    for key, value in {"mode": 0o600, **facts}.items():
        setattr(info, key, value)
    return info, b"" if facts else b"more"


def _renamed(name: str) -> Change:
    def change(members: Any) -> Any:  # noqa: ANN401 - a list of pairs
        members[0][0].name = name
        return members

    return change


def _moded(members: Any) -> Any:  # noqa: ANN401 - a list of pairs
    members[0][0].mode = 0o644
    return members


def _bomb(_packed: bytes) -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0) as stream:
        for _ in range(16):
            stream.write(bytes(1024 * 1024))
    return target.getvalue()


def _garbage_signature(envelope: Facts) -> Facts:
    garbage = {"keyid": "f" * 64, "sig": b64(bytes(64))}
    return {**envelope, "signatures": [*envelope["signatures"], garbage]}


def _signature(change: Callable[[Facts], Facts]) -> Change:
    def changed(envelope: Facts) -> Facts:
        return {**envelope, "signatures": [change(envelope["signatures"][0])]}

    return changed


def _other_payload(envelope: Facts) -> Facts:
    """Keep the signature and put another manifest under it: one more 分."""
    facts = Forge(told=told(number=8)).manifest()
    return {**envelope, "payload": b64(canonical(facts))}


def _one_fen_more(facts: Facts) -> Facts:
    sums = [dict(item) for item in facts["sums"]]
    sums[0]["fen"] += 1
    return {"sums": sums}


def _count_moved(facts: Facts) -> Facts:
    sums = [dict(item) for item in facts["sums"]]
    sums[0]["count"], sums[1]["count"] = sums[1]["count"], sums[0]["count"]
    return {"sums": sums}


def _sums_turned(facts: Facts) -> Facts:
    return {"sums": facts["sums"][::-1]}


def _file() -> list[Kind]:
    return [
        ("zero-length", "file_empty", Forge(file=lambda _: b"")),
        ("no-bundle", "not_a_bundle", Forge(file=lambda _: b"PK\x03\x04 something else")),
        ("flip-magic", "not_a_bundle", Forge(file=flipped(3))),
        ("wrong-recipient", "not_for_us", Forge(recipients=[STRANGER.public.recipient])),
        ("flip-header-mac", "damaged", Forge(file=_flip_mac)),
        ("flip-body", "damaged", Forge(file=flipped(-2000))),
        ("flip-tail", "damaged", Forge(file=flipped(-1))),
        ("cut", "damaged", Forge(file=lambda file: file[:-1])),
        ("cut-header", "damaged", Forge(file=lambda file: file[:100])),
        ("appended-byte", "damaged", Forge(file=lambda file: file + b"\0")),
    ]


def _flip_mac(file: bytes) -> bytes:
    place = file.index(b"\n--- ") + 8
    return file[:place] + (b"A" if file[place : place + 1] != b"A" else b"B") + file[place + 1 :]


def _archive() -> list[Kind]:
    link = _member("link", type=tarfile.SYMTYPE, linkname="/etc/passwd")
    twice = _member("events.jsonl.gz")
    kinds = {
        "third-member": Forge(members=lambda both: [*both, _member("notes.txt")]),
        "one-member": Forge(members=lambda both: both[:1]),
        "doubled-name": Forge(members=lambda both: [*both, twice]),
        "member-above": Forge(members=_renamed("../events.jsonl.gz")),
        "member-link": Forge(members=lambda both: [link, *both]),
        "member-order": Forge(members=lambda both: both[::-1]),
        "member-mode": Forge(members=_moded),
        "archive-padding": Forge(inside=lambda inside: inside + bytes(512)),
        "archive-end": Forge(inside=lambda inside: inside[:-512]),
        "archive-cut": Forge(inside=lambda inside: inside[:700]),
        "archive-empty": Forge(inside=lambda _: b""),
        "member-filling": Forge(inside=lambda inside: inside[:-1025] + b"x" + inside[-1024:]),
        "member-size": Forge(inside=replaced(b"0000600\x00", b"0000600\x01")),
        "member-size-text": Forge(inside=lambda inside: inside[:124] + b"9" * 11 + inside[135:]),
        "envelope-too-large": Forge(envelope_bytes=lambda _: b" " * (1024 * 1024 + 1)),
    }
    return [(name, "structure", forge) for name, forge in kinds.items()]


def _envelope() -> list[Kind]:
    deep = b"[" * NEST + b"]" * NEST
    kinds = {
        "envelope-no-json": Forge(envelope_bytes=lambda _: b"\xff\xfe"),
        "envelope-blank": Forge(envelope_bytes=replaced(b":", b": ")),
        "envelope-doubled-key": Forge(envelope_bytes=replaced(b"{", b'{"payload":"",')),
        "envelope-deep": Forge(envelope_bytes=lambda _: deep),
        "envelope-unknown-key": Forge(envelope=lambda envelope: {**envelope, "zone": "s1"}),
        "unsigned": Forge(envelope=lambda envelope: {**envelope, "signatures": []}),
        "second-signature": Forge(envelope=_garbage_signature),
        "payload-type": Forge(payload_type="application/vnd.reliefdesk.key-list.v1+json"),
        "base64-strange": Forge(envelope=lambda envelope: {**envelope, "payload": "!"}),
        "base64-spare-bits": Forge(envelope=lambda envelope: {**envelope, "payload": "QR=="}),
        "manifest-doubled-key": Forge(payload=replaced(b"{", b'{"number":9,')),
        "manifest-blank": Forge(payload=replaced(b",", b", ")),
        "manifest-float": Forge(told=told(number=7.0)),
        "manifest-zero": Forge(told=told(number=0)),
        "manifest-beyond": Forge(told=told(number=2**53 + 1)),
        "manifest-unknown-key": Forge(told=told(zone="x")),
        "manifest-instant": Forge(told=told(created_at="2021-03-10T09:00:00+08:00")),
        "manifest-list": Forge(payload=lambda _: b"[]"),
        "manifest-text": Forge(payload=lambda _: b"\xff"),
        "manifest-deep": Forge(payload=lambda _: b'{"a":' + deep + b"}"),
        "manifest-genesis": Forge(told=told(before={"hash": "1" * 64})),
        "manifest-empty-range": Forge(told=told(head={"seq": 0}, sums=[])),
        "manifest-count": Forge(told=told(head={"seq": 6})),
        "manifest-sums-order": Forge(told=_sums_turned),
        "manifest-over-cap": Forge(told=told(size=256 * 1024 * 1024 + 1)),
        "manifest-office": Forge(told=told(sender={"office": "../150302"})),
    }
    return [(name, "envelope", forge) for name, forge in kinds.items()]


def _trust() -> list[Kind]:
    behind = (3, chain(LINES)[2])
    fork = (*LINES[:2], line(3, amount=999), *LINES[3:])
    return [
        ("suite-lower", "version", Forge(told=told(suite="s0"))),
        ("suite-unknown", "version", Forge(told=told(suite="gm1"))),
        ("format-newer", "version", Forge(told=told(format=2, zone="unknown fields are no bar"))),
        ("key-unknown", "unknown_key", Forge(keys=STRANGER)),
        ("key-revoked-behind", "key_stopped", Forge(keys=LOST, lines=LINES[3:], before=behind)),
        ("key-revoked-fork", "key_stopped", Forge(keys=LOST, lines=fork)),
        ("manifest-exchanged", "signature_wrong", Forge(envelope=_other_payload)),
        ("signature-zeros", "signature_wrong", Forge(envelope=_signature(_zeros))),
        ("signature-short", "signature_wrong", Forge(envelope=_signature(_short))),
        ("signature-stolen", "signature_wrong", Forge(envelope=_of_stranger)),
        ("sealed-again", "wrong_recipient", Forge(told=told(recipient={"office": "150303"}))),
        ("other-device", "wrong_recipient", Forge(told=told(recipient={"device": "another"}))),
        ("sender-office", "wrong_sender", Forge(told=told(sender={"office": LOST_CODE}))),
        ("sender-device", "wrong_sender", Forge(told=told(sender={"device": "another"}))),
        ("sender-epoch", "wrong_sender", Forge(told=told(sender={"epoch": 2}))),
    ]


def _zeros(signature: Facts) -> Facts:
    return {**signature, "sig": b64(bytes(64))}


def _short(signature: Facts) -> Facts:
    return {**signature, "sig": b64(b"short")}


def _of_stranger(envelope: Facts) -> Facts:
    """Sign with a strange key and claim the office's."""
    payload = canonical(Forge().manifest())
    strange = signed(payload, envelope["payloadType"], STRANGER)["signatures"][0]
    return {**envelope, "signatures": [{**strange, "keyid": OFFICE.public.key_id}]}


def _sizes() -> list[Kind]:
    kinds = {
        "bomb": Forge(packed=_bomb),
        "packed-not": Forge(packed=lambda _: b"plain text"),
        "packed-empty": Forge(packed=lambda _: b""),
        "packed-cut": Forge(packed=lambda packed: packed[:-4]),
        "packed-twice": Forge(packed=lambda packed: packed + packed),
        "packed-appendix": Forge(packed=lambda packed: packed + b"\0"),
        "size-less": Forge(told=lambda facts: {"size": facts["size"] - 1}),
        "size-more": Forge(told=lambda facts: {"size": facts["size"] + 1}),
    }
    return [(name, "size_differs", forge) for name, forge in kinds.items()]


def _sums() -> list[Kind]:
    kinds = {
        "sum-off-by-one": Forge(told=_one_fen_more),
        "counts-moved": Forge(told=_count_moved),
        "hash-other": Forge(told=told(sha256="1" * 64)),
        "last-feed-missing": Forge(text=lambda text: text[:-1]),
        "line-added": Forge(text=lambda text: text + LINES[0] + b"\n"),
        "line-empty": Forge(text=lambda text: b"\n" + text),
    }
    return [(name, "sums_differ", forge) for name, forge in kinds.items()]


def _lines() -> list[Kind]:
    third = LINES[2]
    deep = b'{"at":' + b"[" * NEST + b"]" * NEST + b"}"
    texts = {
        "line-doubled-key": third.replace(b'"on":', b'"on":"2020-01-01","on":'),
        "line-blank": third.replace(b":", b": ", 1),
        "line-escape": third.replace("测".encode(), b"\\u6d4b"),
        "line-order": third.replace(b'"seq":3,"version":1', b'"version":1,"seq":3'),
        "line-unknown-key": third.replace(b'"version":1', b'"version":1,"zone":1'),
        "line-float": third.replace(b'"amount":300', b'"amount":300.0'),
        "line-exponent": third.replace(b'"amount":300', b'"amount":3e2'),
        "line-beyond": third.replace(b'"amount":300', b'"amount":300,"nights":9007199254740993'),
        "line-below": third.replace(b'"amount":300', b'"amount":300,"nights":-9007199254740993'),
        "line-beyond-deep": third.replace(b'"amount":300', b'"many":[[{"a":9007199254740993}]]'),
        "line-huge-number": third.replace(b'"amount":300', b'"amount":300,"nights":1' + b"0" * 400),
        "line-beyond-version": third.replace(b'"version":1', b'"version":9007199254740993'),
        "line-minus-zero": third.replace(b'"amount":300', b'"amount":-0'),
        "line-strange-key": third.replace(b'"amount":300', '"金额":300'.encode()),
        "line-surrogate": third.replace("测".encode(), b"\\ud800"),
        "line-not-text": third.replace("测".encode(), b"\xff\xfe"),
        "line-byte-order-mark": b"\xef\xbb\xbf" + third,
        "line-return": third + b"\r",
        "line-deep": deep,
        "line-too-long": line(3, note="x" * (1024 * 1024)),
        "line-number": line(9),
        "line-number-twice": line(2),
    }
    assert third not in texts.values()
    kinds = {name: Forge(lines=lines_with(3, content)) for name, content in texts.items()}
    kinds["head-wrong"] = Forge(told=told(head={"hash": "1" * 64}))
    kinds["chain-other-start"] = Forge(
        lines=LINES[3:], before=(3, chain(LINES)[2]), told=told(before={"hash": "1" * 64})
    )
    kinds["line-changed"] = Forge(
        lines=lines_with(3, line(3, amount=300, recipient="测试乙")),
        told=told(head={"hash": chain(LINES)[-1]}),
    )
    return [(name, "chain_broken", forge) for name, forge in kinds.items()]


BAD: list[Kind] = [
    *_file(),
    *_archive(),
    *_envelope(),
    *_trust(),
    *_sizes(),
    *_sums(),
    *_lines(),
]

HAVE = {"device": "device-district", "epoch": 1, "seq": 12, "hash": "ab" * 32}
GOOD: list[tuple[str, Forge]] = [
    ("golden", Forge()),
    ("one-event", Forge(lines=LINES[:1])),
    ("later-range", Forge(lines=LINES[3:], before=(3, chain(LINES)[2]), told=told(have=HAVE))),
    ("with-expiry", Forge(told=told(expires_on="2021-12-31"))),
    ("one-recipient", Forge(recipients=Forge().recipients[:1])),
    ("key-revoked-before", Forge(keys=LOST, lines=LINES[:3])),
    ("key-revoked-within", Forge(keys=LOST)),
]
