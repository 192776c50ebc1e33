"""``python -m yibao_desktop.packs``: carries out one order, see ``packs.order``."""

import sys

from yibao_desktop.packs.merging import serve

sys.exit(serve())
