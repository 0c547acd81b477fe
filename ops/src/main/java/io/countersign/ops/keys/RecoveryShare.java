package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One share of a recovery key, and its file, which can be printed and typed again:
 * <pre>
 *   countersign recovery share, version 1
 *   set 1f0e9d8c7b6a5948
 *   share 2 of 3, any 2 restore
 *   check 852e02c48d76cc839770da434aa19253
 *   value nOhKX2...=
 *   checksum 5f1b0a6e9d4c2b18
 * </pre>
 * The check is that of the whole key; the checksum is the first 8 bytes of the SHA-256 of everything before its line.
 *
 * @param set       the shares of one key have the same, 8 random bytes as hexadecimal digits.
 * @param number    from 1.
 * @param shares    that there are.
 * @param threshold how many of them restore the key.
 * @param check     check value of the key, hexadecimal digits.
 * @param value     32 bytes, secret.
 */
record RecoveryShare(String set, int number, int shares, int threshold, String check, byte[] value)
{
    /** Most shares of a key. */
    static final int MAX_SHARES = 16;

    private static final String HEAD = "countersign recovery share, version 1\n";
    private static final int CHECKSUM_LENGTH = 8;
    private static final int VALUE_LENGTH = 32;
    private static final int MAX_LENGTH = 1_024;
    private static final Pattern TEXT = Pattern.compile(
        "countersign recovery share, version 1\nset ([0-9a-f]{16})\n" +
            "share ([0-9]{1,2}) of ([0-9]{1,2}), any ([0-9]{1,2}) restore\ncheck ([0-9a-f]{32})\nvalue ([^\n]*)\n");

    void zero()
    {
        Arrays.fill(value, (byte) 0);
    }

    /** The text of its file, for the caller to zero. */
    byte[] text()
    {
        final byte[] open = (HEAD + "set " + set + "\nshare " + number + " of " + shares + ", any " + threshold +
            " restore\ncheck " + check + "\nvalue ").getBytes(StandardCharsets.US_ASCII);
        final byte[] base64 = Base64.getEncoder().encode(value);
        final byte[] signed = Arrays.copyOf(open, open.length + base64.length + 1);
        System.arraycopy(base64, 0, signed, open.length, base64.length);
        signed[signed.length - 1] = '\n';
        final byte[] end = ("checksum " + checksum(signed, signed.length) + "\n").getBytes(StandardCharsets.US_ASCII);
        final byte[] text = Arrays.copyOf(signed, signed.length + end.length);
        System.arraycopy(end, 0, text, signed.length, end.length);
        Arrays.fill(base64, (byte) 0);
        Arrays.fill(signed, (byte) 0);
        return text;
    }

    /** Reads a file of one. */
    static RecoveryShare read(final Path file)
    {
        final byte[] content = OwnerFile.read(file, "recovery share", MAX_LENGTH);
        try
        {
            return parse(file, content);
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static RecoveryShare parse(final Path file, final byte[] content)
    {
        // A text that was typed again may have other line ends, or none at its end.
        final String text = new String(content, StandardCharsets.US_ASCII).replace("\r", "").stripTrailing() + "\n";
        if (!text.startsWith(HEAD))
        {
            throw new CommandException(
                "the recovery share " + file + " does not begin with '" + HEAD.stripTrailing() + "': it is no share");
        }
        final int end = text.indexOf("\nchecksum ") + 1;
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        final Matcher matcher = TEXT.matcher(text.substring(0, end));
        final boolean isWhole = 0 < end && text.substring(end).equals("checksum " + checksum(bytes, end) + "\n") &&
            matcher.matches();
        Arrays.fill(bytes, (byte) 0);
        if (!isWhole)
        {
            throw new CommandException("the recovery share " + file +
                " does not fit its checksum: it was changed or mistyped; compare it with the original");
        }
        try
        {
            return new RecoveryShare(matcher.group(1), Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4)), matcher.group(5),
                value(matcher.group(6)));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException("the recovery share " + file + " holds no share of 32 bytes in base64");
        }
    }

    private static byte[] value(final String base64)
    {
        final byte[] value = Base64.getDecoder().decode(base64);
        if (VALUE_LENGTH != value.length)
        {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static String checksum(final byte[] text, final int length)
    {
        return HexFormat.of().formatHex(KeyText.sha256(Arrays.copyOf(text, length)), 0, CHECKSUM_LENGTH);
    }
}
