"""Builds a small fleet with boto3 at a simulator, and judges it.

    boto3_fleet.py create   template, load balancer, two groups; refreshes one with an instance refresh; leaves a newer AMI
    boto3_fleet.py judge    every instance of both groups runs the newer AMI, healthy, and nothing temporary is left

The endpoint, the region and the access key come from the environment: CLIENT_ENDPOINT, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID.
"""

import os
import sys
import time
from datetime import timedelta

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["CLIENT_ENDPOINT"]
TEMPLATE, WEB, SINGLE = "boto-web", "boto-web", "boto-single"
WAIT = {"Delay": 1, "MaxAttempts": 60}

ec2 = boto3.client("ec2", endpoint_url=ENDPOINT)
autoscaling = boto3.client("autoscaling", endpoint_url=ENDPOINT)
elb = boto3.client("elbv2", endpoint_url=ENDPOINT)
sts = boto3.client("sts", endpoint_url=ENDPOINT)


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")
    print(f"{what}: {found!r}")


def until(what, question, tries=240):
    """Asks until the answer is true; at the simulator's speed half a second is minutes."""
    for _ in range(tries):
        answer = question()
        if answer:
            return answer
        time.sleep(0.5)
    return sys.exit(f"{what}: still not so")


def error_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "no error"


def make_image(name):
    source = ec2.describe_images(Owners=["self"], Filters=[{"Name": "name", "Values": ["base-*"]}])["Images"]
    newest = max(source, key=lambda image: image["CreationDate"])
    instance = ec2.run_instances(ImageId=newest["ImageId"], InstanceType="t3.micro", MinCount=1, MaxCount=1)
    instance_id = instance["Instances"][0]["InstanceId"]
    ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id], WaiterConfig=WAIT)
    image_id = ec2.create_image(
        InstanceId=instance_id,
        Name=name,
        TagSpecifications=[{"ResourceType": "image", "Tags": [{"Key": "ami-refresh:family", "Value": "boto"}]}],
    )["ImageId"]
    ec2.get_waiter("image_available").wait(ImageIds=[image_id], WaiterConfig=WAIT)
    ec2.terminate_instances(InstanceIds=[instance_id])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id], WaiterConfig=WAIT)
    return image_id


def load_balancer(subnets, vpc):
    target_group = elb.create_target_group(
        Name="boto-web",
        Protocol="HTTP",
        Port=8080,
        VpcId=vpc,
        HealthCheckPath="/health",
        HealthCheckIntervalSeconds=10,
        HealthyThresholdCount=2,
    )["TargetGroups"][0]["TargetGroupArn"]
    balancer = elb.create_load_balancer(Name="boto-web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": target_group}],
    )
    elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[balancer], WaiterConfig=WAIT)
    return target_group


def make_group(name, version, subnets, minimum, desired, maximum, **more):
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=name,
        LaunchTemplate={"LaunchTemplateName": TEMPLATE, "Version": version},
        MinSize=minimum,
        DesiredCapacity=desired,
        MaxSize=maximum,
        VPCZoneIdentifier=",".join(subnets),
        HealthCheckGracePeriod=60,
        Tags=[{"Key": "Environment", "Value": "sandbox", "PropagateAtLaunch": True}],
        **more,
    )


def group(name):
    found = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return found[0] if found else sys.exit(f"{name}: there is no such group")


def settled(name):
    """Whether all are in service and none is on its way out: an ended refresh may still drain what it replaced."""
    described = group(name)
    states = [each["LifecycleState"] for each in described["Instances"]]
    return states == ["InService"] * described["DesiredCapacity"]


def versions(name):
    return sorted({each["LaunchTemplate"]["Version"] for each in group(name)["Instances"]})


def images_of(name):
    ids = [each["InstanceId"] for each in group(name)["Instances"]]
    pages = ec2.get_paginator("describe_instances").paginate(
        Filters=[{"Name": "instance-id", "Values": ids}], PaginationConfig={"PageSize": 5}
    )
    return sorted({i["ImageId"] for page in pages for r in page["Reservations"] for i in r["Instances"]})


