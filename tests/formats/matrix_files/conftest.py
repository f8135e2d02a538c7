"""A small matrix made by hand, and one full of texts that files choke on."""

from dataclasses import dataclass, replace
from typing import Final

from qda.app.translation import Catalogue
from qda.model.codebook import Codebook, CodebookCode
from qda.model.entities import Case, Stance
from qda.model.ids import CaseId, CodingId, Guid
from qda.model.matrix import (
    CaseTable,
    CellKind,
    CellValue,
    Matrix,
    MatrixCount,
    MatrixExport,
    MatrixHeading,
    MatrixSpec,
    Quote,
)
from qda.model.messages import counted, message

CREATED: Final = "2026-03-04T10:20:30.000Z"
CODES: Final = (("rutiner", "#228b4b"), ("kompetansestrategi", "#9a3c7a"), ("målforskyvning", ""))
OFFICES: Final = ("NAV Elvebakken", "NAV Ås", "NAV Fjellhamna")
SAID: Final = (
    ("Den dagen du begynner her, får du permen, og så går noen gjennom den sammen med deg.", 0, 0),
    ("Hvis det ikke står i rutinen, så spør vi på fredagen,\nog da blir det en rutine.", 0, 0),
    ("Vi lærer av hverandre, men planen? Den har jeg ikke sett.", 0, 1),
    ("Tavla styrer uka vår. Det er jo 12 saker, minst.", 1, 0),
    ("Det hadde vært fint å vite hvor dette hører hjemme.", 3, 2),
)
ROLES: Final = ("veileder", "leder", "", "teamleder", "rådgiver")


WORDS: Final = {"Case": "Kontor", "Code": "Kode", "No case": "Uten kontor", "Quotes": "Sitater"}


@dataclass(frozen=True)
class Norwegian:
    """A translator that knows a few words, and that it speaks Norwegian."""

    language: str = "nb"

    def text(self, source: str) -> str:
        return {
            "Case": "Kontor",
            "Code": "Kode",
            "No case": "Uten kontor",
            "Quotes": "Sitater",
        }.get(source, source)

    def plural(self, singular: str, plural: str, count: int) -> str:
        return singular if count == 1 else plural

    def format_day_of(self, iso: str) -> str:
        return Catalogue("nb").format_day_of(iso)


@dataclass(frozen=True)
class English:
    def text(self, source: str) -> str:
        return source

    def plural(self, singular: str, plural: str, count: int) -> str:
        return singular if count == 1 else plural


def guid(number: int) -> Guid:
    return Guid(f"00000000-0000-4000-8000-{number:012d}")


def quote(number: int, text: str, row: int, column: int) -> Quote:
    stance: Stance | None = "mot" if number == 2 else None
    return Quote(
        id=CodingId(number), guid=guid(number), text=text, code=CODES[column][0],
        color=CODES[column][1], document=f"Intervju {number}", turn=number * 3,
        participants=(f"Person {number}",), role=ROLES[number - 1],
        cases=(OFFICES[row],) if row < len(OFFICES) else (), coder="Ane", stance=stance, value="",
        memo="Se også intervju 1" if number == 1 else "", start=number, end=number + len(text),
    )  # fmt: skip


