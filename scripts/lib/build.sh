# shellcheck shell=sh
# Keeps the release binary up to date without asking SwiftPM whether it is. Sourced after machine.sh and scratch.sh.

# A stamp beside the binary was made just before its build began. The binary is current when the stamp's first three lines
# hold (options, compiler, and for `native` the CPU's flags) and nothing under Sources is newer than the stamp; where
# something is (another branch and back, a fresh checkout with a cached .build), the fourth line tells by content.
build_options="-c release --product rl --static-swift-stdlib"
first_build_seconds=80

# Prepares the names of what belongs to this value of RL_CPU; `root` is the checkout.
name_build_files() {
  output=${root:?}/.build/bellman/$RL_CPU
  binary=$output/rl
  stamp=$output/stamp
  options_line="RL_CPU=$RL_CPU swift build $build_options"
  cpu_line=
  [ "$RL_CPU" != native ] || cpu_line=$cpu_flags
}

# Where the compiler is gone, a current binary still serves: only a build needs it.
read_compiler() {
  compiler_line=
  compiler=$(command -v swift) || return 0
  compiler_line=$(stat -L -c '%n %Y %s' -- "$compiler")
}

is_current() {
  [ -x "$binary" ] && [ -r "$stamp" ] || return 1
  {
    IFS= read -r built_options && IFS= read -r built_compiler && IFS= read -r built_cpu && IFS= read -r built_sources
  } <"$stamp" || return 1
  [ "$built_options" = "$options_line" ] && [ "$built_cpu" = "$cpu_line" ] || return 1
  [ -z "$compiler_line" ] || [ "$built_compiler" = "$compiler_line" ] || return 1
  # A folder's time tells of files that came, went or were renamed.
  newer=$(find "$root/Sources" "$root/Package.swift" -newer "$stamp" -print -quit)
  [ -z "$newer" ] || same_sources
}

# Spares the next run the look at every file, where this account may write; a change made meanwhile stays newer.
same_sources() {
  touch "$stamp.looked" 2>/dev/null || true
  read_sources
  [ "$built_sources" = "$sources_line" ] || return 1
  touch -r "$stamp.looked" "$stamp" 2>/dev/null || true
}

read_sources() {
  sources_line=$(cd "$root" && find Sources Package.swift -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

# Leaves a current binary at $binary, or exits with a sentence.
build_if_stale() {
  read_cpu_choice
  read_cpu_flags
  require_cpu
  name_build_files
  read_compiler
  find_missing_packages
  if [ -z "$missing" ] && is_current; then
    return 0
  fi
  refuse_missing_packages
  require_swift
  if ! mkdir -p "$output" 2>/dev/null || ! touch "$output/lock" 2>/dev/null; then
    fail 73 "cannot write to $root/.build, and rl has to be built; run this as its owner, or in a checkout of your own"
  fi
  # Of several at once one installs and builds; the others wait, look again, and find it done.
  (
    flock 9
    require_packages
    is_current || build
  ) 9>"$output/lock" || exit
}

build() {
  forget_other_place
  forget_stale_modules "$output/scratch"
  touch "$stamp.begun"
  read_sources
  printf '%s\n' "$options_line" "$compiler_line" "$cpu_line" "$sources_line" >"$stamp.new"
  touch -r "$stamp.begun" "$stamp.new"
  say "building (about $first_build_seconds s the first time)…"
  # shellcheck disable=SC2086 # options are plain words
  scratch=${output#"$root/"}/scratch
  if ! (require_home && cd "$root" && swift build $build_options --scratch-path "$scratch") >"$output/log" 2>&1 </dev/null; then
    # The compiler's words, without the lines that count files.
    grep -v '^\[[0-9]*/[0-9]*\]' "$output/log" >&2
    rm -f "$stamp.new"
    fail 1 "the build failed, see above"
  fi
  # Copied beside and renamed: who runs the old binary keeps it, and nobody ever sees half a file.
  if ! { cp "$output/scratch/release/rl" "$binary.new" && mv "$binary.new" "$binary" && mv "$stamp.new" "$stamp"; }; then
    fail 73 "cannot write the binary to $output; is the disk full?"
  fi
}

# SwiftPM writes absolute paths into its scratch folder; after the checkout moved it is useless, and misleads.
forget_other_place() {
  place=$(cd -P -- "$root" && pwd)
  if [ -e "$output/place" ]; then
    IFS= read -r built_place <"$output/place" || built_place=
    [ "$built_place" = "$place" ] || rm -rf "$output/scratch"
  fi
  printf '%s\n' "$place" >"$output/place"
}
