package io.countersign.ops.archive;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.ops.CommandException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The audit keys that a journal's seals may be signed with: verifier keys ({@code NAME+KEYID+BASE64}), one a line.
 * Without any, what a seal says is checked, but not who says so.
 */
final class AuditKeys
{
    private static final int MAX_KEYS = 64;

    private final List<NoteKey> keys;

    private AuditKeys(final List<NoteKey> keys)
    {
        this.keys = keys;
    }

    static AuditKeys none()
    {
        return new AuditKeys(List.of());
    }

    static AuditKeys read(final Path file)
    {
        final List<NoteKey> keys = new ArrayList<>();
        try
        {
            for (final String line : Files.readAllLines(file))
            {
                if (!line.isBlank() && !line.startsWith("#"))
                {
                    keys.add(NoteKey.parse(line.strip()));
                }
            }
        }
        catch (final NoteException ex)
        {
            throw new CommandException(file + " line with no verifier key: " + ex.getMessage());
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be read: " + FileErrors.reason(ex));
        }

        if (keys.isEmpty() || keys.size() > MAX_KEYS)
        {
            throw new CommandException(file + " holds " + keys.size() + " verifier keys, and 1 to " + MAX_KEYS +
                " are taken: one a line, NAME+KEYID+BASE64");
        }

        return new AuditKeys(keys);
    }

    boolean isEmpty()
    {
        return keys.isEmpty();
    }

    /** What is wrong with a seal's note, null when it says what the seal says and a key has signed it. */
    String fault(final String checkpoint, final long treeSize, final byte[] root)
    {
        try
        {
            final SignedNote note = SignedNote.parse(checkpoint);
            final Checkpoint said = Checkpoint.parse(note.text());
            if (said.treeSize() != treeSize || !Arrays.equals(said.root(), root))
            {
                return "its checkpoint says something else";
            }

            return keys.isEmpty() || isSigned(note) ? null : "none of the given keys has signed its checkpoint";
        }
        catch (final NoteException ex)
        {
            return "its checkpoint cannot be read: " + ex.getMessage();
        }
    }

    private boolean isSigned(final SignedNote note)
    {
        for (final NoteKey key : keys)
        {
            for (final SignedNote.Line line : note.signatures())
            {
                if (NoteKey.Type.COSIGNATURE != key.type() && key.claims(line) && key.verifies(note, line))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
