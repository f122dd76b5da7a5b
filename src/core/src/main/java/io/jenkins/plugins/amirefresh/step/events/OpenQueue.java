package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.Place;

/**
 * An account and region of the step, and the queue that is read there.
 *
 * @param address empty when no queue of this place is read
 * @param deadLetters the address of the queue for what nobody can read; empty when there is none
 */
record OpenQueue(Place place, AccountId account, String address, String deadLetters) {

    boolean isRead() {
        return !address.isEmpty();
    }

    /** An event that names no account or no region is about the queue's own. */
    boolean isAbout(String otherAccount, String region) {
        return (otherAccount.isEmpty() || otherAccount.equals(account.value()))
                && (region.isEmpty() || region.equals(place.region().value()));
    }
}
