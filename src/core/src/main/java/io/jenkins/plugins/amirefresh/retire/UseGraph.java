package io.jenkins.plugins.amirefresh.retire;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.OwnAmi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What refers to images and to their snapshots, in words, whatever account it is in. */
public final class UseGraph {

    private final Map<AmiId, List<String>> images = new HashMap<>();
    private final Map<String, List<String>> snapshots = new HashMap<>();
    private final Map<AmiId, List<String>> past = new HashMap<>();

    /** Something launches the image. */
    public void image(AmiId ami, String use) {
        images.computeIfAbsent(ami, key -> new ArrayList<>()).add(use);
    }

    /** Several things, in words, by image. */
    public void images(Map<AmiId, List<String>> uses) {
        uses.forEach((ami, words) -> words.forEach(use -> image(ami, use)));
    }

    /** Something makes volumes from the snapshot. */
    public void snapshot(String snapshot, String use) {
        snapshots.computeIfAbsent(snapshot, key -> new ArrayList<>()).add(use);
    }

    /** Something named the image and does not count any more. */
    public void past(AmiId ami, String use) {
        past.computeIfAbsent(ami, key -> new ArrayList<>()).add(use);
    }

    /** What needs an image: itself or one of its snapshots. */
    public List<String> usesOf(OwnAmi image) {
        List<String> uses = new ArrayList<>(images.getOrDefault(image.id(), List.of()));
        image.snapshots().forEach(snapshot -> snapshots
                .getOrDefault(snapshot, List.of())
                .forEach(use -> uses.add(use + " names its snapshot " + snapshot)));
        return uses;
    }

    /** What named it. */
    public List<String> pastOf(OwnAmi image) {
        return past.getOrDefault(image.id(), List.of());
    }
}
