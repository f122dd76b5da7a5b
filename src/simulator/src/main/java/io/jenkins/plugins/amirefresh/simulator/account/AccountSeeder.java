package io.jenkins.plugins.amirefresh.simulator.account;

/** Implemented by each service that brings declared resources to life. */
public interface AccountSeeder {

    /**
     * Creates this service's resources as they stand at the start: settled, healthy, launched long ago. Called once, before
     * any request, in the order in which the services are registered, so that what is referred to already exists.
     */
    void seed(AccountFile file);
}
