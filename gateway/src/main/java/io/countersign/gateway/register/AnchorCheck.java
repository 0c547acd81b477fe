package io.countersign.gateway.register;

/**
 * What was found of a register that an anchor agrees to.
 */
public enum AnchorCheck
{
    /** The anchor knew this file as the latest. */
    EQUAL,

    /** The anchor knew the file before this one, as after a crash between the two writes; it knows this one now. */
    BROUGHT_UP
}
