#!/usr/bin/env bash
# Sets up what the tests need, builds the solution, runs every test and ends with the line "N passed, N failed".
# shellcheck source-path=SCRIPTDIR
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=eng/install.sh
. eng/install.sh

usage() {
  cat <<'TEXT'
usage: ./test.sh [PROJECT]
       ./test.sh --crash CHANGES

Without PROJECT: the check of the formatting, and the tests of every project under tests/.
With PROJECT, for example Portal.Tests: the tests of that one.
With --crash: the portal is killed again and again until so many changes, each with a fault, have been through it. What was begun goes on
where it was stopped; the rounds and their table are in artifacts/crash. CRASH_SEED and CRASH_ROUND in the environment run one round alone.

As root on Debian or Ubuntu it installs what is missing (Chromium, PostgreSQL, PgBouncer, nginx, and the clients that connect with what
people copy: Java, Node, Python, PHP, Ruby) without starting a service. What comes from npm goes to ~/.cache/pool-portal.
Tests against DigitalOcean's API specification run when DIGITALOCEAN_OPENAPI names the file, and are skipped otherwise.
TEXT
}

only=
crash=
case ${1:-} in
  --crash)
    crash=${2:-}
    case $crash in
      '' | *[!0-9]*)
        usage >&2
        exit 64
        ;;
    esac
    only=Portal.IntegrationTests
    ;;
  --help | -h)
    usage
    exit 0
    ;;
  -*)
    usage >&2
    exit 64
    ;;
  *) only=${1:-} ;;
esac
if [ -n "$only" ] && [ ! -f "tests/$only/$only.csproj" ]; then
  echo "There is no project tests/$only." >&2
  exit 64
fi

need_dotnet

# install_missing PACKAGE... : goes on without them when it cannot; the tests that need them say so.
install_missing() {
  local log
  [ $# -gt 0 ] || return 0
  if can_install; then
    echo "Installing $*…"
    log=$(mktemp)
    if ! install_packages "$log" "$@"; then
      tail -n 20 "$log" >&2
      echo "$* could not be installed. Tests that need them will fail." >&2
    fi
    rm -f "$log"
  else
    echo "Not installed: $*. Tests that need them will fail. Install them, or run this script as root on Debian or Ubuntu." >&2
  fi
}

missing=()
if can_install && grep -qxs 'ID=debian' /etc/os-release; then
  # Chromium without windows: the tests take half the time in it.
  has_program chromium-headless-shell || missing+=(chromium-headless-shell)
else
  has_program chromium-headless-shell || has_program chromium || has_program chromium-browser || has_program google-chrome || missing+=(chromium)
fi
postgres_folder >/dev/null || missing+=(postgresql)
has_program pgbouncer || missing+=(pgbouncer)
has_program nginx || missing+=(nginx)
install_missing ${missing[@]+"${missing[@]}"}

if [ -z "$crash" ] && { [ -z "$only" ] || [ "$only" = Portal.IntegrationTests ]; }; then
  clients=()
  while read -r package; do clients+=("$package"); done < <(missing_clients)
  install_missing ${clients[@]+"${clients[@]}"}
  log=$(mktemp)
  if ! install_node_clients "$log"; then
    tail -n 20 "$log" >&2
    echo "${node_clients[*]} could not be installed by npm. Tests that need them will fail." >&2
  fi
  rm -f "$log"
fi

# Tests start many short-lived portals: what the compiler measures in order to be faster later costs more than it brings.
export DOTNET_TieredPGO=0
# Nothing of the build stays behind: no server of the compiler, no node that waits for the next build.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
echo "Building…"
dotnet build Portal.sln -v quiet -nologo -tl:off -nodeReuse:false -p:UseSharedCompilation=false || {
  echo "The solution could not be built." >&2
  exit 1
}

rm -f artifacts/crash/summary.txt
if [ -n "$crash" ]; then
  CRASH_CHANGES=$crash artifacts/bin/Portal.IntegrationTests/debug/Portal.IntegrationTests --no-ansi --no-progress --filter-class '*.LongCrashTests' </dev/null
  code=$?
  [ ! -f artifacts/crash/summary.txt ] || cat artifacts/crash/summary.txt
  exit "$code"
fi

passed=0
failed=0
skipped=0

# Formatting counts as one test.
if [ -z "$only" ]; then
  echo "Formatting…"
  if dotnet format Portal.sln --verify-no-changes --no-restore; then
    passed=1
  else
    failed=1
    echo "The code is not formatted. 'dotnet format Portal.sln' does it." >&2
  fi
fi

# Prints the number that a summary of Microsoft.Testing.Platform has behind a word; 0 without one.
figure() { sed -n "s/^ *$2: *\([0-9][0-9]*\).*/\1/p" "$1" | tail -n 1 | grep . || echo 0; }

# Prints what a failed test said: its line, and what is indented under it, without the rows of calls after the first few.
said() { awk '/^failed / { shown = 0; on = 1 } on && /^[^ ]/ && !/^failed / { on = 0 } on && shown++ < 12' "$1"; }

output=$(mktemp)
fallen=$(mktemp)
trap 'rm -f "$output" "$fallen"' EXIT
projects=(tests/*Tests/*.csproj)
[ -z "$only" ] || projects=("tests/$only/$only.csproj")
for project in "${projects[@]}"; do
  name=$(basename "$project" .csproj)
  echo "$name…"
  # A test that hangs ends the run; what it waited for is in the output.
  "artifacts/bin/$name/debug/$name" --no-ansi --no-progress --timeout 40m 2>&1 </dev/null | tee "$output"
  code=${PIPESTATUS[0]}
  fell=$(figure "$output" failed)
  ran=$(($(figure "$output" succeeded) + fell))
  passed=$((passed + ran - fell))
  skipped=$((skipped + $(figure "$output" skipped)))
  if [ "$ran" -eq 0 ]; then
    echo "$name ran no test (exit code $code)." >&2
    fell=1
  elif [ "$code" -ne 0 ] && [ "$fell" -eq 0 ]; then
    echo "$name ended with exit code $code." >&2
    fell=1
  fi
  failed=$((failed + fell))
  said "$output" >>"$fallen"
done

# What the killed portal and a blind client made of the same faults.
if [ -f artifacts/crash/summary.txt ]; then
  printf '\n'
  cat artifacts/crash/summary.txt
  printf '\n'
fi

# Once more at the end, where whoever sees only the last lines finds it.
if [ -s "$fallen" ]; then
  printf '\nWhat failed:\n'
  cat "$fallen"
  echo
fi

if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
