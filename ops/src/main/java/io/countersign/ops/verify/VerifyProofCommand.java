package io.countersign.ops.verify;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.InclusionProof;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.RecordText;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit verify-proof}: checks what {@code prove} wrote, without a journal.
 */
@Command(
    name = "verify-proof",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Checks a record with its proof, without the journal: its hash, the path to the root that the checkpoint " +
            "states, and the signature of the checkpoint. Prints the record as 'audit replay' does."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign audit verify-proof order.tlog-proof --keys audit-key.txt",
        "",
        "Exit codes: 0 the record is in the journal, 1 it is not, 2 the file cannot be read, or nobody said what the " +
            "audit key is."
    })
public final class VerifyProofCommand implements Callable<Integer>
{
    private static final int MIN_RECORD_LENGTH = 32;
    private static final int MAX_FILE_LENGTH = 16 * 1024 * 1024;
    private static final int SEQUENCE_OFFSET = 8;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What 'audit prove' wrote.")
    private Path file;

    @Option(names = "--keys", paramLabel = "FILE", description = "The audit key, as 'audit verify' takes it.")
    private List<Path> keyFiles = new ArrayList<>();

    @Option(names = "--json", description = "Print the record as a JSON object.")
    private boolean json;

    /**
     * For picocli.
     */
    public VerifyProofCommand()
    {
    }

    /**
     * Checks the proof.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final KnownKeys keys = new KnownKeys();
        keyFiles.forEach((path) -> KeysFile.read(path, keys));
        final TlogProof proof = read();
        try
        {
            final SignedNote note = SignedNote.parse(proof.checkpoint());
            return check(proof, note, Checkpoint.parse(note.text()), keys);
        }
        catch (final NoteException ex)
        {
            throw new CommandException(file + ": its checkpoint cannot be read: " + ex.getMessage());
        }
    }

    private int check(final TlogProof proof, final SignedNote note, final Checkpoint checkpoint, final KnownKeys keys)
    {
        final TreeHasher hasher = new TreeHasher();
        final UnsafeBuffer record = new UnsafeBuffer(proof.record());
        final byte[] leafHash = new byte[TreeHasher.HASH_LENGTH];
        hasher.leaf(record, 0, record.capacity(), leafHash, 0);
        final byte[] root = InclusionProof.root(hasher, leafHash, proof.index(), checkpoint.treeSize(), proof.path());
        if (!Arrays.equals(root, checkpoint.root()))
        {
            return wrong("the record is not in the tree of the checkpoint: record, index or hashes were changed");
        }
        if (record.capacity() < MIN_RECORD_LENGTH ||
            proof.index() + 1 != record.getLong(SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN))
        {
            return wrong("the record has another sequence than its place in the journal");
        }
        final SignatureOfNote signature = SignatureOfNote.of(note, checkpoint, keys);
        if (SignatureOfNote.FALSE == signature)
        {
            return wrong("the checkpoint has no good signature of the audit key");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println(RecordText.line(record, 0, record.capacity(), json));
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        err.println("record " + (proof.index() + 1) + " of " + checkpoint.treeSize() + " of '" + checkpoint.origin() +
            "'" + (SignatureOfNote.GOOD == signature ? ": proven" :
            ": the checkpoint's signature was not checked; give the audit key by --keys"));
        err.flush();
        return SignatureOfNote.GOOD == signature ? ExitCode.OK : ExitCode.USAGE;
    }

    private int wrong(final String what)
    {
        spec.commandLine().getErr().println("countersign: " + file + ": " + what);
        spec.commandLine().getErr().flush();
        return ExitCode.WRONG;
    }

    private TlogProof read()
    {
        try
        {
            if (Files.size(file) > MAX_FILE_LENGTH)
            {
                throw new CommandException(file + " is longer than any proof");
            }
            return TlogProof.parse(Files.readString(file));
        }
        catch (final NoteException ex)
        {
            throw new CommandException(file + " is no proof of a record: " + ex.getMessage());
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be read: " + FileErrors.reason(ex));
        }
    }
}
