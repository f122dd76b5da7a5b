#!/usr/bin/env bash
# Updates a service with the AWS CLI at a simulator; each line it checks is printed.
#
#     aws_cli_services.sh PROGRAM
#
# From the environment: CLIENT_ENDPOINT, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID.
set -euo pipefail

program=$1

aws() { "$program" --endpoint-url "$CLIENT_ENDPOINT" --output text --no-cli-pager "$@"; }

check() { # what found wanted
    if [ "$2" != "$3" ]; then
        echo "$1: found '$2', wanted '$3'" >&2
        exit 1
    fi
    echo "$1: $2"
}

register() { # image
    aws ecs register-task-definition --family cli-web --query taskDefinition.revision \
        --container-definitions "[{\"name\": \"web\", \"image\": \"$1\", \"memory\": 64}]"
}

check "the cluster" "$(aws ecs create-cluster --cluster-name cli --query cluster.status)" ACTIVE
check "the first revision" "$(register busybox)" 1
check "the service" "$(aws ecs create-service --cluster cli --service-name web --task-definition cli-web:1 \
    --desired-count 2 --query service.serviceName)" web
aws ecs wait services-stable --cluster cli --services web
check "the second revision" "$(register nginx)" 2
check "deployments under way" "$(aws ecs update-service --cluster cli --service web --task-definition cli-web:2 \
    --query 'length(service.deployments)')" 2
aws ecs wait services-stable --cluster cli --services web
check "how the rollout ended" "$(aws ecs describe-services --cluster cli --services web \
    --query 'services[0].deployments[].[status,rolloutState,runningCount]')" "$(printf 'PRIMARY\tCOMPLETED\t2')"
arn=$(aws ecs describe-services --cluster cli --services web --query 'services[0].serviceArn')
aws ecs tag-resource --resource-arn "$arn" --tags key=version,value=2
check "its tags" "$(aws ecs list-tags-for-resource --resource-arn "$arn" --query 'tags[].[key,value]')" "$(printf 'version\t2')"