def make(cells: CellKind = "segments", **spec: object) -> MatrixExport:
    quotes = [quote(at, *one) for at, one in enumerate(SAID, start=1)]
    evidence = [[[] for _ in CODES] for _ in range(4)]
    for one, (_, row, column) in zip(quotes, SAID, strict=True):
        evidence[row][column].append(one.id)
    values: list[list[CellValue]] = [[len(cell) for cell in row] for row in evidence]
    if cells == "share":
        values = [[float(str(value)) / 14 for value in row] for row in values]
    values[2] = [None, None, None]
    indicator = (74.5, 63.0, None, None)
    rows = [
        MatrixHeading(
            name, (name,), MatrixCount(sum(map(len, evidence[at])), at + 1, at, 1),
            guid=guid(900 + at), sort_value=indicator[at] if spec.get("sort_by") else None,
        )
        for at, name in enumerate(OFFICES)
    ]  # fmt: skip
    rows.append(MatrixHeading("", (), MatrixCount(1, 1, 0, 0), missing=True))
    columns = tuple(
        MatrixHeading(
            name, (name,), MatrixCount(sum(len(row[at]) for row in evidence), 2, 3, at), color=color
        )
        for at, (name, color) in enumerate(CODES)
    )
    matrix = Matrix(
        spec=MatrixSpec(cells=cells, **spec),  # pyright: ignore[reportArgumentType]
        rows=tuple(rows),
        columns=columns,
        cells=tuple(tuple(row) for row in values),
        evidence=tuple(tuple(tuple(cell) for cell in row) for row in evidence),
        total=MatrixCount(5, 5, 4, 2),
        notes=(
            counted(
                "{n} segment belongs to no case and stands last.",
                "{n} segments belong to no case and stand last.",
                1,
            ),
            message("Only segments with {name}: {values}.", name="rolle", values="leder, veileder"),
        ),
    )
    cases = tuple(Case(CaseId(at), guid(900 + at), name, "", at) for at, name in enumerate(OFFICES))
    table = CaseTable(
        ("ansatte", "fylke", "samlokalisert"),
        cases,
        ((48.0, "Viken", True), (112.5, "Oslo", False), (None, None, None)),
    )
    codebook = Codebook(
        "Tre kontorer",
        tuple(
            CodebookCode(
                name, guid(at), color, "Det som gjøres likt hver gang.", "møter", "", "«Tavla»",
                ("frist", "møte"), ("lav", "høy"),
                children=(CodebookCode("tavlemøte"),) if at == 0 else (),
            )
            for at, (name, color) in enumerate(CODES)
        ),
        language="nb",
    )  # fmt: skip
    return MatrixExport(
        "Tre kontorer", matrix, {one.id: one for one in quotes}, table, codebook, CREATED
    )


HOSTILE: Final = (
    "=1+1", "+47 22 22 22 22", "-ja", "@SUM(A1)", "\t=2",
    "a\x00b\x0bc\ud800d\uffff", "a|b|c", "😀 𝐚\u0301",
    "\\end{document} $x_1^2$ & 100 % #1 ~ {a} <b>",
    "[x](http://a.b) *b* `c` <script>alert(1)</script>",
    "linje 1\nlinje 2\r\n\r\nlinje 3", "«»“”'\"&amp;", "x" * 40_000, "æøå ≥ 15–69 −2 … →",
    "_x0041_",
    "1. første", "# tittel", "", " ", "http://example.org",
)  # fmt: skip


def hostile(cells: CellKind = "segments") -> MatrixExport:
    """Put every hostile text everywhere a text can be."""
    export = make(cells)
    matrix = export.matrix
    template = export.quotes[CodingId(1)]
    quotes = {
        CodingId(at): replace(
            template, id=CodingId(at), text=text, code=text, document=text, role=text[:50],
            cases=(text,), coder=text, memo=text, value=text,
        )
        for at, text in enumerate(HOSTILE, start=1)
    }  # fmt: skip
    n = MatrixCount(1, 1, 1, 1)
    short = [text[:300] for text in HOSTILE]
    rows = tuple(MatrixHeading(text, (text,), n) for text in short)
    columns = tuple(MatrixHeading(text, (text,), n, color="#3f6fa8") for text in short)
    ids = tuple(quotes)
    evidence = tuple(
        tuple((ids[row],) if row == column else () for column in range(len(ids)))
        for row in range(len(ids))
    )
    values = tuple(tuple(len(cell) for cell in row) for row in evidence)
    made = replace(
        matrix, rows=rows, columns=columns, cells=values, evidence=evidence,
        spec=replace(matrix.spec, rows=("=1+1",), where=(("=a", "@b"),)),
    )  # fmt: skip
    cases = tuple(Case(CaseId(at), guid(at), text, text, at) for at, text in enumerate(HOSTILE))
    table = CaseTable(tuple(HOSTILE), cases, tuple((text,) * len(HOSTILE) for text in HOSTILE))
    codebook = Codebook("=x", tuple(CodebookCode(text, definition=text) for text in HOSTILE))
    return MatrixExport("=Prosjekt", made, quotes, table, codebook, "ingen dato")
