#!/bin/sh
# Walks a Debian package through its life in a clean system: installed, tried, opened, called by its
# links and its menu, upgraded, removed, purged. Needs root, debootstrap, Xvfb and a network.
#
#   walk-debian-package.sh PACKAGE.deb NEWER.deb FOLDER [SUITE [MIRROR]]
#
# FOLDER holds the clean system (made if it is not there, and kept for the next time); what is tried
# happens in a copy of it. SUITE is bookworm (Debian 12) unless told otherwise.
#
# A package in UOS's layout (/opt/apps) is called where it lies, as UOS's own menu does. One for
# another architecture runs under qemu-user (qemu-user-static, registered with the kernel): an order
# of magnitude slower, so that only what needs no window is tried.
set -eu

package=$(realpath "$1")
newer=$(realpath "$2")
folder=$(realpath -m "$3")
suite=${4:-bookworm}
mirror=${5:-http://deb.debian.org/debian}
name=$(dpkg-deb --field "$package" Package)
architecture=$(dpkg-deb --field "$package" Architecture)
clean=$folder/clean-$suite-$architecture
root=$folder/walk-$suite-$architecture
display=:87
programs=/usr/bin home=/usr/lib/yibao-desktop share=/usr/share
case $name in
    *.*) programs=/opt/apps/$name/files home=/opt/apps/$name share=/opt/apps/$name/entries ;;
esac
foreign=""
[ "$architecture" = "$(dpkg --print-architecture)" ] || foreign=yes

say() { printf '\n== %s\n' "$*"; }
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root "$@"; }
as_user() {
    chroot --userspec=1000:1000 "$root" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME=/home/user \
        DISPLAY=$display "$@"
}
fail() {
    echo "没有通过：$*" >&2
    exit 1
}
# Ends what still runs in the clean system.
end_all() {
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" != "$root" ] || kill "${process#/proc/}" 2>/dev/null || true
    done
}
leave() {
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    end_all
    for mounted in proc tmp/.X11-unix; do
        mountpoint -q "$root/$mounted" && umount -l "$root/$mounted"
    done
    rm -rf --one-file-system "$root"
}

if [ ! -e "$clean/.done" ]; then
    say "一个干净的系统：$suite"
    rm -rf --one-file-system "$clean"
    mkdir -p "$folder"
    case $mirror in
        *ubuntu*) components=main,universe elder=gutsy ;;
        *) components=main elder=sid ;;
    esac
    # A suite that this debootstrap is too old to know is made as its elders are.
    script=/usr/share/debootstrap/scripts/$suite
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/$elder
    log=$folder/debootstrap-$suite-$architecture.log
    debootstrap --arch="$architecture" --variant=minbase --components=$components "$suite" "$clean" "$mirror" "$script" >"$log" 2>&1 ||
        { tail -5 "$log" >&2; fail "debootstrap"; }
    ! grep -q "Cannot check Release signature" "$log" ||
        echo "注意：这里没有 $mirror 的钥匙（Ubuntu 的在 ubuntu-keyring 里），下载时没有核对签名"
    touch "$clean/.done"
fi
trap leave EXIT
rm -rf --one-file-system "$root"
cp -a "$clean" "$root"
mount -t proc proc "$root/proc"
cp "$package" "$root/tmp/first.deb"
cp "$newer" "$root/tmp/newer.deb"
inside useradd --create-home --uid 1000 user
inside sh -c '. /etc/os-release; echo "$PRETTY_NAME"'
for tool in python3 gcc make; do
    inside sh -c "command -v $tool" && fail "$tool 本来就在里面"
done
echo "没有 Python，没有编译器"

say "安装"
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/first.deb >"$folder/install.log" 2>&1 ||
    { tail -20 "$folder/install.log" >&2; fail "安装"; }
inside dpkg-query -W -f '${Package} ${Version} ${Architecture} ${Status}\n' "$name"
inside sh -c 'command -v python3' && fail "装进了 Python"

say "自检（没有屏幕）"
as_user env -u DISPLAY $programs/yibao-desktop --self-test

say "控制台"
as_user $programs/yibao search 卡丢了怎么办 --limit 1
as_user $programs/yibao doctor >/dev/null || fail "yibao doctor"

