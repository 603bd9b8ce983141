#!/usr/bin/env bash
# Builds the portal and the empty Blazor Server template in Release, measures one against the other and prints a table. --help says more.
# shellcheck source-path=SCRIPTDIR
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=eng/install.sh
. eng/install.sh

need_dotnet
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# build PROJECT OPTION... : prints only what went wrong; no server of the compiler stays behind.
build() {
  dotnet build "$@" -c Release -v quiet -nologo -tl:off -nodeReuse:false -p:UseSharedCompilation=false >"$log" || {
    cat "$log" >&2
    echo "$1 could not be built." >&2
    exit 1
  }
}

case " $* " in
  *' --help '* | *' -h '*) ;;
  *)
    echo "Building…" >&2
    build src/Portal.Sandbox
    build tests/Portal.Benchmarks.Probe
    # The template as the SDK has it, made anew; only where its client script comes from is ours.
    template=artifacts/bench/template
    rm -rf "$template"
    dotnet new blazor --interactivity Server --all-interactive --name Template --output "$template" --no-restore --no-update-check >/dev/null || {
      echo "The template could not be made." >&2
      exit 1
    }
    cp tests/Portal.Benchmarks/Template/Directory.Build.* "$template/"
    build "$template" "-p:RepositoryTop=$PWD"
    ;;
esac
build tests/Portal.Benchmarks # and the portal, which it knows
rm -f "$log"
exec artifacts/bin/Portal.Benchmarks/release/Portal.Benchmarks "$@"
