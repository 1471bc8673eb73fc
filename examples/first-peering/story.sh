#!/usr/bin/env bash
# "A first peering by hand" of the README in one piece, with the same lines: a server must be running (./linkspan serve).
# shellcheck disable=SC2059  # what is sent is a format, into which the ids go
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

# --- Two accounts ---
eval "$(./linkspan account create --export ALICE)"       # sets ALICE_ACCOUNT_ID, ALICE_ACCESS_KEY and ALICE_SECRET_KEY
eval "$(./linkspan account create --export BOB)"

alice() { call "$ALICE_ACCESS_KEY:$ALICE_SECRET_KEY" "$@"; }
bob()   { call "$BOB_ACCESS_KEY:$BOB_SECRET_KEY" "$@"; }
call()  { local key=$1 name=$2; shift 2
          printf "$@" | curl -sS --aws-sigv4 osc:osc:eu-west-2:api --user "$key" -H 'Content-Type: application/json' -d @- \
            "${LINKSPAN_URL:-http://127.0.0.1:7780}/api/v1/$name"; echo; }
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }      # the first one of that name in an answer

# --- Each has a Net with a machine ---
alice_net=$(alice CreateNet '{"IpRange":"10.0.0.0/16"}' | field NetId)
alice_subnet=$(alice CreateSubnet '{"NetId":"%s","IpRange":"10.0.1.0/24"}' "$alice_net" | field SubnetId)
alice_vm=$(alice CreateVms '{"ImageId":"ami-00000001","SubnetId":"%s"}' "$alice_subnet" | field VmId)

bob_net=$(bob CreateNet '{"IpRange":"10.1.0.0/16"}' | field NetId)
bob_subnet=$(bob CreateSubnet '{"NetId":"%s","IpRange":"10.1.1.0/24"}' "$bob_net" | field SubnetId)
bob_vm=$(bob CreateVms '{"ImageId":"ami-00000001","SubnetId":"%s"}' "$bob_subnet" | field VmId)
echo "Alice has $alice_vm in $alice_net, Bob has $bob_vm in $bob_net"

# --- One asks, the other accepts ---
peering=$(alice CreateNetPeering '{"SourceNetId":"%s","AccepterNetId":"%s","AccepterOwnerId":"%s"}' \
  "$alice_net" "$bob_net" "$BOB_ACCOUNT_ID" | field NetPeeringId)
bob AcceptNetPeering '{"NetPeeringId":"%s"}' "$peering"

# --- Each opens a way ---
alice_table=$(alice ReadRouteTables '{"Filters":{"NetIds":["%s"]}}' "$alice_net" | field RouteTableId)
bob_table=$(bob ReadRouteTables '{"Filters":{"NetIds":["%s"]}}' "$bob_net" | field RouteTableId)
bob_group=$(bob ReadSecurityGroups '{"Filters":{"NetIds":["%s"]}}' "$bob_net" | field SecurityGroupId)

alice CreateRoute '{"RouteTableId":"%s","DestinationIpRange":"10.1.0.0/16","NetPeeringId":"%s"}' "$alice_table" "$peering"
bob CreateRoute '{"RouteTableId":"%s","DestinationIpRange":"10.0.0.0/16","NetPeeringId":"%s"}' "$bob_table" "$peering"
bob CreateSecurityGroupRule '{"SecurityGroupId":"%s","Flow":"Inbound","IpProtocol":"icmp","FromPortRange":-1,"ToPortRange":-1,
  "IpRange":"10.0.0.0/16"}' "$bob_group"

# --- A packet ---
./linkspan vm exec "$alice_vm" -- ping -c 3 10.1.1.4
