"""What a content database must have, known without the library that writes it.

``content_models.py`` has the tables themselves. Whoever only reads the content, as the first
question of a fresh window does, need not wait for that library to be loaded.
"""

CONTENT_SCHEMA_VERSION = 8
"""``PRAGMA user_version`` of a content database this program can read."""

LEXICON = "words"
SOUNDS = "sounds"
"""Names of the two lexicons: what every question needs, and what only reading by sound needs."""

FULL_TEXT_TABLES = {
    # Each character of title, names, questions and body with the next one, for exact phrases.
    "passage_pair": "fts5(title, names, asked, body, content='', tokenize='unicode61')",
    # Letters of the full pinyin and of the initials of title and names.
    "passage_pinyin": "fts5(syllables, initials, content='', tokenize='unicode61')",
}
"""Name and definition of the virtual tables search asks; texts are not kept twice."""

CONTENT_TABLES = frozenset(
    {
        "document",
        "doubt",
        "doubt_item",
        "former_id",
        "frequent",
        "item",
        "item_source",
        "lexicon",
        "local_change",
        "meta",
        "pack",
        "passage",
        "passage_meaning",
        "recogniser",
        "region",
        "source",
        "term",
        "untreated",
        *FULL_TEXT_TABLES,
    }
)
"""Every table a content database must have."""
