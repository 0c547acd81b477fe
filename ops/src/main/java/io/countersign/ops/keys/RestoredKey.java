package io.countersign.ops.keys;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.CommandException;
import io.countersign.ops.audit.EscapedText;

import java.io.PrintWriter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A key of a backup that comes back into a token.
 *
 * @param key  of the backup.
 * @param spec that it must prove itself against.
 */
record RestoredKey(BackupFile.Key key, KeySpec spec)
{
    private static final List<String> PRINTED = List.of("venue", "api-key", "passphrase");

    /** Of an entry, which may be anything. */
    static RestoredKey of(final BackupFile.Key key)
    {
        final SigningAlgorithm algorithm = SigningAlgorithm.ofConfigName(String.valueOf(key.text("algorithm")));
        if (null == algorithm || null == key.text("id"))
        {
            throw new CommandException(key.name() + " of the backup has no id, or an algorithm that is not known here");
        }
        try
        {
            final String checkValue = key.text("check-value");
            final byte[] pinned = algorithm.isMac() ? HexFormat.of().parseHex(String.valueOf(checkValue)) :
                Base64.getDecoder().decode(String.valueOf(key.text("public-key")));
            return new RestoredKey(key, new KeySpec(
                key.alias(), key.version(), HexFormat.of().parseHex(key.text("id")), algorithm, pinned, true));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(key.name() + " of the backup cannot be proven: " + ex.getMessage());
        }
    }

    /** What people see in the token. */
    String label()
    {
        return 1 == key.version() ? key.alias() : key.alias() + "-" + key.version();
    }

    /** Prints an item of {@code keys} of the configuration. */
    void print(final PrintWriter out, final String token)
    {
        out.println("  - alias: " + EscapedText.of(key.alias()));
        out.println("    version: " + key.version());
        if (null != token)
        {
            out.println("    token: " + token);
        }
        out.println("    id: \"" + HexFormat.of().formatHex(spec.id()) + "\"");
        out.println("    algorithm: " + spec.algorithm().configName());
        out.println(spec.algorithm().isMac() ?
            "    check-value: \"" + HexFormat.of().formatHex(spec.pinned()) + "\"" :
            "    public-key: \"" + Base64.getEncoder().encodeToString(spec.pinned()) + "\"");
        for (final String name : PRINTED)
        {
            if (null != key.text(name))
            {
                out.println("    " + name + ": \"" + EscapedText.of(key.text(name)).replace("\"", "\\\"") + "\"");
            }
        }
    }
}
