package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Proves that the handles behind a lane are the keys they are taken for, by the very calls that will sign orders.
 * <p>
 * A public-key algorithm signs {@value #CHALLENGE_TEXT} followed by 32 random bytes, which is verified in software with
 * the pinned public key; where the algorithm takes digests, their SHA-256. A MAC key's check value is compared with the
 * pinned one.
 */
final class KeyProof implements SigningListener
{
    /** Comes before the random bytes, so that a challenge can be no venue's request. */
    static final String CHALLENGE_TEXT = "countersign key challenge, version 1: ";

    private static final int RANDOM_LENGTH = 32;

    private final SigningLane lane;
    private final String tokenLabel;
    private final SecureRandom random = new SecureRandom();
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(128));

    private byte[] signature;
    private long returnValue;

    /**
     * A proof of the keys behind a lane.
     *
     * @param lane       with no request under way.
     * @param tokenLabel for messages.
     */
    KeyProof(final SigningLane lane, final String tokenLabel)
    {
        this.lane = lane;
        this.tokenLabel = tokenLabel;
    }

    /**
     * Prove one key.
     *
     * @param keyIndex of the lane.
     * @param key      that it must be.
     * @throws TokenException when it is another key or does not sign.
     */
    void prove(final int keyIndex, final KeySpec key) throws TokenException
    {
        if (key.algorithm().isMac())
        {
            if (!MessageDigest.isEqual(key.pinned(), checkValue(keyIndex, key.toString())))
            {
                throw new TokenException(key + " on token \"" + tokenLabel +
                    "\" does not have the pinned check value: the token holds another secret under this id");
            }
        }
        else
        {
            final byte[] challenge = key.algorithm().takesDigest() ? Digests.sha256().digest(challenge()) : challenge();
            final byte[] answer = sign(keyIndex, key.toString(), challenge);
            if (!PublicKeyVerifier.of(key.algorithm(), key.pinned()).verifies(challenge, answer))
            {
                throw new TokenException(key + " on token \"" + tokenLabel +
                    "\" does not sign with the pinned public key: the token holds another key under this id");
            }
        }
    }

    /**
     * The check value of a MAC key.
     *
     * @param keyIndex    of the lane.
     * @param description of the key, for messages.
     * @return {@link KeySpec#CHECK_VALUE_LENGTH} bytes.
     * @throws TokenException when the key does not sign.
     */
    byte[] checkValue(final int keyIndex, final String description) throws TokenException
    {
        final byte[] text = KeySpec.CHECK_VALUE_TEXT.getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(sign(keyIndex, description, text), KeySpec.CHECK_VALUE_LENGTH);
    }

    @Override
    public void onSigned(
        final long correlationId,
        final DirectBuffer signature,
        final int offset,
        final int length)
    {
        this.signature = new byte[length];
        signature.getBytes(offset, this.signature);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        this.returnValue = returnValue;
    }

    private byte[] challenge()
    {
        final byte[] text = CHALLENGE_TEXT.getBytes(StandardCharsets.US_ASCII);
        final byte[] randomBytes = new byte[RANDOM_LENGTH];
        random.nextBytes(randomBytes);

        final byte[] challenge = Arrays.copyOf(text, text.length + RANDOM_LENGTH);
        System.arraycopy(randomBytes, 0, challenge, text.length, RANDOM_LENGTH);
        return challenge;
    }

    private byte[] sign(final int keyIndex, final String description, final byte[] message) throws TokenException
    {
        signature = null;
        returnValue = ReturnValue.OK;
        payload.putBytes(0, message);

        if (lane.submit(keyIndex, keyIndex, payload, 0, message.length))
        {
            lane.poll(this);
        }

        if (null == signature)
        {
            throw new TokenException(description + " on token \"" + tokenLabel + "\" does not sign: " +
                ReturnValue.nameOf(returnValue) + "; check the key's allowed mechanisms and what the token supports",
                returnValue);
        }

        return signature;
    }
}
