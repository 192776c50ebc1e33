"""What Windows shows of a program under 属性 → 详细信息."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PyInstaller.utils.win32.versioninfo import VSVersionInfo

CHINESE, UTF_16 = 0x0804, 1200


def info(program: str, version: str) -> VSVersionInfo:
    """Version information of one of the programs; can be made on Windows only."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*(int(part) for part in version.split(".")[:3]), 0, 0, 0)[:4]
    texts = {
        "CompanyName": "Yibao Desktop",
        "FileDescription": "医保指南" if program != "yibao" else "医保指南（命令行）",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "MIT",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "医保指南",
        "ProductVersion": version,
    }
    table = StringTable(
        f"{CHINESE:04x}{UTF_16:04x}", [StringStruct(name, text) for name, text in texts.items()]
    )
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            StringFileInfo([table]),
            VarFileInfo([VarStruct("Translation", [CHINESE, UTF_16])]),
        ],
    )
