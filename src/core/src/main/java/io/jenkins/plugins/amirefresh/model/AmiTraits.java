package io.jenkins.plugins.amirefresh.model;

/**
 * What else of an image has to fit whoever launches it.
 *
 * @param virtualization {@code hvm} or {@code paravirtual}; empty when nobody asked
 * @param tpm {@code v2.0}, or empty for none
 * @param imds {@code v2.0} when its instances answer IMDSv2 alone, or empty
 * @param platform AWS's words, for example {@code Linux/UNIX} or {@code Windows}
 */
public record AmiTraits(String virtualization, String tpm, String imds, String platform) {

    /** Nobody asked. */
    public static final AmiTraits UNKNOWN = new AmiTraits("", "", "", "");

    /** Somebody did. */
    public boolean isKnown() {
        return !virtualization.isEmpty();
    }

    /** Its instances run Windows. */
    public boolean isWindows() {
        return platform.startsWith("Windows");
    }
}
