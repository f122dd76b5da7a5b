package io.jenkins.plugins.amirefresh.step;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Non-blocking probes by key: the first call starts one, later calls with the same key ask for its answer. */
public interface Probes {

    /** GETs {@code uri}; empty until there is an answer. A key is used for one attempt only. */
    Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit);

    /** Opens a TCP connection and closes it; empty until there is an answer. */
    Optional<Answer> tcp(String key, String host, int port, Duration timeLimit);

    /** What came back. */
    sealed interface Answer {
        /**
         * An HTTP answer.
         *
         * @param body at most 64 KiB
         */
        record Http(int status, String body) implements Answer {}

        /** The connection was accepted. */
        record Connected() implements Answer {}

        /** The other side refused, or broke off. */
        record NoAnswer(String reason) implements Answer {}

        /** Nothing came back in time: nobody is there, or something in between lets nothing through. */
        record Silent(String reason) implements Answer {}

        /** The probe could not be sent from here: says nothing about the other side. */
        record NotSent(String reason) implements Answer {}
    }
}
