#!/usr/bin/env bash
# Builds and starts the sandbox and the portal on this machine, and ends both when it ends. --help says more.
# Bash 3.2 runs it, which is macOS's.
# shellcheck source-path=SCRIPTDIR
# shellcheck disable=SC2317 # What traps call looks unreachable.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=eng/install.sh
. eng/install.sh

usage() {
  cat <<'TEXT'
usage: ./run.sh [--clusters N] [--yes]

Builds the portal and its sandbox, starts both and prints where to sign in, and as whom.
Ctrl+C ends everything that was started.

  --clusters N   adds N clusters (0 to 5000) with 20 pools each to the sandbox
  --yes          installs PostgreSQL and PgBouncer by apt without asking, when they are missing and you are root
  --help         this text

  PORTAL_PORT    the portal's port, 5080 without it
  SANDBOX_PORT   the sandbox's port, 5081 without it
TEXT
}

wrong() {
  printf '%s\n' "$1" >&2
  exit 64 # EX_USAGE
}

# is_within TEXT LOW HIGH : whether the text is a whole number from LOW to HIGH.
is_within() { [[ $1 =~ ^[0-9]{1,5}$ ]] && [ "$((10#$1))" -ge "$2" ] && [ "$((10#$1))" -le "$3" ]; }

clusters=0
yes=${CI:+1}
while [ $# -gt 0 ]; do
  case $1 in
    --clusters)
      clusters=${2:-}
      is_within "$clusters" 0 5000 || wrong "--clusters wants a number from 0 to 5000."
      shift
      ;;
    --yes) yes=1 ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      wrong "Unknown option: $1"
      ;;
  esac
  shift
done

portal_port=${PORTAL_PORT:-5080}
sandbox_port=${SANDBOX_PORT:-5081}
portal_output=artifacts/bin/Portal/debug
sandbox_output=artifacts/bin/Portal.Sandbox/debug
rehearsal_output=artifacts/bin/Portal.Rehearsal/debug
folder=
builds=
sandbox=
portal=

# --- What was started, and its end -----------------------------------------------------------------------------------

# start LOG COMMAND... : in a process group of its own, so that Ctrl+C reaches this script alone, which ends things in order.
start() {
  local log=$1
  shift
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  started=$!
  set +m
}

is_alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# Waits until a process and all of its group are gone; false after SECONDS.
gone_within() {
  local tenths=$(($2 * 10))
  while kill -0 "$1" 2>/dev/null || kill -0 -- "-$1" 2>/dev/null; do
    [ "$tenths" -gt 0 ] || return 1
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# end PROCESS SECONDS : the process itself is told, what it started it ends by itself; only what hangs is killed.
end() {
  [ -n "$1" ] || return 0
  kill -TERM "$1" 2>/dev/null
  gone_within "$1" "$2" && return 0
  kill -KILL "$1" 2>/dev/null # The sandbox's keepers notice and end PostgreSQL and PgBouncer.
  gone_within "$1" 10 && return 0
  kill -KILL -- "-$1" 2>/dev/null
}

finish() {
  local process
  trap - EXIT
  trap '' INT TERM HUP PIPE
  for process in $builds; do
    kill -TERM -- "-$process" 2>/dev/null
    gone_within "$process" 5 || kill -KILL -- "-$process" 2>/dev/null
  done
  end "$portal" 15
  end "$sandbox" 20
  [ -z "$folder" ] || rm -rf "$folder"
}

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

# failed MESSAGE LOG
failed() {
  printf '%s\n' "$1" >&2
  if [ -s "$2" ]; then
    echo "The last lines of its log:" >&2
    tail -n 40 "$2" >&2
  fi
  exit 1
}

# --- What is needed --------------------------------------------------------------------------------------------------

# answer PORT PATH : the whole HTTP answer; false when nobody answers. Needs no curl, which not every machine has.
answer() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    IFS= read -r -t 5 line <&3 || exit 1
    printf '%s\n' "$line"
    cat <&3
  ) 2>/dev/null
}

