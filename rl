#!/bin/sh
# The door: installs what is missing, builds the release binary where sources changed, and becomes it.
set -eu

program=rl
self=$0
[ ! -L "$self" ] || self=$(readlink -f -- "$self")
case $self in
  */*) root=${self%/*} ;;
  *) root=. ;;
esac

# shellcheck source=scripts/lib/machine.sh
. "$root/scripts/lib/machine.sh"
# shellcheck source=scripts/lib/scratch.sh
. "$root/scripts/lib/scratch.sh"
# shellcheck source=scripts/lib/build.sh
. "$root/scripts/lib/build.sh"

build_if_stale
exec "$binary" "$@"
