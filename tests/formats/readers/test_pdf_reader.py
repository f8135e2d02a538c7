import random
import textwrap
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from qda.formats.readers import reread
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem
from qda.model.reading import ReadDocument, ReadOptions

DATA = Path(__file__).parents[2] / "data" / "readers"
Placed = tuple[float, float, str]
PROSE = (
    "Da vi begynte å snakke om ordningen i fjor høst, var det mange ved kontoret som ikke trodde "
    "på den. De hadde sett slike planer før, og de visste hvor mye tid som går med til møter og "
    "skjemaer før noe skjer ute hos folk. Likevel ble vi enige om å prøve i tre måneder og se om "
    "oppfølgingen ble bedre. Etter de tre månedene var svaret ikke entydig, men de fleste ville "
    "fortsette, og det er jo et slags svar det også."
)
SENTENCES = [sentence.rstrip(".") + "." for sentence in PROSE.split(". ")]
IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
)


def show(x: float, y: float, words: str, *, bold: bool = False, size: float = 11) -> bytes:
    written = words.encode("cp1252")
    for special in (b"\\", b"(", b")"):
        written = written.replace(special, b"\\" + special)
    font = b"/F2" if bold else b"/F1"
    return b"BT %s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (font, size, x, y, written)


def make_pdf(*pages: list[bytes], trailer: bytes = b"") -> bytes:
    """Write a PDF of A4 pages, each a list of drawing commands."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    objects.append(IMAGE)
    kids: list[bytes] = []
    for page in pages:
        stream = b"\n".join(page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << "
            b"/Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I 5 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF" % start


def wrap(words: str, width: int = 80) -> list[str]:
    return textwrap.wrap(words, width, break_on_hyphens=False)


def column(x: float, y: float, lines: list[str], pitch: float = 14) -> list[bytes]:
    return [show(x, y - pitch * number, line) for number, line in enumerate(lines)]


def read(*pages: list[bytes], options: ReadOptions | None = None) -> ReadDocument:
    return reread(make_pdf(*pages), "a.pdf", options)


def conversation(seed: int = 3) -> list[tuple[str, str]]:
    rng = random.Random(seed)
    turns: list[tuple[str, str]] = []
    for number in range(14):
        turns.append(("Intervjuer", f"Spørsmål {number}: {rng.choice(SENTENCES)[:-1]}?"))
        turns.append(("Leder", " ".join(rng.choices(SENTENCES, k=rng.randint(1, 7)))))
    return turns


def set_out(turns: list[tuple[str, str]], *, gap: float, hanging: bool, bold: bool) -> bytes:
    """Set the turns as pages of lines, a gap between them."""
    pages: list[list[bytes]] = [[]]
    y = 790.0
    for who, words in turns:
        label = f"{who}:" if not bold else who
        lines = wrap(words if hanging else f"{label} {words}", 68 if hanging else 85)
        for number, line in enumerate(lines):
            if y < 60:
                pages.append([])
                y = 790.0
            x = 150 if hanging else 70
            shown = line
            if number == 0 and (hanging or bold):
                pages[-1].append(show(70, y, label, bold=bold))
                shown = line if hanging else line.removeprefix(f"{label} ")
                x = 150 if hanging else 70 + 6.6 * len(label)
            pages[-1].append(show(x, y, shown))
            y -= 14
        y -= gap
    return make_pdf(*pages)


@pytest.mark.parametrize(
    "layout",
    [
        {"gap": 0, "hanging": False, "bold": False},
        {"gap": 8, "hanging": False, "bold": False},
        {"gap": 8, "hanging": False, "bold": True},
        {"gap": 0, "hanging": True, "bold": False},
        {"gap": 8, "hanging": True, "bold": True},
    ],
)
def test_turns_are_restored(layout: dict[str, bool]) -> None:
    turns = conversation()
    document = reread(set_out(turns, **layout), "a.pdf")
    found = [(turn.label, document.text[turn.start : turn.end]) for turn in document.turns]
    assert [label for label, _ in found] == [label for label, _ in turns]
    assert [" ".join(words.split()) for _, words in found] == [words for _, words in turns]
    # Where a sentence happens to end at the margin, a new paragraph cannot be told from it.
    assert sum(one == two for one, two in zip(found, turns, strict=True)) >= 27


def test_paragraphs_by_gap_and_by_a_line_that_ends_early() -> None:
    lines = wrap(PROSE)
    page = column(70, 780, lines) + column(70, 780 - 14 * len(lines), lines)
    page += column(70, 770 - 28 * len(lines), lines)
    assert read(page).text.split("\n") == [PROSE] * 3


def test_hyphens_at_line_ends() -> None:
    rest = wrap(PROSE, 85)
    lines = [
        "Dette handler om opp-",
        "følging ved Nav-",
        "kontoret, om mål-",
        "og resultat.",
        *rest,
    ]
    lines += ["Nav gjør dette fordi Nav vil og Nav kan. Det heter Nav-kontoret."]
    document = read(column(70, 780, lines))
    assert "om oppfølging ved Nav-kontoret, om mål- og resultat." in document.text
    assert [(d.after, d.applied) for d in document.decisions if d.kind == "hyphen"] == [
        ("oppfølging", True), ("Navkontoret", False),
    ]  # fmt: skip
    kept = read(column(70, 780, lines), options=ReadOptions(hyphens="keep"))
    assert "om opp-følging ved Nav-kontoret" in kept.text


def test_lines_as_they_stand() -> None:
    lines = ["Dette handler om opp-", "følging ved", "kontoret."]
    document = read(column(70, 780, lines), options=ReadOptions("keep", "lines"))
    assert document.text == "\n".join(lines)


def test_paragraphs_by_gap_alone() -> None:
    page = column(70, 780, ["Kort.", "Linje."]) + column(70, 720, ["Ny.", "Og."])
    assert read(page, options=ReadOptions(paragraphs="blank")).text == "Kort. Linje.\nNy. Og."


def pages_with_edges(count: int) -> list[list[bytes]]:
    pages: list[list[bytes]] = []
    for number in range(count):
        letter = chr(97 + number)
        body = column(70, 760, wrap(f"Innhold {letter}. {PROSE} Slutt på {letter}."))
        top, foot = show(70, 810, "Intervju ved kontor B"), show(500, 30, f"Side {number + 1} av 9")
        pages.append([top, *body, foot])
    return pages


@pytest.mark.parametrize("count", [2, 5])
def test_running_headers_are_dropped_unless_kept(count: int) -> None:
    document = read(*pages_with_edges(count))
    assert "kontor B" not in document.text
    assert "av 9" not in document.text
    headers = [decision for decision in document.decisions if decision.kind == "header"]
    assert [(header.count, header.applied) for header in headers] == [(count, True)] * 2
    options = ReadOptions(choices={header.key: False for header in headers})
    kept = read(*pages_with_edges(count), options=options)
    assert kept.text.count("kontor B") == kept.text.count("av 9") == count
    verbatim = read(*pages_with_edges(count), options=ReadOptions("keep", "lines"))
    assert verbatim.text.count("kontor B") == count


def test_a_sentence_goes_on_over_the_page() -> None:
    lines = wrap(PROSE)
    document = read(column(70, 780, lines[:3]), column(70, 780, lines[3:]))
    assert document.text == PROSE
    assert "paragraph:pages" in {decision.key for decision in document.decisions}


@pytest.mark.parametrize("by_rows", [True, False])
def test_two_columns_are_read_one_after_the_other(*, by_rows: bool) -> None:
    lines = wrap(" ".join([PROSE] * 3), 42)
    half = len(lines) // 2
    left, right = column(70, 760, lines[:half]), column(310, 760, lines[half : 2 * half])
    rows = [one for pair in zip(left, right, strict=True) for one in pair]
    heading = show(70, 800, "En overskrift som går over begge spaltene på denne siden", size=14)
    document = read([heading, *(rows if by_rows else left + right)])
    heading_text, _, body = document.text.partition("\n")
    assert heading_text.startswith("En overskrift")
    assert body == " ".join(lines[: 2 * half])


def test_rows_of_a_table_stay_rows() -> None:
    page = [
        show(x, 780 - 14 * row, f"{name}{row}")
        for row in range(5)
        for x, name in ((70, "Kontor "), (250, "12,"), (400, "98,"))
    ]
    assert read(page).text.split("\n")[1] == "Kontor 1\t12,1\t98,1"


def test_a_line_cut_by_the_page_is_read_once() -> None:
    lines = wrap(PROSE)
    text = read([show(70, 840, "Skåret linje over kanten"), *column(70, 780, lines)]).text
    assert text == PROSE


def test_pages_without_text_are_named() -> None:
    picture = [b"q 400 0 0 400 50 50 cm /I Do Q"]
    document = read(column(70, 780, ["Tekst."]), picture, [], picture)
    assert [str(one)[:30] for one in document.warnings] == [
        "Pages 2, 4 have no text that can "[:30]
    ]


def problem(source: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        reread(source, "a.pdf")
    return str(caught.value)


def test_scanned_empty_foreign_and_broken() -> None:
    assert "text recognition (OCR)" in problem(make_pdf([b"q 400 0 0 400 50 50 cm /I Do Q"]))
    assert problem(make_pdf([])) == "a.pdf has no text in it."
    assert problem(b"PK\x03\x04 hei") == "a.pdf is no PDF, whatever its ending says."
    assert problem(b"%PDF-1.7\nikke mer") == "a.pdf is damaged or is no PDF."


def test_encrypted() -> None:
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
        % (b"41" * 32, b"42" * 32)
    )
    assert "password" in problem(make_pdf([show(70, 700, "Hei")], trailer=encrypt))


def test_cancelling_closes_the_file() -> None:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 2 else None)
    with pytest.raises(Cancelled):
        reread(make_pdf(*pages_with_edges(6)), "a.pdf", progress=progress)
    assert read(column(70, 780, ["Tekst."])).text == "Tekst."


def unharmed(source: bytes) -> None:
    try:
        assert reread(source, "a.pdf").text
    except FileProblem:
        return


def test_mutated_files() -> None:
    whole = make_pdf(*pages_with_edges(3))
    rng = random.Random(17)
    for _ in range(150):
        source = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            source[rng.randrange(8, len(source))] = rng.randrange(256)
        unharmed(bytes(source))


def test_truncated_files() -> None:
    whole = make_pdf(*pages_with_edges(2))
    for length in range(0, len(whole), len(whole) // 40):
        unharmed(whole[:length])


def test_the_test_files_are_real_pdfs() -> None:
    with pdfium.PdfDocument(make_pdf([show(70, 700, "Hei (du)")])) as document:
        page = document[0]
        text = page.get_textpage()
        assert text.get_text_range() == "Hei (du)"
        text.close()
        page.close()


SPOKEN = (
    (
        "Intervjuer: Hvordan går det med porteføljen etter at dere fikk de nye lagene, og"
        " hvem er det som passer på at ingen blir glemt når folk bytter oppgaver?"
    ),
    (
        "Teamleder: Omtrent som før. På mandag går vi gjennom hele porteføljen, og da ser"
        " vi hvem som har stått uten noe siden sist. Oppfølgingen av de som står lengst "
        "unna er det jeg som passer på, men de andre hjelper til når det brenner. "
        "Egentlig skulle vi hatt noen som gjorde bare det, og det har vi sagt oppover "
        "flere ganger. Planen kom på bordet i høst, og siden har ingen nevnt den med et "
        "ord."
    ),
    "Intervjuer: Og plassene som skal fylles?",
    (
        "Teamleder: Plassene fyller vi. Planene gjelder gjerne porteføljen på gulvet, "
        "plassene gjelder pengene, pengene går gjennom partnerskapet, partnerskapet gjør "
        "gjerne planer på grunnlag av plassene, planene passer gjerne på plassene, "
        "pengene passer på planene, plassene gir penger, pengene gir planer, planene gir "
        "plasser, porteføljen gir planer. Ordningen er slik at en tom plass koster like "
        "mye som en full, og da blir det fort til at noen begynner fordi plassen finnes "
        "og ikke fordi de trenger den. Gjennom året jevner det seg ut, sier ledelsen. "
        "Omtrent halvparten av dem jeg møter ville valgt noe annet hvis de fikk velge "
        "selv."
    ),
)


def test_fonts_without_an_ascent_split_no_paragraph() -> None:
    """LibreOffice embeds fonts of which only the boxes of single letters are known."""
    source = (DATA / "samtale_libreoffice.pdf").read_bytes()
    text = reread(source, "samtale.pdf", ReadOptions(), Progress()).text
    assert tuple(text.split("\n")[-len(SPOKEN) :]) == SPOKEN
