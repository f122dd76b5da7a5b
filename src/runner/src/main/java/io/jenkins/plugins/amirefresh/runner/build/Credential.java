package io.jenkins.plugins.amirefresh.runner.build;

/** A declared credential. */
public sealed interface Credential {
    /** The credential that a text stands for: {@code USER:PASSWORD}, {@code AKIA...:SECRET}, or a secret text. */
    static Credential standIn(String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            return new SecretText(value);
        }
        String name = value.substring(0, colon);
        String secret = value.substring(colon + 1);
        return name.startsWith("AKIA") ? new AwsKeys(name, secret) : new UsernamePassword(name, secret);
    }

    /** What it is called in messages. */
    String kind();

    /**
     * A secret text.
     *
     * @param secret the text
     */
    record SecretText(String secret) implements Credential {
        @Override
        public String kind() {
            return "secret text";
        }
    }

    /**
     * A user name with a password.
     *
     * @param username the name
     * @param password the password
     */
    record UsernamePassword(String username, String password) implements Credential {
        @Override
        public String kind() {
            return "username with password";
        }
    }

    /**
     * A secret file.
     *
     * @param fileName its name
     * @param content its text
     */
    record SecretFile(String fileName, String content) implements Credential {
        @Override
        public String kind() {
            return "secret file";
        }
    }

    /**
     * AWS access keys.
     *
     * @param accessKeyId the id
     * @param secretAccessKey the secret
     */
    record AwsKeys(String accessKeyId, String secretAccessKey) implements Credential {
        @Override
        public String kind() {
            return "AWS credentials";
        }
    }
}
