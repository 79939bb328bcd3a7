# shellcheck shell=sh
# What a build needs of the machine: Debian packages, a Swift toolchain, a CPU that RL_CPU fits. Sourced, never run.

# The Debian packages, each with a library that shows it is there: looking for a file starts no process, and an
# OpenBLAS that came from elsewhere counts too.
required_packages="libopenblas-dev:libopenblas.so libpng-dev:libpng.so libsdl2-dev:libSDL2.so"
# The Debian packages whose programs some tests run, each with the program that shows it is there.
test_packages="ffmpeg:ffprobe tmux:tmux xvfb:Xvfb xdotool:xdotool"
library_folders="/usr/lib/x86_64-linux-gnu /usr/lib64 /usr/lib /usr/local/lib"

# The features of x86-64-v3 by their names in /proc/cpuinfo (abm is lzcnt).
version3_features="abm avx avx2 bmi1 bmi2 f16c fma movbe xsave"

say() { printf '%s: %s\n' "${program:?}" "$*" >&2; }

# fail STATUS SENTENCE…: ends with an exit status of the command line's contract.
fail() {
  failure=$1
  shift
  say "$*"
  exit "$failure"
}

# Sets `missing` to the packages that are not on this machine.
find_missing_packages() {
  missing=
  for requirement in $required_packages; do
    found=
    for folder in $library_folders; do
      [ ! -e "$folder/${requirement#*:}" ] || found=yes
    done
    [ -n "$found" ] || missing="${missing:+$missing }${requirement%%:*}"
  done
}

# Adds to `missing` the packages of programs that are not on this machine.
find_missing_programs() {
  for requirement in $test_packages; do
    command -v "${requirement#*:}" >/dev/null || missing="${missing:+$missing }${requirement%%:*}"
  done
}

# Installs what building needs and what the tests run besides.
require_test_packages() {
  for_tests=yes
  require_packages
}

# Ends with the command to type where packages are missing that must not or cannot be installed from here.
refuse_missing_packages() {
  find_missing_packages
  [ -z "${for_tests:-}" ] || find_missing_programs
  [ -n "$missing" ] || return 0
  install="apt-get install -y --no-install-recommends $missing"
  if ! command -v apt-get >/dev/null; then
    fail 1 "missing: $missing; this is no Debian machine, so install what corresponds and try again"
  fi
  [ "$(id -u)" = 0 ] || fail 1 "missing: $missing; install with: sudo $install"
  [ "${RL_NO_INSTALL:-0}" = 0 ] ||
    fail 1 "missing: $missing, and RL_NO_INSTALL forbids to install it from here; install with: $install"
}

# Installs what is missing, saying so first.
require_packages() {
  refuse_missing_packages
  [ -n "$missing" ] || return 0
  say "installing $missing ($install)"
  # A machine that never asked for a package list, or has an old one, needs a new one before it finds the package.
  run_apt "$install" 2>/dev/null || {
    run_apt "apt-get update" && run_apt "$install"
  } || fail 1 "could not install $missing; see above, then run: $install"
  find_missing_packages
  [ -z "$missing" ] || fail 1 "installed $missing, but its library is in none of: $library_folders"
  [ -z "${for_tests:-}" ] || find_missing_programs
  [ -z "$missing" ] || fail 1 "installed $missing, but its program is not on the PATH"
}

# Standard output belongs to the program that runs afterwards, and so does the input.
run_apt() {
  # shellcheck disable=SC2086 # a command line of plain words
  DEBIAN_FRONTEND=noninteractive $1 >&2 </dev/null
}

require_swift() {
  command -v swift >/dev/null ||
    fail 1 "no Swift toolchain on the PATH; install Swift 6.3 or newer from https://www.swift.org/install/linux/ and try again"
}

# SwiftPM and the compiler keep caches at home; an account without one gets a home inside .build, for the build alone.
# Such caches hold absolute paths, so the home's name tells for which place of the checkout it was made.
require_home() {
  [ ! -w "${HOME:-/}" ] || return 0
  HOME=$(cd -P -- "$root" && pwd)
  HOME=$HOME/.build/home-$(printf %s "$HOME" | cksum | cut -d ' ' -f 1)
  mkdir -p "$HOME"
  export HOME
}

# Sets RL_CPU to its default where it is unset, and refuses what no build knows.
read_cpu_choice() {
  : "${RL_CPU:=native}"
  case $RL_CPU in
    native | x86-64-v3 | baseline) export RL_CPU ;;
    *) fail 64 "RL_CPU is \"$RL_CPU\"; it must be native, x86-64-v3 or baseline" ;;
  esac
}

# Sets `cpu_flags` to the features of this CPU, as one line.
read_cpu_flags() {
  cpu_flags=
  [ -r /proc/cpuinfo ] || return 0
  while IFS= read -r line; do
    case $line in
      flags*) cpu_flags="${line#*: } " && break ;;
    esac
  done </proc/cpuinfo
}

# A binary for x86-64-v3 may be built anywhere, but this one is about to run here.
require_cpu() {
  [ "$RL_CPU" = x86-64-v3 ] || return 0
  lacking=
  for feature in $version3_features; do
    case " $cpu_flags" in
      *" $feature "*) ;;
      *) lacking="${lacking:+$lacking }$feature" ;;
    esac
  done
  [ -z "$lacking" ] || fail 1 "this CPU lacks $lacking, which RL_CPU=x86-64-v3 needs; use RL_CPU=native or RL_CPU=baseline"
}
