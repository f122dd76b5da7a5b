package io.jenkins.plugins.amirefresh.step.fakes;

import io.jenkins.plugins.amirefresh.cloud.Alarms;
import io.jenkins.plugins.amirefresh.cloud.BootInstances;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.ContainerImages;
import io.jenkins.plugins.amirefresh.cloud.ContainerServices;
import io.jenkins.plugins.amirefresh.cloud.Metrics;
import io.jenkins.plugins.amirefresh.cloud.Queues;

/** Services that no step on these fakes asks. */
abstract class UnaskedServices implements Cloud {

    @Override
    public BootInstances bootInstances() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Alarms alarms() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ContainerServices containerServices() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Queues queues() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ContainerImages containerImages() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Metrics metrics() {
        throw new UnsupportedOperationException();
    }
}
