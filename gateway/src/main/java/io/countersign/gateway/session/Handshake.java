package io.countersign.gateway.session;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.gateway.history.RequestHistory;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.PublicationId;
import io.countersign.gateway.transport.Source;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One attempt to open a session, from Connect to its answer. Of the API key it keeps only what follows from it for this
 * handshake. For the control agent.
 */
public final class Handshake
{
    private final Applicant applicant;
    private final byte[] clientNonce;
    private byte[] expectedProof;
    private byte[] keyToGateway;
    private byte[] keyToBot;

    /**
     * What a Connect said of its sender; not to be believed before it has proven itself.
     *
     * @param publicationId of the ingress publication that it came from.
     * @param correlationId to return.
     * @param principalName as the sender wrote it, UTF-8; not to be written to.
     * @param apiKeyVersion as the sender wrote it.
     * @param source        where the transport saw the publication come from.
     */
    public record Applicant(
        long publicationId,
        long correlationId,
        byte[] principalName,
        int apiKeyVersion,
        Source source)
    {
        /**
         * The ingress publication that it came from, among those of its ingress.
         *
         * @return Aeron's session id.
         */
        public int aeronSessionId()
        {
            return PublicationId.aeronSessionId(publicationId);
        }
    }

    /**
     * Construct from a Connect.
     *
     * @param applicant   who asks.
     * @param clientNonce that it has chosen.
     */
    public Handshake(final Applicant applicant, final byte[] clientNonce)
    {
        this.applicant = applicant;
        this.clientNonce = clientNonce;
    }

    /**
     * Who asks.
     *
     * @return as Connect said.
     */
    public Applicant applicant()
    {
        return applicant;
    }

    /**
     * Take the API key and compute everything that this handshake needs of it.
     *
     * @param apiKey       32 bytes, zeroed when this returns.
     * @param gatewayNonce random, used once.
     * @return the gateway's own proof.
     */
    public byte[] challenge(final byte[] apiKey, final byte[] gatewayNonce)
    {
        try
        {
            final HandshakeTranscript transcript = new HandshakeTranscript(
                applicant.apiKeyVersion(),
                applicant.principalName(),
                applicant.aeronSessionId(),
                applicant.source().egress(),
                clientNonce,
                gatewayNonce);
            expectedProof = transcript.botProof(apiKey);
            keyToGateway = transcript.keyToGateway(apiKey);
            keyToBot = transcript.keyToBot(apiKey);
            return transcript.gatewayProof(apiKey);
        }
        finally
        {
            Arrays.fill(apiKey, (byte) 0);
        }
    }

    /**
     * Whether the bot has shown that it knows the API key. Takes as long whatever the proof is.
     *
     * @param clientProof from Prove.
     * @return true when it is the one expected.
     */
    public boolean isProvenBy(final byte[] clientProof)
    {
        return MessageDigest.isEqual(expectedProof, clientProof);
    }

    /**
     * The session of a bot that has proven itself.
     *
     * @param egress  the way back.
     * @param history of the principal.
     * @return a session with keys, without an id yet.
     */
    public Session session(final Egress egress, final RequestHistory history)
    {
        return new Session(
            applicant, egress, new FrameAuthenticator(keyToGateway), new FrameAuthenticator(keyToBot), history);
    }

    /**
     * Zero all secrets: the handshake is over, well or badly.
     */
    public void end()
    {
        zero(expectedProof);
        zero(keyToGateway);
        zero(keyToBot);
    }

    private static void zero(final byte[] secret)
    {
        if (null != secret)
        {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
