package io.jenkins.plugins.amirefresh.retire;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.OwnAmi;
import java.util.ArrayList;
import java.util.List;

/**
 * An image of ours.
 *
 * @param uses what needs it, in words
 * @param doubts why nobody can tell what needs it
 * @param past what named it and does not count any more
 */
public record Candidate(
        AccountId account, AwsRegion region, OwnAmi image, List<String> uses, List<String> doubts, List<String> past) {

    /** Copies the lists. */
    public Candidate {
        uses = List.copyOf(uses);
        doubts = List.copyOf(doubts);
        past = List.copyOf(past);
    }

    /** Its id. */
    public AmiId id() {
        return image.id();
    }

    /** Its family. */
    public String family() {
        return image.ami().tags().getOrDefault(AmiTags.FAMILY, "");
    }

    /** The same with one more use. */
    public Candidate usedBy(String use) {
        List<String> more = new ArrayList<>(uses);
        more.add(use);
        return new Candidate(account, region, image, more, doubts, past);
    }
}
