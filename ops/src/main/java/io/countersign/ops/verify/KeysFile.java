package io.countersign.ops.verify;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.CommandException;
import io.countersign.ops.audit.EscapedText;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Reads what {@code --keys} names: a key register, a gateway's configuration, or lines {@code NAME+KEYID+BASE64} and
 * {@code ALIAS VERSION ALGORITHM BASE64}. Empty lines and lines that begin with # are passed over.
 */
final class KeysFile
{
    /** In place of the public key that a MAC key has not. */
    static final String NO_KEY = "-";

    private static final int MAX_LENGTH = 256 * 1024 * 1024;
    private static final int WORDS = 4;

    private KeysFile()
    {
    }

    static void read(final Path file, final KnownKeys keys)
    {
        try
        {
            if (Files.size(file) > MAX_LENGTH)
            {
                throw new CommandException(file + " is longer than " + MAX_LENGTH + " bytes: no file of keys is");
            }
            final String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            final List<String> lines = text.lines().map(String::strip)
                .filter((line) -> !line.isEmpty() && !line.startsWith("#")).toList();
            final boolean isConfiguration =
                text.lines().anyMatch((line) -> line.matches("(gateway|audit|keys|tokens?|policy):.*"));
            if (isConfiguration)
            {
                ofConfiguration(file, text, keys);
            }
            else
            {
                for (final String line : lines)
                {
                    ofLine(file, line, keys);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be read: " + FileErrors.reason(ex));
        }
    }

    private static void ofConfiguration(final Path file, final String text, final KnownKeys keys)
    {
        try
        {
            final NoteKey audit = KnownKeys.auditKeyOf(text);
            if (null != audit)
            {
                keys.add(audit);
            }
            KnownKeys.pinsOf(text).forEach(keys::add);
        }
        catch (final NoteException ex)
        {
            throw new CommandException(file + ": " + ex.getMessage());
        }
    }

    private static void ofLine(final Path file, final String line, final KnownKeys keys)
    {
        try
        {
            final String[] words = line.split("\\s+");
            if (line.startsWith("{"))
            {
                final VerifyingKey key = KnownKeys.ofRegisterLine(line);
                if (null != key)
                {
                    keys.add(key);
                }
            }
            else if (WORDS == words.length && words[1].matches("[1-9][0-9]{0,8}"))
            {
                final SigningAlgorithm algorithm = SigningAlgorithm.ofConfigName(words[2]);
                if (null == algorithm)
                {
                    throw new NoteException("the algorithm '" + EscapedText.of(words[2]) + "' is not known");
                }
                keys.add(VerifyingKey.of(words[0], Integer.parseInt(words[1]), algorithm,
                    algorithm.isMac() ? new byte[0] : Base64.getDecoder().decode(words[3])));
            }
            else
            {
                final NoteKey key = NoteKey.parse(line);
                if (NoteKey.Type.COSIGNATURE != key.type())
                {
                    keys.add(key);
                }
            }
        }
        catch (final NoteException | IllegalArgumentException ex)
        {
            throw new CommandException(file + ": '" + EscapedText.of(line) + "': " + ex.getMessage() +
                "; expected a key register, a gateway's configuration, or lines NAME+KEYID+BASE64 or " +
                "ALIAS VERSION ALGORITHM BASE64");
        }
    }
}
