"""Feed the readers of sheets and codebooks with mutated files: `python -m tools.fuzz_sheets`.

Arguments as of `tools.fuzz_readers`: how many rounds, and which of the targets. Each file must be
taken or refused in words, within five seconds and 1 GB of memory, and nothing but the file itself
may stand in its folder afterwards.
"""

import io
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from qda.formats.codebooks import read_codebook
from qda.formats.sheets import read_sheet
from qda.model.errors import UserError
from qda.operations.sheets import read_cases, read_codings, read_participants
from qda.operations.survey_sheets import make_survey, propose, read_survey
from qda.operations.value_sheets import ValueOptions, make_out
from qda.store import project_file
from tools.fuzz_readers import MEMORY, SECONDS, mutate, mutate_zip, stop

CELLS = [
    ("id", "kontor", "deltaker", "alder", "dato", "svar"),
    *(
        (str(at), f"NAV {at % 3}", f"Leder {at}", str(20 + at), f"{1 + at % 28:02}.03.2012",
         f"Vi teller planer, og «{at}» er 12,5 % av dem.\nSånn er det.")
        for at in range(40)
    ),
]  # fmt: skip
VALUES = [("kontor", "periode", "variabel", "verdi")] + [
    (f"NAV {at % 3}", f"2012-{1 + at % 12:02}", "planer", f"{at},5") for at in range(40)
]
CODINGS = [("document", "code", "start", "end", "quote", "coder", "stance", "value", "case")] + [
    ("Nord", "rutiner", str(at), str(at + 3), "", "Kari", "for", "", "") for at in range(20)
]
CODES = [
    ("path", "definition", "include", "exclude", "example", "keywords", "scale", "color", "guid"),
    ("rutiner", "Faste måter", "", "", "", "rutine|fast", "lav|høy", "#228b4b", ""),
    ("rutiner/tavle", "Møter", "", "", "", "tavle", "", "", ""),
]
TOML = """name = "Prøve"
language = "nb"

[[codes]]
name = "rutiner"
definition = "Faste måter å arbeide på"
keywords = ["rutine", "fast"]

[[codes.codes]]
name = "tavle"
"""
QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x"><Codes>
<Code guid="00000000-0000-4000-8000-000000000001" name="rutiner" isCodable="true" color="#ff0000">
<Description>Faste måter</Description>
<Code guid="00000000-0000-4000-8000-000000000002" name="tavle" isCodable="true"/></Code>
</Codes></CodeBook>
"""


def delimited(rows: list[tuple[str, ...]], mark: str = ";") -> bytes:
    """Return rows as a text table."""
    lines = [mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\n".join(lines).encode()


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    """Return rows as a workbook, with a formula, a number and a date in it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()  # pyright: ignore[reportUnknownMemberType]
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)  # pyright: ignore[reportUnknownMemberType]
        # Codes have all their columns; a number would be no guid.
        column = 1 if rows is CODES else 8
        page.write_string(0, column, "definition" if rows is CODES else "sum")
        page.write_number(1, column, 12.5)
        page.write_formula(2, column, "=1+1", None, 2)
    return out.getvalue()


def take_values(path: Path) -> None:
    """Read a sheet of monthly values."""
    make_out(read_sheet(path), path.name, ValueOptions())


def take_survey(path: Path) -> None:
    """Read a sheet of answers."""
    read = read_survey(path)
    choices = propose(read)
    if choices.text:
        make_survey(read, choices)


def targets(folder: Path) -> dict[str, tuple[bytes, Callable[[Path], object]]]:
    """Return what is fed to whom, by a name that ends in the ending of the file."""
    project = project_file.create(folder / "p.qdaproj", coder="Kari")
    return {
        "sheet.csv": (delimited(CELLS), read_sheet),
        "sheet.tsv": (delimited(CELLS, "\t"), read_sheet),
        "sheet.xlsx": (workbook(CELLS), read_sheet),
        "survey.csv": (delimited(CELLS), take_survey),
        "survey.xlsx": (workbook(CELLS), take_survey),
        "cases.csv": (delimited(CELLS), read_cases),
        "participants.csv": (delimited(CELLS), read_participants),
        "values.csv": (delimited(VALUES), take_values),
        "codings.csv": (delimited(CODINGS), lambda path: read_codings(project, path)),
        "codebook.csv": (delimited(CODES), read_codebook),
        "codebook.xlsx": (workbook(CODES), read_codebook),
        "codebook.toml": (TOML.encode(), read_codebook),
        "codebook.qdc": (QDC.encode(), read_codebook),
    }


def run(name: str, rounds: int, folder: Path) -> str:
    """Read `rounds` mutated files of one target and return what came of them."""
    everything = targets(folder)
    whole, take = everything[name]
    others = [content for content, _take in everything.values()]
    inner = folder / "inn"
    inner.mkdir()
    path = inner / f"a{Path(name).suffix}"
    path.write_bytes(whole)
    take(path)
    rng = random.Random(f"{name} 1")
    change = mutate_zip if path.suffix == ".xlsx" else mutate
    read = refused = 0
    slowest = 0.0
    for number in range(rounds):
        source = change(whole, rng, others)
        path.write_bytes(source)
        begin = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            take(path)
            read += 1
        except UserError as error:
            assert str(error).strip()  # noqa: PT017
            refused += 1
        except BaseException:
            Path(f"failed-{number}-{name}").write_bytes(source)
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - begin)
        assert list(inner.iterdir()) == [path]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{name}: {read} read, {refused} refused, slowest {slowest:.3f} s, {memory} MB"


def main() -> None:
    """Run the targets that are asked for, or all."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, stop)
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as place:
        names = sys.argv[2:] or list(targets(Path(place)))
    for one in names:
        with tempfile.TemporaryDirectory() as place:
            print(run(one, asked, Path(place)), flush=True)


if __name__ == "__main__":
    main()
