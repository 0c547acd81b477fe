package io.countersign.hsm;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Signs on the thread that submits: {@code C_SignInit} and {@code C_Sign} by downcalls, within {@link #submit}; the
 * next {@link #poll} delivers the completion. After warm-up no call allocates.
 * <p>
 * Off-heap memory of a lane, made once:
 * <pre>
 *   0                 8             269                 288        320                344        344 + 24 * keys
 *  +-----------------+-------------+-------------------+----------+------------------+----------------------------+
 *  | CK_ULONG length | signature   | head of a         | SHA-256  | CK_EDDSA_PARAMS, | CK_MECHANISM for each key  |
 *  |                 |             | DigestInfo        |          | zero             |                            |
 *  +-----------------+-------------+-------------------+----------+------------------+----------------------------+
 * </pre>
 */
final class InlineSigningLane implements SigningLane
{
    private static final int SIGNATURE_LENGTH_OFFSET = 0;
    private static final int SIGNATURE_OFFSET = 8;
    private static final int DIGEST_OFFSET = 288;
    private static final int DIGEST_LENGTH = SigningAlgorithm.DIGEST_LENGTH;
    private static final int EDDSA_PARAMETERS_OFFSET = DIGEST_OFFSET + DIGEST_LENGTH;
    private static final int EDDSA_PARAMETERS_LENGTH = 24;
    private static final int MECHANISMS_OFFSET = EDDSA_PARAMETERS_OFFSET + EDDSA_PARAMETERS_LENGTH;
    private static final int MECHANISM_LENGTH = 24;

    /** All of a DigestInfo with SHA-256 but the digest itself (RFC 8017, section 9.2, note 1). */
    private static final byte[] DIGEST_INFO_HEAD =
        HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    private static final int DIGEST_INFO_OFFSET = DIGEST_OFFSET - DIGEST_INFO_HEAD.length;

    private final SignFunctions functions;
    private final long session;
    private final long[] keyHandles;
    private final SigningAlgorithm[] algorithms;

    /** Where in the lane's memory the data of a key is, 0 when the token gets the payload itself. */
    private final int[] dataOffsets;
    private final int generation;

    private final UnsafeBuffer memory;
    private final long memoryAddress;
    private final MessageDigest sha256;
    private final byte[] hashInput;
    private final byte[] digest = new byte[DIGEST_LENGTH];

    private volatile boolean broken;
    private boolean completed;
    private long correlationId;
    private long returnValue;
    private int signatureLength;

    /**
     * A lane on an open session.
     *
     * @param functions  of the module.
     * @param session    handle; no one else may sign on it.
     * @param keyHandles of the objects, in the order of {@code methods}.
     * @param methods    how the token signs with each key.
     * @param generation of the connection.
     */
    InlineSigningLane(
        final SignFunctions functions,
        final long session,
        final long[] keyHandles,
        final List<SigningMethod> methods,
        final int generation)
    {
        this.functions = functions;
        this.session = session;
        this.keyHandles = keyHandles.clone();
        algorithms = methods.stream().map(SigningMethod::algorithm).toArray(SigningAlgorithm[]::new);
        dataOffsets = methods.stream().mapToInt(InlineSigningLane::dataOffset).toArray();
        this.generation = generation;

        final int length = MECHANISMS_OFFSET + MECHANISM_LENGTH * keyHandles.length;
        final ByteBuffer allocated = BufferUtil.allocateDirectAligned(length, Long.BYTES);
        memory = new UnsafeBuffer(allocated);
        memoryAddress = memory.addressOffset();

        memory.putBytes(DIGEST_INFO_OFFSET, DIGEST_INFO_HEAD);

        boolean hashesOnHost = false;
        for (int i = 0; i < algorithms.length; i++)
        {
            putMechanism(MECHANISMS_OFFSET + i * MECHANISM_LENGTH, methods.get(i));
            hashesOnHost |= 0 != dataOffsets[i];
        }

        sha256 = Digests.sha256();
        hashInput = new byte[hashesOnHost ? MAX_PAYLOAD_LENGTH : 0];
    }

    /** {@inheritDoc} */
    @Override
    public boolean submit(
        final long correlationId,
        final int keyIndex,
        final DirectBuffer payload,
        final int offset,
        final int length)
    {
        if (broken || completed || !isSignable(keyIndex, payload, offset, length))
        {
            return false;
        }

        this.correlationId = correlationId;
        completed = true;
        returnValue = sign(keyIndex, payload, offset, length);
        if (ReturnValue.OK != returnValue)
        {
            broken = true;
        }

        return true;
    }

    /** {@inheritDoc} */
    @Override
    public int poll(final SigningListener listener)
    {
        if (!completed)
        {
            return 0;
        }

        completed = false;
        if (ReturnValue.OK == returnValue)
        {
            listener.onSigned(correlationId, memory, SIGNATURE_OFFSET, signatureLength);
        }
        else
        {
            listener.onSigningFailed(correlationId, returnValue);
        }

        return 1;
    }

    /** {@inheritDoc} */
    @Override
    public int generation()
    {
        return generation;
    }

    /** {@inheritDoc} */
    @Override
    public boolean isBroken()
    {
        return broken;
    }

    /**
     * Take no more requests: the session is about to be closed.
     */
    void retire()
    {
        broken = true;
    }

    /**
     * Zero the last signature: it is a secret when the payload was a derivation.
     */
    void zeroSignature()
    {
        memory.setMemory(SIGNATURE_OFFSET, SigningAlgorithm.MAX_SIGNATURE_LENGTH, (byte) 0);
    }

    private boolean isSignable(final int keyIndex, final DirectBuffer payload, final int offset, final int length)
    {
        return 0 <= keyIndex && keyIndex < keyHandles.length &&
            0 < length && length <= MAX_PAYLOAD_LENGTH &&
            (DIGEST_LENGTH == length || !algorithms[keyIndex].takesDigest()) &&
            0 <= offset && offset <= payload.capacity() - length &&
            null == payload.byteArray();
    }

    private long sign(final int keyIndex, final DirectBuffer payload, final int offset, final int length)
    {
        final int dataOffset = dataOffsets[keyIndex];
        final long dataAddress;
        final long dataLength;

        if (0 != dataOffset)
        {
            hash(payload, offset, length);
            dataAddress = memoryAddress + dataOffset;
            dataLength = EDDSA_PARAMETERS_OFFSET - dataOffset;
        }
        else
        {
            dataAddress = payload.addressOffset() + offset;
            dataLength = length;
        }

        final long initialised = functions.signInit(
            session, memoryAddress + MECHANISMS_OFFSET + (long) keyIndex * MECHANISM_LENGTH, keyHandles[keyIndex]);
        if (ReturnValue.OK != initialised)
        {
            return initialised;
        }

        memory.putLong(SIGNATURE_LENGTH_OFFSET, SigningAlgorithm.MAX_SIGNATURE_LENGTH, nativeOrder());
        final long signed = functions.sign(
            session,
            dataAddress,
            dataLength,
            memoryAddress + SIGNATURE_OFFSET,
            memoryAddress + SIGNATURE_LENGTH_OFFSET);
        if (ReturnValue.OK != signed)
        {
            return signed;
        }

        signatureLength = algorithms[keyIndex].maxSignatureLength();
        return signatureLength == memory.getLong(SIGNATURE_LENGTH_OFFSET, nativeOrder()) ?
            ReturnValue.OK : ReturnValue.SIGNATURE_LENGTH_RANGE;
    }

    private static int dataOffset(final SigningMethod method)
    {
        return switch (method.input())
        {
            case PAYLOAD -> 0;
            case DIGEST -> DIGEST_OFFSET;
            case DIGEST_INFO -> DIGEST_INFO_OFFSET;
        };
    }

    private void putMechanism(final int offset, final SigningMethod method)
    {
        memory.putLong(offset, method.mechanism(), nativeOrder());
        if (method.eddsaParameters())
        {
            memory.putLong(offset + Long.BYTES, memoryAddress + EDDSA_PARAMETERS_OFFSET, nativeOrder());
            memory.putLong(offset + 2 * Long.BYTES, EDDSA_PARAMETERS_LENGTH, nativeOrder());
        }
    }

    /**
     * From an array, because {@link MessageDigest} copies a direct buffer through an array that it allocates.
     */
    private void hash(final DirectBuffer payload, final int offset, final int length)
    {
        payload.getBytes(offset, hashInput, 0, length);
        sha256.update(hashInput, 0, length);
        try
        {
            sha256.digest(digest, 0, DIGEST_LENGTH);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException(ex);
        }
        memory.putBytes(DIGEST_OFFSET, digest);
    }
}
