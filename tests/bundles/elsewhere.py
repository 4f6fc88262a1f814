"""Another computer in small: a process that seals the lines it is given and tells what is inside.

Run as `python -m tests.bundles.elsewhere` with lines on stdin; prints manifest id and inside hash.
"""

import hashlib
import sys

from tests.bundles import forge
from tests.bundles.parties import a_plan, sealed


def inside_of(lines: list[bytes]) -> str:
    """Seal lines and give the bundle's identity and the hash of both members."""
    made = sealed(lines, a_plan())
    members = forge.decrypted(made.content)
    digest = hashlib.sha256(b"".join(members[name] for name in sorted(members))).hexdigest()
    return f"{made.manifest_id} {digest} {made.name}"


if __name__ == "__main__":
    sys.stdout.write(inside_of(sys.stdin.buffer.read().splitlines()))
