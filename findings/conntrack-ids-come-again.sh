#!/usr/bin/env bash
# A tracked flow's id is no identity over time: the kernel makes it from where the entry lies in memory and from its
# addresses. An entry that is deleted and made anew between the same ends usually has the same id again, so a deletion
# that names the id does not spare the new flow.
#
# Seen with conntrack 1.4.7 on Linux 6.18: of 20 entries made one after the other with the same ends, all but a few had
# the id of the one before.
# Exit: 0 as described, 1 otherwise, 2 if it cannot be tried here. Needs root, apt-get and network namespaces.
set -euo pipefail

work=$(mktemp -d)
namespace=finding-$$
trap 'ip netns delete "$namespace" 2>/dev/null || true; rm -rf "$work"' EXIT
cannot() { echo "cannot be tried here: $*"; exit 2; }

[[ $(id -u) -eq 0 ]] || cannot "not root"
cd "$work"
# _apt, who fetches, must be able to write here.
chmod 755 "$work"
for package in conntrack=1:1.4.7-1+b2 libnetfilter-conntrack3 libnfnetlink0 libmnl0; do
  apt-get -q download "$package" >/dev/null 2>&1 || cannot "$package is not to be had"
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/$(uname -m)-linux-gnu:$work/root/lib/$(uname -m)-linux-gnu"
tool=$work/root/usr/sbin/conntrack
ip netns add "$namespace" || cannot "no network namespaces"

again=0 before=
for _ in {1..20}; do
  ip netns exec "$namespace" "$tool" -I -p udp -s 192.0.2.1 -d 192.0.2.2 --sport 1000 --dport 2000 -t 100 >/dev/null 2>&1 \
    || cannot "no connection tracking"
  id=$(ip netns exec "$namespace" "$tool" -L -o id 2>/dev/null | grep -o 'id=[0-9]*')
  ip netns exec "$namespace" "$tool" -D -p udp -s 192.0.2.1 >/dev/null 2>&1
  if [[ $id == "$before" ]]; then again=$((again + 1)); fi
  before=$id
done

"$tool" --version
uname -sr
echo "$again of 19 entries had the id of the one before them"
[[ $again -gt 0 ]]
