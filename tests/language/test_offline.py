"""Nothing that spaCy brings can reach a network: in a program of its own, where nothing else is."""

import subprocess
import sys

SCRIPT = """
import sys
heard = []
sys.addaudithook(lambda event, _: heard.append(event) if event.startswith("socket.") else None)
from qda.language import pipeline
from qda.language.indexing import Reader, Source
for language in ("nb", "nn", "en"):
    doc = pipeline.blank(language)("Veilederne fulgte opp brukerne. They met on Jan. 5.")
    assert doc[0]._.keys.all(), doc
assert len(Reader().read(Source("Vi ringer.", "nb")).forms) == 2
clients = {"requests", "urllib3", "httpx", "httpcore", "anyio", "ssl", "weasel", "smart_open"}
print(sorted(clients & set(sys.modules)), "http.client" in sys.modules, heard)
"""


def test_the_pipelines_load_no_client_and_open_no_socket() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[] False []"
