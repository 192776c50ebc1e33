"""Chinese can be typed with ibus and with fcitx5, whatever plugins Qt came with."""

from __future__ import annotations

import pytest

from yibao_desktop.ui.program.input_method import (
    choose_input_method,
    installed_plugins,
    use_input_method,
)

COMPOSE = "libcomposeplatforminputcontextplugin.so"
IBUS = "libibusplatforminputcontextplugin.so"
FCITX = "libfcitx5platforminputcontextplugin.so"
SHIPPED = [COMPOSE, IBUS]


@pytest.mark.parametrize(
    ("environment", "plugins", "chosen"),
    [
        ({}, SHIPPED, None),
        ({"QT_IM_MODULE": "ibus"}, SHIPPED, None),
        ({"QT_IM_MODULE": "fcitx"}, SHIPPED, ("QT_IM_MODULE", "ibus")),
        ({"QT_IM_MODULE": "fcitx5"}, SHIPPED, ("QT_IM_MODULE", "ibus")),
        ({"QT_IM_MODULE": "fcitx"}, [*SHIPPED, FCITX], None),
        ({"QT_IM_MODULE": "fcitx"}, [COMPOSE], None),
        ({"QT_IM_MODULE": "xim"}, SHIPPED, None),
        ({"XMODIFIERS": "@im=fcitx"}, SHIPPED, ("QT_IM_MODULE", "ibus")),
        ({"XMODIFIERS": "@im=fcitx"}, [*SHIPPED, FCITX], ("QT_IM_MODULE", "fcitx")),
        ({"XMODIFIERS": "@im=ibus"}, SHIPPED, ("QT_IM_MODULE", "ibus")),
        ({"XMODIFIERS": "@im=none"}, SHIPPED, None),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, SHIPPED, None),
        (
            {"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"},
            SHIPPED,
            ("QT_IM_MODULE", "ibus"),
        ),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, SHIPPED, None),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, SHIPPED, ("QT_IM_MODULES", "wayland;ibus")),
        ({"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "fcitx"}, SHIPPED, None),
    ],
)  # fmt: skip
def test_ibus_stands_in_for_fcitx_where_only_it_can_be_loaded(environment, plugins, chosen):
    assert choose_input_method(environment, plugins) == chosen


def test_the_plugins_here_are_found_and_fcitx_is_replaced(tmp_path):
    assert IBUS in installed_plugins({})
    assert FCITX not in installed_plugins({})
    environment = {"QT_IM_MODULE": "fcitx"}
    use_input_method(environment)
    assert environment == {"QT_IM_MODULE": "ibus"}


def test_a_plugin_the_user_added_is_used(tmp_path):
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / FCITX).touch()
    environment = {"QT_IM_MODULE": "fcitx", "QT_PLUGIN_PATH": str(tmp_path)}
    use_input_method(environment)
    assert environment["QT_IM_MODULE"] == "fcitx"
