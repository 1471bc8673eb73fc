#!/usr/bin/env python3
"""Two accounts peer their VPCs with boto3: request, accept, routes, rules, a ping; then rejection, expiry, and the end.

The keys come from the environment (README.md). What Linkspan's own command does, looking into a machine and letting time
pass on a manual clock, is asked of ./linkspan.
"""

import os
import subprocess
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

URL = os.environ.get("LINKSPAN_URL", "http://127.0.0.1:7780")
REGION = os.environ.get("AWS_DEFAULT_REGION", "eu-west-2")
LINKSPAN = os.environ.get("LINKSPAN", str(Path(__file__).resolve().parents[2] / "linkspan"))


# Nobody has the private half of this one.
PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBlp6PhU/9OUjfSeZCv4eALUoskQm272O46nVAk+4gDw admin@example.org"


class Account:
    """One account: its EC2 client, and what this story does with it."""

    def __init__(self, name):
        self.name = name
        keys = {
            "aws_access_key_id": os.environ[f"{name.upper()}_ACCESS_KEY"],
            "aws_secret_access_key": os.environ[f"{name.upper()}_SECRET_KEY"],
            "endpoint_url": URL,
            "region_name": REGION,
        }
        self.ec2 = boto3.client("ec2", **keys)
        self.id = boto3.client("sts", **keys).get_caller_identity()["Account"]
        self.sites = []

    def site(self, vpc_range, subnet_range, **options):
        """A VPC with an instance, which is run with these options, and runs when this returns."""
        site = Site(self, vpc_range, subnet_range, options)
        self.sites.append(site)
        print(f"{self.name} has {site.instance} at {site.address} in {site.vpc}")
        return site

    def status(self, peering):
        """The peering's state and why, as this account sees them."""
        seen = self.ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[peering])
        status = seen["VpcPeeringConnections"][0]["Status"]
        return f"{status['Code']}: {status['Message']}"

    def analyse(self, path):
        """Prints whether a packet gets there now, and if not, all that is in its way."""
        started = self.ec2.start_network_insights_analysis(NetworkInsightsPathId=path)
        analysis = started["NetworkInsightsAnalysis"]["NetworkInsightsAnalysisId"]
        seen = self.ec2.describe_network_insights_analyses(NetworkInsightsAnalysisIds=[analysis])
        found = seen["NetworkInsightsAnalyses"][0]
        print("reachable" if found["NetworkPathFound"] else "blocked")
        for explanation in found["Explanations"]:
            print("-", explanation["ExplanationCode"], explanation["Component"]["Id"])

    def forget(self, path):
        """Deletes a path, after its analyses."""
        for page in self.ec2.get_paginator("describe_network_insights_analyses").paginate(NetworkInsightsPathId=path):
            for analysis in page["NetworkInsightsAnalyses"]:
                self.ec2.delete_network_insights_analysis(
                    NetworkInsightsAnalysisId=analysis["NetworkInsightsAnalysisId"]
                )
        self.ec2.delete_network_insights_path(NetworkInsightsPathId=path)

    def clear(self):
        """Takes away every site, and what it was routed and opened for."""
        instances = [site.instance for site in self.sites]
        self.ec2.terminate_instances(InstanceIds=instances)
        self.ec2.get_waiter("instance_terminated").wait(InstanceIds=instances)
        for site in self.sites:
            self.ec2.delete_subnet(SubnetId=site.subnet)
            self.ec2.delete_vpc(VpcId=site.vpc)