def refresh(name, version):
    refresh_id = autoscaling.start_instance_refresh(
        AutoScalingGroupName=name,
        DesiredConfiguration={"LaunchTemplate": {"LaunchTemplateName": TEMPLATE, "Version": version}},
        Preferences={"MinHealthyPercentage": 90, "InstanceWarmup": 30, "SkipMatching": True},
    )["InstanceRefreshId"]
    check(
        "a second refresh",
        error_of(autoscaling.start_instance_refresh, AutoScalingGroupName=name),
        "InstanceRefreshInProgress",
    )

    def ended():
        found = autoscaling.describe_instance_refreshes(AutoScalingGroupName=name, InstanceRefreshIds=[refresh_id])
        described = found["InstanceRefreshes"][0]
        print(f"  {described['Status']} {described.get('PercentageComplete', 0)} %")
        return described if described["Status"] not in ("Pending", "InProgress", "Baking") else None

    described = until("the instance refresh ends", ended)
    check("the instance refresh", described["Status"], "Successful")
    check("its percentage", described["PercentageComplete"], 100)
    took = described["EndTime"] - described["StartTime"]
    check("it took minutes, not moments", timedelta(minutes=1) < took < timedelta(hours=2), True)


def create():
    check("the account", sts.get_caller_identity()["Account"], "111111111111")
    check(
        "a template that is not there",
        error_of(ec2.describe_launch_templates, LaunchTemplateNames=["nobody"]),
        "InvalidLaunchTemplateName.NotFoundException",
    )
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    found = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    subnets = sorted(subnet["SubnetId"] for subnet in found)
    first = make_image("boto-1")
    created = ec2.create_launch_template(
        LaunchTemplateName=TEMPLATE,
        LaunchTemplateData={"ImageId": first, "InstanceType": "t3.medium"},
        TagSpecifications=[
            {"ResourceType": "launch-template", "Tags": [{"Key": "ami-refresh:family", "Value": "boto"}]}
        ],
    )["LaunchTemplate"]
    check("the template's newest version", created["LatestVersionNumber"], 1)
    target_group = load_balancer(subnets, vpc)
    make_group(WEB, "1", subnets, 2, 3, 6, TargetGroupARNs=[target_group], HealthCheckType="ELB")
    make_group(SINGLE, "$Default", subnets[:1], 1, 1, 1)
    for name in (WEB, SINGLE):
        until(f"{name} is in service", lambda: settled(name))

    second = make_image("boto-2")
    version = ec2.create_launch_template_version(
        LaunchTemplateName=TEMPLATE, SourceVersion="1", LaunchTemplateData={"ImageId": second}
    )["LaunchTemplateVersion"]["VersionNumber"]
    check("the next version", version, 2)
    refresh(WEB, "2")
    until("the replaced instances are gone", lambda: settled(WEB))
    check("versions after the refresh", versions(WEB), ["2"])
    check("images after the refresh", images_of(WEB), [second])
    check("what the group names", group(WEB)["LaunchTemplate"]["Version"], "2")
    healthy = elb.describe_target_health(TargetGroupArn=target_group)["TargetHealthDescriptions"]
    states = [each["TargetHealth"]["State"] for each in healthy]
    check("targets in health", states.count("healthy"), 3)
    check("the other group was not touched", versions(SINGLE), ["1"])
    make_image("boto-3")


def judge():
    newest = ec2.describe_images(Owners=["self"], Filters=[{"Name": "name", "Values": ["boto-3"]}])["Images"][0]
    for name, sizes in ((WEB, (2, 3, 6)), (SINGLE, (1, 1, 1))):
        described = group(name)
        check(f"{name}: versions", versions(name), ["3"])
        check(f"{name}: images", images_of(name), [newest["ImageId"]])
        check(f"{name}: sizes", tuple(described[k] for k in ("MinSize", "DesiredCapacity", "MaxSize")), sizes)
        check(f"{name}: instances", len(described["Instances"]), sizes[1])
        states = {(i["LifecycleState"], i["HealthStatus"]) for i in described["Instances"]}
        check(f"{name}: states", states, {("InService", "Healthy")})
        check(f"{name}: suspended", described["SuspendedProcesses"], [])
        check(f"{name}: protected", [i for i in described["Instances"] if i["ProtectedFromScaleIn"]], [])


{"create": create, "judge": judge}[sys.argv[1]]()
