#!/usr/bin/env bash
# Alice withdraws, and both clear everything away that the other scripts made.
. "$(dirname -- "$0")/accounts.sh"

peering=$(alice ec2 describe-vpc-peering-connections \
  --filters "Name=tag:Name,Values=$name" Name=status-code,Values=active \
  --query 'VpcPeeringConnections[0].VpcPeeringConnectionId')

say "Alice withdraws: the routes of both lead nowhere from that moment on"
alice ec2 delete-vpc-peering-connection --vpc-peering-connection-id "$peering" --query Return
alice ec2 wait vpc-peering-connection-deleted --vpc-peering-connection-ids "$peering"
status bob "$peering"
for who in alice bob; do
  "$who" ec2 describe-route-tables --filters "Name=route.vpc-peering-connection-id,Values=$peering" \
    --query "RouteTables[].Routes[?VpcPeeringConnectionId].['$who',DestinationCidrBlock,State][]"
done

say "What is found by its name is taken away"
found() { "$1" ec2 "describe-$2" --filters "Name=tag:Name,Values=$name" "${@:4}" --query "$3"; }
for who in alice bob; do
  instances=$(found "$who" instances 'Reservations[].Instances[].[InstanceId]' \
    Name=instance-state-name,Values=running)
  # shellcheck disable=SC2086  # a list of ids
  "$who" ec2 terminate-instances --instance-ids $instances --query 'TerminatingInstances[].[InstanceId]'
  # shellcheck disable=SC2086
  "$who" ec2 wait instance-terminated --instance-ids $instances
  for subnet in $(found "$who" subnets 'Subnets[].[SubnetId]'); do
    "$who" ec2 delete-subnet --subnet-id "$subnet"
  done
  for vpc in $(found "$who" vpcs 'Vpcs[].[VpcId]'); do
    "$who" ec2 delete-vpc --vpc-id "$vpc"
  done
  echo "$who has $(found "$who" vpcs 'length(Vpcs)') of them left"
done

say "And Alice's key pair is deleted"
for key in $(found alice key-pairs 'KeyPairs[].[KeyPairId]'); do
  alice ec2 delete-key-pair --key-pair-id "$key" --query Return
done
