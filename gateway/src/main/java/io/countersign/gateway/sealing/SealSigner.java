package io.countersign.gateway.sealing;

/**
 * Has the audit key sign, one text after the other. For the seal agent; never blocks it.
 */
public interface SealSigner
{
    /**
     * Ask for a signature. Only when the one before is done.
     *
     * @param text to be signed as it is.
     */
    void ask(byte[] text);

    /**
     * Whether what was asked last has ended, one way or the other.
     *
     * @return false while the token has it.
     */
    boolean isDone();

    /**
     * What came of it, when it is done.
     *
     * @return the signature, not verified: 64 bytes, ECDSA r and s; null when there is none.
     */
    byte[] signature();

    /**
     * Why there is no signature.
     *
     * @return one line for people.
     */
    String failure();
}
