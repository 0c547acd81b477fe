package io.countersign.venues.profile;

import java.util.Map;

/**
 * A value that stands somewhere in a request: where it comes from and how it is written.
 *
 * @param source       of the value.
 * @param parameter    index of the parameter of a {@link FieldSource#PARAMETER}, else 0.
 * @param words        the venue's words for an enumeration, by the names of profiles; what is not in it is refused.
 * @param characters   that a text may have.
 * @param maxLength    most bytes of a text.
 * @param maxDecimals  most decimals of a decimal number, or {@link #ANY_DECIMALS}.
 * @param strips       whether trailing zeros of a decimal number are left out.
 * @param negativeSell whether a decimal number has a minus sign when the order sells.
 * @param time         how a timestamp is written.
 * @param plusMs       milliseconds that are added to a timestamp.
 */
public record FieldValue(
    FieldSource source,
    int parameter,
    Map<String, String> words,
    CharacterSet characters,
    int maxLength,
    int maxDecimals,
    boolean strips,
    boolean negativeSell,
    TimeFormat time,
    long plusMs)
{
    /** No limit of decimals. */
    public static final int ANY_DECIMALS = 18;

    /** No limit of a text's length but that of the wire. */
    public static final int ANY_LENGTH = 254;

    /**
     * A value as its source has it by default.
     *
     * @param source of the value; no {@link FieldSource#PARAMETER}.
     * @param time   how timestamps are written.
     * @return the value.
     */
    public static FieldValue of(final FieldSource source, final TimeFormat time)
    {
        return new FieldValue(source, 0, source.isFlag() ? Map.of("true", "true", "false", "false") : Map.of(),
            CharacterSet.IDS, ANY_LENGTH, ANY_DECIMALS, false, false, time, 0);
    }

    /**
     * The parameter of a key.
     *
     * @param index of the parameter.
     * @return the value.
     */
    public static FieldValue ofParameter(final int index)
    {
        return new FieldValue(FieldSource.PARAMETER, index, Map.of(), CharacterSet.IDS, ANY_LENGTH, ANY_DECIMALS,
            false, false, TimeFormat.MILLIS, 0);
    }

    /**
     * Whether the value is known only after the token has signed.
     *
     * @return true for the signature and its length.
     */
    public boolean needsSignature()
    {
        return FieldSource.Kind.SIGNATURE == source.kind();
    }
}
