#!/usr/bin/env bash
# What else may become of a request: Bob rejects one, and forgets another. After connect.sh, on a server whose clock is
# moved by hand (--clock manual).
. "$(dirname -- "$0")/accounts.sh"

bob_account=$(bob sts get-caller-identity --query Account)
alice_vpc=$(alice ec2 describe-vpcs --filters "Name=tag:Name,Values=$name" --query 'Vpcs[0].VpcId')

# ask: requests a peering with Bob's VPC, and sets $peering.
ask() {
  peering=$(alice ec2 create-vpc-peering-connection --vpc-id "$alice_vpc" --peer-vpc-id "$vpc" \
    --peer-owner-id "$bob_account" \
    --query VpcPeeringConnection.VpcPeeringConnectionId)
}

say "Bob has a second VPC, which Alice asks for as well"
site bob 10.2.0.0/16 10.2.1.0/24
ask

say "Only Bob may answer, and a dry run tells him that he could"
refusal alice ec2 accept-vpc-peering-connection --vpc-peering-connection-id "$peering"
refusal bob ec2 accept-vpc-peering-connection --vpc-peering-connection-id "$peering" --dry-run

say "Bob rejects it"
bob ec2 reject-vpc-peering-connection --vpc-peering-connection-id "$peering" --query Return
status alice "$peering"

say "Alice asks again, and Bob forgets to answer for seven days"
ask
alice ec2 describe-vpc-peering-connections --vpc-peering-connection-ids "$peering" \
  --query 'VpcPeeringConnections[0].[Status.Code,ExpirationTime]'
linkspan clock advance P7D >/dev/null
status alice "$peering"
refusal bob ec2 accept-vpc-peering-connection --vpc-peering-connection-id "$peering"
