package io.countersign.gateway.register;

/**
 * Which state of a register is meant: the one whose file was the {@code generation}th and has this digest.
 *
 * @param generation from 1 on, one higher each time that the register is saved; 0 before the first time.
 * @param digest     SHA-256 of the whole file, 64 hexadecimal digits in lower case.
 */
public record RegisterMark(long generation, String digest)
{
    /** Before a register was saved for the first time. */
    public static final RegisterMark NONE = new RegisterMark(0, "0".repeat(64));

    private static final int DIGITS = 64;

    /**
     * Checks both.
     *
     * @param generation not negative.
     * @param digest     64 hexadecimal digits in lower case.
     * @throws IllegalArgumentException when they are something else.
     */
    public RegisterMark
    {
        if (generation < 0)
        {
            throw new IllegalArgumentException("a generation is not negative");
        }
        if (DIGITS != digest.length() || !digest.chars().allMatch((c) -> '0' <= c && c <= '9' || 'a' <= c && c <= 'f'))
        {
            throw new IllegalArgumentException("the digest is not " + DIGITS + " hexadecimal digits in lower case");
        }
    }
}
