"""Finding the passage that answers a question typed in everyday Chinese."""

import os

# Each thread of the numeric library keeps tens of megabytes, and one does as well for a question.
# Said here, since it counts only before that library is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
