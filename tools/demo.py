"""Build the example study into `out/`, say what is there, and open it where there is a display."""

import json
import os
import subprocess
import sys
from pathlib import Path

OUT = "out"


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Return the status of the first command that fails, else 0."""
    qda = str(Path(sys.executable).with_name("qda"))
    # Built anew each time; what was there becomes a backup.
    command = [qda, "--json", "demo", "--replace", OUT]
    built = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if built.returncode:
        return built.returncode
    answer = json.loads(built.stdout)
    print(f"project  {answer['project']}")
    for export in answer["exports"]:
        print(f"export   {export}")
    if not has_display():
        print(f"No display here; where there is one: qda open {answer['project']}")
        return 0
    return subprocess.run([qda, "open", answer["project"]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
