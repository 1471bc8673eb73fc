package dev.linkspan.cli.client;

import java.time.Instant;

/** One server's calls: those that an account signs, and Linkspan's own, which are the operator's. */
public record LinkspanClient(Endpoint endpoint) {

    private static final String ACCOUNT_CALLS = "/api/v1/";
    private static final String SERVICE = "api";

    /** The account of this key, in this Region. */
    public Caller asAccount(AccessKey key, String region) {
        return asAccount(new RequestSigner(SignatureFamily.OSC4, key, region, SERVICE));
    }

    /** The account that signs in this way. */
    public Caller asAccount(RequestSigner signer) {
        return signed(ACCOUNT_CALLS, signer);
    }

    /** The account of this key, for those of Linkspan's own calls that accounts may make. */
    public Caller asAccountOwn(AccessKey key, String region) {
        return signed(Operator.CALLS, new RequestSigner(SignatureFamily.OSC4, key, region, SERVICE));
    }

    private Caller signed(String calls, RequestSigner signer) {
        return (name, arguments) -> {
            String path = calls + name;
            byte[] body = Json.bytes(arguments);
            return endpoint.post(path, signer.sign(endpoint.host(), path, body, Instant.now()), body);
        };
    }

    /** The operator, who knows the admin token of the data folder. */
    public Operator asOperator(String adminToken) {
        return new Operator(endpoint, adminToken);
    }
}
