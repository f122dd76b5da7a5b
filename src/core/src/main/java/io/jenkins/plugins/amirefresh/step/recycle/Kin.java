package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.Ami;

/** Images that are of the same making: one may follow the other. */
final class Kin {

    private Kin() {}

    /** Of the same family; where one has none, of the same account. */
    static boolean are(Ami one, Ami other) {
        String family = family(one);
        String otherFamily = family(other);
        return (family.isEmpty() || otherFamily.isEmpty())
                ? one.ownerId().equals(other.ownerId())
                : family.equals(otherFamily);
    }

    /** For people. */
    static String whose(Ami ami) {
        return family(ami).isEmpty() ? "account " + ami.ownerId() + "'s" : "of family " + family(ami);
    }

    private static String family(Ami ami) {
        return ami.tags().getOrDefault(AmiTags.FAMILY, "");
    }
}
