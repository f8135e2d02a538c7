"""Reading, searching and counting the words of a project opens no socket: in a program alone."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
heard = []
def hear(event, _):
    if event.startswith(("socket.", "http.", "urllib.", "ftplib.", "smtplib.")):
        heard.append(event)
sys.addaudithook(hear)
from qda.app.background_index import BackgroundIndex
from qda.app.concordance import Concordance
from qda.app.searching import Searcher
from qda.app.session import Session
from qda.app.word_counts import WordCounter
from qda.formats.readers import read_file
from qda.jobs.progress import Progress
from qda.model.searching import Limits, Search
from qda.operations import documents
folder = Path(sys.argv[1])
file = folder / "nord.txt"
file.write_text(
    "Leder: Vi teller planer, og så ringer vi til dem som ikke har en plan.\\n"
    "Rettleiar: Eg veit ikkje kva dei måler.\\n"
    "Visitor: They met on Monday and they have kept counting the plans.\\n" * 30, encoding="utf-8")
session = Session.create(folder / "p.qdaproj", coder="Kari")
session.run(documents.import_documents, coder="Kari", read=[read_file(file)])
index = BackgroundIndex(session)
while (work := index.next_work()) is not None:
    work.take(work.run(Progress()))
searcher = Searcher(session)
found = [
    searcher.find(Search(*query))
    for query in (("plan",), ("finnesikke OR ~plan",), ("tell.*r", "regex"), ("vi AND plan",))
]
assert len(found[0]) and len(found[2]) and len(found[3]), [len(one) for one in found]
for one in found:
    lines = Concordance(searcher, one)
    lines.set_order(lines.sorted_by("left", "nb"))
    lines.lines(0, 50)
counter = WordCounter(searcher)
assert counter.frequencies(Limits(), 9) and counter.companions("plan", 5, Limits(), 9)
counter.compare(Limits(where=(("document", "nord"),)), None, 9)
session.close()
clients = {"requests", "urllib3", "httpx", "httpcore", "anyio", "ssl", "weasel", "smart_open"}
print(sorted(clients & set(sys.modules)), "http.client" in sys.modules, heard)
"""


def test_indexing_searching_and_counting_open_no_socket(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[] False []"
