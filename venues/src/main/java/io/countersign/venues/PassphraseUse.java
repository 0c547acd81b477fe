package io.countersign.venues;

/**
 * Whether a venue's keys come with a passphrase, and in which form requests carry it.
 */
public enum PassphraseUse
{
    /** There is none. */
    NONE,

    /** As it is. */
    PLAIN,

    /** As base64 of its MAC under the key itself. */
    MAC
}