records=$root/home/user/.local/share/yibao-desktop/user.sqlite3
visits="SELECT count(*) FROM visit"
count() { [ ! -e "$records" ] && echo 0 && return; python3 -c "import sqlite3,sys; print(sqlite3.connect('file:$records?mode=ro', uri=True).execute('$visits').fetchone()[0])"; }
try_window() {
    say "打开窗口"
    mkdir -p "$root/tmp/.X11-unix"
    chmod 1777 "$root/tmp" "$root/tmp/.X11-unix"
    Xvfb $display -screen 0 1280x900x24 >/dev/null 2>&1 &
    server=$!
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -e "/tmp/.X11-unix/X${display#:}" ] && break
        sleep 0.5
    done
    as_user $programs/yibao-desktop --measure-startup
    as_user sh -c 'timeout 6 $0/yibao-desktop yibao:card-replacement; [ $? = 124 ]' $programs || fail "窗口没有一直开着"
    [ -s "$records" ] || fail "没有存下记录"
    before=$(count)
    [ "$before" -gt 0 ] || fail "看过的页没有记下来"
    echo "开着 6 秒，记下了看过的页：$before"
}
try_links() {
    say "链接、菜单里的动作、手册页"
    # What opens links and shows manuals on a desktop; none of it is needed by the package itself.
    inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        xdg-utils desktop-file-utils libglib2.0-bin man-db >>"$folder/install.log" 2>&1 || fail "xdg-utils"
    if [ $share = /usr/share ]; then
        handler=$(as_user xdg-mime query default x-scheme-handler/yibao)
        [ "$handler" = yibao-desktop.desktop ] || fail "yibao: 链接归 ${handler:-谁也不} 管"
    fi
    state=$root/home/user/.local/share/yibao-desktop/window.ini
    # Whether the window, called by a command, comes to show a place.
    shows() {
        place=$1
        shift
        rm -f "$state"
        as_user "$@" >/dev/null 2>&1 &
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            sleep 0.5
            ! grep -qx "place=$place" "$state" 2>/dev/null || break
        done
        grep -qx "place=$place" "$state" 2>/dev/null || fail "$* 没有打开 $place"
        end_all
        wait $!  2>/dev/null || true
    }
    [ $share != /usr/share ] || shows item gio open yibao:family-account
    entry=$share/applications/$name.desktop
    actions=$(sed -n '/^\[Desktop Action /,$s/^Exec=//p' "$root$entry")
    [ -n "$actions" ] || fail "菜单里没有动作"
    echo "$actions" | while read -r program link; do
        shows "${link#yibao:}" "$program" "$link"
        echo "$program $link"
    done
    for page in "$root"$share/man/man1/yibao*.1.gz "$root"$share/man/zh_CN/man1/yibao*.1.gz; do
        faults=$(as_user env MANWIDTH=80 man --warnings -E UTF-8 -l "${page#"$root"}" 2>&1 >/dev/null)
        [ -z "$faults" ] || fail "${page#"$root"}：$faults"
    done
    as_user man -E UTF-8 -l $share/man/zh_CN/man1/yibao-desktop.1.gz | sed -n 1,8p
}
if [ -n "$foreign" ]; then
    echo "没有试窗口：$architecture 的程序在这里是模拟着跑的"
else
    try_window
    try_links
fi
before=$(count)

say "升级"
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/newer.deb >>"$folder/install.log" 2>&1 ||
    { tail -20 "$folder/install.log" >&2; fail "升级"; }
inside dpkg-query -W -f '${Package} ${Version} ${Architecture} ${Status}\n' "$name"
as_user env -u DISPLAY $programs/yibao-desktop --self-test | tail -1
[ "$(count)" = "$before" ] || fail "升级后看过的页不对"
echo "记录还在"

say "卸载"
inside env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq "$name" >>"$folder/install.log" 2>&1 || fail "卸载"
[ ! -e "$root$programs/yibao-desktop" ] || fail "程序还在"
[ ! -e "$root$home" ] || fail "留下了 $home"
# apt knows no package any more that is in no archive and has left nothing to purge.
inside dpkg --purge "$name" >>"$folder/install.log" 2>&1 || fail "清除"
left=$(inside sh -c "find / -xdev -name '*yibao*' -not -path '/proc/*' -not -path '/home/*' -not -path '/var/log/*' -not -path '/tmp/*'")
[ -z "$left" ] || fail "留下了 $left"
[ "$(count)" = "$before" ] || fail "您的记录也没了"
echo "系统里什么也没留下；用户自己的记录还在"

say "全部通过"
