#!/usr/bin/env bash
# Builds a small fleet with the AWS CLI at a simulator and refreshes it; each line it checks is printed.
#
#     aws_cli_fleet.sh PROGRAM
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

refused() { # code command...
    local code=$1 answer
    shift
    if answer=$(aws "$@" 2>&1); then
        answer="no error"
    fi
    case $answer in
        *"($code)"*) echo "$2: $code" ;;
        *)
            echo "$*: found '$answer', wanted $code" >&2
            exit 1
            ;;
    esac
}

# At the simulator's speed half a second is minutes.
until_is() { # what wanted command...
    local what=$1 wanted=$2 found='' try
    shift 2
    for ((try = 0; try < 120; try++)); do
        found=$("$@")
        if [ "$found" = "$wanted" ]; then
            echo "$what: $found"
            return
        fi
        sleep 0.5
    done
    echo "$what: found '$found', wanted '$wanted'" >&2
    exit 1
}

states() { # of a group's instances, each once
    aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names cli-web \
        --query 'AutoScalingGroups[0].Instances[].[LifecycleState]' | sort | uniq -c | awk '{print $1 " " $2}' | paste -sd, -
}

refresh_status() {
    aws autoscaling describe-instance-refreshes --auto-scaling-group-name cli-web \
        --instance-refresh-ids "$refresh" --query 'InstanceRefreshes[0].Status'
}

check "the account" "$(aws sts get-caller-identity --query Account)" 111111111111

# What is not there is refused with AWS's own codes.
refused InvalidInstanceID.NotFound ec2 describe-instances --instance-ids i-0123456789abcdef0
refused InvalidInstanceID.Malformed ec2 describe-instances --instance-ids i-nonsense
refused InvalidAMIID.NotFound ec2 describe-images --image-ids ami-0123456789abcdef0
refused InvalidLaunchTemplateId.NotFound ec2 describe-launch-templates --launch-template-ids lt-0123456789abcdef0
refused ValidationError autoscaling set-desired-capacity --auto-scaling-group-name nobody --desired-capacity 1
refused ValidationError autoscaling start-instance-refresh --auto-scaling-group-name nobody
refused TargetGroupNotFound elbv2 describe-target-groups --names nobody

# Small pages say the same as large ones.
for list in \
    "ec2 describe-instances|Reservations[].Instances[].[InstanceId]|40" \
    "autoscaling describe-auto-scaling-groups|AutoScalingGroups[].[AutoScalingGroupName]|7" \
    "autoscaling describe-auto-scaling-instances|AutoScalingInstances[].[InstanceId]|40"; do
    IFS='|' read -r call query size <<<"$list"
    # shellcheck disable=SC2086 # the words of a command
    large=$(aws $call --query "$query" | sort)
    # shellcheck disable=SC2086
    small=$(aws $call --page-size "$size" --query "$query" | sort)
    check "$call, pages of $size" "$(md5sum <<<"$small")" "$(md5sum <<<"$large")"
    check "  more than a page" "$(($(wc -l <<<"$large") > size))" 1
done

image_v1=$(aws ec2 describe-images --owners self --filters Name=name,Values=web-2026-11-01 --query 'Images[0].ImageId')
image_v2=$(aws ec2 describe-images --owners self --filters Name=name,Values=web-2026-11-15 --query 'Images[0].ImageId')
subnets=$(aws ec2 describe-subnets --query 'join(`,`, Subnets[].SubnetId)')

template=$(aws ec2 create-launch-template --launch-template-name cli-web \
    --launch-template-data "{\"ImageId\": \"$image_v1\", \"InstanceType\": \"t3.small\"}" \
    --tag-specifications 'ResourceType=launch-template,Tags=[{Key=Team,Value=cli}]' \
    --query LaunchTemplate.LaunchTemplateId)
refused InvalidLaunchTemplateName.AlreadyExistsException ec2 create-launch-template --launch-template-name cli-web \
    --launch-template-data '{"InstanceType": "t3.small"}'