need_port() { # NAME PORT
  is_within "$2" 1 65535 || wrong "$1 must be a port from 1 to 65535, not '$2'."
  if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$2") 2>/dev/null; then
    echo "Port $2 is taken. Choose another one: $1=$(($2 + 100)) ./run.sh" >&2
    exit 1
  fi
}

need_servers() {
  local missing=() why="Without them the sandbox serves its API, but pools take no connections."
  postgres_folder >/dev/null || missing+=(postgresql)
  has_program pgbouncer || missing+=(pgbouncer)
  [ "${#missing[@]}" -gt 0 ] || return 0

  if ! can_install; then
    echo "Not installed: ${missing[*]}. $why"
    if [ "$(uname)" = Darwin ]; then
      echo "To have them: brew install ${missing[*]}"
    else
      echo "To have them on Debian or Ubuntu: sudo apt-get install ${missing[*]}, or run this script as root once."
    fi
    return 0
  fi

  if [ -z "$yes" ]; then
    [ -t 0 ] || {
      echo "Not installed: ${missing[*]}. $why ./run.sh --yes installs them."
      return 0
    }
    local reply=
    read -r -p "Not installed: ${missing[*]}. $why Install them by apt? No service is started. [Y/n] " reply
    case $reply in
      [nN]*) return 0 ;;
    esac
  fi

  echo "Installing ${missing[*]}…"
  install_packages "$folder/install.log" "${missing[@]}" || {
    tail -n 5 "$folder/install.log" >&2
    echo "It did not work; going on. $why" >&2
  }
}

# --- The build -------------------------------------------------------------------------------------------------------

stamp=artifacts/run.stamp

# Everything that the outputs are made of, and the outputs: when none of it has changed, there is nothing to build.
fingerprint() {
  {
    pwd
    dotnet --version
    echo "${CI:-} ${NUGET_PACKAGES:-} ${BlazorScriptSource:-}"
    find src eng wwwroot -type f -exec cksum {} +
    cksum Directory.*.props global.json .editorconfig appsettings.json
    ls -lR "$portal_output" "$sandbox_output" "$rehearsal_output"
    # The folders that style sheets and scripts of packages are served from.
    grep -o '"/[^"]*/"' "$portal_output/Portal.staticwebassets.runtime.json" | tr -d '"' | while IFS= read -r root; do ls -d "$root"; done
  } 2>&1 | cksum
}

is_built() { [ -f "$stamp" ] && [ "$(fingerprint)" = "$(cat "$stamp")" ]; }

# build LOG PROJECT : no compiler or build server is left running afterwards.
build() {
  start "$1" env DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 \
    dotnet build "$2" -v quiet -nologo -tl:off -m:1 -nodeReuse:false -p:UseSharedCompilation=false
  builds="$builds $started"
}

built() { # PROCESS LOG NAME
  wait "$1" || {
    cat "$2" >&2
    echo "$3 could not be built." >&2
    exit 1
  }
  builds=${builds/ $1/}
}

# --- The two processes -----------------------------------------------------------------------------------------------

start_sandbox() {
  # macOS's own folder for temporary files has a name too long for a socket in it.
  [ "$(uname)" != Darwin ] || export Sandbox__DataFolder=/tmp
  start "$folder/sandbox.log" env \
    SANDBOX_PORT="$sandbox_port" \
    Sandbox__PortalUrls="http://localhost:$portal_port;http://127.0.0.1:$portal_port" \
    Sandbox__SecretIdFile="$folder/secret-id" \
    dotnet "$sandbox_output/Portal.Sandbox.dll" --clusters "$clusters"
  sandbox=$started
}

