"""A real project, session and theme for tests of the window."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from qda.app.session import Session
from qda.app.settings import Settings
from qda.gui.collecting import MANY
from qda.gui.context import Context, Navigator
from qda.gui.job_runner import JobRunner
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import Theme, apply_theme, load_theme

LEADER = """Intervjuer: Hvordan er kontoret delt inn?
Leder: Vi har delt folk etter hva slags ytelse brukeren har. Det går sånn passe.
Intervjuer: Hvem bestemte det?
Leder: Det var fylket, egentlig. Vi ble spurt, men svaret lå på bordet.
"""
ADVISER = """Intervjuer: Hva gjør dere på mandager?
Veileder: Da står vi foran tavla og teller planer. Klokka ni, hver gang.
Intervjuer: Hva teller dere?
Veileder: Hvor mange som er godkjent. Ikke hvor mange som kom i jobb.
"""
COUNTY = """Intervjuer: Hva ser dere etter når dere kommer?
Direktør: Vi ser på målekortet først. Så snakker vi om folk.
"""


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Let widgets that nothing holds die in this thread, as the program does; see `Collector`."""
    gc.disable()
    yield
    if gc.get_count()[0] > MANY:
        gc.collect()
    gc.enable()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, applied."""
    return apply_theme(qapp, load_theme("light"), reduced_motion=True)


@pytest.fixture
def context(tmp_path: Path, theme: Theme) -> Iterator[Context]:
    """What a workspace is given, on an empty project in a file of its own."""
    session = Session.create(tmp_path / "study.qdaproj", name="Studien", coder="Ingrid")
    bridge = SessionBridge(session)
    jobs = JobRunner()
    yield Context(bridge, jobs, Settings(tmp_path / "settings.json"), theme, Navigator())
    jobs.stop()
    bridge.detach()
    session.close()


@pytest.fixture
def study(context: Context, tmp_path: Path) -> Context:
    """The context with three interviews, two offices, codes and a few codings in its project."""
    from qda.formats.readers import read_file
    from qda.operations import cases, codes, codings, documents

    session = context.bridge.session
    coder = session.coder
    offices = {
        name: session.run(cases.add_case, coder=coder, name=name).value
        for name in ("NAV Bjørkvik", "NAV Havnes")
    }
    sources = (
        ("Bjørkvik leder", LEADER, ("NAV Bjørkvik",)),
        ("Havnes veileder", ADVISER, ("NAV Havnes",)),
        ("Fylket", COUNTY, ("NAV Bjørkvik", "NAV Havnes")),
    )
    for name, text, linked in sources:
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        session.run(
            documents.import_documents,
            coder=coder,
            read=[read_file(path)],
            linked_to=[offices[one] for one in linked],
        )
    routines = session.run(codes.add_code, coder=coder, name="rutiner").value.id
    session.run(codes.add_code, coder=coder, name="tavlemøte", parent=routines)
    document = session.project.connection.execute(
        "SELECT id FROM document WHERE name = 'Havnes veileder'"
    ).fetchone()[0]
    quote = "Da står vi foran tavla og teller planer."
    start = ADVISER.index(quote)
    session.run(
        codings.add_codings,
        coder=coder,
        new=[codings.NewCoding(document, routines, start, start + len(quote))],
    )
    return context
