#!/usr/bin/env bash
# Alice and Bob connect their VPCs: from nothing to a ping between their machines.
. "$(dirname -- "$0")/accounts.sh"

say "Alice makes a key pair, whose private key is told this once"
alice ec2 create-key-pair --key-name "$name" --key-type ed25519 --tag-specifications "$(named key-pair)" \
  --query KeyMaterial | sed -n 1p

say "Each of the two has a VPC, and in it a machine, of which Alice's is given the key pair"
site alice 10.0.0.0/16 10.0.1.0/24 --key-name "$name"
alice_vpc=$vpc alice_machine=$instance
site bob 10.1.0.0/16 10.1.1.0/24
bob_vpc=$vpc bob_address=$address

say "Alice asks: his VPC is named by its id and his account"
bob_account=$(bob sts get-caller-identity --query Account)
peering=$(alice ec2 create-vpc-peering-connection --vpc-id "$alice_vpc" --peer-vpc-id "$bob_vpc" \
  --peer-owner-id "$bob_account" --tag-specifications "$(named vpc-peering-connection)" \
  --query VpcPeeringConnection.VpcPeeringConnectionId)
status alice "$peering"

say "Bob sees the request at once, and accepts it"
bob ec2 wait vpc-peering-connection-exists --vpc-peering-connection-ids "$peering"
bob ec2 describe-vpc-peering-connections --filters Name=status-code,Values=pending-acceptance \
  --query 'VpcPeeringConnections[].[VpcPeeringConnectionId,RequesterVpcInfo.CidrBlock,AccepterVpcInfo.CidrBlock]'
bob ec2 accept-vpc-peering-connection --vpc-peering-connection-id "$peering" \
  --query VpcPeeringConnection.Status.Code

say "Tags are everybody's own: Bob sets his, and each sees theirs"
bob ec2 create-tags --resources "$peering" --tags "Key=Name,Value=$name" Key=From,Value=Alice
for who in alice bob; do
  "$who" ec2 describe-tags --filters "Name=resource-id,Values=$peering" --query "Tags[].['$who',Key,Value]"
done

say "Options are each side's own, and both see both"
alice ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id "$peering" \
  --requester-peering-connection-options AllowDnsResolutionFromRemoteVpc=true >/dev/null
bob ec2 describe-vpc-peering-connections --vpc-peering-connection-ids "$peering" \
  --query 'VpcPeeringConnections[0].[RequesterVpcInfo,AccepterVpcInfo][].PeeringOptions.AllowDnsResolutionFromRemoteVpc'

say "Each routes to the other's range"
alice ec2 create-route --route-table-id "$(main_table alice "$alice_vpc")" --destination-cidr-block 10.1.0.0/16 \
  --vpc-peering-connection-id "$peering" --query Return
bob ec2 create-route --route-table-id "$(main_table bob "$bob_vpc")" --destination-cidr-block 10.0.0.0/16 \
  --vpc-peering-connection-id "$peering" --query Return

say "Bob lets pings in, in the group that his machine has"
bob_group=$(bob ec2 describe-security-groups --filters "Name=vpc-id,Values=$bob_vpc" Name=group-name,Values=default \
  --query 'SecurityGroups[0].GroupId')
bob ec2 authorize-security-group-ingress --group-id "$bob_group" --protocol icmp --port -1 --cidr 10.0.0.0/16 \
  --query 'SecurityGroupRules[].[IpProtocol,CidrIpv4]'

say "And Alice's machine reaches Bob's"
linkspan vm exec "$alice_machine" -- ping -c 1 -w 20 "$bob_address" | grep 'bytes from'
