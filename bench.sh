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

# make build|publish PROJECT OPTION... : prints only what went wrong; no server of the compiler stays behind.
make() {
  dotnet "$@" -c Release -v quiet -nologo -tl:off -nodeReuse:false -p:UseSharedCompilation=false >"$log" || {
    cat "$log" >&2
    echo "$2 could not be built." >&2
    exit 1
  }
}

case " $* " in
  *' --help '* | *' -h '*) ;;
  *)
    echo "Building…" >&2
    make build src/Portal.Sandbox
    make build tests/Portal.Benchmarks.Probe
    # Published, as the image has it: compiled ahead of time, scripts and styles compressed as browsers get them.
    portal=artifacts/bench/portal
    rm -rf "$portal"
    dotnet restore src/Portal --locked-mode -p:PublishReadyToRun=true -v quiet -nologo -tl:off >"$log" || {
      cat "$log" >&2
      echo "The packages of src/Portal could not be restored." >&2
      exit 1
    }
    make publish src/Portal --no-restore -p:Sbom=false --runtime "linux-$(uname -m | sed 's/^x86_64$/x64/; s/^aarch64$/arm64/')" --no-self-contained -p:PublishReadyToRun=true --output "$portal"
    cp appsettings.Sandbox.json "$portal/"
    # The template as the SDK has it, made anew; only where its client script comes from is ours.
    template=artifacts/bench/template
    rm -rf "$template"
    dotnet new blazor --interactivity Server --all-interactive --name Template --output "$template/source" --no-restore --no-update-check >"$log" || {
      cat "$log" >&2
      echo "The template could not be made." >&2
      exit 1
    }
    cp tests/Portal.Benchmarks/Template/Directory.Build.* "$template/source/"
    make publish "$template/source" "-p:RepositoryTop=$PWD" --output "$template/published"
    ;;
esac
make build tests/Portal.Benchmarks # and the portal, which it knows
rm -f "$log"
exec artifacts/bin/Portal.Benchmarks/release/Portal.Benchmarks "$@"
