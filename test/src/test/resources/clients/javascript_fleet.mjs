// Gives a group of the sample account a new launch template version and refreshes it, with the AWS SDK for JavaScript v3.
import {AutoScalingClient, DescribeAutoScalingGroupsCommand, DescribeInstanceRefreshesCommand, StartInstanceRefreshCommand,
    paginateDescribeAutoScalingGroups} from '@aws-sdk/client-auto-scaling';
import {CreateLaunchTemplateVersionCommand, DescribeLaunchTemplateVersionsCommand, EC2Client} from '@aws-sdk/client-ec2';

const settings = {endpoint: process.env.CLIENT_ENDPOINT, region: process.env.AWS_DEFAULT_REGION};
const autoScaling = new AutoScalingClient(settings);
const ec2 = new EC2Client(settings);
const name = 'shop-worker-qa';

const names = [];
for await (const page of paginateDescribeAutoScalingGroups({client: autoScaling, pageSize: 5}, {})) {
    names.push(...page.AutoScalingGroups.map(group => group.AutoScalingGroupName));
}
console.log('groups: ' + names.length);

const {LaunchTemplateVersion: created} = await ec2.send(new CreateLaunchTemplateVersionCommand({
    LaunchTemplateName: 'shop-worker', SourceVersion: '$Latest', LaunchTemplateData: {InstanceType: 't3.medium'},
    VersionDescription: 'by JavaScript'}));
const version = String(created.VersionNumber);
const {LaunchTemplateVersions: versions} = await ec2.send(new DescribeLaunchTemplateVersionsCommand({
    LaunchTemplateName: 'shop-worker', Versions: [version]}));
console.log('the new version keeps its AMI: ' + /^ami-/.test(versions[0].LaunchTemplateData.ImageId));

const {InstanceRefreshId: id} = await autoScaling.send(new StartInstanceRefreshCommand({
    AutoScalingGroupName: name,
    DesiredConfiguration: {LaunchTemplate: {LaunchTemplateName: 'shop-worker', Version: version}},
    Preferences: {MinHealthyPercentage: 50, InstanceWarmup: 30, SkipMatching: true}}));
let refresh;
do {
    await new Promise(resolve => setTimeout(resolve, 500));
    const answer = await autoScaling.send(new DescribeInstanceRefreshesCommand({
        AutoScalingGroupName: name, InstanceRefreshIds: [id]}));
    refresh = answer.InstanceRefreshes[0];
} while (['Pending', 'InProgress'].includes(refresh.Status));
console.log('the instance refresh: ' + refresh.Status);

const {AutoScalingGroups: [group]} = await autoScaling.send(new DescribeAutoScalingGroupsCommand({
    AutoScalingGroupNames: [name]}));
console.log('their versions: ' + [...new Set(group.Instances.map(instance => instance.LaunchTemplate.Version))].join(', '));

try {
    await autoScaling.send(new StartInstanceRefreshCommand({AutoScalingGroupName: 'nobody'}));
} catch (refusal) {
    console.log('a group that is not there: ' + refusal.name);
}
