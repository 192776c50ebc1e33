#!/bin/sh
# Downloads what a list pins (SHA-256 and address a line), if it is not there, and checks it:
#
#   fetch.sh LIST FOLDER
set -eu

mkdir -p "$2"
grep -v '^#' "$1" | while read -r sum address; do
    file=$2/$(basename "$address")
    if [ ! -e "$file" ]; then
        curl --silent --show-error --fail --location --output "$file.part" "$address" || {
            echo "下载不到 $address；换了版本的旧文件在 snapshot.debian.org，放进 $2 也行" >&2
            exit 1
        }
        mv "$file.part" "$file"
    fi
    echo "$sum  $file" | sha256sum --check --quiet
done
