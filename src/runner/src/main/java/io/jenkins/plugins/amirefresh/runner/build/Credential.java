package io.jenkins.plugins.amirefresh.runner.build;

/** A declared credential. */
public sealed interface Credential {
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