# Whatever a shell has in its environment for a real run, this portal talks to the sandbox and to nobody else. It is the portal as it ships;
# the rehearsal, loaded into it from outside, asks for the first pools and requests (docs/adr/0005-first-minute.md).
start_portal() {
  start "$folder/portal.log" env -u DOTNET_ENVIRONMENT -u DOTNET_URLS -u ASPNETCORE_HTTP_PORTS -u ASPNETCORE_HTTPS_PORTS -u Access__PublicUrl \
    ASPNETCORE_ENVIRONMENT=Sandbox \
    ASPNETCORE_URLS="http://localhost:$portal_port" \
    DigitalOcean__BaseUrl="http://127.0.0.1:$sandbox_port" \
    Vault__Provider=HashiCorp \
    Vault__HashiCorp__Address="http://127.0.0.1:$sandbox_port" \
    Vault__HashiCorp__RoleId=pool-portal \
    Vault__HashiCorp__Field=token_without_passwords \
    Vault__HashiCorp__CredentialsField=token \
    Vault__HashiCorp__SecretIdFile="$folder/secret-id" \
    SignIn__Authority="http://localhost:$sandbox_port/oidc" \
    Database__Provider=Sqlite \
    Database__ConnectionString="Data Source=$folder/portal.db" \
    Audit__Heads__File="$folder/audit-heads.jsonl" \
    DOTNET_STARTUP_HOOKS="$PWD/$rehearsal_output/Portal.Rehearsal.dll" \
    ASPNETCORE_HOSTINGSTARTUPASSEMBLIES=Portal.Rehearsal \
    dotnet "$portal_output/Portal.dll"
  portal=$started
}

# wait_for NAME PROCESS PORT PATH STATUSES LOG SECONDS
wait_for() {
  local until=$((SECONDS + $7)) line
  while true; do
    line=$(answer "$3" "$4" | head -n 1)
    [[ $line =~ ^HTTP/1\.[01]\ ($5) ]] && return 0
    is_alive "$2" || failed "The $1 ended while it started." "$6"
    [ "$SECONDS" -lt "$until" ] || failed "The $1 was not ready within $7 seconds (it said: ${line:-nothing})." "$6"
    sleep 0.1
  done
}

banner() {
  local live
  live=$(answer "$sandbox_port" /sandbox/ready | grep -o '"live": *[a-z]*' | grep -o '[a-z]*$')
  cat <<TEXT

Portal: http://localhost:$portal_port

Sign in as     who that is
  developer    developer of the team Payments
  lead         lead of the team Payments
  lead3        second lead of the team Payments
  developer2   developer of the team Orders
  lead2        lead of the team Orders
  admin        administrator of the portal
  auditor      reads the audit record
  outsider     has an account and no role

Sandbox: http://localhost:$sandbox_port/sandbox/
TEXT
  [ "$live" = true ] || echo "Pools take no connections: $(grep -o 'without live clusters: .*' "$folder/sandbox.log" | head -n 1 | cut -d' ' -f4-)"
  echo "Ctrl+C ends both."
}

need_dotnet
need_port PORTAL_PORT "$portal_port"
need_port SANDBOX_PORT "$sandbox_port"
[ "$portal_port" != "$sandbox_port" ] || wrong "PORTAL_PORT and SANDBOX_PORT must differ."
folder=$(mktemp -d "${TMPDIR:-/tmp}/pool-portal.XXXXXX") || exit 1
need_servers

if is_built; then
  start_sandbox
else
  echo "Building…"
  build "$folder/build-sandbox.log" src/Portal.Sandbox
  sandbox_build=$started
  build "$folder/build-portal.log" eng/Rehearsal # and the portal, which it knows
  portal_build=$started
  built "$sandbox_build" "$folder/build-sandbox.log" "The sandbox"
  start_sandbox
  built "$portal_build" "$folder/build-portal.log" "The portal"
  fingerprint >"$stamp"
fi

# The portal asks the vault and the sign-in from its first moment on, so they listen before it starts.
wait_for sandbox "$sandbox" "$sandbox_port" /sandbox/ready '[0-9]' "$folder/sandbox.log" 60
start_portal
wait_for sandbox "$sandbox" "$sandbox_port" /sandbox/ready 200 "$folder/sandbox.log" 90
wait_for portal "$portal" "$portal_port" /health/ready 200 "$folder/portal.log" 60
banner

while is_alive "$sandbox" && is_alive "$portal"; do
  sleep 0.5
done
if is_alive "$sandbox"; then
  failed "The portal ended." "$folder/portal.log"
else
  failed "The sandbox ended." "$folder/sandbox.log"
fi
