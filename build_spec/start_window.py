"""Entry of the packaged window."""

import sys

from yibao_desktop.__main__ import main

sys.exit(main())
