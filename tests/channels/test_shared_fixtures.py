"""Public payloads and signature vectors of Meta's platforms, kept outside of the project."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from channels import kit, registry
from channels.testing import adapter, request

SHARED = Path(__file__).parents[3] / "shared" / "fixtures"
CHANNELS = ("whatsapp", "messenger")

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the public payloads are not at {SHARED}"
)


def inbound() -> list[Any]:
    return [
        pytest.param(name, path, id=f"{name}-{path.stem}")
        for name in CHANNELS
        for path in sorted((SHARED / name).glob("in_*.json"))
    ]


def vectors() -> list[Any]:
    return [
        pytest.param(name, vector, id=f"{name}-{vector['name']}")
        for name in CHANNELS
        if (SHARED / name).is_dir()
        for vector in json.loads((SHARED / name / "signature_vectors.json").read_text())
    ]


def wire(vector: dict[str, Any]) -> bytes:
    """Return the bytes that were signed: some vectors show the text before Meta escapes it."""
    body: str = vector["body"]
    return (
        body.encode("utf-16", "surrogatepass").decode("utf-16").encode()
        if body.isascii()
        else (
            "".join(
                character if character.isascii() else f"\\u{ord(character):04x}"
                for character in body
            ).encode()
        )
    )


@pytest.mark.parametrize(("name", "vector"), vectors())
def test_public_signature_vectors(name: str, vector: dict[str, Any]) -> None:
    settings = {**adapter(name).settings.model_dump(), "app_secret": vector["secret"]}
    channel = registry.build(name, settings)
    legacy = vector["header"].startswith("sha1=")
    header = "x-hub-signature" if legacy else "x-hub-signature-256"
    call = request(wire(vector), {header: vector["header"]})
    if legacy or vector.get("expect") == "reject":
        with pytest.raises(kit.SignatureError):
            channel.verify(call)
        return
    channel.verify(call)
    with pytest.raises(kit.SignatureError):
        channel.verify(request(call.body + b" ", call.headers))


@pytest.mark.parametrize(("name", "path"), inbound())
def test_a_public_payload_is_let_in_and_read(name: str, path: Path) -> None:
    channel = adapter(name)
    call = channel.sign(request(path.read_bytes()))
    channel.verify(call)
    assert channel.parse(call), "not even an Ignored came of it"


@pytest.mark.parametrize(("name", "path"), inbound())
def test_a_public_payload_without_a_right_signature_is_kept_out(name: str, path: Path) -> None:
    channel = adapter(name)
    body = path.read_bytes()
    other = hmac.new(b"another secret", body, hashlib.sha256).hexdigest()
    signed = channel.sign(request(body))
    for call in (
        request(body),
        request(body, {"x-hub-signature-256": f"sha256={other}"}),
        request(body[:-10], signed.headers),
    ):
        with pytest.raises(kit.SignatureError):
            channel.verify(call)


@pytest.mark.parametrize(("name", "path"), inbound())
def test_a_truncated_payload_that_is_signed_is_no_payload(name: str, path: Path) -> None:
    channel = adapter(name)
    call = channel.sign(request(path.read_bytes().rstrip()[:-10]))
    channel.verify(call)
    with pytest.raises(kit.PayloadError):
        channel.parse(call)
