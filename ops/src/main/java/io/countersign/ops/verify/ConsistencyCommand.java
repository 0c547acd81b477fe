package io.countersign.ops.verify;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.seal.ConsistencyProof;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit consistency}: whether one state of a journal extends another.
 */
@Command(
    name = "consistency",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Proves that the journal of NEW is that of OLD with records added: nothing was changed or removed between.",
        "OLD and NEW are each a file of checkpoints, of which the last counts, or the directory of a journal."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit consistency checkpoints-monday.txt /var/lib/countersign/journal",
        "  countersign audit consistency OLD NEW --journal DIR --output proof.txt",
        "  countersign audit consistency OLD NEW --proof proof.txt --keys audit-key.txt",
        "",
        "Exit codes: 0 NEW extends OLD, 1 it does not, 2 cannot tell: a journal or a proof is needed, or something " +
            "cannot be read."
    })
public final class ConsistencyCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "The older checkpoints, or a journal.")
    private Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "The newer checkpoints, or a journal.")
    private Path recent;

    @Option(names = "--journal", paramLabel = "DIR", description =
        "A journal that holds the records of both, where neither is one.")
    private Path journal;

    @Option(names = "--proof", paramLabel = "FILE", description = "What --output wrote, in place of a journal.")
    private Path proofFile;

    @Option(names = "--output", paramLabel = "FILE", description =
        "Write the proof (RFC 6962, section 2.1.2), for who has no journal.")
    private Path output;

    @Option(names = "--keys", paramLabel = "FILE", description = "The audit key, as 'audit verify' takes it.")
    private List<Path> keyFiles = new ArrayList<>();

    /**
     * For picocli.
     */
    public ConsistencyCommand()
    {
    }

    /**
     * Compares the two.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final KnownKeys keys = new KnownKeys();
        keyFiles.forEach((path) -> KeysFile.read(path, keys));
        try
        {
            final TreeState before = TreeState.of(old, keys);
            final TreeState after = TreeState.of(recent, keys);
            final Path directory = null != journal ? journal : Files.isDirectory(recent) ? recent : null;
            if (before.size() > after.size())
            {
                return wrong("OLD has " + before.size() + " records and NEW only " + after.size());
            }
            if (null != before.origin() && null != after.origin() && !before.origin().equals(after.origin()))
            {
                return wrong("OLD is of the journal '" + before.origin() + "' and NEW of '" + after.origin() + "'");
            }
            if (before.size() == after.size() && null == output)
            {
                return Arrays.equals(before.root(), after.root()) ? proven(before, after) :
                    wrong("both have " + before.size() + " records, and their roots differ");
            }
            return null != proofFile ? byProof(before, after) : byJournal(directory, before, after);
        }
        catch (final IOException ex)
        {
            throw new CommandException(FileErrors.reason(ex));
        }
    }

    private int byProof(final TreeState before, final TreeState after) throws IOException
    {
        try
        {
            final ConsistencyFile proof = ConsistencyFile.parse(Files.readString(proofFile));
            return ConsistencyProof.verifies(new TreeHasher(), before.size(), before.root(), after.size(),
                after.root(), proof.path()) ? proven(before, after) : wrong("the proof does not lead from OLD to NEW");
        }
        catch (final NoteException ex)
        {
            throw new CommandException(proofFile + " is no proof of consistency: " + ex.getMessage());
        }
    }

    private int byJournal(final Path directory, final TreeState before, final TreeState after) throws IOException
    {
        if (null == directory)
        {
            throw new CommandException("two checkpoints of " + before.size() + " and " + after.size() +
                " records do not say whether one extends the other: give --journal DIR or --proof FILE");
        }
        final ConsistencyProof proof = null == output ? null : new ConsistencyProof(new TreeHasher(), before.size());
        final List<byte[]> roots = TreeState.rootsIn(directory, before.size(), after.size(), proof);
        if (!Arrays.equals(before.root(), roots.getFirst()))
        {
            return wrong("OLD has another root than records 1 to " + before.size() + " of " + directory);
        }
        if (!Arrays.equals(after.root(), roots.getLast()))
        {
            return wrong("NEW has another root than records 1 to " + after.size() + " of " + directory);
        }
        if (null != proof)
        {
            Files.writeString(output, new ConsistencyFile(before.size(), after.size(), proof.path()).format());
        }
        return proven(before, after);
    }

    private int proven(final TreeState before, final TreeState after)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("NEW, " + after.size() + " records, extends OLD, " + before.size() + " records" +
            (keyFiles.isEmpty() ? "; signatures of checkpoints were not checked: give the audit key by --keys" : ""));
        out.flush();
        return ExitCode.OK;
    }

    private int wrong(final String what)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("NEW does not extend OLD: " + what);
        out.flush();
        return ExitCode.WRONG;
    }
}
