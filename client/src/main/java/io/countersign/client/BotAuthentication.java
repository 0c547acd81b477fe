package io.countersign.client;

import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.authentication.HandshakeTranscript;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The bot's side of one handshake: its nonce, its proof, and what it believes of the gateway. Closed when the handshake
 * is over; the API key is then zeroed.
 */
final class BotAuthentication implements AutoCloseable
{
    /** A proof that fits nowhere: says that the gateway's was not believed. */
    private static final byte[] DISBELIEF = new byte[HandshakeTranscript.PROOF_LENGTH];

    private final byte[] clientNonce = new byte[HandshakeTranscript.NONCE_LENGTH];
    private final byte[] principal;
    private final ApiKey apiKey;
    private final EgressChannel wayBack;
    private boolean isChallenged;
    private FrameAuthenticator toGateway;
    private FrameAuthenticator fromGateway;

    BotAuthentication(final byte[] principal, final ApiKey apiKey, final EgressChannel wayBack)
    {
        this.principal = principal;
        this.apiKey = apiKey;
        this.wayBack = wayBack;
        new SecureRandom().nextBytes(clientNonce);
    }

    byte[] principal()
    {
        return principal;
    }

    int apiKeyVersion()
    {
        return apiKey.version();
    }

    byte[] clientNonce()
    {
        return clientNonce;
    }

    boolean isChallenged()
    {
        return isChallenged;
    }

    /** Whether the gateway has shown that it knows the API key. */
    boolean isGatewayProven()
    {
        return null != fromGateway;
    }

    FrameAuthenticator toGateway()
    {
        return toGateway;
    }

    FrameAuthenticator fromGateway()
    {
        return fromGateway;
    }

    /**
     * Takes the gateway's challenge; only the first one counts.
     *
     * @param aeronSessionId of the ingress publication.
     * @param gatewayNonce   that the gateway chose.
     * @param gatewayProof   that it knows the API key.
     * @return what to answer, or null where a challenge was answered before.
     */
    byte[] onChallenge(final int aeronSessionId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        if (isChallenged)
        {
            return null;
        }

        isChallenged = true;
        final HandshakeTranscript transcript = new HandshakeTranscript(
            apiKey.version(), principal, aeronSessionId, wayBack, clientNonce, gatewayNonce);
        if (!MessageDigest.isEqual(transcript.gatewayProof(apiKey.secret()), gatewayProof))
        {
            return DISBELIEF;
        }

        toGateway = authenticator(transcript.keyToGateway(apiKey.secret()));
        fromGateway = authenticator(transcript.keyToBot(apiKey.secret()));
        return transcript.botProof(apiKey.secret());
    }

    @Override
    public void close()
    {
        apiKey.close();
    }

    private static FrameAuthenticator authenticator(final byte[] key)
    {
        final FrameAuthenticator authenticator = new FrameAuthenticator(key);
        Arrays.fill(key, (byte) 0);
        return authenticator;
    }
}
