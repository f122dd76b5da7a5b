package io.jenkins.plugins.amirefresh.simulator.account;

/**
 * What AWS lets an account have in one region; 0: no quota.
 *
 * @param vcpus of running On-Demand instances
 * @param autoScalingGroups how many groups
 */
public record DeclaredQuotas(int vcpus, int autoScalingGroups) {}
