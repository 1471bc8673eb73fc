#!/usr/bin/env python3
"""An instance in the default VPC, as short programs run one: the image by Systems Manager, the group by its name.

The server runs with --default-nets. The key comes from the environment, where boto3 looks for it.
"""

import os

import boto3

URL = os.environ.get("LINKSPAN_URL", "http://127.0.0.1:7780")
PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"

where = {"endpoint_url": URL, "region_name": os.environ.get("AWS_DEFAULT_REGION", "eu-west-2")}
ec2 = boto3.client("ec2", **where)
image = boto3.client("ssm", **where).get_parameter(Name=PARAMETER)["Parameter"]["Value"]
named = ec2.describe_images(ImageIds=[image], Owners=["amazon"])["Images"][0]["Name"]
print("image", named)

ec2.create_security_group(GroupName="web", Description="Lets visitors in")
ec2.authorize_security_group_ingress(
    GroupName="web", IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0"
)
run = ec2.run_instances(
    ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1, SecurityGroups=["web"]
)
instance = run["Instances"][0]
print("instance at", instance["PrivateIpAddress"], "with", instance["BlockDeviceMappings"][0]["DeviceName"])

vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
print("in the default VPC", instance["VpcId"] == vpc["VpcId"], vpc["CidrBlock"])

ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance["InstanceId"]])
ec2.delete_security_group(GroupName="web")
