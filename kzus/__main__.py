"""Run kzus as `python -m kzus`."""

import sys

from kzus.app import main

sys.exit(main())
