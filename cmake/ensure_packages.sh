#!/bin/sh
# Installs the Debian packages of the named groups (build, test, office, node, run, check; default: all) that are
# missing: as root, else by sudo, else it says what to install and fails. Asks dpkg only, and in a
# fraction of a second, when nothing is missing.
set -eu
list=$(dirname "$0")/../packaging/debian-packages.txt

wanted=$(awk -v groups=" $* " '
    /^#/ || NF == 0 { next }
    /^\[/ { group = substr($1, 2, length($1) - 2); next }
    groups == "  " || index(groups, " " group " ") { print $1 }' "$list")
if [ -z "$wanted" ]; then
    echo "ensure_packages: no such group: $*" >&2
    exit 2
fi

if ! command -v dpkg-query >/dev/null; then
    echo "ensure_packages: not a Debian system; needed are the like of:" $wanted >&2
    exit 0
fi

missing() {
    installed=$(dpkg-query --show --showformat='${db:Status-Abbrev}${Package}\n' 2>/dev/null |
        sed -n 's/^.i. *//p')
    printf '%s\n' $wanted | grep -vxF "$installed" || true
}

lacking=$(missing)
[ -n "$lacking" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo"
elif command -v sudo >/dev/null && [ -t 0 ]; then
    as_root="sudo"
else
    echo "Please install as root: apt-get install" $lacking >&2
    exit 1
fi

install() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -q $lacking
}

echo "Installing:" $lacking >&2
# The lists of packages are fetched only where those at hand do not suffice.
install >&2 || {
    $as_root apt-get update -q >&2
    install >&2
}
