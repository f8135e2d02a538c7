"""Feed the readers of other programs' projects with mutated files.

`python -m tools.fuzz_exchange [ROUNDS] [ENDING...]`. Each file must be read or refused in words,
within five seconds and 1 GB of memory, with nothing written beside it and none of its codings
outside its text. Prints, for each ending, how many were read, asked about and refused, the slowest,
and the most memory; stops at the first failure and keeps the file.
"""

# ruff: noqa: S608 - the statements change databases that are made here
import io
import random
import resource
import signal
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from qda.formats.codebooks import read_codebook
from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.questions import EVERY_PROJECT, OpenQuestions, ReadAnswers
from qda.formats.exchange.reading import read_exchange
from qda.model.errors import FileProblem
from tools.fuzz_readers import MEMORY, SECONDS, mutate, mutate_tree, mutate_words, stop

DATA = Path(__file__).parents[1] / "tests" / "data" / "exchange"
GUIDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(60)]
TEXT = "Leder: Vi teller 😀 planer hver mandag.\r\nSaksbehandler: Ingen spør om målene.\r\n"
ANSWERS = ReadAnswers(project=EVERY_PROJECT)
CELLS = (None, -1, 0, 1, 2**62, 1.5, 9e99, "", "x", "å" * 50, b"\xff\x00", "<p>&amp;", "2026-13-99")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT * FROM n"
STAND_INS = (
    'CREATE VIEW "{table}" AS ' + ENDLESS,
    'CREATE TABLE "{table}" AS SELECT * FROM ekte',
    'CREATE TABLE "{table}" (id INTEGER, "{column}" AS (zeroblob(99999999)))',
    'CREATE VIRTUAL TABLE "{table}" USING fts5("{column}")',
)
"""What may stand in the place of a table; one of them never ends when it is read."""

Change = Callable[[bytes, random.Random, list[bytes]], bytes]


# ------------------------------------------------------------------------------------- whole files
def project_xml() -> bytes:
    """Return a project with something of everything that the standard has."""
    g = GUIDS
    selections = "".join(
        f'<PlainTextSelection guid="{g[20 + n]}" name="{name}" startPosition="{TEXT.index(name)}" '
        f'endPosition="{TEXT.index(name) + len(name)}" creatingUser="{g[1]}"><Description>Se her'
        f'</Description><Coding guid="{g[30 + n]}"><CodeRef targetGUID="{g[3]}"/><NoteRef '
        f'targetGUID="{g[40]}"/></Coding></PlainTextSelection>'
        for n, name in enumerate(("teller", "mandag", "spør"))
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="S" '
        f'origin="NVivo 12"><Users><User guid="{g[1]}" name="Kari"/></Users><CodeBook><Codes>'
        f'<Code guid="{g[2]}" name="Mappe" isCodable="false"><Code guid="{g[3]}" name="telling" '
        f'isCodable="true" color="#aabbcc"><Description>Det [Scale]</Description></Code></Code>'
        f'</Codes></CodeBook><Variables><Variable guid="{g[4]}" name="Ansatte" '
        f'typeOfVariable="Integer"/></Variables><Cases><Case guid="{g[5]}" name="Nord"><CodeRef '
        f'targetGUID="{g[3]}"/><VariableValue><VariableRef targetGUID="{g[4]}"/><IntegerValue>15'
        f'</IntegerValue></VariableValue><SourceRef targetGUID="{g[6]}"/><SelectionRef '
        f'targetGUID="{g[20]}"/></Case></Cases><Sources><TextSource guid="{g[6]}" name="Leder" '
        f'plainTextPath="internal://{g[6]}.txt">{selections}</TextSource><PDFSource guid="{g[7]}" '
        f'name="Plan.pdf" path="internal://{g[7]}.pdf"><PDFSelection guid="{g[8]}" page="1" '
        f'firstX="1" firstY="1" secondX="2" secondY="2"><Coding guid="{g[9]}"><CodeRef '
        f'targetGUID="{g[3]}"/></Coding></PDFSelection><Representation guid="{g[10]}"><'
        f"PlainTextContent>Plan for året.</PlainTextContent></Representation></PDFSource>"
        f'<AudioSource guid="{g[11]}" name="O"><Transcript guid="{g[12]}"><PlainTextContent>Hei '
        f'du.</PlainTextContent><SyncPoint guid="{g[13]}" timeStamp="0" position="0"/>'
        f'<TranscriptSelection guid="{g[14]}" fromSyncPoint="{g[13]}"/></Transcript></AudioSource>'
        f'</Sources><Notes><Note guid="{g[40]}" name="N"><PlainTextContent>Notat</PlainTextContent>'
        f'</Note></Notes><Links><Link guid="{g[41]}" originGUID="{g[20]}" targetGUID="{g[21]}"/>'
        f'</Links><Sets><Set guid="{g[42]}" name="Utvalg"><MemberCode targetGUID="{g[3]}"/></Set>'
        f'</Sets><Graphs><Graph guid="{g[43]}"><Vertex guid="{g[44]}" firstX="1" firstY="1" '
        f'representedGUID="{g[3]}"/></Graph></Graphs></Project>'
    ).encode()


