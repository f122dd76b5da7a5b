package io.jenkins.plugins.amirefresh.simulator.wire;

/** How a service speaks. */
enum Protocol {
    /** Form parameters in, XML out, EC2's own naming. */
    EC2,
    /** Form parameters in, XML out. */
    QUERY,
    /** JSON 1.0 and 1.1. */
    JSON,
    /** Smithy RPC v2 with CBOR bodies. */
    CBOR;

    static Protocol of(String modelName) {
        return switch (modelName) {
            case "ec2" -> EC2;
            case "query" -> QUERY;
            case "json" -> JSON;
            case "smithy-rpc-v2-cbor" -> CBOR;
            default -> throw new IllegalStateException("no protocol " + modelName);
        };
    }
}
