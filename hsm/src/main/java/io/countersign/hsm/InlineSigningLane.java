package io.countersign.hsm;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
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
 *   0                 8                 264        264 + 32          264 + 32 + 24 * keys
 *  +-----------------+-----------------+----------+-----------------------------+
 *  | CK_ULONG length | signature       | digest   | CK_MECHANISM for each key   |
 *  +-----------------+-----------------+----------+-----------------------------+
 * </pre>
 */
final class InlineSigningLane implements SigningLane
{
    private static final int SIGNATURE_LENGTH_OFFSET = 0;
    private static final int SIGNATURE_OFFSET = 8;
    private static final int DIGEST_OFFSET = SIGNATURE_OFFSET + SigningAlgorithm.MAX_SIGNATURE_LENGTH;
    private static final int DIGEST_LENGTH = SigningAlgorithm.DIGEST_LENGTH;
    private static final int MECHANISMS_OFFSET = DIGEST_OFFSET + DIGEST_LENGTH;
    private static final int MECHANISM_LENGTH = 24;

    private final SignFunctions functions;
    private final long session;
    private final long[] keyHandles;
    private final SigningAlgorithm[] algorithms;
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
     * @param keyHandles of the objects, in the order of {@code algorithms}.
     * @param algorithms of the keys.
     * @param generation of the connection.
     */
    InlineSigningLane(
        final SignFunctions functions,
        final long session,
        final long[] keyHandles,
        final List<SigningAlgorithm> algorithms,
        final int generation)
    {
        this.functions = functions;
        this.session = session;
        this.keyHandles = keyHandles.clone();
        this.algorithms = algorithms.toArray(new SigningAlgorithm[0]);
        this.generation = generation;

        final int length = MECHANISMS_OFFSET + MECHANISM_LENGTH * keyHandles.length;
        final ByteBuffer allocated = BufferUtil.allocateDirectAligned(length, Long.BYTES);
        memory = new UnsafeBuffer(allocated);
        memoryAddress = memory.addressOffset();

        boolean hashesOnHost = false;
        for (int i = 0; i < this.algorithms.length; i++)
        {
            memory.putLong(MECHANISMS_OFFSET + i * MECHANISM_LENGTH, this.algorithms[i].mechanism(), nativeOrder());
            hashesOnHost |= this.algorithms[i].hashesOnHost();
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
        final SigningAlgorithm algorithm = algorithms[keyIndex];
        final long dataAddress;
        final long dataLength;

        if (algorithm.hashesOnHost())
        {
            hash(payload, offset, length);
            dataAddress = memoryAddress + DIGEST_OFFSET;
            dataLength = DIGEST_LENGTH;
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

        signatureLength = algorithm.maxSignatureLength();
        return signatureLength == memory.getLong(SIGNATURE_LENGTH_OFFSET, nativeOrder()) ?
            ReturnValue.OK : ReturnValue.SIGNATURE_LENGTH_RANGE;
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
