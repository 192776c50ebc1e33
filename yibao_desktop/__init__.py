"""医保指南: an offline guide to Chinese basic medical insurance."""

__version__ = "0.1.0"
