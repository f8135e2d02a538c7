"""The program as a process of its own: bytes, statuses, streams."""

import json
import os
import subprocess
import sys
from pathlib import Path


def _qda(
    *words: object, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    # The narrowest encoding shows what relies on the system's.
    env = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-m", "qda", *map(str, words)],
        capture_output=True, check=False, cwd=cwd, env=env,
    )  # fmt: skip


def test_text_comes_byte_for_byte(project: Path, material: Path) -> None:
    done = _qda("text", project, "Nord")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (material / "Nord.txt").read_bytes()


def test_json_is_alone_on_standard_output(project: Path, material: Path) -> None:
    done = _qda("--json", "import", project, material / "Sør.txt", "finnes-ikke.txt")
    assert done.returncode == 1
    assert json.loads(done.stdout)["imported"][0]["document"] == "Sør (2)"
    assert done.stderr.count(b"\n") == 1
    assert done.stdout.decode("utf-8").count("Sør") >= 2


def test_errors_leave_standard_output_empty(tmp_path: Path) -> None:
    done = _qda("--json", "documents", tmp_path / "nei.qdaproj")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr
    assert _qda("documents").returncode == 2


def test_the_system_s_language_is_spoken(tmp_path: Path) -> None:
    done = _qda("documents", tmp_path / "nei.qdaproj", LC_ALL="nb_NO.UTF-8")
    assert "prosjekt" in done.stderr.decode("utf-8")


def test_relative_names_work(tmp_path: Path) -> None:
    assert _qda("new", "a.qdaproj", cwd=tmp_path).returncode == 0
    (tmp_path / "b.txt").write_text("Hei", encoding="utf-8")
    assert _qda("import", "a.qdaproj", "b.txt", cwd=tmp_path).returncode == 0
    assert _qda("text", "a.qdaproj", "b", cwd=tmp_path).stdout == b"Hei"


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "qda", "text", str(project), "Nord"],
            stdout=writing, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert done.stderr == b""


def test_streams_that_the_shell_has_closed_are_no_error(project: Path) -> None:
    if sys.platform == "win32":
        return
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        words = [sys.executable, "-m", "qda", "--json", "documents", str(project)]
        done = subprocess.run(
            ["/bin/sh", "-c", f'"$@" {closed}', "sh", *words],
            capture_output=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")


def test_names_that_are_no_text_are_imported(project: Path, tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        return
    odd = os.fsencode(tmp_path) + b"/m\xe5ned.txt"
    with open(odd, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"Hei")
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"qda", b"--json", b"import", os.fsencode(project), odd],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["imported"][0]["document"] == "m\ufffdned"


def test_a_bug_is_said_in_one_sentence_and_reported_without_words(tmp_path: Path) -> None:
    script = (
        "import sys; from qda.cli import bugs; sys.excepthook = bugs.say_bug\n"
        "def deep(): raise KeyError('hemmelig navn')\n"
        "deep()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    reports = list(tmp_path.rglob("*.log"))
    if sys.platform == "linux":
        [report] = reports
        assert "deep" in report.read_text(encoding="utf-8")
        assert "KeyError" in report.read_text(encoding="utf-8")
    assert all("hemmelig" not in one.read_text(encoding="utf-8") for one in reports)
    assert b"hemmelig" not in done.stderr


def test_commands_start_without_the_heavy_libraries() -> None:
    script = (
        "import sys; from qda.cli.main import main; main(['--version'])\n"
        "print(sorted({'pandas', 'numpy', 'docx', 'openpyxl', 'PySide6', 'rich', 'sqlite_utils'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"