aws ec2 create-tags --resources "$template" --tags Key=Stage,Value=trial
check "the template's tags" "$(aws ec2 describe-tags --filters "Name=resource-id,Values=$template" \
    --query 'Tags[].[Key,Value]' | sort | tr '\t\n' '= ')" "Stage=trial Team=cli "
aws ec2 delete-tags --resources "$template" --tags Key=Stage
check "its tags after one is deleted" \
    "$(aws ec2 describe-tags --filters "Name=resource-id,Values=$template" --query 'Tags[].[Key]')" Team

aws autoscaling create-auto-scaling-group --auto-scaling-group-name cli-web --min-size 1 --max-size 4 \
    --desired-capacity 2 --launch-template "LaunchTemplateId=$template,Version=1" --vpc-zone-identifier "$subnets" \
    --tags Key=Team,Value=cli,PropagateAtLaunch=true
refused AlreadyExists autoscaling create-auto-scaling-group --auto-scaling-group-name cli-web --min-size 1 --max-size 4 \
    --launch-template "LaunchTemplateId=$template"
until_is "the group's instances" "2 InService" states
aws autoscaling create-or-update-tags \
    --tags ResourceId=cli-web,ResourceType=auto-scaling-group,Key=Stage,Value=trial,PropagateAtLaunch=false
check "the group's tags" "$(aws autoscaling describe-tags --filters Name=auto-scaling-group,Values=cli-web \
    --query 'Tags[].[Key,Value]' | sort | tr '\t\n' '= ')" "Stage=trial Team=cli "
check "instances with the group's tag" "$(aws ec2 describe-instances \
    --filters Name=tag:Team,Values=cli Name=instance-state-name,Values=running \
    --query 'length(Reservations[].Instances[])')" 2
check "instances with the tag that does not propagate" \
    "$(aws ec2 describe-instances --filters Name=tag:Stage,Values=trial --query 'length(Reservations[])')" 0

check "the next version" "$(aws ec2 create-launch-template-version --launch-template-id "$template" --source-version 1 \
    --launch-template-data "{\"ImageId\": \"$image_v2\"}" --query LaunchTemplateVersion.VersionNumber)" 2
refused InvalidLaunchTemplateId.VersionNotFound ec2 describe-launch-template-versions \
    --launch-template-id "$template" --versions 9
check "what it keeps of the first" "$(aws ec2 describe-launch-template-versions --launch-template-id "$template" \
    --versions 2 --query 'LaunchTemplateVersions[0].LaunchTemplateData.[ImageId,InstanceType]')" "$(printf '%s\tt3.small' "$image_v2")"

refresh=$(aws autoscaling start-instance-refresh --auto-scaling-group-name cli-web \
    --desired-configuration "{\"LaunchTemplate\": {\"LaunchTemplateId\": \"$template\", \"Version\": \"2\"}}" \
    --preferences '{"MinHealthyPercentage": 50, "InstanceWarmup": 30}' --query InstanceRefreshId)
until_is "the instance refresh" Successful refresh_status
until_is "the group's instances" "2 InService" states
check "their images" "$(aws ec2 describe-instances \
    --filters Name=tag:aws:autoscaling:groupName,Values=cli-web Name=instance-state-name,Values=running \
    --query 'Reservations[].Instances[].[ImageId]' | sort -u)" "$image_v2"
check "their versions" "$(aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names cli-web \
    --query 'AutoScalingGroups[0].Instances[].[LaunchTemplate.Version]' | sort -u)" 2
refused ActiveInstanceRefreshNotFound autoscaling cancel-instance-refresh --auto-scaling-group-name cli-web

aws autoscaling delete-auto-scaling-group --auto-scaling-group-name cli-web --force-delete
until_is "groups of that name" 0 aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names cli-web \
    --query 'length(AutoScalingGroups)'
aws ec2 delete-launch-template --launch-template-id "$template" --query LaunchTemplate.LaunchTemplateName
