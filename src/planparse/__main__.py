"""``python -m planparse`` does what the ``planparse`` command does."""

import sys

from planparse.cli import main

if __name__ == "__main__":
    sys.exit(main())
