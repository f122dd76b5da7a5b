package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Images;
import io.jenkins.plugins.amirefresh.simulator.ec2.keys.KeyPairs;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Network;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservations;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ParameterStore;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volumes;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplates;

/** What a launch touches of its account and region, and of the world. */
public record Surroundings(
        Place place,
        Network network,
        Volumes volumes,
        Images images,
        LaunchTemplates templates,
        KeyPairs keyPairs,
        CapacityReservations reservations,
        Behaviours behaviours,
        AddressBook addresses,
        ParameterStore parameters) {}
