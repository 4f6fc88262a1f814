"""The data key: 32 random bytes that encrypt the desk file, made once and never written plainly."""

import secrets

DATA_KEY_BYTES = 32


def new_data_key() -> bytes:
    """Make the data key of a new desk."""
    return secrets.token_bytes(DATA_KEY_BYTES)
