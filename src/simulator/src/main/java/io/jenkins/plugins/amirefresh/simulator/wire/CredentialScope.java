package io.jenkins.plugins.amirefresh.simulator.wire;

/**
 * What the signature of a request says about its sender; the signature itself is not looked at. Source: AWS Signature
 * Version 4, "Credential=AKIA.../20261122/eu-west-1/ec2/aws4_request" in the header or in {@code X-Amz-Credential}.
 *
 * @param accessKeyId empty when the request is not signed
 * @param region empty when the request does not say
 * @param service the signing name, for example {@code elasticloadbalancing}; empty when the request does not say
 */
public record CredentialScope(String accessKeyId, String region, String service) {

    private static final String NAME = "Credential=";

    static CredentialScope of(WireRequest request) {
        String authorization = request.header("authorization");
        int at = authorization.indexOf(NAME);
        if (at >= 0) {
            int end = authorization.indexOf(',', at);
            return parse(
                    authorization
                            .substring(at + NAME.length(), end < 0 ? authorization.length() : end)
                            .trim(),
                    request);
        }
        int inQuery = request.query().indexOf("X-Amz-Credential=");
        if (inQuery >= 0) {
            String credential = FormParameters.parse(request.query()).text("X-Amz-Credential");
            return parse(credential, request);
        }
        return parse("", request);
    }

    /** The key may hold slashes of its own in theory; the scope is the last four parts. */
    private static CredentialScope parse(String credential, WireRequest request) {
        String[] parts = credential.split("/", -1);
        int length = parts.length;
        if (length < 5) {
            return fromHost(credential, request.host());
        }
        return new CredentialScope(parts[length - 5], parts[length - 3], parts[length - 2]);
    }

    /** An unsigned request: {@code ec2.eu-west-1.amazonaws.com} says where it goes. */
    private static CredentialScope fromHost(String accessKeyId, String host) {
        String[] parts = host.split("\\.", -1);
        boolean regional = parts.length >= 4 && host.contains(".amazonaws.com");
        return new CredentialScope(accessKeyId, regional ? parts[1] : "", regional ? parts[0] : "");
    }
}
