"""Reading aloud, where the computer has a voice for Chinese."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

UNKNOWN = "还在看这台电脑有没有中文的声音"
NO_PART = "这台电脑缺少朗读要用的部件"
NO_ENGINE = "这台电脑没有装朗读的程序"
NO_VOICE = "这台电脑没有会说中文的声音"

_MUTE_ENGINES = ("mock", "none")
_MANDARIN = "Mandarin"
_SIGNS = str.maketrans({"·": "", "【": "", "】": "。", "→": "，", "›": "，", "「": "", "」": ""})

_log = logging.getLogger(__name__)


class Speech(QObject):
    """Says one text at a time; what it needs is loaded by ``prepare``, never before.

    Attributes:
        reason: why nothing can be read aloud; empty where it can.
        text: what is being read aloud; empty while it is quiet.

    Signals:
        changed: one of the attributes has changed.
    """

    changed = Signal()

    def __init__(
        self,
        engine: str = "",
        language: QLocale.Language = QLocale.Language.Chinese,
        parent: QObject | None = None,
    ) -> None:
        """Choose what is to be loaded; without ``engine`` the system's own."""
        super().__init__(parent)
        self._name = engine
        self._language = language
        self._engine: QTextToSpeech | None = None
        self.reason = UNKNOWN
        self.text = ""

    @property
    def available(self) -> bool:
        """Whether something can be read aloud."""
        return not self.reason

    def prepare(self) -> None:
        """Load the system's voices; takes a moment, so not while the program starts."""
        self.reason = self._load()
        if self.reason:
            _log.info("no reading aloud: %s", self.reason)
        self.changed.emit()

    def _load(self) -> str:
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError as error:  # the system lacks a library it rests on
            _log.info("%s", error)
            return NO_PART
        engines = QTextToSpeech.availableEngines()
        if not self._name and not [e for e in engines if e not in _MUTE_ENGINES]:
            return NO_ENGINE
        voice = QTextToSpeech(self._name, self) if self._name else QTextToSpeech(self)
        # An engine without a voice for what the program's language is called is in error, too.
        if not voice.availableLocales():
            voice.deleteLater()
            return NO_ENGINE
        if not self._choose_voice(voice):
            voice.deleteLater()
            return NO_VOICE
        _log.info("reading aloud with the voice %s", voice.voice().name())
        voice.stateChanged.connect(self._on_state_changed)
        self._engine = voice
        return ""

    def _choose_voice(self, engine: QTextToSpeech) -> bool:
        """Take a voice for the language, if there is one.

        espeak-ng calls Mandarin ``cmn``, a code Qt has no language for: its voices are found among
        those of no language, by their names.
        """
        locales = engine.availableLocales()
        for locale in locales:
            if locale.language() is self._language:
                engine.setLocale(locale)
                return True
        if self._language is QLocale.Language.Chinese and QLocale.c() in locales:
            engine.setLocale(QLocale.c())
            for voice in engine.availableVoices():
                if _MANDARIN in voice.name():
                    engine.setVoice(voice)
                    return True
        return False

    def say(self, text: str) -> None:
        """Read a text aloud instead of what is being read."""
        if self._engine is None:
            return
        self.stop()
        self.text = text
        self._engine.say(text.translate(_SIGNS))
        self.changed.emit()

    def stop(self) -> None:
        """Be quiet."""
        if self._engine is not None and self.text:
            self.text = ""
            self._engine.stop()
            self.changed.emit()

    def _on_state_changed(self, state: QTextToSpeech.State) -> None:
        if self.text and state.name in ("Ready", "Error"):
            self.text = ""
            self.changed.emit()
