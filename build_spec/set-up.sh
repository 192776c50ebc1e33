#!/bin/sh
# Set up the virtual environment: set-up.sh run|test FOLDER
set -eu

what=$1
venv=$2
here=$(dirname "$0")
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "需要 Python 3.11 或更新的版本；可以用 make PYTHON=python3.12 指明用哪一个。" >&2
    exit 1
fi
PYTHON=$python "$here/system-packages.sh" "$what"

# A set-up that broke off leaves a Python without pip, or with half of it; that is made anew.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    again=""
    [ ! -f "$venv/pyvenv.cfg" ] || again=--clear
    "$python" -m venv $again "$venv"
fi
echo "安装 Python 包（第一次要几分钟）……"
# A lock is complete: nothing is resolved, so nothing newer on the index can get in its way.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --use-pep517 --no-deps \
    -r "$here/requirements-$what.lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --editable "$here/.."
"$venv/bin/python" -m pip check --disable-pip-version-check >&2 || {
    echo "装好的包彼此不合：锁定的清单不完整，请运行 make lock 重新生成。" >&2
    exit 1
}
touch "$venv/$what.stamp"
