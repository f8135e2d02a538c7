"""Let `python -m qda` do what `qda` does."""

import sys

from qda.cli.main import main

sys.exit(main())
