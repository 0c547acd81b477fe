package io.countersign.gateway.register;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the file: where its text is, and the MAC at its end.
 *
 * @param content of the file.
 * @param number  of the line, from 1 on.
 * @param offset  of its first byte.
 * @param length  of what its MAC covers, in bytes.
 * @param mac     tag or seal, null when the line does not end with one.
 */
record RegisterLine(byte[] content, int number, int offset, int length, byte[] mac)
{
    static final int MAX_LENGTH = 16 * 1024;

    private static final int MAC_DIGITS = 2 * LineTags.LENGTH;
    private static final Pattern NAME =
        Pattern.compile("\\{\"(key|operator|recovery)\":\"((?:[^\"\\\\]|\\\\.)*)\"(?:,\"version\":([0-9]{1,10}))?");

    /**
     * The line between two places.
     *
     * @param member how the last member begins.
     * @param end    where its line end is.
     */
    static RegisterLine of(
        final byte[] content, final int number, final int offset, final int end, final String member)
    {
        final int bodyEnd = end - RegisterWriter.END.length() - MAC_DIGITS - member.length();
        if (bodyEnd <= offset || !is(content, bodyEnd, member) ||
            !is(content, end - RegisterWriter.END.length(), RegisterWriter.END))
        {
            return new RegisterLine(content, number, offset, end - offset, null);
        }
        final int digits = bodyEnd + member.length();
        for (int i = digits; i < digits + MAC_DIGITS; i++)
        {
            // Digits in capitals would be another form of the same MAC.
            if (!('0' <= content[i] && content[i] <= '9' || 'a' <= content[i] && content[i] <= 'f'))
            {
                return new RegisterLine(content, number, offset, end - offset, null);
            }
        }
        final String hex = new String(content, digits, MAC_DIGITS, StandardCharsets.US_ASCII);
        return new RegisterLine(content, number, offset, bodyEnd - offset, HexFormat.of().parseHex(hex));
    }

    /** What the line says, as one JSON object. */
    byte[] object()
    {
        final byte[] object = Arrays.copyOfRange(content, offset, offset + length + 1);
        object[length] = '}';
        return object;
    }

    /** What the line is about, as far as can be told from a line that nobody vouches for. */
    String subject()
    {
        final Matcher name = NAME.matcher(new String(content, offset, length, StandardCharsets.UTF_8));
        if (!name.lookingAt())
        {
            return "entry " + (number - 1);
        }
        final String kind = "recovery".equals(name.group(1)) ? "recovery key of token" : name.group(1);
        return kind + ' ' + EntryText.shown(name.group(2).replaceAll("\\\\(.)", "$1")) +
            (null == name.group(3) ? "" : " version " + name.group(3));
    }

    private static boolean is(final byte[] content, final int offset, final String text)
    {
        for (int i = 0; i < text.length(); i++)
        {
            if (content[offset + i] != text.charAt(i))
            {
                return false;
            }
        }
        return true;
    }
}
