package io.countersign.ops.score;

/**
 * Whether anybody can act alone.
 *
 * @param isRegistered whether the configuration has a key register, which four eyes rest on.
 * @param officers     enrolled security officers.
 */
public record Oversight(boolean isRegistered, int officers)
{
    /** Without a register. */
    public static final Oversight NONE = new Oversight(false, 0);
}
