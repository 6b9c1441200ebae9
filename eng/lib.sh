# Functions that eng/demo and eng/test share. To be sourced; sets $root and the environment of the .NET tools.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_UI_LANGUAGE=en NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_FUND=false NPM_CONFIG_AUDIT=false
# On a build machine nothing may outlive the run; at a desk the waiting build processes make the next build faster.
if [[ ${CI-} == true ]]; then
  export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
fi

say() { printf '%s\n' "$*"; }

# fail MESSAGE…: one line, and out.
fail() { printf '%s\n' "$*" >&2; exit 1; }

# logged LOG COMMAND…: runs quietly; where the command fails, LOG has why.
logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" > "$log" 2>&1 < /dev/null
}

# errors LOG: the errors of a build, each once, and the log's end where there are none.
errors() {
  grep -aE '(error|warning) [A-Z]+[0-9]+ ?:|: error |^ *npm (error|ERR!)' "$1" | sed -E "s#^ *##; s#$root/##g; s# \[[^]]*proj[^]]*\]\$##" | awk '!seen[$0]++' | head -n 40 |
    grep . || tail -n 20 "$1"
}

# require_tools: every missing tool gets one line that names it and what to install, and the answer is no.
require_tools() {
  local missing=0 entry tool
  require_sdk || missing=1
  local entries=("git git" "npm npm (it comes with Node.js)" "node Node.js" "tar tar" "flock util-linux" "xargs findutils")
  [[ -n ${KUZU_LIBRARY-} ]] || entries+=("g++ g++ (a C++20 compiler)" "nm binutils")
  for entry in "${entries[@]}"; do
    tool=${entry%% *}
    command -v "$tool" > /dev/null && continue
    say "missing: $tool; install ${entry#* }" >&2
    missing=1
  done
  [[ $missing == 0 ]]
}

# The host itself applies global.json, so its answer is the one that counts.
require_sdk() {
  local wanted
  wanted=$(sed -nE 's/.*"version": *"([^"]+)".*/\1/p' "$root/global.json")
  (cd "$root" && dotnet --version) > /dev/null 2>&1 && return 0
  say "missing: dotnet $wanted; install the .NET SDK $wanted or a later feature band of the same version" >&2
  return 1
}

# runtime_root: where programs find the runtime that belongs to the SDK.
runtime_root() { dotnet --list-runtimes | sed -nE 's#^Microsoft\.NETCore\.App [^[]*\[(.*)/shared/Microsoft\.NETCore\.App\]$#\1#p' | tail -n 1; }

# prepare_chromium: Debian's browser, which draws the tool's page in tests, unless it is there.
prepare_chromium() {
  [[ -x /usr/bin/chromium ]] && return
  say "chromium: installing Debian's (124 MB)"
  logged "$root/artifacts/chromium.log" apt-get update &&
    DEBIAN_FRONTEND=noninteractive logged "$root/artifacts/chromium.log" apt-get install -y --no-install-recommends chromium && return
  say "missing: /usr/bin/chromium; install Debian's package chromium (artifacts/chromium.log says why that failed here)" >&2
  return 1
}

# prepare_kuzu: the engine and the data sets, unless they are there.
prepare_kuzu() { "$root/eng/kuzu/prepare" < /dev/null; }

# seconds_since START: whole seconds, START being an earlier value of $EPOCHREALTIME without its point.
seconds_since() { printf '%d.%d' "$(((${EPOCHREALTIME/./} - $1) / 1000000))" "$((((${EPOCHREALTIME/./} - $1) / 100000) % 10))"; }
