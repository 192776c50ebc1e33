"""What assistive technology sees: the objects on the accessibility bus, by name and role."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.patience import PATIENCE_S

STATUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")

CHECKED = 4
FOCUSABLE = 11
FOCUSED = 12
SHOWING = 25


class BusError(Exception):
    """The other side answered with an error."""


def call(
    connection: DBusConnection,
    where: tuple[str, str],
    interface: str,
    method: str,
    signature: str | None = None,
    *arguments: Any,
) -> Any:
    """The first value of the answer."""
    address = DBusAddress(where[1], bus_name=where[0], interface=interface)
    message = new_method_call(address, method, signature, arguments)
    answer = connection.send_and_get_reply(message, timeout=PATIENCE_S)
    if answer.header.message_type is MessageType.error:
        raise BusError(answer.body)
    return answer.body[0] if answer.body else None


def enable(session_bus: str) -> str:
    """Say that assistive technology is in use; the address of its bus."""
    with open_dbus_connection(session_bus) as session:
        where = (STATUS.bus_name, STATUS.object_path)
        value = (STATUS.interface, "IsEnabled", ("b", True))
        call(session, where, "org.freedesktop.DBus.Properties", "Set", "ssv", *value)
        return str(call(session, where, "org.a11y.Bus", "GetAddress"))


@dataclass(frozen=True, slots=True)
class Thing:
    """An object a program shows to assistive technology."""

    connection: DBusConnection
    where: tuple[str, str]

    def ask(self, interface: str, method: str, signature: str | None = None, *values: Any) -> Any:
        return call(
            self.connection, self.where, f"org.a11y.atspi.{interface}", method, signature, *values
        )

    @property
    def name(self) -> str:
        interface = "org.freedesktop.DBus.Properties"
        arguments = ("org.a11y.atspi.Accessible", "Name")
        return str(call(self.connection, self.where, interface, "Get", "ss", *arguments)[1])

    @property
    def role(self) -> str:
        return str(self.ask("Accessible", "GetRoleName"))

    @property
    def text(self) -> str:
        """What is written in it."""
        return str(self.ask("Text", "GetText", "ii", 0, -1))

    def act(self, action: str) -> None:
        """Do what it offers under this name."""
        names = [name for name, *_ in self.ask("Action", "GetActions")]
        assert action in names, f"“{self.name}” offers only {names}"
        assert self.ask("Action", "DoAction", "i", names.index(action))

    def has(self, state: int) -> bool:
        """Whether it is in a state, told by its number in the bus's list."""
        return bool(self.ask("Accessible", "GetState")[0] & (1 << state))

    @property
    def showing(self) -> bool:
        return self.has(SHOWING)

    @property
    def children(self) -> list[Thing]:
        found = self.ask("Accessible", "GetChildren")
        return [Thing(self.connection, (name, path)) for name, path in found]

    def all(self) -> Iterator[Thing]:
        """This and everything below it that is to be seen."""
        yield self
        for child in self.children:
            if child.showing:
                yield from child.all()

    def find(self, role: str, suits: Callable[[str], bool]) -> Thing | None:
        """The first of a role whose name suits."""
        for thing in self.all():
            if thing.role == role and suits(thing.name):
                return thing
        return None


def programs(connection: DBusConnection) -> list[Thing]:
    """The programs on the bus."""
    return Thing(connection, ROOT).children


@contextmanager
def announcements(connection: DBusConnection) -> Iterator[deque[Message]]:
    """Fills, while other things are asked, with what is to be said; ``spoken`` is its text."""
    event = "object:announcement"
    call(connection, REGISTRY, "org.a11y.atspi.Registry", "RegisterEvent", "s", event)
    rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
    connection.send_and_get_reply(message_bus.AddMatch(rule))
    heard: deque[Message] = deque()
    with connection.filter(rule, queue=heard):
        yield heard


def spoken(announcement: Message) -> str:
    """What an announcement says."""
    return str(announcement.body[3][1])
