# Sourced by the scripts beside it: the AWS CLI as Alice and as Bob, each with the keys of their own account.
# shellcheck shell=bash
set -euo pipefail

export LINKSPAN_URL=${LINKSPAN_URL:-http://127.0.0.1:7780}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-eu-west-2}
export AWS_DEFAULT_OUTPUT=text AWS_PAGER=''

for key in ALICE_ACCESS_KEY ALICE_SECRET_KEY BOB_ACCESS_KEY BOB_SECRET_KEY; do
  [[ -n ${!key:-} ]] || { echo "$key is not set: see README.md" >&2; exit 2; }
done

alice() { as "$ALICE_ACCESS_KEY" "$ALICE_SECRET_KEY" "$@"; }
bob() { as "$BOB_ACCESS_KEY" "$BOB_SECRET_KEY" "$@"; }
as() {
  local access_key=$1 secret_key=$2
  shift 2
  AWS_ACCESS_KEY_ID=$access_key AWS_SECRET_ACCESS_KEY=$secret_key aws --endpoint-url "$LINKSPAN_URL" "$@"
}

# Linkspan's own commands: what is needed to look into a machine, and to let time pass.
linkspan() { "${LINKSPAN:-$(dirname -- "${BASH_SOURCE[0]}")/../../linkspan}" "$@"; }

# Everything that the scripts make has this name, by which they find it again.
name=example
named() { printf 'ResourceType=%s,Tags=[{Key=Name,Value=%s}]' "$1" "$name"; }

say() { printf '\n# %s\n' "$*"; }

# refusal COMMAND...: the code and the message that a call is refused with.
refusal() { { "$@" 2>&1 || true; } | sed -n 's/.*(\([A-Za-z.]*\)) when calling.* operation: /\1: /p'; }

# site OWNER VPC-RANGE SUBNET-RANGE [OPTION...]: makes a VPC with an instance, which is run with these options, and sets
# $vpc, $subnet, $instance and $address.
site() {
  local owner=$1 image
  vpc=$("$owner" ec2 create-vpc --cidr-block "$2" --tag-specifications "$(named vpc)" --query Vpc.VpcId)
  subnet=$("$owner" ec2 create-subnet --vpc-id "$vpc" --cidr-block "$3" --tag-specifications "$(named subnet)" \
    --query Subnet.SubnetId)
  image=$("$owner" ec2 describe-images --query 'Images[0].ImageId')
  instance=$("$owner" ec2 run-instances --image-id "$image" --instance-type t2.small --subnet-id "$subnet" \
    --tag-specifications "$(named instance)" "${@:4}" --query 'Instances[0].InstanceId')
  "$owner" ec2 wait instance-running --instance-ids "$instance"
  address=$("$owner" ec2 describe-instances --instance-ids "$instance" \
    --query 'Reservations[0].Instances[0].PrivateIpAddress')
  echo "$owner has $instance at $address in $vpc"
}

# main_table OWNER VPC
main_table() {
  "$1" ec2 describe-route-tables --filters "Name=vpc-id,Values=$2" Name=association.main,Values=true \
    --query 'RouteTables[0].RouteTableId'
}

# status OWNER PEERING: its state and why it is in it, as its owner sees them.
status() {
  "$1" ec2 describe-vpc-peering-connections --vpc-peering-connection-ids "$2" \
    --query 'VpcPeeringConnections[0].Status.[Code,Message]'
}
