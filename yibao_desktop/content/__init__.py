"""From ``seeds/`` to the content database; used by ``yibao build`` and ``check`` only."""
