package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteKey;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * What a verification is to go by.
 */
final class VerifyContext
{
    private final Path directory;
    private List<Path> checkpoints = List.of();
    private List<NoteKey> witnesses = List.of();
    private KnownKeys keys = new KnownKeys();
    private NoteVerifier noteVerifier = NoteVerifier.computing();
    private MacOracle macs;
    private boolean areSignaturesChecked = true;
    private PrintWriter progress;

    VerifyContext(final Path directory)
    {
        this.directory = directory;
    }

    Path directory()
    {
        return directory;
    }

    VerifyContext checkpoints(final List<Path> files)
    {
        checkpoints = files;
        return this;
    }

    List<Path> checkpoints()
    {
        return checkpoints;
    }

    VerifyContext witnesses(final List<NoteKey> noteKeys)
    {
        witnesses = noteKeys;
        return this;
    }

    List<NoteKey> witnesses()
    {
        return witnesses;
    }

    VerifyContext keys(final KnownKeys knownKeys)
    {
        keys = knownKeys;
        return this;
    }

    KnownKeys keys()
    {
        return keys;
    }

    VerifyContext noteVerifier(final NoteVerifier verifier)
    {
        noteVerifier = verifier;
        return this;
    }

    NoteVerifier noteVerifier()
    {
        return noteVerifier;
    }

    /** Null leaves MACs unverified. */
    VerifyContext macs(final MacOracle oracle)
    {
        macs = oracle;
        return this;
    }

    MacOracle macs()
    {
        return macs;
    }

    VerifyContext areSignaturesChecked(final boolean areChecked)
    {
        areSignaturesChecked = areChecked;
        return this;
    }

    boolean areSignaturesChecked()
    {
        return areSignaturesChecked;
    }

    /** Null for no terminal. */
    VerifyContext progress(final PrintWriter err)
    {
        progress = err;
        return this;
    }

    PrintWriter progress()
    {
        return progress;
    }
}
