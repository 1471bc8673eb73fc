#!/usr/bin/env bash
# OVN's barrier (`ovn-nbctl --wait=hv`, the column hv_cfg) returns when each host's Open vSwitch has the new rules in its tables. Packets
# are forwarded by a cache of what the tables said before, and that is compared with them afterwards, by threads of their own
# ("revalidators"). On a busy host a flow that was just forbidden goes on for that long, although the barrier has been answered.
# What does cover it: `ovs-appctl revalidator/wait` after the barrier.
#
# Seen with OVN 23.03.1 and Open vSwitch 3.1.0 (datapath in user space). The threads are held up here by `revalidator/pause`, so that it
# is seen each time: after the rule that drops everything is in force by the barrier, five of five pings are answered; after
# `revalidator/resume` and `revalidator/wait` none is.
# Exit: 0 as described, 1 otherwise, 2 if it cannot be tried here. Needs root, apt-get, ip, ethtool, ping, network namespaces and
# /dev/net/tun.
set -euo pipefail

work=$(mktemp -d)
pids=()
clean_up() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  for name in host one two; do ip netns delete "finding-$$-$name" 2>/dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT
cannot() { echo "cannot be tried here: $*"; exit 2; }

[[ $(id -u) -eq 0 ]] || cannot "not root"
[[ -w /dev/net/tun ]] || cannot "no /dev/net/tun"
for tool in ip ethtool ping; do command -v $tool >/dev/null || cannot "no $tool"; done
cd "$work"
# _apt, who fetches, must be able to write here.
chmod 755 "$work"
for package in openvswitch-switch=3.1.0-2+deb12u1 openvswitch-common=3.1.0-2+deb12u1 ovn-central=23.03.1-1~deb12u2 \
  ovn-common=23.03.1-1~deb12u2 ovn-host=23.03.1-1~deb12u2 libunbound8 libevent-2.1-7 libxdp1 libbpf1 libnuma1 libcap-ng0; do
  apt-get -q download "$package" >/dev/null 2>&1 || cannot "$package is not to be had"
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/$(uname -m)-linux-gnu:$work/root/lib/$(uname -m)-linux-gnu"
export PATH="$work/root/usr/bin:$work/root/usr/sbin:$PATH" OVS_RUNDIR=$work OVN_RUNDIR=$work OVS_LOGDIR=$work OVN_LOGDIR=$work

for name in host one two; do ip netns add "finding-$$-$name" || cannot "no network namespaces"; done
in_ns() { ip netns exec "finding-$$-$1" "${@:2}"; }
start() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 &
  pids+=($!)
}
database() {
  ovsdb-tool create "$1.db" "root/usr/share/$2"
  start "$1.log" ovsdb-server "$work/$1.db" --remote="punix:$work/$1.sock" --unixctl="$work/$1.ctl"
}
database nb ovn/ovn-nb.ovsschema
database sb ovn/ovn-sb.ovsschema
database switch openvswitch/vswitch.ovsschema
for name in nb sb switch; do
  for ((i = 0; i < 100; i++)); do if [[ -S $name.sock ]]; then break; fi; sleep 0.1; done
done
nb() { ovn-nbctl --timeout=60 --db="unix:$work/nb.sock" "$@"; }
vs() { ovs-vsctl --timeout=60 --db="unix:$work/switch.sock" "$@"; }

start northd.log ovn-northd --ovnnb-db="unix:$work/nb.sock" --ovnsb-db="unix:$work/sb.sock" --unixctl="$work/northd.ctl"
vs --no-wait init
vs --no-wait set Open_vSwitch . external_ids:system-id=host "external_ids:ovn-remote=unix:$work/sb.sock" \
  external_ids:ovn-encap-type=geneve external_ids:ovn-encap-ip=127.0.0.1 external_ids:ovn-bridge-datapath-type=netdev
in_ns host ip link set lo up
start vswitchd.log ip netns exec "finding-$$-host" ovs-vswitchd "unix:$work/switch.sock" --unixctl="$work/vswitchd.ctl"
start controller.log ip netns exec "finding-$$-host" ovn-controller "unix:$work/switch.sock"
vs wait-until bridge br-int

nb ls-add net
number=0
for name in one two; do
  number=$((number + 1))
  in_ns host ip link add "to-$name" type veth peer name eth0 netns "finding-$$-$name" address "02:00:00:00:00:0$number"
  in_ns host ip link set "to-$name" up
  in_ns "$name" ip address add "192.0.2.$number/24" dev eth0
  in_ns "$name" ip link set eth0 up
  in_ns "$name" ethtool -K eth0 tx off >/dev/null
  nb lsp-add net "$name" -- lsp-set-addresses "$name" "02:00:00:00:00:0$number 192.0.2.$number"
  vs add-port br-int "to-$name" -- set interface "to-$name" external_ids:iface-id="$name"
  vs wait-until interface "to-$name" external_ids:ovn-installed=true
done
nb --wait=hv sync

answered() {
  in_ns one ping -q -c 5 -i 0.2 -W 1 192.0.2.2 | grep -o '[0-9]* received' || true
}
appctl() { ovs-appctl --timeout=60 --target="$work/vswitchd.ctl" "$@"; }

ovn-nbctl --version | head -1
ovs-vswitchd --version | head -1
# The first one asks for the addresses and fills the cache.
answered >/dev/null
before=$(answered)
appctl revalidator/pause
nb --wait=hv acl-add net to-lport 1000 ip4 drop
barrier=$(answered)
appctl revalidator/resume
appctl revalidator/wait
waited=$(answered)
printf '%s\n' "before the rule: $before" "after the barrier: $barrier" "after the revalidators: $waited"
[[ $before == "5 received" && $barrier == "5 received" && $waited == "0 received" ]]
