# What the measuring commands beside this file share; they source it from the top of the repository.

# programs TARGET...: sets $build to where the programs are, having built them there. TIERLINE_BUILD=DIR
# takes those of another build as they are.
programs() {
  build=${TIERLINE_BUILD:-}
  if [[ -z $build ]]; then
    build=build/release
    tools/install build check
    cmake --preset release >/dev/null
    cmake --build "$build" --target "$@" >/dev/null
  fi
}

# workplace DIR: sets $work to it, empty, and removes it at the end.
workplace() {
  work=$1
  rm -rf "$work"
  mkdir -p "$work"
  trap 'rm -rf "$work"' EXIT
}

# seconds_since BEGIN: from then ($EPOCHREALTIME) until now.
seconds_since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f\n", b - a }'; }

# median: of numbers, a line each; the lower one of two in the middle.
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
