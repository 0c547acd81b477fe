package io.countersign.client;

/**
 * The key that an operator signs commands with: Ed25519 (RFC 8032), without pre-hash and context. Where it is kept is
 * the caller's affair: a file under a passphrase, a token. One thread at a time.
 */
public interface OperatorKey extends AutoCloseable
{
    /** Length of a signature in bytes. */
    int SIGNATURE_LENGTH = 64;

    /**
     * Signs. May take as long as the key's place likes; the deadline of the command runs meanwhile.
     *
     * @param message as it is, not hashed.
     * @return {@link #SIGNATURE_LENGTH} bytes.
     * @throws IllegalStateException where it does not sign; the message says why, for people.
     */
    byte[] sign(byte[] message);

    /** Lets go of the key, and zeroes what this process holds of it. */
    @Override
    void close();
}
