package io.countersign.gateway.journal;

/**
 * Whether the journal can take the records of one more request.
 */
public enum Room
{
    /** It can. */
    ENOUGH,

    /** The disk has too little space; what is in hand can still be recorded. */
    TOO_LITTLE,

    /** The file system is read-only or fails. */
    NOT_WRITABLE
}
