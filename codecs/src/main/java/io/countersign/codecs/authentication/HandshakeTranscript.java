package io.countersign.codecs.authentication;

import io.countersign.codecs.wire.MessageHeaderDecoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What both ends of a handshake have said, and the proofs and keys that follow from it under an API key. Whoever
 * changes one bit of it on its way changes them all. Immutable; allocates, not for the hot path.
 *
 * <pre>
 *   0          2         6            10          14       15       17            49             81       82
 *   +----------+---------+------------+-----------+--------+--------+-------------+--------------+--------+-----------+
 *   | protocol | API key | Aeron      | egress    | egress | egress | clientNonce | gatewayNonce | length | principal |
 *   | version  | version | session id | stream id | medium | port   | 32 bytes    | 32 bytes     | uint8  |           |
 *   |          |         | of ingress |           | uint8  | uint16 |             |              |        |           |
 *   +----------+---------+------------+-----------+--------+--------+-------------+--------------+--------+-----------+
 * </pre>
 */
public final class HandshakeTranscript
{
    /** Length of a nonce in bytes. */
    public static final int NONCE_LENGTH = 32;

    /** Length of a proof and of a session key in bytes. */
    public static final int PROOF_LENGTH = HmacSha256.LENGTH;

    /** The stream on which the gateway answers. */
    public static final int EGRESS_STREAM_ID = 1002;

    private static final byte[] GATEWAY_PROOF = label("countersign gateway proof, version 3");
    private static final byte[] BOT_PROOF = label("countersign bot proof, version 3");
    private static final byte[] KEY_TO_GATEWAY = label("countersign frames to the gateway, version 3");
    private static final byte[] KEY_TO_BOT = label("countersign frames to the bot, version 3");
    private static final int FIXED_LENGTH = 82;

    private final byte[] bytes;
    private final byte[] salt;

    /**
     * Construct from what was said.
     *
     * @param apiKeyVersion  from Connect.
     * @param principal      from Connect, UTF-8.
     * @param aeronSessionId of the bot's ingress publication, and so of the egress channel.
     * @param egress         where the gateway answers, which the bot expects there.
     * @param clientNonce    from Connect.
     * @param gatewayNonce   from Challenge.
     */
    public HandshakeTranscript(
        final int apiKeyVersion,
        final byte[] principal,
        final int aeronSessionId,
        final EgressChannel egress,
        final byte[] clientNonce,
        final byte[] gatewayNonce)
    {
        if (NONCE_LENGTH != clientNonce.length || NONCE_LENGTH != gatewayNonce.length || principal.length > 255)
        {
            throw new IllegalArgumentException("nonces have 32 bytes, a principal at most 255");
        }
        bytes = ByteBuffer.allocate(FIXED_LENGTH + principal.length).order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) MessageHeaderDecoder.SCHEMA_VERSION)
            .putInt(apiKeyVersion)
            .putInt(aeronSessionId)
            .putInt(EGRESS_STREAM_ID)
            .put((byte) egress.medium())
            .putShort((short) egress.port())
            .put(clientNonce)
            .put(gatewayNonce)
            .put((byte) principal.length)
            .put(principal)
            .array();
        salt = ByteBuffer.allocate(2 * NONCE_LENGTH).put(clientNonce).put(gatewayNonce).array();
    }

    /**
     * What only a gateway that can derive the API key can say.
     *
     * @param apiKey 32 bytes.
     * @return {@link #PROOF_LENGTH} bytes.
     */
    public byte[] gatewayProof(final byte[] apiKey)
    {
        return HmacSha256.mac(apiKey, GATEWAY_PROOF, bytes);
    }

    /**
     * What only a bot that has the API key can say.
     *
     * @param apiKey 32 bytes.
     * @return {@link #PROOF_LENGTH} bytes.
     */
    public byte[] botProof(final byte[] apiKey)
    {
        return HmacSha256.mac(apiKey, BOT_PROOF, bytes);
    }

    /**
     * The session key of frames from the bot to the gateway.
     *
     * @param apiKey 32 bytes.
     * @return {@link #PROOF_LENGTH} bytes, which the caller zeroes after use.
     */
    public byte[] keyToGateway(final byte[] apiKey)
    {
        return HkdfSha256.derive(apiKey, salt, joined(KEY_TO_GATEWAY, bytes), PROOF_LENGTH);
    }

    /**
     * The session key of frames from the gateway to the bot.
     *
     * @param apiKey 32 bytes.
     * @return {@link #PROOF_LENGTH} bytes, which the caller zeroes after use.
     */
    public byte[] keyToBot(final byte[] apiKey)
    {
        return HkdfSha256.derive(apiKey, salt, joined(KEY_TO_BOT, bytes), PROOF_LENGTH);
    }

    private static byte[] label(final String text)
    {
        final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return joined(new byte[]{(byte) ascii.length}, ascii);
    }

    private static byte[] joined(final byte[] first, final byte[] second)
    {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
