package io.countersign.ops.operators;

import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;
import io.countersign.ops.Terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where passphrases come from: a file that only its owner can read, or a terminal that does not show them. Who gets one
 * zeroes it.
 */
final class Passphrase
{
    /** Shortest passphrase of a new key, in characters. */
    static final int MIN_LENGTH = 12;

    private static final int MAX_LENGTH = 1_024;
    private static final String FILE = "passphrase file";

    private Passphrase()
    {
    }

    /** For a key that is there; the file may be null. */
    static char[] read(final Path file, final String ofWhat, final Terminal terminal)
    {
        if (null != file)
        {
            return read(file);
        }
        final char[] passphrase = ask(terminal, "passphrase of " + ofWhat + ":");
        if (0 == passphrase.length)
        {
            throw new CommandException("no passphrase was given");
        }
        return passphrase;
    }

    /** For a new key: asked twice; the file may be null. */
    static char[] choose(final Path file, final String ofWhat, final Terminal terminal)
    {
        final char[] passphrase =
            null == file ? ask(terminal, "new passphrase of " + ofWhat + ":") : read(file);
        boolean isGood = false;
        try
        {
            if (Character.codePointCount(passphrase, 0, passphrase.length) < MIN_LENGTH)
            {
                throw new CommandException("the passphrase is shorter than " + MIN_LENGTH +
                    " characters: whoever finds the file could guess it");
            }
            if (null == file)
            {
                confirm(passphrase, terminal);
            }
            isGood = true;
            return passphrase;
        }
        finally
        {
            if (!isGood)
            {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    private static void confirm(final char[] passphrase, final Terminal terminal)
    {
        final char[] again = ask(terminal, "the same again:");
        final boolean isSame = Arrays.equals(passphrase, again);
        Arrays.fill(again, '\0');
        if (!isSame)
        {
            throw new CommandException("the two passphrases differ: nothing was made");
        }
    }

    private static char[] ask(final Terminal terminal, final String question)
    {
        if (!terminal.isThere())
        {
            throw new CommandException("there is no terminal to ask for the passphrase: give --passphrase-file FILE");
        }
        final char[] passphrase = terminal.askSecret(question);
        if (null == passphrase)
        {
            throw new CommandException("no passphrase was given");
        }
        return passphrase;
    }

    private static char[] read(final Path file)
    {
        final byte[] content = OwnerFile.read(file, FILE, MAX_LENGTH);
        final CharBuffer characters = CharBuffer.allocate(content.length);
        try
        {
            int length = content.length;
            length -= 0 < length && '\n' == content[length - 1] ? 1 : 0;
            length -= 0 < length && length < content.length && '\r' == content[length - 1] ? 1 : 0;
            if (StandardCharsets.UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(content, 0, length), characters, true).isError())
            {
                throw new CommandException("the " + FILE + " " + file + " is not UTF-8 text");
            }
            if (0 == characters.position())
            {
                throw new CommandException("the " + FILE + " " + file + " is empty");
            }
            return Arrays.copyOf(characters.array(), characters.position());
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(characters.array(), '\0');
        }
    }
}
