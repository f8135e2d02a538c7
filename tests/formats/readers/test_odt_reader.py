import io
import random
import zipfile
from pathlib import Path

import pytest

from qda.formats.readers import read_file, reread
from qda.model.errors import FileProblem
from qda.model.reading import ReadDocument

DATA = Path(__file__).parents[2] / "data" / "readers"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = (
    f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0" '
    f'xmlns:draw="{ODF}drawing:1.0" xmlns:style="{ODF}style:1.0" '
    f'xmlns:fo="{ODF}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
    '<style:style style:name="B2" style:family="text" style:parent-style-name="B"/>'
    '<style:style style:name="H" style:family="text"><style:text-properties '
    'text:display="none"/></style:style>'
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." '
    'text:display-levels="2"/></text:list-style>'
)


def content(body: str, styles: str = STYLES) -> str:
    return (
        f'<?xml version="1.0"?><office:document-content {NAMESPACES}><office:automatic-styles>'
        f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, inner in members.items():
            package.writestr(name, inner)
    return out.getvalue()


def read(body: str) -> ReadDocument:
    return reread(zipped({"content.xml": content(body)}), "a.odt")


def text(body: str) -> str:
    return read(body).text


def para(inner: str) -> str:
    return f"<text:p>{inner}</text:p>"


def problem(source: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        reread(source, "a.odt")
    return str(caught.value)


def test_what_libreoffice_made_of_a_word_document_reads_the_same() -> None:
    word, odt = read_file(DATA / "samtale.docx"), read_file(DATA / "samtale.odt")
    assert odt.text == word.text
    assert odt.turns == word.turns
    assert odt.notes == word.notes
    assert odt.warnings == word.warnings


def test_white_space_is_collapsed_and_kept_where_it_is_written() -> None:
    body = para(
        '  a\n  b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e <text:span> f</text:span>'
    )
    assert text(body + para("") + para("g")) == "a b   c\td\ne f\n\ng"
    assert len(text(para('a<text:s text:c="999999999"/>b'))) < 2000


def test_bold_names_are_speakers() -> None:
    body = "".join(
        para(f'<text:span text:style-name="B2">{name}</text:span> {words}')
        for name, words in [("Tora", "Ja."), ("Odd", "Nei."), ("Tora", "Jo."), ("Odd", "Vel.")]
    )
    document = read(body)
    assert [turn.label for turn in document.turns] == ["Tora", "Odd", "Tora", "Odd"]
    assert document.text.startswith("Tora Ja.\nOdd Nei.")


def test_lists_are_numbered_continued_and_started_anew() -> None:
    item = "<text:list-item{}><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('', 'b', '')}{item.format('', 'c', '')}</text:list>"
    seventh = ' text:start-value="7"'
    one = f'<text:list text:style-name="L">{item.format("", "a", inner)}</text:list>'
    two = (
        '<text:list text:style-name="L" text:continue-numbering="true">'
        f"{item.format('', 'd', '')}</text:list>"
    )
    three = (
        f'<text:list text:style-name="L">{item.format(seventh, "e", "")}'
        "<text:list-header><text:p>f</text:p></text:list-header></text:list>"
    )
    assert text(one + para("x") + two + three) == "1. a\n1.1. b\n1.2. c\nx\n2. d\n7. e\nf"


def test_a_second_paragraph_of_an_item_has_no_number() -> None:
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>a</text:p><text:p>b</text:p>'
        "</text:list-item><text:list-item><text:p/></text:list-item>"
        "<text:list-item><text:p>c</text:p></text:list-item></text:list>"
    )
    assert text(body) == "1. a\nb\n\n3. c"


def test_deleted_and_hidden_text_is_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>BORTE</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        + para(
            'a<text:change text:change-id="1"/><text:span text:style-name="H">B</text:span>'
            '<text:hidden-text text:is-hidden="true">C</text:hidden-text>d'
        )
        + '<text:section text:display="none"><text:p>E</text:p></text:section>'
        + "<text:section><text:p>f</text:p></text:section>"
    )
    document = read(body)
    assert document.text == "ad\nf"
    assert "3 pieces of hidden text" in str(document.warnings[0])


def test_boxes_come_once_after_their_paragraph() -> None:
    frame = f"<draw:frame><draw:text-box>{para('boks')}</draw:text-box><draw:image/></draw:frame>"
    shape = f"<draw:custom-shape>{para('form')}</draw:custom-shape>"
    assert text(para(f"a{frame}b{shape}") + para("c")) == "ab\nboks\nform\nc"
    assert text(frame + para("a")) == "boks\na"


