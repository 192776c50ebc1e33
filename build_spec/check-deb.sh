#!/bin/sh
# What Debian's own checkers say of a package: check-deb.sh PACKAGE.deb; fails where one finds an error,
# or where it is larger than people with slow lines were promised.
set -eu

most=60000000
package=$(realpath "$1")
size=$(stat --format %s "$package")
if [ "$size" -gt "$most" ] && [ -z "${YIBAO_COMPRESSION:-}" ]; then
    echo "$package: $size bytes, more than $most" >&2
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dpkg-deb --extract "$package" "$folder"
desktop-file-validate "$folder"/usr/share/applications/*.desktop
appstreamcli validate --no-net --no-color "$folder"/usr/share/metainfo/*.xml
# As root lintian wants to be told that this is meant.
as_root=""
[ "$(id -u)" != 0 ] || as_root=--allow-root
lintian $as_root --fail-on error --tag-display-limit 0 "$package"
