#!/bin/sh
# What Debian's own checkers say of a package: check-deb.sh PACKAGE.deb; fails where one finds an error.
set -eu

package=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dpkg-deb --extract "$package" "$folder"
desktop-file-validate "$folder"/usr/share/applications/*.desktop
appstreamcli validate --no-net --no-color "$folder"/usr/share/metainfo/*.xml
# As root lintian wants to be told that this is meant.
as_root=""
[ "$(id -u)" != 0 ] || as_root=--allow-root
lintian $as_root --fail-on error --tag-display-limit 0 "$package"
