#!/bin/sh
# Make sure the system libraries are there that Python's packages do not bring along.
#
#   system-packages.sh run      what the program needs
#   system-packages.sh test     and what the tests and the packaged build need besides
#   system-packages.sh deb      and what the Debian package is made and checked with
#   system-packages.sh old      and what the packages for old systems are made with
#
# Installs them as root on Debian and Ubuntu; elsewhere prints the exact command and fails.
set -eu

run_libraries="libEGL.so.1 libGL.so.1 libxkbcommon.so.0 libxkbcommon-x11.so.0 libdbus-1.so.3
libfontconfig.so.1 libglib-2.0.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0
libxcb-keysyms.so.1 libxcb-randr.so.0 libxcb-render-util.so.0 libxcb-shape.so.0 libxcb-xkb.so.1"

package_of() {
    case $1 in
        libEGL.so.1) echo libegl1 ;;
        libGL.so.1) echo libgl1 ;;
        libxkbcommon.so.0) echo libxkbcommon0 ;;
        libxkbcommon-x11.so.0) echo libxkbcommon-x11-0 ;;
        libdbus-1.so.3) echo libdbus-1-3 ;;
        libfontconfig.so.1) echo libfontconfig1 ;;
        libglib-2.0.so.0) echo libglib2.0-0 ;;
        libxcb-cursor.so.0) echo libxcb-cursor0 ;;
        libxcb-icccm.so.4) echo libxcb-icccm4 ;;
        libxcb-image.so.0) echo libxcb-image0 ;;
        libxcb-keysyms.so.1) echo libxcb-keysyms1 ;;
        libxcb-randr.so.0) echo libxcb-randr0 ;;
        libxcb-render-util.so.0) echo libxcb-render-util0 ;;
        libxcb-shape.so.0) echo libxcb-shape0 ;;
        libxcb-xkb.so.1) echo libxcb-xkb1 ;;
    esac
}

library_there() {
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "[[:space:]]$1 "
}

python=${PYTHON:-python3}
missing=""
for library in $run_libraries; do
    library_there "$library" || missing="$missing $(package_of "$library")"
done
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ "${1:-run}" = deb ]; then
    for library in "libcups.so.2 libcups2" "libpulse.so.0 libpulse0" "libspeechd.so.2 libspeechd2" \
        "libwayland-client.so.0 libwayland-client0" "libwayland-cursor.so.0 libwayland-cursor0"; do
        library_there "${library%% *}" || missing="$missing ${library##* }"
    done
    for tool in "dpkg-shlibdeps dpkg-dev" "lintian lintian" "appstreamcli appstream" \
        "desktop-file-validate desktop-file-utils"; do
        command -v "${tool%% *}" >/dev/null 2>&1 || missing="$missing ${tool##* }"
    done
fi
if [ "${1:-run}" = old ]; then
    for tool in "curl curl" "patch patch" "make make" "perl perl" "tclsh tcl" "dpkg-deb dpkg-dev" \
        "readelf binutils" "icupkg icu-devtools" "bzip2 bzip2" "xz xz-utils"; do
        command -v "${tool%% *}" >/dev/null 2>&1 || missing="$missing ${tool##* }"
    done
fi
if [ "${1:-run}" = test ]; then
    for tool in "objdump binutils" "icupkg icu-devtools" "Xvfb xvfb" "xdotool xdotool" "dbus-daemon dbus-daemon" "strace strace"; do
        command -v "${tool%% *}" >/dev/null 2>&1 || missing="$missing ${tool##* }"
    done
    # What a screen reader talks to, and what Qt's reading aloud rests on.
    [ -e /usr/share/dbus-1/services/org.a11y.Bus.service ] || missing="$missing at-spi2-core"
    library_there libpulse.so.0 || missing="$missing libpulse0"
    # PyInstaller needs Python's shared library, which Debian keeps in a package of its own.
    shared=$("$python" -c 'import sys; print("libpython%d.%d.so.1.0" % sys.version_info[:2])')
    case $("$python" -c 'import sys; print(sys.base_prefix)') in
        /usr) library_there "$shared" || missing="$missing ${shared%.so.1.0}" ;;
    esac
fi

[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装系统库：$missing"
    apt-get update -qq
    # shellcheck disable=SC2086 # one argument a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "缺少系统库。请先运行：sudo apt-get install$missing" >&2
    exit 1
fi