def test_tables_in_order_with_merged_cells() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    wide = ' table:number-columns-spanned="2"'
    body = (
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        f"{cell.format(wide, 'a')}<table:covered-table-cell/>{cell.format('', 'b')}"
        "</table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell/>"
        f"{cell.format('', 'c')}{cell.format('', 'd')}</table:table-row></table:table>"
    )
    assert text(body + para("e")) == "a\tb\n\tc\td\ne"


def test_annotations_with_and_without_an_end() -> None:
    note = (
        "<office:annotation{}><dc:creator>Tora</dc:creator><dc:date>2024</dc:date>"
        "<text:p>Se</text:p><text:p>her</text:p></office:annotation>"
    )
    body = para(
        f"a{note.format(' office:name=' + chr(34) + 'n1' + chr(34))}bcd"
        f'<office:annotation-end office:name="n1"/>e{note.format("")}'
        '<office:annotation-end office:name="ukjent"/>'
    )
    document = read(body)
    assert document.text == "abcde"
    assert [(n.kind, n.start, n.end, n.author, n.text) for n in document.notes] == [
        ("comment", 1, 4, "Tora", "Se\nher"),
        ("comment", 5, 5, "Tora", "Se\nher"),
    ]


def test_what_is_no_text() -> None:
    assert "damaged" in problem(b"PK\x03\x04 nei")
    assert "damaged" in problem(zipped({"content.xml": "<a"}))
    assert "no OpenDocument text" in problem(zipped({"a": "b"}))
    sheet = content("").replace("office:text", "office:spreadsheet")
    assert "no OpenDocument text" in problem(zipped({"content.xml": sheet}))


def test_endless_rows_and_spaces() -> None:
    cells = "<table:table-cell/>" * 25_000
    row = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    assert "too much text" in problem(zipped({"content.xml": content(row)}))
    assert "too big" in problem(zipped({"content.xml": content("<a/>" * 5_000_001)}))


def test_hostile_packages() -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    locked = zipped({"content.xml": b"\x93\x01", "META-INF/manifest.xml": manifest})
    assert "protected by a password" in problem(locked)
    assert "written outside" in problem(zipped({"content.xml": content(""), "../x": "y"}))
    evil = content(para("&a;")).replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1)
    assert "DTD" in problem(zipped({"content.xml": evil}))
    assert "too big" in problem(zipped({"content.xml": b" " * 41_000_000}))


@pytest.mark.parametrize("depth", [60, 120, 3000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<text:section>", "</text:section>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("<table:table><table:table-row><table:table-cell>",
         "</table:table-cell></table:table-row></table:table>"),
        ("<text:p><text:span>", "</text:span></text:p>"),
        ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
        ("<text:p><text:note><text:note-body>", "</text:note-body></text:note>a</text:p>"),
    ],
)  # fmt: skip
def test_deep_nesting(opening: str, closing: str, depth: int) -> None:
    unharmed(zipped({"content.xml": content(opening * depth + para("dypt") + closing * depth)}))


def unharmed(source: bytes) -> None:
    try:
        assert reread(source, "a.odt").text
    except FileProblem as error:
        assert "a.odt" in str(error)  # noqa: PT017


def test_mutated_files() -> None:
    whole = (DATA / "samtale.odt").read_bytes()
    rng = random.Random(21)
    for _ in range(75):
        source = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            source[rng.randrange(len(source))] = rng.randrange(256)
        unharmed(bytes(source))
    for length in range(0, len(whole), len(whole) // 40):
        unharmed(whole[:length])


def test_mutated_xml() -> None:
    with zipfile.ZipFile(DATA / "samtale.odt") as package:
        parts = {name: package.read(name) for name in ("content.xml", "styles.xml")}
    rng = random.Random(23)
    for _ in range(75):
        changed: dict[str, str | bytes] = {}
        for name, whole in parts.items():
            part = bytearray(whole)
            for _ in range(rng.randint(0, 4)):
                at = rng.randrange(150, len(part))
                part[at : at + rng.randint(0, 3)] = bytes([rng.choice(b'<>"/t:09az \x00\xff')])
            changed[name] = bytes(part)
        unharmed(zipped(changed))
