package io.countersign.ops.operators;

import io.countersign.client.OperatorKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An operator's key in the memory of this process, as long as one command takes.
 */
final class Ed25519Key implements OperatorKey
{
    /** Length of a private key in bytes. */
    static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

    /** What comes before the 32 bytes of a public key: RFC 8410, section 4. */
    private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] seed;
    private boolean isClosed;

    /** Takes the seed over and zeroes it when closed. */
    Ed25519Key(final byte[] seed)
    {
        this.seed = seed;
    }

    byte[] subjectPublicKeyInfo()
    {
        final byte[] info = Arrays.copyOf(SPKI_HEAD, SPKI_HEAD.length + Ed25519.PUBLIC_KEY_SIZE);
        Ed25519.generatePublicKey(seed, 0, info, SPKI_HEAD.length);
        return info;
    }

    /** Whether it is the form of a public key that is enrolled. */
    static boolean isPublicKey(final byte[] info)
    {
        return SPKI_HEAD.length + Ed25519.PUBLIC_KEY_SIZE == info.length &&
            Arrays.equals(SPKI_HEAD, 0, SPKI_HEAD.length, info, 0, SPKI_HEAD.length) &&
            Ed25519.validatePublicKeyFull(info, SPKI_HEAD.length);
    }

    @Override
    public byte[] sign(final byte[] message)
    {
        if (isClosed)
        {
            throw new IllegalStateException("the operator's key is closed");
        }
        final byte[] signature = new byte[SIGNATURE_LENGTH];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public void close()
    {
        isClosed = true;
        Arrays.fill(seed, (byte) 0);
    }
}