class Site:
    """A VPC with one Subnet and one instance."""

    def __init__(self, owner, vpc_range, subnet_range, options):
        self.owner = owner
        self.range = vpc_range
        ec2 = owner.ec2
        self.vpc = ec2.create_vpc(CidrBlock=vpc_range)["Vpc"]["VpcId"]
        ec2.get_waiter("vpc_available").wait(VpcIds=[self.vpc])
        self.subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock=subnet_range)["Subnet"]["SubnetId"]
        image = ec2.describe_images()["Images"][0]["ImageId"]
        run = ec2.run_instances(
            ImageId=image, InstanceType="t2.small", SubnetId=self.subnet, MinCount=1, MaxCount=1, **options
        )
        self.instance = run["Instances"][0]["InstanceId"]
        self.address = run["Instances"][0]["PrivateIpAddress"]
        ec2.get_waiter("instance_running").wait(InstanceIds=[self.instance])

    def request(self, other):
        """Asks for a peering with another account's site; answers its id."""
        asked = self.owner.ec2.create_vpc_peering_connection(
            VpcId=self.vpc, PeerVpcId=other.vpc, PeerOwnerId=other.owner.id
        )
        return asked["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def route_to(self, other, peering):
        """Lets the main route table send what is for the other site to the peering."""
        ours = [{"Name": "vpc-id", "Values": [self.vpc]}, {"Name": "association.main", "Values": ["true"]}]
        table = self.owner.ec2.describe_route_tables(Filters=ours)["RouteTables"][0]["RouteTableId"]
        self.owner.ec2.create_route(
            RouteTableId=table, DestinationCidrBlock=other.range, VpcPeeringConnectionId=peering
        )

    def allow_from(self, other):
        """Lets pings and the web of the other site into the default group."""
        ours = [{"Name": "vpc-id", "Values": [self.vpc]}, {"Name": "group-name", "Values": ["default"]}]
        group = self.owner.ec2.describe_security_groups(Filters=ours)["SecurityGroups"][0]["GroupId"]
        ping = {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": other.range}]}
        web = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": other.range}]}
        self.owner.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[ping, web])

    def web_path_to(self, other, peering):
        """A path to the other site's machine on tcp/443, to be analysed; answers its id."""
        path = self.owner.ec2.create_network_insights_path(
            Source=self.instance, Destination=peering, DestinationIp=other.address, Protocol="tcp", DestinationPort=443
        )
        return path["NetworkInsightsPath"]["NetworkInsightsPathId"]

    def pings(self, other, seconds):
        """Whether the other site's machine answers this one's within so many seconds."""
        ping = ["ping", "-c", "1", "-w", str(seconds), other.address]
        ran = subprocess.run([LINKSPAN, "vm", "exec", self.instance, "--", *ping], stdout=subprocess.DEVNULL)
        return ran.returncode == 0


def refusal(call, **arguments):
    """The code of the error that this call ends with."""
    try:
        call(**arguments)
    except ClientError as refused:
        return refused.response["Error"]["Code"]
    return "none"


def main():
    alice, bob = Account("alice"), Account("bob")

    print("\n# Alice imports her public key")
    key = alice.ec2.import_key_pair(KeyName="alice", PublicKeyMaterial=PUBLIC_KEY)
    print(key["KeyName"], key["KeyFingerprint"])

    print("\n# Each has a VPC with a machine, of which Alice's is given the key")
    here = alice.site("10.0.0.0/16", "10.0.1.0/24", KeyName="alice")
    there = bob.site("10.1.0.0/16", "10.1.1.0/24")

    print("\n# Alice asks, Bob accepts")
    peering = here.request(there)
    print(alice.status(peering))
    bob.ec2.get_waiter("vpc_peering_connection_exists").wait(VpcPeeringConnectionIds=[peering])
    bob.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    print(bob.status(peering))

    print("\n# Tags and options are each side's own")
    for account in (alice, bob):
        account.ec2.create_tags(Resources=[peering], Tags=[{"Key": "Side", "Value": account.name}])
        pages = account.ec2.get_paginator("describe_vpc_peering_connections").paginate(
            Filters=[{"Name": "tag:Side", "Values": [account.name]}]
        )
        print(account.name, [seen["Tags"] for page in pages for seen in page["VpcPeeringConnections"]])
    answer = bob.ec2.modify_vpc_peering_connection_options(
        VpcPeeringConnectionId=peering,
        AccepterPeeringConnectionOptions={"AllowDnsResolutionFromRemoteVpc": True},
    )
    print(answer["AccepterPeeringConnectionOptions"]["AllowDnsResolutionFromRemoteVpc"])

    print("\n# What is in the way of Alice's packets to Bob's web server")
    path = here.web_path_to(there, peering)
    alice.analyse(path)

    print("\n# Routes on both sides, and rules on Bob's")
    here.route_to(there, peering)
    there.route_to(here, peering)
    there.allow_from(here)
    alice.analyse(path)
    alice.forget(path)
    print("ping:", "answered" if here.pings(there, 20) else "unanswered")

    print("\n# Ranges that overlap cannot be peered")
    print(alice.status(here.request(bob.site("10.0.128.0/20", "10.0.128.0/24"))))

    print("\n# Bob rejects a request, and forgets the next one for seven days")
    second = bob.site("10.2.0.0/16", "10.2.1.0/24")
    rejected = here.request(second)
    bob.ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=rejected)
    print(alice.status(rejected))
    forgotten = here.request(second)
    subprocess.run([LINKSPAN, "clock", "advance", "P7D"], check=True, stdout=subprocess.DEVNULL)
    print(alice.status(forgotten))
    print(refusal(bob.ec2.accept_vpc_peering_connection, VpcPeeringConnectionId=forgotten))

    print("\n# Bob withdraws, and nothing passes any more")
    bob.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    alice.ec2.get_waiter("vpc_peering_connection_deleted").wait(VpcPeeringConnectionIds=[peering])
    print(alice.status(peering))
    print("ping:", "answered" if here.pings(there, 2) else "unanswered")

    alice.clear()
    bob.clear()
    alice.ec2.delete_key_pair(KeyName="alice")
    print("VPCs left:", sum(len(account.ec2.describe_vpcs()["Vpcs"]) for account in (alice, bob)))


if __name__ == "__main__":
    main()
