package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The options that say what the register of a running gateway is to know of a new key beyond what a configuration
 * would.
 */
final class RegisteredKey
{
    private static final int MAX_LENGTH = 1_024;

    @Option(names = "--recoverable", description =
        "With --operator: the key can be wrapped by the token's recovery key, for 'keys backup'.")
    private boolean isRecoverable;

    @Option(names = "--high-value", description =
        "With --operator: the key is rotated at the shorter of the configured intervals.")
    private boolean isHighValue;

    @Option(names = "--venue-passphrase-file", paramLabel = "FILE", description =
        "With --operator: file with the passphrase that the venue wants beside the key; it goes into the register. " +
            "Nobody else may read the file.")
    private Path passphraseFile;

    boolean isGiven()
    {
        return isRecoverable || isHighValue || null != passphraseFile;
    }

    boolean isRecoverable()
    {
        return isRecoverable;
    }

    String recoverable()
    {
        return isRecoverable ? "yes" : "no";
    }

    String highValue()
    {
        return isHighValue ? "yes" : "no";
    }

    /** The venue's passphrase, or null. */
    String passphrase()
    {
        if (null == passphraseFile)
        {
            return null;
        }
        final byte[] content = OwnerFile.read(passphraseFile, "venue's passphrase file", MAX_LENGTH);
        try
        {
            final String text = new String(content, StandardCharsets.UTF_8).strip();
            if (text.isEmpty())
            {
                throw new CommandException("the venue's passphrase file " + passphraseFile + " is empty");
            }
            return text;
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
        }
    }
}
