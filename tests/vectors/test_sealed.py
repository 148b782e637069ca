"""What the phone's code sealed is opened by the server's."""

from base64 import b64decode
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from server.store.devices import token_hash
from server.sync.sealed_file import open_letter, read_envelope
from tests.support.vectors import cases


@pytest.mark.parametrize(("given", "then"), cases("sealed"))
def test_the_server_opens_what_the_phone_sealed(
    given: dict[str, str], then: dict[str, Any]
) -> None:
    key = load_der_private_key(b64decode(given["private_key"]), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    letter = open_letter(read_envelope(b64decode(given["file"])), key)
    assert {
        "user": letter.user,
        "changes": [change["id"] for change in letter.changes],
        "proven": letter.is_proven_by(token_hash(given["token"])),
    } == then
