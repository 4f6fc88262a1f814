"""Tokens: the formula of the specification, one for each office, slow for whoever guesses."""

import hashlib
import hmac

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reliefdesk.keys import tokens

NUMBER = "640181198506179976"


def test_a_token_is_the_keyed_hash_of_the_slow_hash_cut_to_sixteen_bytes() -> None:
    key = tokens.list_key("ab" * 32, "desk-1")
    slow = Argon2id(
        salt=bytes.fromhex(key.salt), length=32, iterations=2, lanes=1, memory_cost=19 * 1024
    ).derive(NUMBER.encode())
    expected = hmac.new(bytes.fromhex(key.key), slow, hashlib.sha256).digest()[:16].hex()
    assert tokens.token(NUMBER, key) == expected


def test_two_offices_share_the_salt_and_no_token() -> None:
    secret = tokens.new_secret()
    one, other = tokens.list_key(secret, "desk-1"), tokens.list_key(secret, "desk-2")
    assert one.salt == other.salt
    assert tokens.token(NUMBER, one) != tokens.token(NUMBER, other)


def test_another_secret_makes_another_salt_and_other_tokens() -> None:
    one, other = (tokens.list_key(tokens.new_secret(), "desk-1") for _ in range(2))
    assert one.salt != other.salt
    assert tokens.token(NUMBER, one) != tokens.token(NUMBER, other)


def test_a_key_does_not_show_itself() -> None:
    key = tokens.list_key(tokens.new_secret(), "desk-1")
    assert key.key not in repr(key)
