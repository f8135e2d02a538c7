import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.formats.readers.encodings import decode
from qda.model.errors import FileProblem

TEXT = "Måling på øya – «ærlig» talt\r\n"


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_each_encoding_is_told(source: bytes, encoding: str) -> None:
    decoded = decode(source, "a.txt")
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, encoding, ())


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_that_fit_nothing(byte: int) -> None:
    with pytest.raises(FileProblem, match=r"feil\.txt is in no known encoding.*UTF-8"):
        decode(b"m\xe5l " + bytes([byte]), "feil.txt")


def test_a_forced_encoding() -> None:
    assert decode(b"m\x86l", "a.txt", "CP865").text == "mål"
    assert decode(b"m\x86l", "a.txt", "cp865").encoding == "cp865"
    with pytest.raises(FileProblem, match="not in the encoding utf-8"):
        decode(b"m\xe5l", "a.txt", "utf-8")


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "undefined", "unicode_escape", "a\0b"])
def test_what_is_no_encoding(name: str) -> None:
    with pytest.raises(FileProblem, match="no encoding called"):
        decode(b"abc", "a.txt", name)


def test_nul_in_utf8_is_left_to_normalising() -> None:
    assert decode(b"ab\x00c", "a.txt").text == "ab\x00c"


def test_lone_surrogates_of_utf16_do_not_fail_the_file() -> None:
    source = codecs.BOM_UTF16_LE + "ja".encode("utf-16-le") + b"\x00\xd8" + "!".encode("utf-16-le")
    assert decode(source, "a.txt").text == "ja\ud800!"


def test_damaged_utf8_is_noticed() -> None:
    source = ("ikke så på måten " * 3).encode() + b"\xff"
    assert [str(w)[:24] for w in decode(source, "a.txt").warnings] == [
        "Some letters look misread"[:24]
    ]


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "cp1252", "utf-7", "x"]))
def test_any_bytes_give_text_or_a_problem(source: bytes, encoding: str) -> None:
    with contextlib.suppress(FileProblem):
        assert decode(source, "a.txt", encoding).encoding
