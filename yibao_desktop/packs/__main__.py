"""``python -m yibao_desktop.packs``: carries out one order, see ``packs.building``."""

import sys

from yibao_desktop.packs.serving import serve

sys.exit(serve())
