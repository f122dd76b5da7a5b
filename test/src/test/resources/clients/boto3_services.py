"""Does with boto3 at a simulator what ecs-updater did, call by call, and looks at what comes of it.

The endpoint, the region and the access key come from the environment: CLIENT_ENDPOINT, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID.
"""

import os
import sys

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["CLIENT_ENDPOINT"]
CLUSTER, SERVICE = "boto", "web"

ecs = boto3.client("ecs", endpoint_url=ENDPOINT)
ecr = boto3.client("ecr", endpoint_url=ENDPOINT)
tagging = boto3.client("resourcegroupstaggingapi", endpoint_url=ENDPOINT)


def check(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")
    print(f"{what}: {found!r}")


def refused(what, code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        check(what, error.response["Error"]["Code"], code)
        return error.response["Error"]["Message"]
    return sys.exit(f"{what}: was not refused")


def register(image):
    return ecs.register_task_definition(
        family="boto-web", containerDefinitions=[{"name": "web", "image": image, "memory": 64}]
    )["taskDefinition"]["taskDefinitionArn"]


def described():
    return ecs.describe_services(cluster=CLUSTER, services=[SERVICE], include=["TAGS"])["services"][0]


def stable():
    ecs.get_waiter("services_stable").wait(
        cluster=CLUSTER, services=[SERVICE], WaiterConfig={"Delay": 1, "MaxAttempts": 120}
    )


ecs.create_cluster(clusterName=CLUSTER)
first = register("busybox")
ecs.create_service(
    cluster=CLUSTER, serviceName=SERVICE, taskDefinition=first, desiredCount=2, tags=[{"key": "old", "value": "1"}]
)
stable()
check("tasks at first", described()["runningCount"], 2)

second = register("nginx")
answer = ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=second)
check("the status of the update", answer["ResponseMetadata"]["HTTPStatusCode"], 200)
arn = described()["serviceArn"]
check("tags that were not taken", tagging.untag_resources(ResourceARNList=[arn], TagKeys=["old"])["FailedResourcesMap"], {})
check("tags that were not set", tagging.tag_resources(ResourceARNList=[arn], Tags={"new": "2"})["FailedResourcesMap"], {})
stable()
check("deployments afterwards", len(described()["deployments"]), 1)
check("what runs", described()["taskDefinition"], second)
check("its tags", described()["tags"], [{"key": "new", "value": "2"}])

tasks = ecs.list_tasks(cluster=CLUSTER, serviceName=SERVICE)["taskArns"]
images = [c["image"] for t in ecs.describe_tasks(cluster=CLUSTER, tasks=tasks)["tasks"] for c in t["containers"]]
check("images of its tasks", images, ["nginx", "nginx"])
text = refused("an image without a name", "ClientException", register, image="@#")
check("AWS's words", text, "Container.image repository should not be null or empty.")
refused("a cluster that is not there", "ClusterNotFoundException", ecs.describe_services, cluster="no", services=["x"])

ecr.create_repository(repositoryName="boto/web")
pushed = ecr.put_image(repositoryName="boto/web", imageManifest='{"schemaVersion": 2}', imageTag="1")["image"]["imageId"]
found = ecr.batch_get_image(repositoryName="boto/web", imageIds=[{"imageTag": "1"}, {"imageTag": "9"}])
check("the image by its tag", [i["imageId"] for i in found["images"]], [pushed])
check("the one that is not there", found["failures"][0]["failureCode"], "ImageNotFound")
