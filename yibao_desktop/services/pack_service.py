"""Content packs: looking at one before it comes in, installing, removing, going back."""

from __future__ import annotations

import datetime
import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.domain.packs.manifest import PACK_SUFFIX, Manifest
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.own_files import read_small
from yibao_desktop.packs.building import carry_out
from yibao_desktop.packs.installed import (
    Edition,
    PackFolder,
    State,
    after,
    base_of,
    content_name,
)
from yibao_desktop.packs.keys import new_key, read_secret, write_secret
from yibao_desktop.packs.order import (
    FaultyPackError,
    Order,
    Outcome,
    Told,
)
from yibao_desktop.packs.pack_file import SignedPack, read_pack
from yibao_desktop.packs.trust import Trusted, judge, learnt
from yibao_desktop.services.file_writer import write_file
from yibao_desktop.services.pack_looks import PackLook, pack_look, read_file, refuse_newer

if TYPE_CHECKING:
    from yibao_desktop.paths import Paths
    from yibao_desktop.store.content_repository import ContentRepository


def _quietly(_: str) -> None:
    """Told how far it is, do nothing."""


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack in use."""

    manifest: Manifest
    fingerprint: str
    is_over: bool


class PackService:
    """Installs content packs."""

    def __init__(
        self,
        paths: Paths,
        region: Callable[[], str | None],
        today: Callable[[], datetime.date],
        content: Callable[[], ContentRepository],
        folder: PackFolder | None = None,
    ) -> None:
        """Work on the user's packs; ``folder`` where somebody has looked into it already."""
        self._paths = paths
        self._region = region
        self._today = today
        self._content = content
        self._folder = folder or PackFolder(paths.packs)
        self._stopped: Callable[[], bool] = lambda: False

    def stop_when(self, stopped: Callable[[], bool]) -> None:
        """Give up what is being built where the program ends; what is in use stays."""
        self._stopped = stopped

    def installed(self) -> list[InstalledPack]:
        """The packs in use, by title."""
        found = [self._signed(name) for name in self._folder.state().current.packs.values()]
        packs = [
            InstalledPack(manifest, pack.key.fingerprint, manifest.is_over(self._today()))
            for pack, manifest in found
        ]
        return sorted(packs, key=lambda pack: pack.manifest.title)

    @property
    def unfit(self) -> tuple[str, ...]:
        """What was left out of the packs in use, a sentence each."""
        return self._folder.state().current.unfit

    @property
    def can_go_back(self) -> bool:
        """Whether there is something to go back to."""
        return self._folder.state().previous is not None

    @property
    def is_behind(self) -> bool:
        """Whether packs are installed whose content has still to be built for this guide."""
        return self._folder.is_behind(self._paths.content_database, self._region())

    def look(self, file: Path, told: Told = _quietly) -> PackLook:
        """Read and check a pack; nothing is changed.

        Raises:
            DataError: it is no pack, was altered, or does not fit.
            UserError: the file cannot be read, or the program is too old for it.
        """
        data = read_file(file)
        pack = read_pack(data)
        manifest = _manifest(pack)
        refuse_newer(manifest)
        state = self._folder.state()
        verdict = judge(pack.key, manifest, state.trusted.get(manifest.id), self._void())
        outcome = _NOTHING
        if not verdict.is_refused:
            name = _file_name(manifest, data)
            self._folder.keep(name, data)
            try:
                edition = self._edition({**state.current.packs, manifest.id: name})
                outcome = carry_out(self._order(edition, everywhere=True), told, self._stopped)
            finally:
                self._folder.discard(name)
        return pack_look(self._content(), pack, manifest, verdict, outcome, data)

    def install(
        self, look: PackLook, choices: Mapping[str, str] | None = None, told: Told = _quietly
    ) -> tuple[str, ...]:
        """Build the content with a pack that was looked at, and use it; what was left out.

        ``choices`` says of each clashing part which pack it is taken from. What is in use changes
        only when the new content is whole.

        Raises:
            UserError: it is refused, or a choice is missing.
            DataError: it cannot be built or stored; nothing has changed.
        """
        if look.verdict.is_refused:
            raise UserError(look.said)
        state = self._folder.state()
        chosen = {**state.current.choices, **(choices or {})}
        open_parts = [clash for clash in look.clashes if clash.part not in chosen]
        if open_parts:
            raise UserError(
                f"“{open_parts[0].title}”有两个内容包都改了，要选用哪一份。", "选好了再装。"
            )
        name = _file_name(look.manifest, look.data)
        self._folder.keep(name, look.data)
        packs = {**state.current.packs, look.manifest.id: name}
        edition = self._edition(packs, chosen)
        pack = read_pack(look.data)
        known = state.trusted.get(look.manifest.id)
        trusted = {**state.trusted, look.manifest.id: learnt(pack.key, look.manifest, known)}
        return self._use(state, edition, told, trusted).unfit

    def remove(self, pack_id: str, told: Told = _quietly) -> None:
        """Go on without a pack; its key is forgotten, so that another may be compared and trusted.

        Raises:
            UserError: it is not installed.
            DataError: the content without it cannot be built; nothing has changed.
        """
        state = self._folder.state()
        if pack_id not in state.current.packs:
            raise UserError(f"没有装编号是“{pack_id}”的内容包。", "用 yibao pack list 看装了哪些。")
        packs = {p: name for p, name in state.current.packs.items() if p != pack_id}
        choices = {part: p for part, p in state.current.choices.items() if p != pack_id}
        trusted = {p: known for p, known in state.trusted.items() if p != pack_id}
        self._use(state, self._edition(packs, choices), told, trusted)

    def go_back(self, told: Told = _quietly) -> None:
        """Use what was in use before; once more goes forward again.

        Raises:
            UserError: there is nothing to go back to.
            DataError: its content is not whole any more and cannot be built.
        """
        state = self._folder.state()
        if state.previous is None:
            raise UserError("没有上一版可以退回。")
        edition = self._edition(state.previous.packs, state.previous.choices)
        if edition.content == state.previous.content:
            edition = replace(edition, unfit=state.previous.unfit)
        self._use(state, edition, told, state.trusted, strict=False)

    def rebuild(self, told: Told = _quietly) -> None:
        """Build the content with the packs in use anew: the guide or the place is another.

        What no longer fits is left out and listed.

        Raises:
            DataError: it cannot be built; the guide goes on without the packs.
        """
        state = self._folder.state()
        current = state.current
        edition = self._edition(current.packs, current.choices)
        built = self._built(edition, told, strict=False)
        self._folder.store(replace(state, current=built))

    def catch_up(self) -> bool:
        """Build the packs in where the guide or the place is another by now; whether they were.

        Raises:
            DataError: they cannot be built in.
        """
        if not self.is_behind:
            return False
        self.rebuild()
        return True

    def _use(
        self,
        state: State,
        edition: Edition,
        told: Told,
        trusted: Mapping[str, Trusted],
        *,
        strict: bool = True,
    ) -> Edition:
        built = self._built(edition, told, strict=strict)
        self._folder.store(after(state, built, trusted))
        return built

    def _built(self, edition: Edition, told: Told, *, strict: bool) -> Edition:
        """The edition with its content there, built if it is not yet."""
        if not edition.packs or self._folder.has_content(edition):
            return edition
        out = str(self._folder.folder / edition.content)
        order = replace(self._order(edition), out=out, strict=strict)
        outcome = carry_out(order, told, self._stopped)
        return replace(edition, unfit=tuple(f"{one.page}：{one.said}" for one in outcome.unfit))

    def _edition(
        self, packs: Mapping[str, str], choices: Mapping[str, str] | None = None
    ) -> Edition:
        edition = Edition(
            packs=dict(packs),
            choices=dict(choices or {}),
            region=self._place(packs),
            base=base_of(self._paths.content_database),
        )
        return replace(edition, content=content_name(edition)) if packs else edition

    def _place(self, packs: Mapping[str, str]) -> str | None:
        """The user's place; where none is set, the one place all packs are for."""
        places = {code for name in packs.values() for code in self._signed(name)[1].regions}
        return self._region() or (places.pop() if len(places) == 1 else None)

    def _order(self, edition: Edition, *, everywhere: bool = False) -> Order:
        folder = self._folder.folder
        return Order(
            seeds=str(self._paths.seeds),
            resources=str(self._paths.resources),
            packs=tuple(str(folder / name) for _, name in sorted(edition.packs.items())),
            region=edition.region,
            choices=edition.choices,
            everywhere=everywhere,
        )

    def _signed(self, name: str) -> tuple[SignedPack, Manifest]:
        try:
            pack = read_pack((self._folder.folder / name).read_bytes())
        except OSError as error:
            raise DataError(f"装好的内容包读不出来（{error.strerror}）。") from error
        return pack, _manifest(pack)

    def new_key(self, file: Path, password: str) -> str:
        """Make a key to sign with, beside it its public one; the digits to be compared.

        Raises:
            UserError: there is a file already, or no password.
            DataError: it cannot be written.
        """
        if file.exists():
            raise UserError(f"{file} 已经有了，没有动它。", "请换一个名字：密钥不能盖掉。")
        if not password:
            raise UserError("密钥要有密码。", "请想一个别人猜不到的。")
        secret = new_key()
        write_file(file, write_secret(secret, password).encode())
        file.chmod(0o600)
        write_file(file.with_name(f"{file.name}.pub"), f"{secret.public.text}\n".encode())
        return secret.public.fingerprint

    def make(self, folder: Path, key: Path, password: str, out: Path) -> Manifest:
        """Check a folder, sign it, and write the pack.

        Raises:
            DataError: something in the folder is wrong, or a file cannot be written.
            UserError: the key or its password is wrong.
        """
        from yibao_desktop.packs.making import make_pack

        try:
            text = read_small(key, 10_000)
        except (OSError, ValueError) as error:
            raise UserError(f"密钥文件读不出来：{key}。") from error
        data = make_pack(folder, read_secret(text, password))
        manifest = _manifest(read_pack(data))
        with tempfile.TemporaryDirectory() as temporary:
            file = Path(temporary) / f"pack{PACK_SUFFIX}"
            file.write_bytes(data)
            order = Order(
                seeds=str(self._paths.seeds),
                resources=str(self._paths.resources),
                packs=(str(file),),
                region=manifest.regions[0],
                choices={},
                everywhere=True,
            )
            unfit = carry_out(order).unfit
        if unfit:
            raise FaultyPackError([f"{one.page}：{one.said}" for one in unfit])
        write_file(out, data)
        return manifest

    def _void(self) -> frozenset[str]:
        """Keys this release of the program knows as void."""
        try:
            text = read_small(self._paths.void_keys, 100_000)
        except (OSError, ValueError):
            return frozenset()
        return frozenset(line.strip() for line in text.splitlines() if not line.startswith("#"))


_NOTHING = Outcome((), (), (), ())


def _manifest(pack: SignedPack) -> Manifest:
    from yibao_desktop.packs.making import signed_manifest

    return signed_manifest(pack)


def _file_name(manifest: Manifest, data: bytes) -> str:
    told = hashlib.sha256(data).hexdigest()[:12]
    return f"{manifest.id}-{manifest.serial}-{told}{PACK_SUFFIX}"