def codebook_xml() -> bytes:
    """Return a codebook with a folder and a description of several parts."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        f'<Code guid="{GUIDS[2]}" name="Mappe" isCodable="false" color="#abc"><Code '
        f'guid="{GUIDS[3]}" name="telling" isCodable="true"><Description>Det\n\n[Include]\nalt'
        "</Description></Code></Code></Codes></CodeBook>"
    ).encode()


def package(project: bytes) -> bytes:
    """Return a project as a `.qdpx`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", project)
        file.writestr(f"sources/{GUIDS[6]}.txt", TEXT.encode())
        file.writestr(f"sources/{GUIDS[7]}.pdf", b"%PDF-1.4 nei")
    return out.getvalue()


def database(schema: str) -> bytes:
    """Return a database of a schema with rows that name one another in every table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(DATA.joinpath(f"{schema}.sql").read_text("utf-8"))
        tables = [
            str(name)
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            for number in (1, 2, 3):
                values = [_cell(column.lower(), number) for column in columns]
                marks = ", ".join("?" for _ in values)
                connection.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', values)
        connection.commit()
        return connection.serialize()


def _cell(column: str, number: int) -> object:
    """Return what a column may well hold, by its name."""
    if column in ("fulltext", "file"):
        return TEXT.replace("\r\n", "\n") + str(number)
    if column in ("pos0", "selfirst"):
        return TEXT.index("teller")
    if column in ("pos1", "selend"):
        return TEXT.index("teller") + 6
    fixed: dict[str, object] = {
        "seltext": "teller", "status": 1, "date": "2026-03-01 10:11:12", "owner": "Kari",
        "color": "#aabbcc", "attr_type": "case", "caseorfile": "case", "valuetype": "numeric",
        "value": "15", "mediapath": None, "supercatid": None, "supercid": None,
        "databaseversion": "v11",
    }  # fmt: skip
    if column in fixed:
        return fixed[column]
    if column.endswith("id") or column in ("position", "important", "visibility"):
        return number
    return f"{column} {number}"


# ------------------------------------------------------------------------------------ mutations
def mutate_xml(whole: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Mutate the tree, the values or the bytes of XML."""
    kind = rng.random()
    if kind < 0.5:
        return mutate_tree(whole, rng)
    return mutate_words(whole, rng) if kind < 0.75 else mutate(whole, rng, others)


