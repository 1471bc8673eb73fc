# shellcheck shell=bash disable=SC2154  # the launcher sources this: root, self, rootless, say, begin_step and the like are its own
# Cockpit, the web console, is built by Node.js, which a machine need not have. Without it everything else works.

cockpit=$root/cockpit
site=$cockpit/target/site
# When Cockpit was last built or tried to be, and what came of it: built, failed, or no-node.
cockpit_stamp=$root/target/cockpit.stamp
own_node=$root/target/node

# What Vite runs on.
is_new_enough() {
  local version major minor
  version=$("$1" --version 2>/dev/null || true)
  [[ $version =~ ^v([0-9]+)\.([0-9]+)\. ]] || return 1
  major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
  ((major == 20 && minor >= 19 || major == 22 && minor >= 12 || major > 22))
}

# Puts a Node.js that is new enough first on the PATH: the machine's, or the one that npm has as a package.
find_node() {
  command -v npm >/dev/null || return 1
  if command -v node >/dev/null && is_new_enough node; then return; fi
  if [[ ! -x $own_node/node_modules/node/bin/node ]]; then
    say "getting Node.js 22 by npm, as this machine's is older than 20.19"
    npm install --no-audit --no-fund --prefix "$own_node" node@22 >"$root/target/node.log" 2>&1 || return 1
  fi
  is_new_enough "$own_node/node_modules/node/bin/node" || return 1
  PATH=$own_node/node_modules/node/bin:$PATH
}

# The tests and benchmarks of Cockpit in a browser are no part of what is built.
cockpit_is_stale() {
  [[ -f $cockpit/package-lock.json && ${LINKSPAN_COCKPIT:-on} != off ]] || return 1
  [[ -f $cockpit_stamp ]] || return 0
  case $(<"$cockpit_stamp") in
    no-node) if command -v npm >/dev/null; then return; fi ;;
    failed) if [[ $command == build ]]; then return; fi ;;
  esac
  [[ $root/docs/openapi.json -nt $cockpit_stamp ]] && return
  [[ -n $(find "$cockpit" -mindepth 1 \( -name node_modules -o -name target -o -name e2e -o -name bench \) -prune \
    -o -newer "$cockpit_stamp" -print -quit) ]]
}

# Never fails: a server says itself where its Cockpit is not built.
build_cockpit() {
  local log=$root/target/cockpit.log start=$SECONDS pid began outcome=failed
  began=$(mktemp "$root/target/cockpit-XXXXXX")
  if ! find_node; then
    outcome=no-node
    say "Cockpit, the web console, is not built: it takes npm (apt-get install npm), then ./linkspan build"
  else
    begin_step "building Cockpit, the web console"
    run_npm_build "$began" >"$log" 2>&1 9>&- &
    pid=$!
    show_progress "$pid"
    if wait "$pid" && [[ -f $site/index.html ]]; then
      outcome=built
      say "built Cockpit in $((SECONDS - start)) s"
    else
      say "Cockpit is not built, everything else works: $log says why, ./linkspan build tries again"
    fi
  fi
  # It bears the time at which this began: what was changed meanwhile is built the next time.
  echo "$outcome" >"$cockpit_stamp"
  touch -r "$began" "$cockpit_stamp"
  rm "$began"
}

# As for production whatever the caller's NODE_ENV is: Vitest sets one, and libraries are half as large again with it. The
# types that it generates are no change that would have to be built the next time: the file $1 bears the time after them.
run_npm_build() {
  cd -- "$cockpit" || return
  install_modules && npm run generate && touch "$1" && NODE_ENV=production npm run build
}

# `npm ci` begins with deleting what is there.
install_modules() {
  [[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --include=dev --no-audit --no-fund
}

# Into the folder of a distribution. A server reads its files when it starts, and afterwards no more.
put_cockpit_into() {
  [[ -f $site/index.html ]] || return 0
  rm -rf "$1/lib/.cockpit" "$1/lib/.cockpit-before"
  cp -r "$site" "$1/lib/.cockpit"
  [[ ! -d $1/lib/cockpit ]] || mv "$1/lib/cockpit" "$1/lib/.cockpit-before"
  mv "$1/lib/.cockpit" "$1/lib/cockpit"
  rm -rf "$1/lib/.cockpit-before"
}

# --- Tests ---------------------------------------------------------------------------------------------------------

# Where build/summarize-tests finds a file for each run: its exit status and how many seconds it took, and then what it printed.
cockpit_results=$root/target/cockpit-tests

# All of it, or with `quick` what takes no browser.
test_cockpit() {
  local kind=$1
  rm -rf "$cockpit_results"
  mkdir -p "$cockpit_results"
  if [[ ! -f $cockpit/package-lock.json ]]; then return; fi
  if [[ ${LINKSPAN_COCKPIT:-on} == off ]] || ! find_node; then
    skip_cockpit check "there is no Node.js 20.19 or newer, and no npm to get it with"
    [[ $kind == quick ]] || skip_cockpit e2e "there is no Node.js 20.19 or newer, and no npm to get it with"
    return
  fi
  run_cockpit check
  if [[ $kind == quick ]]; then return; fi
  if need_chromium; then
    # None of its servers lives long enough for what the JVM's second compiler takes.
    CHROMIUM=$(command -v chromium) LINKSPAN_BIN=$self LINKSPAN_JAVA_OPTS="-XX:TieredStopAtLevel=1 ${LINKSPAN_JAVA_OPTS:-}" \
      run_cockpit e2e "$([[ $(<"$cockpit_stamp") == built ]] && echo e2e:built)"
  else
    skip_cockpit e2e "there is no chromium (as root: apt-get install chromium)"
  fi
}

# Runs the tests of this name by the npm script $2, or by that of their name.
run_cockpit() {
  local status=0 log=$root/target/cockpit-$1.log script=${2:-$1} pid start=$SECONDS
  say "testing Cockpit: npm run $script (log: $log)"
  if [[ ${CI:-} == true ]]; then
    (cd -- "$cockpit" && install_modules && npm run "$script") 2>&1 | tee "$log" || status=$?
  else
    (cd -- "$cockpit" && install_modules && npm run "$script") >"$log" 2>&1 &
    pid=$!
    show_progress "$pid"
    wait "$pid" || { status=$?; tail -n 60 "$log"; }
  fi
  { echo "$status $((SECONDS - start))"; cat "$log"; } >"$cockpit_results/$1"
}

skip_cockpit() {
  say "not tested: Cockpit's $1, as $2"
  echo skipped >"$cockpit_results/$1"
}

need_chromium() {
  command -v chromium >/dev/null && return
  can_install || return 1
  say "Cockpit is tested in a browser"
  install_packages chromium
}
