"""`python -m labs.kit.cli` is `lab`."""

import sys

from labs.kit.cli import main

sys.exit(main())