def mutate_package(whole: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Mutate the zip itself, the project in it, or a source."""
    if rng.random() < 0.25:
        return mutate(whole, rng, others)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as file, zipfile.ZipFile(out, "w") as changed:
        for name in file.namelist():
            part = file.read(name)
            if name.endswith(".qde"):
                part = mutate_xml(part, rng, others)
            elif rng.random() < 0.2:
                part = mutate(part, rng, others)
            target = rng.choice(("../x", "/x", "C:\\x", "a" * 300)) if rng.random() < 0.02 else name
            changed.writestr(target, part)
    return out.getvalue()


def mutate_database(whole: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Mutate the pages of a database, or its rows and its schema by SQL."""
    if rng.random() < 0.4:
        return mutate(whole, rng, others)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(whole)
        tables = [
            str(name)
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        ]
        for _ in range(rng.choice((1, 3, 12))):
            try:
                _change_by_sql(connection, rng, rng.choice(tables or ["x"]))
            except sqlite3.Error:
                continue
        changed = connection.serialize()
    return mutate(changed, rng, others) if rng.random() < 0.1 else changed


def _change_by_sql(connection: sqlite3.Connection, rng: random.Random, table: str) -> None:
    columns = [str(row[1]) for row in connection.execute(f'PRAGMA table_info("{table}")')]
    column = rng.choice(columns or ["x"])
    kind = rng.randrange(8)
    if kind < 4:
        connection.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE rowid % ? = 0',
            (rng.choice(CELLS), rng.choice((1, 2, 3))),
        )
    elif kind == 4:
        connection.execute(f'DROP TABLE "{table}"')
    elif kind == 5:
        connection.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "x{column}"')
    elif kind == 6:
        connection.execute(f'ALTER TABLE "{table}" RENAME TO "ekte"')
        connection.execute(rng.choice(STAND_INS).format(table=table, column=column))
    else:
        connection.execute(
            f'CREATE TRIGGER IF NOT EXISTS lur AFTER UPDATE ON "{table}" BEGIN '
            f'DELETE FROM "{table}"; END'
        )


# ----------------------------------------------------------------------------------------- running
def seeds() -> dict[str, tuple[bytes, Change]]:
    """Return one whole file and the way to mutate it for each ending."""
    return {
        ".qdpx": (package(project_xml()), mutate_package),
        ".qde": (project_xml(), mutate_xml),
        ".qdc": (codebook_xml(), mutate_xml),
        ".sqlite3": ((DATA / "taguette.sqlite3").read_bytes(), mutate_database),
        ".qda": (database("qualcoder_v17"), mutate_database),
        ".rqda": (database("rqda_0_2_2"), mutate_database),
    }


def check(project: ExchangedProject) -> None:
    """Require of a project what whoever takes it in relies on."""
    texts = {one.guid: one.text for one in project.documents}
    codes = {one.guid for one in project.codes}
    for one in project.codings:
        assert one.code in codes
        assert 0 <= one.start < one.end <= len(texts[one.document])
    seen: set[str] = set()
    for code in project.codes:
        assert code.name
        assert code.parent is None or code.parent in seen
        seen.add(code.guid)


def read(path: Path) -> str:
    """Read a file; return what came of it."""
    try:
        if path.suffix == ".qdc":
            read_codebook(path)
        else:
            check(read_exchange(path, answers=ANSWERS)[0])
    except OpenQuestions:
        return "asked"
    except FileProblem as problem:
        assert str(problem).strip()  # noqa: PT017
        return "refused"
    return "read"


def run(ending: str, rounds: int) -> str:
    """Read `rounds` mutated files of one ending and return what came of them."""
    files = seeds()
    whole, change = files[ending]
    others = [content for content, _change in files.values()]
    rng = random.Random(f"{ending} 1")
    counts = {"read": 0, "asked": 0, "refused": 0}
    slowest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"fil{ending}"
        path.write_bytes(whole)
        assert read(path) == "read"
        for number in range(rounds):
            source = change(whole, rng, others)
            path.write_bytes(source)
            begin = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                counts[read(path)] += 1
                assert path.read_bytes() == source
                assert [one.name for one in folder.iterdir()] == [path.name]
            except BaseException:
                Path(f"failed-{number}{ending}").write_bytes(source)
                raise
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, time.process_time() - begin)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = ", ".join(f"{count} {word}" for word, count in counts.items())
    return f"{ending}: {said}, slowest {slowest:.3f} s, {memory} MB"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, stop)
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for one in sys.argv[2:] or list(seeds()):
        print(run(one, asked), flush=True)
