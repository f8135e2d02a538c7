"""Exchange files made line by line, as other tools write them."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.report import ExchangeReport

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
CODE = "c0de0000-0000-4000-8000-000000000001"
BOOK = (
    f'<CodeBook><Codes><Code guid="{CODE}" name="telling" isCodable="true" color="#D9573F"/>'
    "</Codes></CodeBook>"
)
Write = Callable[..., Path]
Read = Callable[..., tuple[ExchangedProject, ExchangeReport]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a .qdpx from the inside of its project and its files; return the path."""

    def write_one(
        inside: str,
        files: Mapping[str, bytes] | None = None,
        *,
        origin: str = "",
        member: str = "project.qde",
        whole: bytes | None = None,
    ) -> Path:
        path = tmp_path / "studie.qdpx"
        project = (
            f'{HEAD}<Project xmlns="urn:QDA-XML:project:1.0" name="Studie" origin="{origin}">'
            f"{inside}</Project>"
        ).encode()
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(member, project if whole is None else whole)
            for name, content in (files or {}).items():
                file.writestr(name, content)
        return path

    return write_one


@pytest.fixture
def read(write: Write) -> Read:
    """Write a .qdpx and read it."""

    def read_one(*arguments: object, **options: object) -> tuple[ExchangedProject, ExchangeReport]:
        return read_qdpx(write(*arguments, **options))

    return read_one
