# shellcheck shell=sh
# What SwiftPM does not notice about its own scratch folders. Sourced after machine.sh, never run.

# forget_stale_modules SCRATCH: a C module keeps the headers it was compiled with, also when another one joined its folder.
forget_stale_modules() {
  mkdir -p "$1"
  headers=$(cd "$root" && find Sources Tests -path '*/include/*' | LC_ALL=C sort)
  if [ "$(cat "$1/header-names" 2>/dev/null)" != "$headers" ]; then
    rm -rf "$1"/*/*/ModuleCache
  fi
  printf '%s\n' "$headers" >"$1/header-names"
}
