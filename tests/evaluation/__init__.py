"""What search learns from questions with known answers, and how well it does on others."""

import yibao_desktop.search.meaning  # noqa: F401 - before numpy: it keeps that to one thread
