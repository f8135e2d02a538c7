"""The key of a pseudonymised project: a file of its own, encrypted with a passphrase if wanted.

A key is JSON. Encrypted, its content is sealed by AES-256-GCM under a key that scrypt makes of the
passphrase, so that a wrong passphrase and an altered file are both told.
"""

import base64
import hashlib
import json
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from qda.formats.atomic import atomic_write
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.pseudonyms import KeyField, KeyHit, PseudonymKey, TextPlace

WHAT = "qda pseudonym key"
VERSION = 1
ENDING = ".qdakey"
SCRYPT_N, SCRYPT_R, SCRYPT_P = 1 << 16, 8, 1
_MEMORY = 256 * 1024 * 1024
LARGEST = 512 * 1024 * 1024


def write_key(path: Path, key: PseudonymKey, passphrase: str = "") -> None:
    """Write a key, readable by its owner alone, whole or not at all. Raises FileProblem.

    A file that is there already is never written over: it may be the only key of another project.
    """
    if path.exists() or path.is_symlink():
        raise FileProblem(
            message("There is already a file {name}; choose another name.", name=path.name)
        )
    content = _content(key)
    sealed = _seal(content, passphrase) if passphrase else _open_envelope(content)
    atomic_write(path, json.dumps(sealed, ensure_ascii=False, indent=1) + "\n", mode=0o600)


def is_encrypted(path: Path) -> bool:
    """Tell whether a key needs a passphrase. Raises FileProblem for a file that is no key."""
    return "sealed" in _envelope(path)


def read_key(path: Path, passphrase: str = "") -> PseudonymKey:
    """Read a key. Raises FileProblem for another file, a wrong passphrase or an altered key."""
    envelope = _envelope(path)
    if "sealed" in envelope:
        content = _unseal(path, envelope, passphrase)
    else:
        content = envelope.get("content")
        if envelope.get("sha256") != _digest(content):
            raise _altered(path)
    try:
        return _key(content)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _altered(path) from error


# --------------------------------------------------------------------------------- envelopes
def _open_envelope(content: Mapping[str, object]) -> dict[str, object]:
    return {"what": WHAT, "version": VERSION, "content": content, "sha256": _digest(content)}


def _digest(content: object) -> str:
    return hashlib.sha256(_bytes(content)).hexdigest()


def _bytes(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def _head(salt: str, nonce: str) -> dict[str, object]:
    """Return what is sealed along with the content, though it can be read."""
    return {
        "what": WHAT, "version": VERSION, "cipher": "AES-256-GCM", "kdf": "scrypt",
        "n": SCRYPT_N, "r": SCRYPT_R, "p": SCRYPT_P, "salt": salt, "nonce": nonce,
    }  # fmt: skip


def _seal(content: Mapping[str, object], passphrase: str) -> dict[str, object]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # lazy: start-up

    salt, nonce = os.urandom(16), os.urandom(12)
    head = _head(_text_of(salt), _text_of(nonce))
    data = AESGCM(_derived(passphrase, salt)).encrypt(nonce, _bytes(content), _bytes(head))
    return {**head, "sealed": _text_of(data)}


def _unseal(path: Path, envelope: Mapping[str, object], passphrase: str) -> object:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # lazy: start-up

    if not passphrase:
        raise FileProblem(
            message("The key {name} is encrypted; give its passphrase.", name=path.name)
        )
    try:
        salt, nonce = str(envelope["salt"]), str(envelope["nonce"])
        head = _head(salt, nonce)
        if any(envelope.get(name) != value for name, value in head.items()):
            raise _altered(path)
        data = AESGCM(_derived(passphrase, _bytes_of(salt))).decrypt(
            _bytes_of(nonce), _bytes_of(str(envelope["sealed"])), _bytes(head)
        )
        return json.loads(data)
    except (InvalidTag, KeyError, ValueError) as error:
        raise FileProblem(
            message(
                "The passphrase is not that of the key {name}, or the file has been altered; "
                "nothing was changed.",
                name=path.name,
            )
        ) from error


def _derived(passphrase: str, salt: bytes) -> bytes:
    """Return the key of a passphrase; how it was typed in Unicode makes no difference."""
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(
        secret, salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, maxmem=_MEMORY, dklen=32
    )


def _text_of(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes_of(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _envelope(path: Path) -> dict[str, object]:
    try:
        if path.stat().st_size > LARGEST:
            raise _no_key(path)
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _no_key(path) from error
    if not isinstance(content, dict):
        raise _no_key(path)
    envelope = cast("dict[str, object]", content)
    if envelope.get("what") != WHAT:
        raise _no_key(path)
    if envelope.get("version") != VERSION:
        raise FileProblem(
            message(
                "The key {name} was written by a newer version of the program; update it first.",
                name=path.name,
            )
        )
    return envelope


def _no_key(path: Path) -> FileProblem:
    return FileProblem(
        message(
            "{name} is no key of a pseudonymised project, or cannot be read; choose the file that "
            "was written when the names were replaced.",
            name=path.name,
        )
    )


def _altered(path: Path) -> FileProblem:
    return FileProblem(
        message("The key {name} has been altered or is damaged; use a copy of it.", name=path.name)
    )


# ----------------------------------------------------------------------------------- content
def _content(key: PseudonymKey) -> dict[str, object]:
    return {
        "project": key.project,
        "run": key.run,
        "made": key.made,
        "names": [
            {"kind": kind, "replacement": replacement, "forms": list(forms)}
            for kind, replacement, forms in key.names
        ],
        "fields": [
            [
                one.place.table, one.place.row, one.place.column,
                [[hit.put, hit.text, hit.left, hit.right] for hit in one.hits],
            ]
            for one in key.fields
        ],
    }  # fmt: skip


def _key(content: object) -> PseudonymKey:
    whole = cast("dict[str, object]", content)
    names = [
        (_str(one["kind"]), _str(one["replacement"]), tuple(map(_str, _list(one["forms"]))))
        for one in cast("list[dict[str, object]]", _list(whole["names"]))
    ]
    fields: list[KeyField] = []
    for part in _list(whole["fields"]):
        table, row, column, hits = _list(part)
        if not isinstance(row, int):
            raise TypeError
        found: list[KeyHit] = []
        for hit in _list(hits):
            put, text, left, right = map(_str, _list(hit))
            found.append(KeyHit(put, text, left, right))
        fields.append(KeyField(TextPlace(_str(table), row, _str(column)), tuple(found)))
    return PseudonymKey(
        _str(whole["project"]), _str(whole["run"]), _str(whole["made"]),
        tuple(names), tuple(fields),
    )  # fmt: skip


def _list(content: object) -> list[object]:
    if not isinstance(content, list):
        raise TypeError
    return cast("list[object]", content)


def _str(content: object) -> str:
    if not isinstance(content, str):
        raise TypeError
    return content
