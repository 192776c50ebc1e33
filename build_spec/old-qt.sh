#!/bin/sh
# Tries the program with each version of Qt that packages are made with, and with as little of ICU's
# data as they carry: the self-test and all tests of the window.
#
#   old-qt.sh FOLDER VERSION…
#
# FOLDER holds an environment for each version; all else in it is as the locks have it.
set -eu

folder=$1
shift
lock=build_spec/requirements-test.lock
for version in "$@"; do
    environment=$folder/qt-$version
    python=$environment/bin/python
    if [ ! -e "$environment/.done" ] || [ $lock -nt "$environment/.done" ]; then
        "${PYTHON:-python3}" -m venv --clear "$environment"
        "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --use-pep517 \
            --no-deps -r $lock
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps \
            "PySide6-Essentials==$version" "PySide6-Addons==$version" "shiboken6==$version"
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps \
            --no-build-isolation -e .
        touch "$environment/.done"
    fi
    echo "== Qt $version"
    "$python" build_spec/icu_data.py "$environment"/lib/python3*/site-packages/PySide6/Qt/lib "$environment/icu"
    export LD_LIBRARY_PATH="$(realpath "$environment/icu")"
    "$python" -c 'import sys, PySide6; sys.exit(PySide6.__version__ != sys.argv[1])' "$version"
    "$python" -m yibao_desktop --self-test
    "$python" -m pytest -n 2 --dist loadgroup -q tests/ui
done
