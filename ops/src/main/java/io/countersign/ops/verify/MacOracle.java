package io.countersign.ops.verify;

/**
 * Who has the secrets of MAC keys and can tell whether a MAC is right.
 */
interface MacOracle
{
    /** What it says. */
    enum Answer
    {
        /** The MAC is that of the key over the payload. */
        FITS,
        /** It is another. */
        DIFFERS,
        /** The key is not there. */
        UNKNOWN_KEY
    }

    /** Asks about one MAC; on the thread that reads the journal. */
    Answer check(VerifyingKey key, byte[] payload, byte[] mac);

    /** Why a key is not there; null when it is, or was not asked for. */
    String whyUnknown(VerifyingKey key);
}
