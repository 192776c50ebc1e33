"""``python -m yibao_desktop.extract FILE [SUFFIX]``."""

import sys

from yibao_desktop.extract.child import main

sys.exit(main(sys.argv[1:]))
