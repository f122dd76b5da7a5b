"""Does with boto3 at a simulator what ec2-powercycle did, call by call, and looks at what comes of it.

The endpoint, the region and the access key come from the environment: CLIENT_ENDPOINT, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID.
"""

import json
import os
import sys
import time

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["CLIENT_ENDPOINT"]
TAG, GROUP = "asgLifecycle", "boto-power"
SCHEDULE = json.dumps({"start": "5 9 * * 1-5", "stop": "0 15 * * 1-5"})
WAIT = {"Delay": 1, "MaxAttempts": 120}

ec2 = boto3.client("ec2", endpoint_url=ENDPOINT)
autoscaling = boto3.client("autoscaling", endpoint_url=ENDPOINT)


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")
    print(f"{what}: {found!r}")


def refused(what, code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return check(what, error.response["Error"]["Code"], code)
    return sys.exit(f"{what}: was not refused")


def tagged():
    """What the original asked: one page, every instance that has the tag."""
    reservations = ec2.describe_instances(Filters=[{"Name": "tag:" + TAG, "Values": ["*"]}])["Reservations"]
    return {i["InstanceId"]: i["State"]["Name"] for r in reservations for i in r["Instances"]}


def group():
    return autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[GROUP])["AutoScalingGroups"][0]


def sizes(found):
    return found["MinSize"], found["DesiredCapacity"], found["MaxSize"]


def settled(count):
    for _ in range(240):
        found = group()["Instances"]
        if len(found) == count and all(one["LifecycleState"] == "InService" for one in found):
            return count
        time.sleep(0.5)
    return len(group()["Instances"])


image = ec2.describe_images(Owners=["self"])["Images"][0]["ImageId"]
tags = [{"Key": TAG, "Value": SCHEDULE}, {"Key": "environment", "Value": "d"}]
ids = [
    one["InstanceId"]
    for one in ec2.run_instances(
        ImageId=image,
        InstanceType="t3.micro",
        MinCount=2,
        MaxCount=2,
        TagSpecifications=[{"ResourceType": "instance", "Tags": tags}],
    )["Instances"]
]
ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig=WAIT)
check("with the tag", sorted(tagged().values()), ["running", "running"])

refused("a dry run that may", "DryRunOperation", ec2.stop_instances, InstanceIds=ids, DryRun=True)
refused("a batch with a bad id", "InvalidInstanceID.NotFound", ec2.stop_instances, InstanceIds=[*ids, "i-0123456789abcdef0"])
check("after the bad batch", sorted(tagged().values()), ["running", "running"])
stopping = ec2.stop_instances(InstanceIds=ids, DryRun=False)["StoppingInstances"]
check("on their way down", {one["PreviousState"]["Name"] for one in stopping}, {"running"})
ec2.get_waiter("instance_stopped").wait(InstanceIds=ids, WaiterConfig=WAIT)
refused(
    "a hibernation that was not asked for at launch",
    "UnsupportedHibernationConfiguration",
    lambda **arguments: (ec2.start_instances(InstanceIds=ids), ec2.get_waiter("instance_running").wait(
        InstanceIds=ids, WaiterConfig=WAIT), ec2.stop_instances(**arguments)),
    InstanceIds=ids,
    Hibernate=True,
)
check("up again", sorted(tagged().values()), ["running", "running"])

ec2.create_launch_template(LaunchTemplateName=GROUP, LaunchTemplateData={"ImageId": image, "InstanceType": "t3.micro"})
autoscaling.create_auto_scaling_group(
    AutoScalingGroupName=GROUP,
    LaunchTemplate={"LaunchTemplateName": GROUP, "Version": "1"},
    MinSize=2,
    DesiredCapacity=3,
    MaxSize=4,
    AvailabilityZones=[os.environ["AWS_DEFAULT_REGION"] + "a"],
    Tags=[{"Key": one["Key"], "Value": one["Value"], "PropagateAtLaunch": False} for one in tags],
)
check("its instances", settled(3), 3)
autoscaling.update_auto_scaling_group(AutoScalingGroupName=GROUP, MinSize=0, DesiredCapacity=0)
check("asleep", (sizes(group()), settled(0)), ((0, 0, 4), 0))
autoscaling.update_auto_scaling_group(AutoScalingGroupName=GROUP, MinSize=2, DesiredCapacity=6, MaxSize=6)
check("awake, with its maximum raised", (sizes(group()), settled(6)), ((2, 6, 6), 6))
autoscaling.delete_auto_scaling_group(AutoScalingGroupName=GROUP, ForceDelete=True)
ec2.terminate_instances(InstanceIds=ids)
