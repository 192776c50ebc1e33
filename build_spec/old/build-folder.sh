#!/bin/sh
# Makes the packaged build for systems as old as glibc 2.28 (x86-64) or 2.31 (ARM64):
#
#   build-folder.sh x86_64|aarch64 FOLDER OUT
#
# FOLDER (about 2 GB) keeps the interpreter and what was downloaded for the next time; OUT is the build.
# Needs the environment of `make .venv/test.stamp`, the content, and what build-python.sh needs.
set -eu

architecture=$1
mkdir -p "$2"
folder=$(realpath "$2")
out=$3
here=$(dirname "$(realpath "$0")")
source=$(realpath "$here/../..")
python=$source/.venv/bin/python

PYTHON=${PYTHON:-$python} "$here/build-python.sh" "$architecture" "$folder"

# pip takes no wheel that asks for a newer glibc than these say; make_folder.py looks again, into the files.
case $architecture in
    x86_64) newest=28 ;;
    aarch64) newest=31 ;;
esac
platforms="--platform manylinux2014_$architecture"
minor=17
while [ $minor -le $newest ]; do
    platforms="$platforms --platform manylinux_2_${minor}_$architecture"
    minor=$((minor + 1))
done
"$python" "$source/build_spec/platform_lock.py" "$architecture" >"$folder/$architecture.lock"
site=$folder/site-$architecture
if ! cmp -s "$folder/$architecture.lock" "$site/.lock"; then
    rm -rf "$site"
    # shellcheck disable=SC2086 # one argument a word
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes --target "$site" \
        $platforms --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none -r "$folder/$architecture.lock" ||
        { echo "有一个包没有给 glibc 2.$newest 的 $architecture 做的版本，见上面" >&2; exit 1; }
    cp "$folder/$architecture.lock" "$site/.lock"
fi

xcb=$folder/xcb-$architecture
"$here/fetch.sh" "$here/xcb-$architecture.txt" "$folder/sources"
rm -rf "$xcb"
mkdir -p "$xcb/licences"
grep -v '^#' "$here/xcb-$architecture.txt" | while read -r _ address; do
    file=$(basename "$address")
    dpkg-deb --extract "$folder/sources/$file" "$xcb"
    cp "$xcb/usr/share/doc/${file%%_*}/copyright" "$xcb/licences/debian-${file%%_*}.txt"
done

"$python" "$source/build_spec/make_folder.py" "$architecture" "$folder" "$out"
