package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

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
     * To ask one object for its proof.
     *
     * @param session     for this alone, while it is asked.
     * @param description of the key, for messages.
     * @param algorithm   of the key.
     * @param object      handle.
     * @return a proof of the key with index 0.
     * @throws TokenException when the token cannot sign with it.
     */
    static KeyProof of(
        final TokenSession session,
        final String description,
        final SigningAlgorithm algorithm,
        final long object) throws TokenException
    {
        return of(session, object, new KeyDirectory(session).method(description, algorithm, object));
    }

    /**
     * Find a key the way the gateway will and have it prove itself, so that what passes here passes there.
     *
     * @param session for this alone, while it is asked.
     * @param key     that it must be.
     * @return the key.
     * @throws TokenException when it is missing, ambiguous, unfit or another one.
     */
    static FoundKey prove(final TokenSession session, final KeySpec key) throws TokenException
    {
        final FoundKey found = new KeyDirectory(session).find(List.of(key)).getFirst();
        of(session, found.object(), found.method()).prove(0, key);
        return found;
    }

    private static KeyProof of(final TokenSession session, final long object, final SigningMethod method)
    {
        final InlineSigningLane lane = new InlineSigningLane(
            session.functions(), session.handle(), new long[]{ object }, List.of(method), 0);
        return new KeyProof(lane, session.token().label());
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
