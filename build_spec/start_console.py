"""Entry of the packaged console command."""

import sys

from yibao_desktop.cli import main

sys.exit(main())
