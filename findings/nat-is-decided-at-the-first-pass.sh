#!/usr/bin/env bash
# A packet that passes the same network namespace twice, because it makes a detour through a machine that only forwards it, is not
# translated the second time, though the rule for source NAT names the link that it leaves by then. To the kernel it is one flow,
# and whether and how a flow is translated is settled where its first packet leaves for the first time: there no rule
# matched, and that is kept as "not translated". Its source address leaks to where the rule was to hide it.
#
# Seen with nftables 1.0.6 on Linux 6.18: five of five packets come out with the address that they were sent from; without the
# detour, five of five come out with the translated one.
# Exit: 0 as described, 1 otherwise, 2 if it cannot be tried here. Needs root, apt-get, ip, ping and network namespaces.
set -euo pipefail

work=$(mktemp -d)
names=(sender router detour outside)
for name in "${names[@]}"; do declare "$name=finding-$$-$name"; done
# shellcheck disable=SC2154 # declared above
trap 'for name in "${names[@]}"; do ip netns delete "finding-$$-$name" 2>/dev/null || true; done; rm -rf "$work"' EXIT
cannot() { echo "cannot be tried here: $*"; exit 2; }

[[ $(id -u) -eq 0 ]] || cannot "not root"
cd "$work"
# _apt, who fetches, must be able to write here.
chmod 755 "$work"
for package in nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 libnftnl11 libmnl0 libjansson4 libedit2 libxtables12 libgmp10; do
  apt-get -q download "$package" >/dev/null 2>&1 || cannot "$package is not to be had"
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/$(uname -m)-linux-gnu:$work/root/lib/$(uname -m)-linux-gnu"
nft=$work/root/usr/sbin/nft

for name in "${names[@]}"; do ip netns add "finding-$$-$name" || cannot "no network namespaces"; done
in_ns() { ip netns exec "finding-$$-$1" "${@:2}"; }
# Between the router and each of the others: its link, its address, and theirs.
join() {
  ip link add "$2" netns "$router" type veth peer name eth0 netns "finding-$$-$1"
  in_ns router ip address add "$3/24" dev "$2"
  in_ns "$1" ip address add "$4/24" dev eth0
  in_ns router ip link set "$2" up
  in_ns "$1" ip link set eth0 up
}
join sender to_sender 192.0.2.1 192.0.2.2
join detour to_detour 198.51.100.1 198.51.100.2
join outside to_outside 203.0.113.1 203.0.113.2
in_ns sender ip route add default via 192.0.2.1
in_ns detour ip route add default via 198.51.100.1
in_ns outside ip route add default via 203.0.113.1
for name in router detour; do in_ns "$name" sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0; done

in_ns router "$nft" -f - <<'RULES' || cannot "no source NAT"
table ip translating {
  chain leaving {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "to_outside" snat to 203.0.113.1
  }
}
RULES
in_ns outside "$nft" -f - <<'RULES'
table ip counting {
  counter as_sent {}
  counter translated {}
  chain arriving {
    type filter hook input priority filter; policy accept;
    icmp type echo-request ip saddr 192.0.2.2 counter name as_sent
    icmp type echo-request ip saddr 203.0.113.1 counter name translated
  }
}
RULES
counted() { in_ns outside "$nft" list counter ip counting "$1" | grep -o 'packets [0-9]*' | cut -d' ' -f2; }
seen() {
  in_ns outside "$nft" reset counters >/dev/null
  in_ns sender ping -q -c 5 -i 0.2 -W 1 203.0.113.2 >/dev/null || true
  echo "$1: $(counted as_sent) as they were sent, $(counted translated) translated"
}

"$nft" --version
uname -sr
straight=$(seen "straight on")
in_ns router ip rule add iif to_sender lookup 100
in_ns router ip route add 203.0.113.2 via 198.51.100.2 table 100
around=$(seen "by the detour")
printf '%s\n' "$straight" "$around"
[[ $straight == "straight on: 0 as they were sent, 5 translated" ]]
[[ $around == "by the detour: 5 as they were sent, 0 translated" ]]
