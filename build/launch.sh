# What running Linkspan takes, from a checkout and from a release: help, the packages that the network needs, a user namespace where
# we are not root, and the JVM. Sourced by a launcher, which sets
#   self         its own path
#   dist         the folder with lib/, and with what makes the JVM start faster
#   pages        docs/commands.md
#   install_log  where apt-get's words go
# shellcheck shell=bash

rootless=${LINKSPAN_ROOTLESS:-}

say() { printf 'linkspan: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# A page of docs/commands.md, which has what each command says of itself: nothing has to be built for it.
page() {
  awk -v title="## linkspan${1:+ $1}" '
    $0 == title { found = 1; next }
    found && /^```/ { if (inside) exit; inside = 1; next }
    inside { print }
    END { exit !inside }' "$pages"
}

# help WORD...: the page of a command or of a command below it. What follows its name is of no interest here.
help() {
  local words='' word
  for word in "$@"; do
    if [[ $word == -* ]] || ! page "$words${words:+ }$word" >/dev/null; then break; fi
    words+=${words:+ }$word
  done
  if [[ -z $words && ${1:--} != -* ]]; then
    say "'$1' is no command: ./linkspan --help lists them"
    exit 2
  fi
  page "$words"
}

# Whether help is asked for, which is not so behind `--`: that is for the program that vm exec runs.
asks_for_help() {
  local argument
  for argument in "$@"; do
    case $argument in
      --) return 1 ;;
      -h | --help) return 0 ;;
    esac
  done
  return 1
}

# Answers what asks for help alone, and ends then.
answer_help() {
  case ${1:-} in
    '')
      page ''
      exit 2
      ;;
    help)
      shift
      help "$@"
      exit
      ;;
  esac
  if asks_for_help "$@"; then
    help "$@"
    exit
  fi
}

# --- Debian packages -------------------------------------------------------------------------------------------------

missing_packages() {
  local pair
  for pair in nft:nftables ip:iproute2 ping:iputils-ping socat:socat unshare:util-linux; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done
  compgen -G '/usr/lib/*/libnftables.so.1' >/dev/null || compgen -G '/usr/lib*/libnftables.so.1' >/dev/null \
    || echo libnftables1
}

need_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if ! can_install; then
    say "the network, which carries real packets, needs packages that are not installed. As root:"
    printf '  %s\n' "${apt_install[*]} ${missing[*]}" >&2
    die "or go without packets: --network none (or LINKSPAN_NETWORK=none)"
  fi
  say "the network, which carries real packets, needs Debian's ${missing[*]}"
  install_packages "${missing[@]}" || die "could not: ${apt_install[*]} ${missing[*]}"
}

apt_install=(apt-get install -y --no-install-recommends)

can_install() {
  [[ $(id -u) -eq 0 && -z $rootless && ${LINKSPAN_INSTALL:-on} != off ]] && command -v apt-get >/dev/null
}

# Whoever calls this has said what for.
install_packages() {
  local log=$install_log
  say "installing $* (log: $log; LINKSPAN_INSTALL=off would not)"
  mkdir -p "$(dirname -- "$log")"
  export DEBIAN_FRONTEND=noninteractive
  "${apt_install[@]}" "$@" >"$log" 2>&1 || { apt-get update && "${apt_install[@]}" "$@"; } >>"$log" 2>&1 \
    || { tail -n 20 "$log" >&2; return 1; }
}

missing_ovn() {
  local pair
  for pair in ovs-vswitchd:openvswitch-switch ovn-northd:ovn-central ovn-controller:ovn-host; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done
}

# --- Running ---------------------------------------------------------------------------------------------------------

server_flags=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms16m -Xmx256m
  -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED)
cli_flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto --enable-native-access=ALL-UNNAMED)

jar_of() { compgen -G "$1/lib/linkspan-$2-*.jar" | head -n 1; }

wants_network() {
  local previous='' argument network=${LINKSPAN_NETWORK:-netns}
  for argument in "$@"; do
    [[ $previous != --network ]] || network=$argument
    case $argument in
      --network=*) network=${argument#*=} ;;
    esac
    previous=$argument
  done
  [[ $network != none && $network != ovn ]]
}

# A service may have been given what root has of it: CAP_NET_ADMIN (12), CAP_NET_RAW (13) and CAP_SYS_ADMIN (21).
may_make_networks() {
  local effective needed=$((1 << 12 | 1 << 13 | 1 << 21))
  [[ $(id -u) -ne 0 ]] || return 0
  effective=$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status)
  (((16#$effective & needed) == needed))
}

# Network namespaces need a user namespace when we may not make them as we are, and a /run that is ours. What resolves names often
# lies in /run, so that is carried over.
enter_namespace() {
  [[ -z $rootless ]] && ! may_make_networks || return 0
  if ! unshare --user --map-root-user --mount true 2>/dev/null; then
    say "user namespaces are not available to $(id -un), and without root the network needs them. One of:"
    printf '  %s\n' "run as root" "sysctl kernel.unprivileged_userns_clone=1 (Debian, as root)" \
      "sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu, as root)" >&2
    die "or go without packets: --network none (or LINKSPAN_NETWORK=none)"
  fi
  # shellcheck disable=SC2016  # the inner shell expands it
  LINKSPAN_ROOTLESS=$(id -un) exec unshare --user --map-root-user --mount --propagation private -- bash -c '
    resolver=$(readlink -f /etc/resolv.conf || true)
    servers=$(cat /etc/resolv.conf 2>/dev/null || true)
    mount -t tmpfs -o mode=755 tmpfs /run && mkdir -p /run/netns || exit 1
    case $resolver in /run/*) mkdir -p "${resolver%/*}" && printf "%s\n" "$servers" >"$resolver" ;; esac
    exec "$@"' linkspan "$self" "$@"
}

with_network() {
  if wants_hosts "$@"; then
    with_hosts "$@"
    return
  fi
  wants_network "$@" || return 0
  need_packages
  enter_namespace "$@"
}

wants_hosts() {
  [[ $1 == demo && " $* " == *' --hosts'[\ =]* ]]
}

# OVN, and a network namespace in which its hosts and the server are among themselves: nothing touches this computer's own network,
# and what is mounted for the machines is nowhere else.
with_hosts() {
  [[ -z ${LINKSPAN_AMONG_HOSTS:-} ]] || return 0
  need_packages
  need_ovn
  enter_namespace "$@"
  [[ -w /dev/net/tun ]] || die "demo --hosts needs /dev/net/tun, with which Open vSwitch makes its ports in user space, and $(
    [[ -e /dev/net/tun ]] && echo "${rootless:-root} may not write it" || echo 'there is none (modprobe tun; in a container: --device /dev/net/tun)')"
  # What Debian keeps from an ordinary user's path.
  export PATH=$PATH:/usr/sbin:/sbin
  # shellcheck disable=SC2016  # the inner shell expands it
  LINKSPAN_AMONG_HOSTS=1 exec unshare --net --mount --propagation private -- bash -c \
    'ip link set lo up && exec "$@"' linkspan "$self" "$@"
}

need_ovn() {
  local missing
  mapfile -t missing < <(missing_ovn)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if ! can_install; then
    say "hosts are connected by OVN, which is not installed. As root:"
    printf '  %s\n' "${apt_install[*]} ${missing[*]}" >&2
    die "or without hosts: ./linkspan demo"
  fi
  say "hosts are connected by OVN, which is in Debian's ${missing[*]}"
  install_packages "${missing[@]}" || die "could not: ${apt_install[*]} ${missing[*]}"
}

run_server() {
  local home flags=("${server_flags[@]}")
  home=$(readlink -f -- "$dist")
  if [[ ${LINKSPAN_AOT:-on} != off ]]; then
    if [[ -s $home/server.jsa ]]; then
      flags+=(-XX:SharedArchiveFile="$home/server.jsa" '-Xlog:cds*=error' '-Xlog:aot*=error')
    elif [[ -s $home/server.aot ]] && cmp -s "$home/server.aot.jdk" "$JAVA_HOME/release"; then
      flags+=(-XX:AOTCache="$home/server.aot" '-Xlog:aot*=error')
    fi
  fi
  run_java "$(jar_of "$home" server)" dev.linkspan.server.Main "$@"
}

run_restore() {
  local flags=("${server_flags[@]}")
  run_java "$(jar_of "$(readlink -f -- "$dist")" server)" dev.linkspan.server.RestoreMain "$@"
}

run_ovn_cleanup() {
  local flags=("${cli_flags[@]}")
  run_java "$(jar_of "$(readlink -f -- "$dist")" server)" dev.linkspan.server.OvnCleanupMain "$@"
}

# What is run on hosts: the agent, and what goes with it.
run_on_host() {
  local program=$1 flags=("${server_flags[@]}")
  shift
  run_java "$(jar_of "$(readlink -f -- "$dist")" server)" "dev.linkspan.server.$program" "$@"
}

run_cli() {
  local home flags=("${cli_flags[@]}")
  home=$(readlink -f -- "$dist")
  if [[ ${LINKSPAN_AOT:-on} != off && -s $home/cli.jsa ]]; then
    flags+=(-XX:SharedArchiveFile="$home/cli.jsa" '-Xlog:cds*=error' '-Xlog:aot*=error')
  fi
  run_java "$(jar_of "$home" cli)" dev.linkspan.cli.Main "$@"
}

run_java() {
  local class_path=$1 more
  shift
  read -ra more <<<"${LINKSPAN_JAVA_OPTS:-}"
  # Where nothing says it, as in a service, Java asks the system.
  [[ -z ${HOME:-} ]] || flags+=(-Duser.home="$HOME")
  exec "$JAVA_HOME/bin/java" "${flags[@]}" -Dlinkspan.launcher="$self" "${more[@]}" \
    -cp "$class_path" "$@"
}
