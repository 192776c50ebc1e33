#!/bin/sh
# Builds content, programs and the Debian package from two clean clones in different folders, and
# says what of it is the same to the last byte; fails where the content, the list of files or the
# package differs. Takes about ten minutes.
#
#   compare-builds.sh FOLDER
set -eu

source=$(realpath "$(dirname "$0")/..")
folder=$(realpath -m "$1")
first=$folder/one
second="$folder/another 医保"
commit=$(git -C "$source" rev-parse HEAD)
failed=0

mkdir -p "$folder"
for clone in "$first" "$second"; do
    rm -rf "$clone"
    git clone --quiet "$source" "$clone"
    git -C "$clone" reset --quiet --hard "$commit"
    echo "编译 $clone"
    make --silent -C "$clone" deb >"$folder/make.log" 2>&1 || { tail -5 "$folder/make.log" >&2; exit 1; }
done

# Sums of all files below a folder; links count with what they point to.
sums() { (cd "$1" && find . -type f -exec sha256sum {} + && find . -type l -printf '%l  %p\n') | sort -k2; }
names() { sed 's/^[^ ]*  //'; }
tell() {
    if [ "$2" = "$3" ]; then echo "一样    $1  $4"; else echo "不一样  $1" && failed=1; fi
}
one() { sha256sum "$@" | cut -d' ' -f1; }

tell "内容库" "$(one "$first/db/content.sqlite3")" "$(one "$second/db/content.sqlite3")" "$(one "$first/db/content.sqlite3")"
sums "$first/dist/yibao-desktop" >"$folder/one.sums"
sums "$second/dist/yibao-desktop" >"$folder/another.sums"
tell "文件名单" "$(names <"$folder/one.sums")" "$(names <"$folder/another.sums")" "$(wc -l <"$folder/one.sums") 个"
different=$(diff "$folder/one.sums" "$folder/another.sums" | grep '^<' | names || true)
tell "每个文件的内容" "" "$different" ""
[ -z "$different" ] || echo "$different" | head -20
tell "Debian 包" "$(one "$first"/dist/*.deb)" "$(one "$second"/dist/*.deb)" "$(one "$first"/dist/*.deb)"
exit $failed
