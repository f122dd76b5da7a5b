"""Judges what Packer built: boto3_image.py eu-west-1:ami-...,eu-west-2:ami-...

The endpoint and the access key come from the environment: CLIENT_ENDPOINT, AWS_ACCESS_KEY_ID.
"""

import os
import sys

import boto3

ENDPOINT = os.environ["CLIENT_ENDPOINT"]
GONE = ("shutting-down", "terminated")


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")
    print(f"{what}: {found!r}")


def client(region, **credentials):
    return boto3.client("ec2", endpoint_url=ENDPOINT, region_name=region, **credentials)


def tags(described):
    return {tag["Key"]: tag["Value"] for tag in described.get("Tags", [])}


def judge(region, image_id):
    ec2 = client(region)
    image = ec2.describe_images(ImageIds=[image_id])["Images"][0]
    check(f"{region}: name", image["Name"], "cart-1")
    check(f"{region}: state", image["State"], "available")
    check(f"{region}: family", tags(image).get("ami-refresh:family"), "cart")
    shared = ec2.describe_image_attribute(ImageId=image_id, Attribute="launchPermission")["LaunchPermissions"]
    check(f"{region}: shared with", shared, [{"UserId": "222222222222"}])
    snapshot_id = image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
    snapshot = ec2.describe_snapshots(SnapshotIds=[snapshot_id])["Snapshots"][0]
    check(f"{region}: snapshot", snapshot["State"], "completed")
    check(f"{region}: its family", tags(snapshot).get("ami-refresh:family"), "cart")


def nothing_stays(region):
    ec2 = client(region)
    reservations = ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": ["packer cart"]}])["Reservations"]
    running = [i for r in reservations for i in r["Instances"] if i["State"]["Name"] not in GONE]
    check(f"{region}: instances of Packer", running, [])
    check(f"{region}: key pairs", ec2.describe_key_pairs()["KeyPairs"], [])
    names = [group["GroupName"] for group in ec2.describe_security_groups()["SecurityGroups"]]
    check(f"{region}: security groups of Packer", [name for name in names if name.startswith("packer")], [])


def the_other_account_sees(region, image_id):
    role = boto3.client("sts", endpoint_url=ENDPOINT, region_name=region).assume_role(
        RoleArn="arn:aws:iam::222222222222:role/ami-refresh", RoleSessionName="judge"
    )["Credentials"]
    ec2 = client(
        region,
        aws_access_key_id=role["AccessKeyId"],
        aws_secret_access_key=role["SecretAccessKey"],
        aws_session_token=role["SessionToken"],
    )
    check(f"{region}: owner, asked by 222222222222", ec2.describe_images(ImageIds=[image_id])["Images"][0]["OwnerId"], "111111111111")


for place in sys.argv[1].split(","):
    region_name, ami = place.split(":")
    judge(region_name, ami)
    nothing_stays(region_name)
    the_other_account_sees(region_name, ami)
